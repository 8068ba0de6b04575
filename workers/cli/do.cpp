// Whoever writes to a case has read it before: the command expects the case as it was read.
#include "workers/cli/do.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string_view>
#include <utility>
#include <vector>

#include "aggregates/case/actions.h"
#include "aggregates/case/notes/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/review/commands.h"
#include "aggregates/policy/policy.h"
#include "events/case/case_status.h"
#include "events/wire/whole_number.h"
#include "workers/api/uuid_v7.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/action_text.h"
#include "workers/cli/command_request.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/printer.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kWait = 60s;
/// Instead of a case: the command begins one.
constexpr std::string_view kNewCase = "new";
/// What is to be done better in each item that lost points.
constexpr std::string_view kBetter = "pii.by_item";

/// The fields of `type`; codes are to be chosen among those that may be used now.
std::vector<api::FieldRow> rows_of(const api::ContractType& type, const Catalogues& catalogues) {
  auto rows = api::field_rows(type);
  for (auto& row : rows) {
    const auto* catalogue = catalogues.find(row.catalogue);
    if (catalogue != nullptr) row.choices = catalogue->usable();
  }
  return rows;
}

std::string path_of(const std::string& case_id) { return "/v1/cases/" + http::percent_encode(case_id); }

/// How a case stands after what was done.
std::string standing_line(const std::string& json, const Display& display) {
  const Fields answer(json);
  const auto number = answer.object("head").text("number");
  return fmt::format("  {}      {}{}\n", display.say("now", "现在"), display.word(answer.text("status")),
                     number.empty() ? number : ", " + number);
}

/// What the case says of the data of `type`, of which the person may have named the thing that it is meant
/// for; empty where that may be several, or the case says nothing.
std::string beginning_of(const Fields& actions, std::string_view type,
                         const std::vector<verb::GivenField>& given) {
  std::vector<std::string> all;
  for (const auto& action : actions.objects("actions")) {
    if (action.text("type") == type) all = action.elements("begins");
  }
  std::erase_if(all, [&](const std::string& begin) {
    return std::ranges::any_of(given, [&](const verb::GivenField& field) {
      auto name = field.name;
      std::ranges::replace(name, '-', '_');
      const auto own = Fields(begin).text(name);
      return name.ends_with("_id") && field.value && !own.empty() && own != *field.value;
    });
  });
  return all.size() == 1 ? all.front() : std::string();
}

/// What the command asked to be shown.
std::string contact_text(const std::string& json, const Display& display) {
  const Fields contact(json);
  std::string text;
  const auto add = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {}  {}\n", label, on_one_line(value));
  };
  add(display.say("customer", "客户    "), contact.text("name"));
  for (const auto& one : contact.strings("contacts")) add(display.say("contact ", "联系方式"), one);
  add(display.say("address ", "地址    "), contact.text("address"));
  return text;
}

/// One command, or a look at what is allowed.
class Deed {
 public:
  Deed(const CommandLine& line, const verb::Do& asked, Session& session, const Ask& ask)
      : line_(line), asked_(asked), session_(session), ask_(ask), printer_(line) {}

  int list() const {
    const auto answer = standing();
    if (!answer) return fail(kUnavailable, answer.error());
    return printer_.print(*answer, [&](const std::string& json, const Display& display) {
      return actions_text(asked_.case_id, json, asked_.all ? Actions::all : Actions::allowed, display);
    });
  }

  int send(const api::ContractType& type) {
    const auto display = printer_.display(&session_);
    ActionForm form(rows_of(type, display.catalogues), asked_.options, display.zone);
    std::string objections;
    for (const auto& given : asked_.fields) {
      if (const auto objection = form.give(given)) objections += (objections.empty() ? "" : " ") + *objection;
    }
    if (!objections.empty()) return fail(kUsage, objections + " " + remedy(type));
    if (asked_.case_id != kNewCase) {
      if (const auto code = read_case(type, form, display)) return *code;
    }
    if (!complete(form, display)) return fail(kUsage, missing_text(type, names_of_missing(form)));
    return send(type, form, display);
  }

