// The verbs `backup`, which the engine does beside its work, and `restore`, which needs one to erase again.
#include "workers/node/backup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cereal/cereal.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <thread>

#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/answer.h"
#include "workers/cli/erased_again.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/printer.h"
#include "workers/cli/progress.h"
#include "workers/cli/session.h"
#include "workers/cli/verbs.h"
#include "workers/node/erasure_ledger.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;
using api::BackupStage;

constexpr auto kBackupTimeout = 60s;
constexpr auto kRoute = "/v1/backups";

/// Two bars, one after the other.
class BackupBars {
 public:
  explicit BackupBars(std::string copying) : copying_(std::move(copying)) {}

  void show(BackupStage stage, std::int64_t done, std::int64_t total) {
    const bool copies = stage == BackupStage::copying;
    if (!bar_ || copies != copies_) {
      bar_.reset();
      bar_.emplace(copies ? copying_ : "verifying", copies ? "bytes" : "records");
      copies_ = copies;
    }
    bar_->show(done, total);
  }
  void clear() { bar_.reset(); }

 private:
  std::string copying_;
  bool copies_ = true;
  std::optional<ProgressBar> bar_;
};

int code_of(BackupStage ended) {
  switch (ended) {
    case BackupStage::done: return kDone;
    case BackupStage::damaged: return kRefused;
    case BackupStage::copying:
    case BackupStage::verifying:
    case BackupStage::failed: break;
  }
  return kUnavailable;
}

int code_of(const node::BackupTrouble& trouble) {
  switch (trouble.kind) {
    case node::BackupTrouble::Kind::unusable: return kUsage;
    case node::BackupTrouble::Kind::damaged: return kRefused;
    case node::BackupTrouble::Kind::unavailable: break;
  }
  return kUnavailable;
}

int tell(const api::BackupStatus& status, Output output) {
  const auto code = code_of(status.stage);
  if (output == Output::json)
    fmt::print("{}\n", to_json(status));
  else if (code == kDone)
    fmt::print("{}\n", status.sentence);
  else
    return fail(code, status.sentence);
  return code;
}

/// By the server, which goes on with it when this process is stopped.
int back_up_there(Session& session, const std::string& directory, Output output) {
  http::HttpRequest begin{.method = "POST",
                          .target = kRoute,
                          .headers = {{"content-type", "application/json"}},
                          .body = to_json(std::map<std::string, std::string>{{"directory", directory}})};
  auto answer = session.ask(std::move(begin), kBackupTimeout);
  if (!answer) return fail(kUnknown, answer.error());
  BackupBars bars("copying");
  std::optional<std::size_t> run;
  while (true) {
    if (!answer) return fail(kUnknown, answer.error());
    if (answer->status >= 300) return fail(exit_code_of(*answer), problem_sentence(answer->body));
    api::BackupStatus status;
    if (const auto error = from_json(answer->body, status)) return fail(kUnknown, error->sentence());
    if (run.value_or(status.run) != status.run) {
      return fail(kUnknown, "Another backup was begun since. How this one ended is not known: look whether " +
                                directory + " is there.");
    }
    run = status.run;
    if (is_over(status.stage)) {
      bars.clear();
      return tell(status, output);
    }
    if (status.stage == BackupStage::copying)
      bars.show(status.stage, status.bytes_done, status.bytes_total);
    else
      bars.show(status.stage, status.records_done, status.records_total);
    std::this_thread::sleep_for(50ms);
    answer = session.ask({.method = "GET", .target = kRoute}, kBackupTimeout);
  }
}

/// Of a log that nobody serves.
int back_up_here(const Place& place, const std::string& directory, Output output) {
  node::DataFolder folder(place.data);
  if (const auto fits = folder.check_served(node::LogKind::embedded); !fits)
    return fail(kUsage, fits.error());
  const auto log = open_log(place, Loss::refuse);
  if (!log) return fail(kUnavailable, log.error());
  BackupBars bars("copying");
  const auto made = node::make_backup(**log, place.data, directory, 0, api::wall_clock(),
                                      [&](auto stage, auto done, auto total) {
                                        bars.show(stage, done, total);
                                        return true;
                                      });
  bars.clear();
  if (!made) return fail(code_of(made.error()), made.error().what);
  return tell(
      {.directory = directory, .stage = BackupStage::done, .sentence = node::sentence_of(*made, directory)},
      output);
}

struct RestoreAnswer {
  std::string data;
  std::string log;
  Timestamp made_at;
  std::int64_t records;                 ///< of the backup
  std::optional<ErasedAgain> erasures;  ///< absent: no ledger was followed

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(data), CEREAL_NVP(log), CEREAL_NVP(made_at), CEREAL_NVP(records),
            CEREAL_NVP(erasures));
  }
};

