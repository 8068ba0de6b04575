// The verb `erase`: all cases of a customer, or those that are named, one after the other, and what became of
// each.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cereal/cereal.hpp>
#include <chrono>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "aggregates/case/privacy/commands.h"
#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"
#include "workers/api/uuid_v7.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/answer.h"
#include "workers/cli/command_request.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/pages.h"
#include "workers/cli/printer.h"
#include "workers/cli/session.h"
#include "workers/cli/table.h"
#include "workers/cli/verbs.h"
#include "workers/node/erasure_ledger.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kErasureWait = 60s;

/// What becomes of a case.
enum class Fate { erased, waiting, refused, previewed };
constexpr auto enum_names(Fate) {
  return std::to_array<std::string_view>({"erased", "waiting", "refused", "previewed"});
}

struct CaseReport {
  std::string case_id;
  std::optional<std::string> number;
  Fate fate{};
  std::optional<std::string> due_at;        ///< while it waits
  std::optional<std::string> why;           ///< it waits, or was refused
  std::int64_t events = 0;                  ///< with personal texts, before
  std::vector<std::string> fields;          ///< of these
  std::optional<Timestamp> erased_at = {};  ///< as the ledger says it

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(number), CEREAL_NVP(fate), CEREAL_NVP(due_at), CEREAL_NVP(why),
            CEREAL_NVP(events), CEREAL_NVP(fields));
  }
};

struct ErasureReport {
  std::vector<CaseReport> cases;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cases));
  }
};

struct ErasureTrouble {
  int code;
  std::string what;  ///< a sentence
};

/// Whether anything is left of a member of a `pii`.
bool holds_erasable_text(const Fields& of, std::string_view name) {
  const auto text = of.text(name);
  if (text.starts_with('[')) {
    return std::ranges::any_of(of.elements(name), [](const std::string& element) {
      const Fields parts(element);
      if (parts.empty()) return element != R"("")";
      return std::ranges::any_of(parts.names(),
                                 [&](const auto& part) { return holds_erasable_text(parts, part); });
    });
  }
  const Fields parts(text);
  if (parts.empty()) return !text.empty();
  return std::ranges::any_of(parts.names(),
                             [&](const auto& part) { return holds_erasable_text(parts, part); });
}

class Eraser {
 public:
  Eraser(const verb::Erase& asked, Session& session) : asked_(asked), session_(session) {}

  std::expected<ErasureReport, ErasureTrouble> run() {
    const auto named = cases();
    if (!named) return std::unexpected(named.error());
    if (auto trouble = open_ledger()) return std::unexpected(*std::move(trouble));
    ErasureReport report;
    for (const auto& name : *named) {
      auto one = look_at(name);
      if (!one) return std::unexpected(std::move(one).error());
      if (!asked_.preview && one->fate != Fate::refused) {
        if (auto trouble = erase(*one)) return std::unexpected(*std::move(trouble));
        if (auto trouble = keep_in_ledger(*one)) return std::unexpected(*std::move(trouble));
      }
      report.cases.push_back(*std::move(one));
    }
    return report;
  }

 private:
  using Answer = std::expected<http::HttpResponse, ErasureTrouble>;

  [[nodiscard]] Answer ask(http::HttpRequest request) const {
    const bool changes = request.method == "POST";
    auto answer = session_.ask(std::move(request), kErasureWait);
    if (!answer) return std::unexpected(ErasureTrouble{changes ? kUnknown : kUnavailable, answer.error()});
    return *std::move(answer);
  }
  [[nodiscard]] Answer pages(const std::string& path, Parameters query) const {
    auto answer = ask_pages(session_, path, std::move(query), kEveryRow);
    if (!answer) return std::unexpected(ErasureTrouble{kUnavailable, answer.error()});
    return *std::move(answer);
  }
  static std::string path_of(const std::string& case_id) {
    return "/v1/cases/" + http::percent_encode(case_id);
  }

  /// By whatever name, each once.
  [[nodiscard]] std::expected<std::vector<std::string>, ErasureTrouble> cases() const {
    auto all = asked_.cases;
    if (!asked_.file.empty()) {
      std::ifstream lines(asked_.file);
      if (!lines)
        return std::unexpected(
            ErasureTrouble{kUsage, "The file " + asked_.file.string() + " cannot be read."});
      for (std::string line; std::getline(lines, line);) {
        if (auto name = line.substr(0, line.find(' ')); !name.empty()) all.push_back(std::move(name));
      }
    }
    if (!asked_.customer.empty()) {
      const auto found = pages("/v1/cases", {{"customer", asked_.customer}});
      if (!found) return std::unexpected(found.error());
      if (exit_code_of(*found) != kDone)
        return std::unexpected(ErasureTrouble{exit_code_of(*found), problem_sentence(found->body)});
      for (const auto& row : Fields(found->body).objects("rows")) all.push_back(row.text("case"));
    }
    if (all.empty())
      return std::unexpected(
          ErasureTrouble{kNotFound, "There is no such case. Name some, or their --customer."});
    std::set<std::string> known;
    std::erase_if(all, [&](const std::string& name) { return !known.insert(name).second; });
    return all;
  }