 private:
  [[nodiscard]] std::expected<http::HttpResponse, std::string> standing() const {
    static constexpr std::string_view kAgent = "agent:";
    auto target = path_of(asked_.case_id) + "/actions";
    if (asked_.actor.starts_with(kAgent)) {
      target += "?agent=" + http::percent_encode(asked_.actor.substr(kAgent.size()));
      if (!asked_.department.empty()) target += "&department=" + http::percent_encode(asked_.department);
      if (!asked_.role.empty()) target += "&role=" + http::percent_encode(asked_.role);
    }
    return session_.ask({.method = "GET", .target = target}, kWait);
  }

  /// Whether the server knows who asks, so that nobody has to say it.
  [[nodiscard]] bool has_identity() const {
    const auto me = session_.ask({.method = "GET", .target = "/v1/me"}, kWait);
    return me && me->status == 200 && !Fields(me->body).text("actor").empty();
  }

  /// Notes where the case stands and what it asks for. Nobody is asked for the fields of what it refuses
  /// anyway: an exit code.
  std::optional<int> read_case(const api::ContractType& type, ActionForm& form, const Display& display) {
    const auto answer = standing();
    if (!answer) return fail(kUnavailable, answer.error());
    if (exit_code_of(*answer) != kDone) return printer_.print(*answer, {});
    const Fields read(answer->body);
    seq_ = read.number("seq");
    for (const auto& action : read.objects("actions")) {
      if (action.text("type") != type.type) continue;
      for (const auto& field : action.objects("required"))
        form.need(field.text("field"), field.strings("unless"));
      form.begin_with(beginning_of(read, type.type, asked_.fields));
      if (action.is_true("allowed") || form.missing().empty()) continue;
      return fail(kRefused, display.reason(action.text("code"), action.text("message")));
    }
    return std::nullopt;
  }

  /// Whether everything is there, after asking where somebody can be asked.
  bool complete(ActionForm& form, const Display& display) {
    if (asked_.actor.empty() && !has_identity()) {
      const auto actor = ask_ ? ask_(question_on_actor(display)) : std::nullopt;
      if (!actor || actor->empty()) return false;
      asked_.actor = *actor;
    }
    std::string objection;
    for (auto missing = form.missing(); !missing.empty(); missing = form.missing()) {
      const auto& field = *missing.front();
      if (const auto& items = form.beginnings_of(field); !items.empty()) {
        if (!ask_ || !ask_points(form, field, items, display)) return false;
        continue;
      }
      do {
        const auto answer = ask_ ? ask_(objection + question_on(field, display)) : std::nullopt;
        if (!answer) return false;
        const bool ends = answer->empty();
        objection.clear();
        const auto no = ends && !field.is_list ? std::optional<std::string>("") : form.give(field, *answer);
        if (no) objection = objection_to(field, *answer, *no, display);
        if (ends) break;
      } while (field.is_list);
    }
    return true;
  }

  /// Each item of a card, and what is to be done better in those that lost points.
  bool ask_points(ActionForm& form, const FormField& field, const std::vector<std::string>& items,
                  const Display& display) {
    const auto better = std::ranges::find(
        form.fields(), kBetter, [](const FormField& one) { return std::string_view(one.row.path); });
    const bool asks_better = better != form.fields().end() && !form.has(kBetter);
    for (const auto& item : items) {
      const auto name = Fields(item).text("item");
      const auto points = ask_number(question_on_points(item, display), item, display);
      if (!points) return false;
      (void)form.give(field, with_points(item, *points));
      if (!asks_better || *points == kNotApplicable || *points == Fields(item).number("max")) continue;
      const auto text = ask_(question_on_improvement(name, display));
      if (!text) return false;
      if (!text->empty()) (void)form.give(*better, improvement_of(name, *text));
    }
    return true;
  }

