// Rows to commands, and the answers into the report.
#include "workers/import/import_csv.h"

#include <fmt/format.h>

#include <list>
#include <unordered_map>
#include <utility>

#include "aggregates/case/command.h"
#include "aggregates/case/import/commands.h"
#include "workers/import/history_reader.h"

namespace casetrail::imports {
namespace {

constexpr std::int64_t kRowsPerProgress = 500;
/// Rows that wait for the answer to an earlier one of their case.
constexpr std::size_t kMostHeld = 10'000;

Message command_of(const std::string& source, const RowFacts& row, const CommandId& id) {
  ImportFacts body{.source = source, .facts = {}};
  for (const auto& fact : row.facts) {
    const auto& codec = codec_of(fact);
    auto& written = body.facts.emplace_back(Fact{std::string(codec.type), codec.version, {}});
    fact.append_json(written.data.text);
  }
  CommandEnvelope envelope;
  envelope.id = id;
  envelope.case_id = row.case_id;
  envelope.actor.kind = ActorKind::import_;
  envelope.actor.id = source;
  envelope.occurred_at = row.at;
  // The first one is told by what it does why it is refused.
  if (row.facts_before > 0) envelope.expected_seq = row.facts_before;
  envelope.command = std::move(body);
  return write_command(envelope);
}

constexpr auto kChangedTicket =
    "This moment of the case was imported before, and other imported columns of its line have changed since. "
    "What was imported stays as it is, and nothing is added to the case. Leave columns that change out of "
    "the "
    "mapping, or import this export into an empty folder or as another `source`.";
constexpr auto kChangedRow =
    "This row was imported before, and meant something else: a row before it is gone, or the mapping has "
    "another word for what it says. What was imported stays as it is, and nothing is added to the case. "
    "Bring "
    "the rows and the mapping back, or import this file into an empty folder or as another `source`.";

CommandAnswer out_of_order(const RowFacts& row) {
  return {Taken::refused, "out_of_order",
          fmt::format("Expected the row behind event {} of the case, where its file has it, but the case is "
                      "elsewhere. A row is taken only behind all that is known of its case.",
                      row.facts_before)};
}

/// A row that the engine knows no place for, or knows as something else, in words of an import.
CommandAnswer in_terms_of_rows(CommandAnswer answer, const RowFacts& row, const Mapping& mapping) {
  if (answer.code == "command_id_reused")
    answer.sentence = mapping.moments.empty() ? kChangedRow : kChangedTicket;
  return answer.code == "stale_version" ? out_of_order(row) : answer;
}

/// What the engine has said of a case in this run. Its rows go one by one, each after the answer to the one
/// before; those of a case that nobody had imported go without waiting.
struct CaseTalk {
  bool waiting = false;                ///< for an answer
  bool is_new = false;                 ///< its first row was added
  bool former = false;                 ///< its rows are known by the ids of former versions
  std::optional<std::size_t> refused;  ///< its first row that was, an index into the report
  std::list<HistoryRow> held;
};

class Import {
 public:
  Import(const ImportOptions& options, CommandSink& sink) : options_(options), sink_(sink) {}

  ImportReport run() {
    auto reader = HistoryReader::open(options_.file, options_.mapping, options_.now);
    if (!reader) {
      fail(reader.error());
      return std::move(report_);
    }
    mapping_ = &reader->mapping();
    auto done = send_rows(*reader);
    while (done) {
      done = sink_.finish();
      if (ready_.empty() || report_.ending == ImportEnding::stopped) break;
      if (done) done = send_ready();
    }
    if (!done) {
      fail(done.error());
      if (auto finished = sink_.finish(); !finished) fail(finished.error());
    }
    report_.cases = static_cast<std::int64_t>(reader->cases());
    if (reader->runs_backwards()) warn_of_order(reader->mapping().order);
    return std::move(report_);
  }

 private:
  using Done = std::expected<void, std::string>;

  Done send_rows(HistoryReader& reader) {
    while (true) {
      HistoryRow row;
      const auto more = reader.next(row);
      if (!more) return std::unexpected(more.error());
      if (!*more) return {};
      ++report_.rows;
      if (auto sent = take(std::move(row)); !sent) return sent;
      if (report_.rows % kRowsPerProgress == 0 && options_.on_progress &&
          options_.on_progress({.rows = report_.rows, .fraction = reader.fraction_read()}) == Go::stop) {
        report_.ending = ImportEnding::stopped;
        return {};
      }
    }
  }