std::string text_of(const ErasedAgain& erasures) {
  auto text = fmt::format(
      "Of the ledger {} cases were erased again and have no key any more, {} had been erased before "
      "the backup, {} are not in it.\n",
      erasures.erased.size(), erasures.before, erasures.absent);
  if (!erasures.held.empty()) {
    text += fmt::format(
        "In the backup {} are under a legal hold, and are erased with its release (`casetrail do CASE "
        "privacy.hold.release`): {}\n",
        erasures.held.size(), fmt::join(erasures.held, ", "));
  }
  return text;
}

/// Which ledger a restore follows; empty: none. An error is a sentence: nobody knows who was erased since.
std::expected<std::filesystem::path, std::string> ledger_for(const Place& place, const verb::Restore& asked,
                                                             const node::BackupManifest& backup) {
  if (asked.without_ledger || (asked.erased.empty() && !node::holds_keys(backup)))
    return std::filesystem::path();
  if (!node::holds_keys(backup)) {
    return std::unexpected(
        "The personal texts of this backup lie in the open, and nobody can be erased of them. Restore "
        "it with --without-ledger, seal it (`casetrail seal`), erase with `casetrail erase --cases LEDGER`, "
        "and destroy what was not sealed, before anybody is served.");
  }
  const auto ledger =
      asked.erased.empty() ? std::filesystem::path(backup.erasure_ledger.value_or("")) : asked.erased;
  if (ledger.empty()) {
    return std::unexpected(
        "This backup holds the keys of personal texts, and who was erased since it was made would come back. "
        "Name the ledger that says who was with --erased FILE (`casetrail erase --ledger`, `casetrail serve "
        "--erasure-ledger`), or go on with --without-ledger where nobody was.");
  }
  if (auto read = node::read_ledger(ledger); !read) return std::unexpected(std::move(read).error());
  if (place.master_key.empty()) {
    return std::unexpected(
        "The ledger " + ledger.string() +
        " is followed with the master key of the log alone. Name it with --master-key FILE, "
        "or in CASETRAIL_MASTER_KEY.");
  }
  return ledger;
}

node::BackupTrouble trouble_of(SessionTrouble trouble) {
  using Kind = node::BackupTrouble::Kind;
  const auto kind = trouble.code == kUsage     ? Kind::unusable
                    : trouble.code == kRefused ? Kind::damaged
                                               : Kind::unavailable;
  return {kind, std::move(trouble.what)};
}

}  // namespace

int back_up(const CommandLine& line, const verb::Backup& asked) {
  const auto& place = line.place;
  if (!place.server && kind_of(place) == node::LogKind::kafka)
    return fail(kUsage, std::string(node::kBackupOnKafka));
  // A folder of another machine is named as it is there.
  const auto directory = place.server ? asked.directory : std::filesystem::absolute(asked.directory);
  if (!place.server) {
    if (const auto none = no_log_in(place)) return fail(kUsage, *none);
    const auto lock = node::DataFolder(place.data).lock(10s);
    if (lock) return back_up_here(place, directory, line.output);
    if (!lock.error().holder) return fail(kUnavailable, lock.error().what);
  }
  const auto session = open_session(place, NoLog::refuse);
  if (!session) return fail(session.error().code, session.error().what);
  return back_up_there(**session, directory, line.output);
}

int restore(const CommandLine& line, const verb::Restore& asked) {
  if (kind_of(line.place) == node::LogKind::kafka)
    return fail(kUsage, "Expected no --brokers: a backup holds a log of its own. Name a folder with --data.");
  const auto manifest = node::manifest_in(asked.backup);
  if (!manifest) return fail(code_of(manifest.error()), manifest.error().what);
  const auto ledger = ledger_for(line.place, asked, *manifest);
  if (!ledger) return fail(kUsage, ledger.error());
  BackupBars bars("restoring");
  std::optional<ErasedAgain> erasures;
  const auto erase_there = [&](const std::filesystem::path& staged) -> node::BackupResult<void> {
    bars.clear();
    if (ledger->empty()) return {};
    auto place = line.place;
    place.data = staged;
    place.server.reset();
    auto done = erase_again(place, *ledger, asked.actor);
    if (!done) return std::unexpected(trouble_of(std::move(done).error()));
    erasures = *std::move(done);
    return {};
  };
  const auto restored = node::restore_backup(
      asked.backup, line.place.data,
      [&](auto stage, auto done, auto total) {
        bars.show(stage, done, total);
        return true;
      },
      erase_there);
  bars.clear();
  if (!restored) return fail(code_of(restored.error()), restored.error().what);
  const auto data = line.place.data.string();
  if (line.output == Output::json) {
    fmt::print("{}\n",
               to_json(RestoreAnswer{data, restored->log, restored->made_at, restored->records, erasures}));
  } else {
    fmt::print(
        "{} holds the log as it was at {}: {} records. `casetrail serve --data {}` goes on with it, and "
        "builds "
        "the boards first.\n",
        data, to_wire(restored->made_at), restored->records, data);
    if (erasures) fmt::print("{}", text_of(*erasures));
  }
  return erasures && !erasures->held.empty() ? kRefused : kDone;
}

}  // namespace casetrail::cli
