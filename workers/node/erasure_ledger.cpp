// First the line, then the fact: a line too many erases nobody who was not to go, one too few brings them
// back.
#include "workers/node/erasure_ledger.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <utility>

#include "workers/evidence/synced_line.h"
#include "workers/log/passing_log.h"
#include "workers/node/data_folder.h"
#include "workers/privacy/sealed_writer.h"

namespace casetrail::node {
namespace {

namespace fs = std::filesystem;

bool erases(const log::Outgoing& record) {
  if (record.topic != log::Topic::events) return false;
  for (const auto& [name, value] : record.message.headers) {
    if (name == "ce_type") return privacy::destroys_key(value);
  }
  return false;
}

class LedgerWriter final : public log::PartitionWriter {
 public:
  LedgerWriter(std::unique_ptr<log::PartitionWriter> inner, const fs::path& ledger)
      : inner_(std::move(inner)), ledger_(ledger) {}

  log::Promised<log::LogResult<void>> start_fence() override { return inner_->start_fence(); }
  log::Promised<log::CommitResult> start_commit(
      std::vector<log::Outgoing>& records, log::Offset next_command,
      const std::shared_ptr<const log::Generation>& generation) override {
    for (const auto& record : records) {
      if (!erases(record)) continue;
      const auto added = add_to_ledger(ledger_, {record.message.key, record.message.timestamp});
      if (added) continue;
      return log::answered(log::CommitResult{log::CommitOutcome::aborted, -1,
                                             "nobody is erased while the ledger " + ledger_.string() +
                                                 " cannot be written (" + added.error() +
                                                 "); mend that, or name another with --erasure-ledger"});
    }
    return inner_->start_commit(records, next_command, generation);
  }

 private:
  std::unique_ptr<log::PartitionWriter> inner_;
  const fs::path& ledger_;
};

class LedgerLog final : public log::PassingLog {
 public:
  LedgerLog(std::shared_ptr<log::EventLog> log, fs::path ledger)
      : PassingLog(std::move(log)), ledger_(std::move(ledger)) {}

  std::unique_ptr<log::PartitionWriter> open_writer(log::Partition partition) override {
    return std::make_unique<LedgerWriter>(PassingLog::open_writer(partition), ledger_);
  }

 private:
  fs::path ledger_;
};

}  // namespace

std::expected<void, std::string> add_to_ledger(const fs::path& ledger, const LedgerEntry& entry) {
  return evidence::add_line(
      ledger, entry.erased_at ? entry.case_id + ' ' + to_wire(*entry.erased_at) : entry.case_id);
}

std::expected<std::vector<LedgerEntry>, std::string> read_ledger(const fs::path& ledger) {
  std::ifstream lines(ledger);
  if (fs::is_directory(ledger) || !lines) {
    return std::unexpected("The ledger of erasures " + ledger.string() +
                           " cannot be read. Bring it here, or name where it is with --erased FILE.");
  }
  std::map<std::string, std::optional<Timestamp>> known;
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.find(' ');
    auto name = line.substr(0, space);
    if (name.empty()) continue;
    auto& at = known[std::move(name)];
    if (space != std::string::npos) at = std::max(at, parse_timestamp(line.substr(space + 1)));
  }
  std::vector<LedgerEntry> entries;
  for (auto& [case_id, at] : known) entries.push_back({case_id, at});
  return entries;
}

std::unique_ptr<log::EventLog> keep_erasures(std::unique_ptr<log::EventLog> log, fs::path ledger) {
  return std::make_unique<LedgerLog>(std::move(log), std::move(ledger));
}

std::optional<fs::path> ledger_of(const fs::path& data) {
  auto named = read_file(data / kLedgerFile);
  while (named && named->ends_with('\n')) named->pop_back();
  if (!named || named->empty()) return std::nullopt;
  return fs::path(*std::move(named));
}

std::expected<void, std::string> name_ledger(const fs::path& data, const fs::path& ledger) {
  const auto whole = fs::absolute(ledger);
  if (ledger_of(data) == whole) return {};
  return replace_file(data / kLedgerFile, whole.string() + '\n');
}

}  // namespace casetrail::node
