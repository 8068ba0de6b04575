// The verb `whatif`: reads all cases by the way of an export, and decides each again under another policy.
#include "workers/whatif/whatif.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

#include "aggregates/policy/new_policy.h"
#include "events/wire/json_writer.h"
#include "workers/api/csv.h"
#include "workers/api/policies.h"
#include "workers/cli/answer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/log_door.h"
#include "workers/cli/policy.h"
#include "workers/cli/printer.h"
#include "workers/cli/progress.h"
#include "workers/cli/selection.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/cli/whatif_answer.h"
#include "workers/export/cases.h"
#include "workers/export/part_file.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {
namespace {

using exports::Failure;
using exports::Trouble;

volatile std::sig_atomic_t what_if_stopped = 0;

/// A sentence, and the code that a script is told.
struct WhatIfTrouble {
  int code;
  std::string what;
};

/// The policies that were published, by their versions; events that were decided before any name none.
class Policies {
 public:
  static std::expected<Policies, WhatIfTrouble> of(const LogDoor& door) {
    Policies all;
    if (door.log) {
      const auto published = api::published_policies(*door.log);
      if (!published) return std::unexpected(WhatIfTrouble{kUnavailable, published.error().what});
      for (const auto& one : *published) all.texts_.emplace(one.version, one.text);
      return all;
    }
    const auto list = asked(*door.session, "/v1/policies");
    if (!list) return std::unexpected(list.error());
    for (const auto& one : list->objects("policies")) {
      const auto version = one.number("version").value_or(0);
      const auto policy = asked(*door.session, fmt::format("/v1/policies/{}", version));
      if (!policy) return std::unexpected(policy.error());
      all.texts_.emplace(static_cast<std::int32_t>(version), policy->text("text"));
    }
    return all;
  }

  /// A number, or `current`: the newest that can be read. Null when there is no such one.
  [[nodiscard]] const Policy* called(const std::string& name) {
    for (auto one = texts_.rbegin(); one != texts_.rend(); ++one) {
      if (name != "current" && name != std::to_string(one->first)) continue;
      if (const auto* policy = find(one->first)) return policy;
    }
    return name == "current" || name == "0" ? find(0) : nullptr;
  }

  /// Null when it is not there, or cannot be read.
  [[nodiscard]] const Policy* find(std::int32_t version) {
    auto& policy = read_[version];
    if (policy) return policy.get();
    const auto text = texts_.find(version);
    if (version == 0) {
      policy = std::make_unique<Policy>();
    } else if (text != texts_.end()) {
      if (auto parsed = parse_policy(text->second)) policy = std::make_unique<Policy>(*std::move(parsed));
    }
    return policy.get();
  }

 private:
  static std::expected<Fields, WhatIfTrouble> asked(Session& session, const std::string& target) {
    const auto answer = session.ask({.method = "GET", .target = target}, std::chrono::seconds(60));
    if (!answer) return std::unexpected(WhatIfTrouble{kUnavailable, answer.error()});
    if (const auto code = exit_code_of(*answer); code != kDone)
      return std::unexpected(WhatIfTrouble{code, problem_sentence(answer->body)});
    return Fields(answer->body);
  }

  std::map<std::int32_t, std::string> texts_;
  std::map<std::int32_t, std::unique_ptr<Policy>> read_;
};

bool is_version(const std::string& name) {
  return name == "current" ||
         (!name.empty() && std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; }));
}

std::expected<Policy, WhatIfTrouble> other_policy(const std::string& name, Policies& published) {
  if (is_version(name) && !std::filesystem::exists(name)) {
    if (const auto* policy = published.called(name)) return *policy;
    return std::unexpected(WhatIfTrouble{
        kUsage,
        fmt::format("There is no policy version {} that can be read. `casetrail policy versions` lists "
                    "what was published.",
                    name)});
  }
  auto text = readable_policy(name);
  if (!text) return std::unexpected(WhatIfTrouble{kUsage, std::move(text).error()});
  auto policy = parse_new_policy(*text);
  if (!policy) return std::unexpected(WhatIfTrouble{kUsage, faults_text(name, policy.error())});
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
    api::append_csv(cells, line);
    file_->write(line);
  }

  std::unique_ptr<exports::PartFile> file_;
};

std::filesystem::path spool_folder(const Place& place) {
  std::error_code failed;
  return std::filesystem::is_directory(place.data, failed) ? place.data
                                                           : std::filesystem::temp_directory_path();
}

std::expected<WhatIfAnswer, exports::ExportError> decide_all(const verb::WhatIf& asked, LogDoor& door,
                                                             exports::Selection selection, const Place& place,
                                                             Policies& published, Policy other) {
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
    std::optional<ProgressBar> bar;
    std::string doing;
    const auto read =
        exports::read_cases(*door.events,
                            {.folder = spool_folder(place),
                             .selection = std::move(selection),
                             .on_progress =
                                 [&](std::string_view now, std::int64_t done, std::int64_t total) {
                                   if (doing != now) bar.emplace(doing = now, "events");
                                   bar->show(done, total);
                                 },
                             .stopped = [] { return what_if_stopped != 0; }},
                            [&](std::span<const CaseEvent> events, Timestamp end) {
                              auto changed = question.take(events, end);
                              if (!changed) return;
                              file.add(*changed);
                              if (answer.changes.size() < asked.limit)
                                answer.changes.push_back(*std::move(changed));
                            });
    bar.reset();
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
  auto selection = selection_of({asked.from, asked.to, {}, asked.filters}, line.zone.value_or(Zone()));
  if (!selection) return fail(kUsage, selection.error());
  if (!selection->types.empty())
    return fail(kUsage, "A case is decided as a whole: leave the filter 'type' out.");
  if (const auto objection = asked.csv.empty() ? "" : exports::objection_to_file(asked.csv);
      !objection.empty())
    return fail(kUsage, objection);
  auto door = open_log_door(line.place);
  if (!door) return fail(door.error().code, door.error().what);
  auto published = Policies::of(*door);
  if (!published) return fail(published.error().code, published.error().what);
  auto other = other_policy(asked.policy, *published);
  if (!other) return fail(other.error().code, other.error().what);
  auto display = Printer(line).display(nullptr);
  if (!line.zone) display.zone = other->zone();
  for (const auto signal : {SIGINT, SIGTERM}) (void)std::signal(signal, [](int) { what_if_stopped = 1; });
  const auto answer =
      decide_all(asked, *door, *std::move(selection), line.place, *published, *std::move(other));
  if (!answer) return fail(exit_code_of(answer.error().trouble), answer.error().what);
  fmt::print("{}", line.output == Output::json ? json_for_stdout(to_json(*answer)) + "\n"
                                               : whatif_text(*answer, display));
  return kDone;
}

}  // namespace casetrail::cli