  std::optional<std::int64_t> ask_number(const std::string& question, const std::string& item,
                                         const Display& display) const {
    const auto max = Fields(item).number("max").value_or(0);
    for (std::string objection;;) {
      const auto answer = ask_(objection + question);
      if (!answer) return std::nullopt;
      if (*answer == "n") return kNotApplicable;
      const auto points = whole_number<std::int64_t>(*answer);
      if (points && *points >= 0 && *points <= max) return points;
      objection = fmt::format(fmt::runtime(display.say("Expected 0 to {}, or n, but it is '{}'.\n",
                                                       "应填 0–{} 或 n，而不是“{}”。\n")),
                              max, *answer);
    }
  }

  int send(const api::ContractType& type, const ActionForm& form, const Display& display) const {
    const auto id = asked_.id.empty() ? api::uuid_v7(api::wall_clock()) : asked_.id;
    const auto request = command_request({.type = std::string(type.type),
                                          .case_id = asked_.case_id == kNewCase ? "" : asked_.case_id,
                                          .actor = asked_.actor,
                                          .id = id,
                                          .department = asked_.department,
                                          .role = asked_.role,
                                          .expected_seq = asked_.expected_seq ? asked_.expected_seq : seq_},
                                         form.data());
    const auto answer = session_.ask(request, kWait);
    const auto again = " It is the same command with --id " + id + ".";
    if (!answer) return fail(kUnknown, answer.error() + again);
    const auto code = exit_code_of(*answer);
    if (code != kDone && line_.output != Output::json)
      return fail(code, refusal(*answer, form, display) + (code == kUnknown ? again : ""));
    // The next look at the case shows what was done, whoever looks.
    const Fields outcome(answer->body);
    if (type.type == RevealContact::kType && code == kDone) return show_contact(outcome);
    const auto shown = session_.ask({.method = "GET",
                                     .target = path_of(outcome.text("case_id")) +
                                               "?token=" + http::percent_encode(outcome.text("token"))},
                                    kWait);
    const auto offer = type.type == ResolveCase::kType ? linked_and_open(outcome, display) : "";
    return printer_.print(*answer, [&](const std::string& json, const Display&) {
      const bool stands = shown && exit_code_of(*shown) == kDone;
      return outcome_text(json, display) + (stands ? standing_line(shown->body, display) : "") + offer;
    });
  }

  /// What solved the case may solve its duplicates.
  [[nodiscard]] std::string linked_and_open(const Fields& outcome, const Display& display) const {
    const auto id = outcome.text("case_id");
    const auto answer = session_.ask({.method = "GET",
                                      .target = "/v1/cases?limit=20&linked=" + http::percent_encode(id) +
                                                "&token=" + http::percent_encode(outcome.text("token"))},
                                     kWait);
    if (!answer || exit_code_of(*answer) != kDone) return {};
    std::string text;
    for (const auto& row : Fields(answer->body).objects("rows")) {
      const auto status = row.text("status");
      if (status == name_of(CaseStatus::resolved) || status == name_of(CaseStatus::closed)) continue;
      const auto number = row.text("number");
      text += fmt::format("  {}  {}, {}\n", display.say("linked", "关联"),
                          number.empty() ? row.text("case_id") : number, display.word(status));
    }
    if (text.empty()) return {};
    return text + display.say("  What solved this case may solve them: casetrail do NUMBER resolve …\n",
                              "  上述关联工单可能已一并解决：casetrail do 编号 resolve …\n");
  }

  [[nodiscard]] int show_contact(const Fields& outcome) const {
    const auto contact =
        session_.ask({.method = "GET",
                      .target = fmt::format("{}/contact?access={}&token={}", path_of(outcome.text("case_id")),
                                            outcome.number("last_seq").value_or(0),
                                            http::percent_encode(outcome.text("token")))},
                     kWait);
    return contact ? printer_.print(*contact, contact_text, &session_) : fail(kUnavailable, contact.error());
  }

