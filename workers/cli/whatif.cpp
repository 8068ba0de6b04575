// The verb `whatif`: reads all cases by the way of an export, and decides each again under another policy.
#include "workers/whatif/whatif.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "aggregates/policy/new_policy.h"
#include "events/wire/csv_line.h"
#include "events/wire/json_writer.h"
#include "workers/cli/case_reading.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/log_door.h"
#include "workers/cli/policy.h"
#include "workers/cli/printer.h"
#include "workers/cli/published.h"
#include "workers/cli/selection.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/cli/whatif_answer.h"
#include "workers/export/part_file.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {
namespace {

using exports::Failure;
using exports::Trouble;

bool is_version(const std::string& name) {
  return name == "current" ||
         (!name.empty() && std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; }));
}

std::expected<Policy, SessionTrouble> other_policy(const std::string& name, PublishedPolicies& published) {
  if (is_version(name) && !std::filesystem::exists(name)) {
    if (const auto* policy = published.called(name)) return *policy;
    return std::unexpected(SessionTrouble{
        kUsage,
        fmt::format("There is no policy version {} that can be read. `casetrail policy versions` lists "
                    "what was published.",
                    name)});
  }
  auto text = readable_policy(name);
  if (!text) return std::unexpected(SessionTrouble{kUsage, std::move(text).error()});
  auto policy = parse_new_policy(*text);
  if (!policy) return std::unexpected(SessionTrouble{kUsage, faults_text(name, policy.error())});
  return *std::move(policy);
}

/// A line for each difference, where somebody wants a file of them.
class DifferencesFile {
 public:
  explicit DifferencesFile(const std::filesystem::path& file) {
    if (file.empty()) return;
    file_ = std::make_unique<exports::PartFile>(file);
    write({"case_id", "number", "field", "before", "before_at", "after", "after_at", "rule", "seq"});
  }

  void add(const whatif::ChangedCase& changed) {
    if (!file_) return;
    const auto moment = [](const std::optional<Timestamp>& at) { return at ? to_wire(*at) : std::string(); };
    const auto number = changed.number.value_or("");
    for (const auto& one : changed.differences)
      write({changed.case_id.value, number, one.field, one.before.value_or(""), moment(one.before_at),
             one.after.value_or(""), moment(one.after_at), one.rule, ""});
    for (const auto& fact : changed.refused)
      write({changed.case_id.value, number, "refused", fact.type, "", fact.code, "", "",
             std::to_string(fact.seq)});
  }

  void keep() {
    if (!file_) return;
    file_->flush();
    file_->keep();
  }

 private:
  void write(const std::vector<std::string>& cells) {
    std::string line;
    append_csv(cells, line);
    file_->write(line);
  }

  std::unique_ptr<exports::PartFile> file_;
};

std::expected<WhatIfAnswer, exports::ExportError> decide_all(const verb::WhatIf& asked, LogDoor& door,
                                                             exports::Selection selection, const Place& place,
                                                             PublishedPolicies& published, Policy other) {
  WhatIfAnswer answer{.policy = asked.policy, .totals = {}, .changes = {}};
  whatif::WhatIf question(
      [&](std::int32_t version) -> const Policy& {
        if (const auto* policy = published.find(version)) return *policy;
        throw Failure(Trouble::unavailable,
                      fmt::format("Events were decided by policy version {}, which cannot be read from "
                                  "casetrail.policy. Restore that topic, or upgrade this binary.",
                                  version));
      },
      std::move(other));
  try {
    DifferencesFile file(asked.csv);
    const auto read = read_cases_of(door, place, std::move(selection),
                                    [&](std::span<const CaseEvent> events, Timestamp end) {
                                      auto changed = question.take(events, end);
                                      if (!changed) return;
                                      file.add(*changed);
                                      if (answer.changes.size() < asked.limit)
                                        answer.changes.push_back(*std::move(changed));
                                    });
    if (!read) return std::unexpected(read.error());
    file.keep();
    answer.damaged_cases = read->damaged_cases;
  } catch (const Failure& failure) {
    return std::unexpected(exports::ExportError{failure.trouble, failure.what()});
  }
  answer.totals = question.totals();
  return answer;
}

}  // namespace

int what_if(const CommandLine& line, const verb::WhatIf& asked) {
  if (const auto objection = asked.csv.empty() ? "" : exports::objection_to_file(asked.csv);
      !objection.empty())
    return fail(kUsage, objection);
  auto door = open_log_door(line.place);
  if (!door) return fail(door.error().code, door.error().what);
  auto published = PublishedPolicies::of(*door);
  if (!published) return fail(published.error().code, published.error().what);
  auto selection =
      selection_of({asked.from, asked.to, {}, asked.filters}, line.zone.value_or(published->zone()));
  if (!selection) return fail(kUsage, selection.error());
  if (!selection->types.empty())
    return fail(kUsage, "A case is decided as a whole: leave the filter 'type' out.");
  auto other = other_policy(asked.policy, *published);
  if (!other) return fail(other.error().code, other.error().what);
  auto display = Printer(line).display(nullptr);
  if (!line.zone) display.zone = other->zone();
  const auto answer =
      decide_all(asked, *door, *std::move(selection), line.place, *published, *std::move(other));
  if (!answer) return fail(exit_code_of(answer.error().trouble), answer.error().what);
  fmt::print("{}", line.output == Output::json ? json_for_stdout(to_json(*answer)) + "\n"
                                               : whatif_text(*answer, display));
  return kDone;
}

}  // namespace casetrail::cli