  Done take(HistoryRow row) {
    if (!row.read) {
      report_.unmapped.push_back({row.line, row.read.error()});
      return {};
    }
    if (row.read->facts.empty() && !row.read->contradicts) {
      ++report_.unchanged;
      return {};
    }
    auto& talk = talks_[row.read->case_id.value];
    if (!talk.waiting) {
      if (auto sent = send(talk, std::move(row)); !sent) return sent;
    } else {
      talk.held.push_back(std::move(row));
      ++held_;
    }
    auto sent = send_ready();
    while (sent && held_ > kMostHeld) {
      sent = sink_.finish();
      if (sent) sent = send_ready();
    }
    return sent;
  }

  /// The next rows of the cases that were answered.
  Done send_ready() {
    while (!ready_.empty()) {
      auto& talk = *ready_.back();
      ready_.pop_back();
      while (!talk.waiting && !talk.held.empty()) {
        auto row = std::move(talk.held.front());
        talk.held.pop_front();
        --held_;
        if (auto sent = send(talk, std::move(row)); !sent) return sent;
      }
    }
    return {};
  }

  Done send(CaseTalk& talk, HistoryRow row) {
    if (talk.refused) {
      const auto& earlier = report_.refused[*talk.refused];
      refuse(
          talk, row,
          {Taken::refused, earlier.code,
           earlier.line == row.line
               ? "Expected the moments of its line before it to be taken, but one was refused."
               : fmt::format(
                     "Expected the rows of the case before it to be taken, but that of line {} was refused.",
                     earlier.line)});
      return {};
    }
    if (row.read->contradicts) {
      refuse(talk, row, out_of_order(*row.read));
      return {};
    }
    ++report_.sent;
    talk.waiting = !talk.is_new;
    const auto& id = talk.former ? row.read->former_id : row.read->command_id;
    auto command = command_of(mapping_->source, *row.read, id);
    if (talk.is_new) row.read->facts.clear();  // which are needed no more
    return sink_.send(std::move(command), [this, &talk, row = std::move(row)](const CommandAnswer& answer) {
      note(talk, row, in_terms_of_rows(answer, *row.read, *mapping_));
    });
  }

  void note(CaseTalk& talk, const HistoryRow& row, const CommandAnswer& answer) {
    talk.waiting = false;
    const bool first = row.read->facts_before == 0;
    switch (answer.taken) {
      case Taken::added:
        ++report_.added;
        if (first) talk.is_new = true;
        break;
      case Taken::known: ++report_.known; break;
      case Taken::refused:
        if (first && answer.code == "out_of_order" && !talk.former && !row.read->former_id.empty()) {
          talk.former = true;
          talk.held.push_front(row);
          ++held_;
        } else {
          refuse(talk, row, answer);
        }
        break;
    }
    if (!talk.held.empty()) ready_.push_back(&talk);
  }

  void refuse(CaseTalk& talk, const HistoryRow& row, const CommandAnswer& answer) {
    if (!talk.refused) talk.refused = report_.refused.size();
    report_.refused.push_back({row.line, row.case_number, answer.code, answer.sentence});
  }

  void warn_of_order(RowOrder order) {
    report_.warnings.emplace_back(order == RowOrder::newest_first
                                      ? "Most rows are older than the row of their case before them, read "
                                        "from the end of the file: leave "
                                        "`order: newest_first` out of the mapping, and import into an empty "
                                        "folder or as another `source`."
                                      : "Most rows are older than the row of their case before them. Where "
                                        "the file has the newest first, "
                                        "say `order: newest_first` in the mapping, and import into an empty "
                                        "folder or as another `source`.");
  }

  /// The first problem is the one that counts.
  void fail(std::string problem) {
    report_.ending = ImportEnding::failed;
    if (!report_.problem) report_.problem = std::move(problem);
  }

  const ImportOptions& options_;
  CommandSink& sink_;
  const Mapping* mapping_ = nullptr;  ///< of the file that is read
  ImportReport report_;
  std::unordered_map<std::string, CaseTalk> talks_;
  std::vector<CaseTalk*> ready_;
  std::size_t held_ = 0;
};

}  // namespace

ImportReport import_csv(const ImportOptions& options, CommandSink& sink) {
  return Import(options, sink).run();
}

}  // namespace casetrail::imports
