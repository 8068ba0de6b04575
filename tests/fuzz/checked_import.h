// An import whose account is checked: every row ends as a command that the engine can read, or under its own
// name.
#pragma once

#include <set>

#include "aggregates/case/command.h"
#include "tests/fuzz/harness.h"
#include "tests/support/borrowed_message.h"
#include "workers/import/import_csv.h"

namespace casetrail::fuzz {

constexpr Timestamp kPresent = from_epoch_ms(1'795'000'000'000);

/// Takes every command that can be read, once; the rest ends the program.
class ReadingSink final : public imports::CommandSink {
 public:
  std::expected<void, std::string> send(Message command, OnAnswer on_answer) override {
    command.timestamp = kPresent;  // as the log does
    const BorrowedMessage borrowed(command);
    const auto read = read_command(borrowed.view());
    must(read.has_value(), "what an import sends can be read", read ? "" : read.error().sentence());
    on_answer({ids_.insert(read->id).second ? imports::Taken::added : imports::Taken::known, "", ""});
    return {};
  }
  std::expected<void, std::string> finish() override { return {}; }

 private:
  std::set<CommandId> ids_;
};

inline imports::ImportReport checked_import(const std::filesystem::path& file,
                                            const std::filesystem::path& mapping) {
  ReadingSink sink;
  auto report =
      imports::import_csv({.file = file, .mapping = mapping, .now = kPresent, .on_progress = {}}, sink);
  const auto unmapped = static_cast<std::int64_t>(report.unmapped.size());
  must(report.rows == report.added + report.known + report.unchanged + unmapped,
       "every row is accounted for");
  must(report.sent == report.added && report.known == 0, "no two rows of a file are the same command");
  must((report.ending == imports::ImportEnding::failed) == report.problem.has_value(),
       "an import that failed says why");
  for (const auto& row : report.unmapped)
    must(row.line > 1 && !row.reason.empty(), "a row without a place is named, with the reason", row.reason);
  return report;
}

}  // namespace casetrail::fuzz
