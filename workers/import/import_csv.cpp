// Rows to commands, and the answers into the report.
#include "workers/import/import_csv.h"

#include <utility>

#include "aggregates/command.h"
#include "aggregates/commands/import.h"
#include "workers/import/history_reader.h"

namespace casetrail {
namespace {

constexpr std::int64_t kRowsPerProgress = 500;

Message command_of(const std::string& source, RowFacts row) {
  ImportFacts body{.source = source, .facts = {}};
  for (const auto& fact : row.facts) {
    const auto& codec = codec_of(fact);
    auto& written = body.facts.emplace_back(Fact{std::string(codec.type), codec.version, {}});
    fact.append_json(written.data.text);
  }
  CommandEnvelope envelope;
  envelope.id = std::move(row.command_id);
  envelope.case_id = std::move(row.case_id);
  envelope.actor.kind = ActorKind::import_;
  envelope.actor.id = source;
  envelope.occurred_at = row.at;
  envelope.command = std::move(body);
  return write_command(envelope);
}

class Import {
 public:
  Import(const ImportOptions& options, CommandSink& sink) : options_(options), sink_(sink) {}

  ImportReport run() {
    auto reader = HistoryReader::open(options_.file, options_.mapping);
    if (!reader) {
      fail(reader.error());
      return std::move(report_);
    }
    send_rows(*reader);
    report_.cases = static_cast<std::int64_t>(reader->cases());
    if (auto finished = sink_.finish(); !finished) fail(finished.error());
    return std::move(report_);
  }

 private:
  void send_rows(HistoryReader& reader) {
    HistoryRow row;
    while (true) {
      const auto more = reader.next(row);
      if (!more) return fail(more.error());
      if (!*more) return;
      ++report_.rows;
      if (const auto sent = take(reader.mapping().source, std::move(row)); !sent) return fail(sent.error());
      if (report_.rows % kRowsPerProgress == 0 && options_.on_progress &&
          options_.on_progress({.rows = report_.rows, .fraction = reader.fraction_read()}) == Go::stop) {
        report_.ending = ImportEnding::stopped;
        return;
      }
    }
  }

  std::expected<void, std::string> take(const std::string& source, HistoryRow row) {
    if (!row.read) {
      report_.unmapped.push_back({row.line, row.read.error()});
      return {};
    }
    if (row.read->facts.empty()) {
      ++report_.unchanged;
      return {};
    }
    ++report_.sent;
    return sink_.send(command_of(source, std::move(*row.read)),
                      [this, line = row.line, number = row.case_number](const CommandAnswer& answer) {
                        note(line, number, answer);
                      });
  }

  void note(std::int64_t line, const std::string& case_number, const CommandAnswer& answer) {
    switch (answer.taken) {
      case Taken::added: ++report_.added; return;
      case Taken::known: ++report_.known; return;
      case Taken::refused:
        report_.refused.push_back({line, case_number, answer.code, answer.sentence});
        return;
    }
  }

  /// The first problem is the one that counts.
  void fail(std::string problem) {
    report_.ending = ImportEnding::failed;
    if (!report_.problem) report_.problem = std::move(problem);
  }

  const ImportOptions& options_;
  CommandSink& sink_;
  ImportReport report_;
};

}  // namespace

ImportReport import_csv(const ImportOptions& options, CommandSink& sink) {
  return Import(options, sink).run();
}

}  // namespace casetrail