  /// What the case holds of the person. One that is not there is refused.
  [[nodiscard]] std::expected<CaseReport, ErasureTrouble> look_at(const std::string& name) const {
    CaseReport report{
        .case_id = name, .number = {}, .fate = Fate::previewed, .due_at = {}, .why = {}, .fields = {}};
    const auto state = ask({.method = "GET", .target = path_of(name)});
    if (!state) return std::unexpected(state.error());
    const auto history = pages(path_of(name) + "/history", {});
    if (!history) return std::unexpected(history.error());
    for (const auto* answer : {&*state, &*history}) {
      if (exit_code_of(*answer) == kDone) continue;
      report.fate = Fate::refused;
      report.why = problem_sentence(answer->body);
      return report;
    }
    const Fields read(state->body);
    report.case_id = read.text("case_id");
    note_standing(read, report);
    std::set<std::string> fields;
    for (const auto& row : Fields(history->body).objects("rows")) {
      const auto personal = row.object("fact").object("pii");
      bool any = false;
      for (const auto& field : personal.names()) {
        if (!holds_erasable_text(personal, field)) continue;
        any = true;
        fields.insert(row.text("type") + "." + field);
      }
      report.events += any ? 1 : 0;
    }
    report.fields.assign(fields.begin(), fields.end());
    return report;
  }

  /// The number, and the hold that an erasure would wait for.
  static void note_standing(const Fields& state, CaseReport& report) {
    const auto head = state.object("head");
    if (const auto number = head.text("number"); !number.empty()) report.number = number;
    const auto hold = head.object("privacy").object("hold");
    if (!hold.empty()) report.why = "A legal hold is in force: " + hold.text("reason");
    const auto waiting = head.object("privacy").object("waiting");
    if (!waiting.empty()) report.due_at = waiting.text("due_at");
    report.erased_at =
        waiting.empty() ? parse_timestamp(head.object("privacy").object("erased").text("at")) : std::nullopt;
  }

  std::optional<ErasureTrouble> erase(CaseReport& report) const {
    RawJson basis;
    append_json_string(asked_.legal_basis, basis.text);
    std::map<std::string, RawJson> data{{"legal_basis", basis}};
    if (!asked_.reason.empty()) append_json_string(asked_.reason, data["reason"].text);
    const auto outcome = ask(command_request({.type = std::string(RequestErasure::kType),
                                              .case_id = report.case_id,
                                              .actor = asked_.actor,
                                              .id = api::uuid_v7(api::wall_clock()),
                                              .department = asked_.department,
                                              .role = asked_.role},
                                             to_json(data)));
    if (!outcome) return outcome.error();
    if (exit_code_of(*outcome) != kDone) {
      report.fate = Fate::refused;
      report.why = problem_sentence(outcome->body);
      return std::nullopt;
    }
    const auto state = ask({.method = "GET",
                            .target = path_of(report.case_id) +
                                      "?token=" + http::percent_encode(Fields(outcome->body).text("token"))});
    if (!state) return state.error();
    report.why.reset();
    report.due_at.reset();
    note_standing(Fields(state->body), report);
    report.fate = report.due_at ? Fate::waiting : Fate::erased;
    return std::nullopt;
  }

  [[nodiscard]] bool has_ledger() const { return !asked_.ledger.empty() && !asked_.preview; }

  /// Before anything is erased: what cannot be written later must not be begun.
  [[nodiscard]] std::optional<ErasureTrouble> open_ledger() const {
    if (!has_ledger() || std::ofstream(asked_.ledger, std::ios::app)) return std::nullopt;
    return ErasureTrouble{kUsage, "The ledger " + asked_.ledger.string() +
                                      " cannot be written, and nothing was erased. Name a file that can."};
  }

  /// What waits for the end of a hold is erased without this verb.
  [[nodiscard]] std::optional<ErasureTrouble> keep_in_ledger(const CaseReport& one) const {
    if (!has_ledger() || one.fate == Fate::refused) return std::nullopt;
    const auto added = node::add_to_ledger(asked_.ledger, {one.case_id, one.erased_at});
    if (added) return std::nullopt;
    return ErasureTrouble{
        kUnavailable,
        fmt::format("Case {} was erased, and the ledger {} cannot be written ({}). Mend that, and erase the "
                    "same cases again: of those that are erased nothing more happens.",
                    one.case_id, asked_.ledger.string(), added.error())};
  }

  const verb::Erase& asked_;
  Session& session_;
};

std::string erasure_text(const ErasureReport& report, const Display& display) {
  TableRows rows;
  for (const auto& one : report.cases) {
    rows.push_back({one.number.value_or(one.case_id), display.word(name_of(one.fate)),
                    std::to_string(one.events), display.moment(one.due_at.value_or("")),
                    one.why.value_or("")});
  }
  std::set<std::string> fields;
  for (const auto& one : report.cases) fields.insert(one.fields.begin(), one.fields.end());
  auto text = wrapped_table({{display.say("case", "工单")},
                             {display.say("what", "结果")},
                             {display.say("events with texts", "含个人信息的事件")},
                             {display.moments_title(display.say("due", "期限"))},
                             {display.say("why", "原因")}},
                            rows, display.width, display.language);
  if (!fields.empty()) text += fmt::format("{}\n", display.say("Texts of the person:", "个人信息字段："));
  for (const auto& field : fields) text += "  " + field + "\n";
  return text + display.say(
                    "What stays: what happened and when, by whom and for how long; references of other "
                    "systems; every count.\n",
                    "保留：发生了什么、何时、由谁、用时多久；外部系统编号；全部统计。\n");
}

}  // namespace

int erase(const CommandLine& line, const verb::Erase& asked) {
  const auto session = open_session(line.place, NoLog::refuse);
  if (!session) return fail(session.error().code, session.error().what);
  const auto report = Eraser(asked, **session).run();
  if (!report) return fail(report.error().code, report.error().what);
  const auto printed = Printer(line).print(
      {.status = 200, .body = to_json(*report)},
      [&](const std::string&, const Display& display) { return erasure_text(*report, display); },
      session->get());
  const bool done = std::ranges::none_of(report->cases, [](const CaseReport& one) {
    return one.fate == Fate::refused || one.fate == Fate::waiting;
  });
  return printed != kDone ? printed : done ? kDone : kRefused;
}

}  // namespace casetrail::cli
