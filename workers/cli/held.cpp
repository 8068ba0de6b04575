// The verb `held`: reads all cases by the way of an export, and adds up who had them.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "events/wire/csv_line.h"
#include "events/wire/json_writer.h"
#include "projections/history/held_totals.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/case_reading.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/log_door.h"
#include "workers/cli/printer.h"
#include "workers/cli/published.h"
#include "workers/cli/readable.h"
#include "workers/cli/selection.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"

namespace casetrail::cli {
namespace {

std::string csv_of(const history::HeldTotal& total) {
  std::string out;
  append_csv({"department", "agent", "cases", "elapsed_ms", "business_ms"}, out);
  for (const auto& one : total.holders)
    append_csv({one.department.value_or(""), one.agent.value_or(""), std::to_string(one.cases),
                std::to_string(one.elapsed_ms), std::to_string(one.business_ms)},
               out);
  return out;
}

std::string held_totals_text(const history::HeldTotal& total, const Display& display) {
  TextTable table({{display.say("department", "部门"), 1},
                   {display.say("agent", "人员"), 1},
                   {display.say("cases", "工单数"), 1},
                   {display.say("elapsed", "自然时间"), 1},
                   {display.say("business", "工作时间"), 1}});
  for (const auto& one : total.holders)
    table.add(
        {on_one_line(one.department ? display.department(*one.department) : display.say("nobody", "无")),
         on_one_line(one.agent ? display.agent(*one.agent) : ""), std::to_string(one.cases),
         display.duration(one.elapsed_ms), display.duration(one.business_ms)});
  table.add({display.say("in all", "合计"), "", std::to_string(total.cases),
             display.duration(total.elapsed_ms), display.duration(total.business_ms)});
  return table.text(display.width, display.language);
}

Display named(Display display, const Policy& policy) {
  for (const auto& department : policy.departments)
    display.departments.emplace(department.id.value, department.name);
  for (const auto& agent : policy.names.agents) display.agents.emplace(agent.id.value, agent.name);
  return display;
}

}  // namespace

int held_times(const CommandLine& line, const verb::HeldTimes& asked) {
  auto door = open_log_door(line.place);
  if (!door) return fail(door.error().code, door.error().what);
  auto published = PublishedPolicies::of(*door);
  if (!published) return fail(published.error().code, published.error().what);
  auto selection =
      selection_of({asked.from, asked.to, {}, asked.filters}, line.zone.value_or(published->zone()));
  if (!selection) return fail(kUsage, selection.error());
  if (!selection->types.empty())
    return fail(kUsage, "Who has a case is told by all of its events: leave the filter 'type' out.");
  // The times choose among the hours of a case, not among cases.
  const auto now = api::wall_clock();
  const history::TimeSpan span{.from = std::exchange(selection->from, std::nullopt),
                               .to = std::min(std::exchange(selection->to, std::nullopt).value_or(now), now)};
  const auto policies = published->versions();
  history::HeldTotals totals(policies, span,
                             asked.by_department ? history::Holders::departments : history::Holders::people);
  const auto read = read_cases_of(*door, line.place, *std::move(selection),
                                  [&](std::span<const CaseEvent> events, Timestamp) { totals.take(events); });
  if (!read) return fail(exit_code_of(read.error().trouble), read.error().what);
  const auto total = totals.total();
  if (line.output == Output::json)
    fmt::print("{}\n", json_for_stdout(to_json(total)));
  else
    fmt::print("{}", asked.csv ? csv_of(total)
                               : held_totals_text(total, named(Printer(line).display(nullptr),
                                                               *published->called("current"))));
  return kDone;
}

}  // namespace casetrail::cli