  [[nodiscard]] std::string refusal(const http::HttpResponse& answer, const ActionForm& form,
                                    const Display& display) const {
    auto sentence = problem_of_action(
        answer.body, [&](const std::string& path) { return form.flag_of(path).value_or("--" + path); });
    if (Fields(answer.body).text("code") == "stale_version")
      sentence += " Somebody wrote to the case meanwhile: look at it, and do it again.";
    return in_language(line_.language, answer.body, display.with_short_moments(sentence));
  }

  [[nodiscard]] std::vector<std::string> names_of_missing(const ActionForm& form) const {
    std::vector<std::string> names;
    if (asked_.actor.empty() && !has_identity()) names.emplace_back("--actor (kind:id, such as agent:li)");
    for (const auto* field : form.missing()) names.push_back(with_choices(*field));
    return names;
  }

  [[nodiscard]] std::string remedy(const api::ContractType& type) const {
    return fmt::format("`casetrail do {} {} --help` explains the fields.", asked_.case_id, type.type);
  }

  const CommandLine& line_;
  verb::Do asked_;
  Session& session_;
  const Ask& ask_;
  Printer printer_;
  std::optional<std::int64_t> seq_;  ///< of the case as it was read
};

/// The commands that a case may begin with, or those of a case that is there.
std::vector<std::string_view> actions_for(std::string_view case_id) {
  std::vector<std::string_view> types;
  for (const auto& action : actions_of(CaseState{}, std::nullopt, api::wall_clock(), Policy{})) {
    if ((case_id == kNewCase) != action.refusal.has_value()) types.push_back(action.type);
  }
  return types;
}

std::expected<const api::ContractType*, std::string> action_of(const verb::Do& asked) {
  const auto types = actions_for(asked.case_id);
  if (!asked.action.empty()) return find_action(asked.action, types);
  return std::unexpected(
      fmt::format("`casetrail do new` needs the action that begins the case: {}.", fmt::join(types, " or ")));
}

/// For help, which is there without a case, too: empty where that cannot be read.
std::string beginning_in_case(const CommandLine& line, const verb::Do& asked, const api::ContractType& type) {
  const auto session = open_session(line.place, NoLog::refuse);
  if (!session) return {};
  const auto answer =
      (*session)->ask({.method = "GET", .target = path_of(asked.case_id) + "/actions"}, kWait);
  if (!answer || exit_code_of(*answer) != kDone) return {};
  return beginning_of(Fields(answer->body), type.type, asked.fields);
}

std::optional<std::string> ask_person(const std::string& question) {
  fmt::print(stderr, "{}", question);
  std::string answer;
  if (std::getline(std::cin, answer)) return answer;
  fmt::print(stderr, "\n");
  return std::nullopt;
}

}  // namespace

int act(const CommandLine& line, const verb::Do& asked, Session& session, const Ask& ask) {
  Deed deed(line, asked, session, ask);
  if (asked.action.empty() && asked.case_id != kNewCase) return deed.list();
  const auto type = action_of(asked);
  return type ? deed.send(**type) : fail(kNotFound, type.error());
}

int do_action(const CommandLine& line, const verb::Do& asked) {
  if (asked.help) {
    const auto type = action_of(asked);
    if (!type) return fail(kNotFound, type.error());
    ActionForm form(api::field_rows(**type), asked.options, Zone());
    const auto begin = (*type)->type == ScoreReview::kType ? beginning_in_case(line, asked, **type) : "";
    form.begin_with(begin);
    fmt::print("{}", action_help(asked.case_id, **type, form, begin, Printer(line).display(nullptr)));
    return kDone;
  }
  const auto session = open_session(line.place, asked.case_id == kNewCase ? NoLog::begin : NoLog::refuse);
  if (!session) return fail(session.error().code, session.error().what);
  const bool somebody_is_there = ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
  return act(line, asked, **session, somebody_is_there ? Ask(ask_person) : Ask());
}

}  // namespace casetrail::cli
