// What happened in a case, step by step: each event and what it changed.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "workers/cli/answer.h"
#include "workers/cli/fields.h"
#include "workers/cli/readable.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

constexpr auto kRed = "\x1b[31m";
constexpr auto kGreen = "\x1b[32m";
constexpr auto kYellow = "\x1b[33m";
constexpr auto kBold = "\x1b[1m";

std::string coloured(std::string_view colour, std::string text, const Display& display) {
  return display.colours ? std::string(colour) + std::move(text) + "\x1b[0m" : text;
}

/// `next update, resolution` of an array of JSON.
std::string list_text(const std::string& array, const Display& display) {
  std::vector<std::string> words;
  for (const auto& text : Fields("{\"list\":" + array + "}").strings("list"))
    words.push_back(display.word(text));
  return fmt::format("{}", fmt::join(words, display.say(", ", "、")));
}

/// `Technical service (tech)`, as it was called at that moment.
std::string value_of(const Fields& change, std::string_view side, const Display& display) {
  auto value = change.text(side);
  if (value.starts_with('[')) value = list_text(value, display);
  const auto label = change.object(std::string(side) + "_label").text(display.say("en", "zh"));
  if (label.empty() || label == words_of(value)) return display.with_short_moments(on_one_line(value));
  return on_one_line(label + " (" + value + ")");
}

/// `+ owner  li.wei`, `- owner  li.wei`, `~ status  new → queued`; the sign says it without the colour.
std::string change_line(const Fields& change, const Display& display) {
  const auto before = value_of(change, "before", display);
  const auto after = value_of(change, "after", display);
  const auto field = on_one_line(change.text("field"));
  if (before.empty()) return coloured(kGreen, "+ " + field + "  " + after, display);
  if (after.empty()) return coloured(kRed, "- " + field + "  " + before, display);
  return coloured(kYellow, "~ " + field, display) + "  " + coloured(kRed, before, display) + " → " +
         coloured(kGreen, after, display);
}

/// `case.close 0198c2f4-…`; the id alone where the command is not kept any more.
std::string named_command(const Fields& event) {
  const auto type = event.text("command_type");
  return (type.empty() ? "" : type + " ") + event.text("command_id");
}

/// By which command or clock, and under which policy.
std::string cause_text(const Fields& event, const Display& display) {
  const auto command = event.text("command_id");
  const auto rule = event.text("rule");
  auto cause = command.empty()
                   ? std::string(display.of({"by the engine's clock", "由系统时钟"}))
                   : fmt::format(fmt::runtime(display.of({"command {}", "命令 {}"})), named_command(event));
  if (!rule.empty()) cause += fmt::format(fmt::runtime(display.of({", rule {}", "，规则 {}"})), rule);
  return cause + "  " +
         fmt::format(fmt::runtime(display.of({"policy {}", "规则版本 {}"})), event.text("policy_version"));
}

/// Of what changed on a board; empty where time alone did it.
std::string cause_line(const Fields& event, const Display& display) {
  if (event.empty()) return {};
  return on_one_line(fmt::format(
             fmt::runtime(display.say("      event {}  {}  {}  {}  {}", "      事件 {}  {}  {}  {}  {}")),
             event.text("seq"), display.moment(event.text("recorded_at")), display.actor(event.text("actor")),
             event.text("line"), cause_text(event, display))) +
         "\n";
}

/// Who did it, and why it came.
std::string event_text(const Fields& event, const Display& display) {
  const auto head =
      fmt::format("{}  {}  {}  {}", event.text("seq"), display.moment(event.text("recorded_at")),
                  event.text("type"), display.actor(event.text("actor")));
  return coloured(kBold, on_one_line(head), display) + on_one_line("  " + cause_text(event, display)) +
         "\n  " + display.with_short_moments(on_one_line(event.text("line"))) + "\n";
}

}  // namespace

std::string changes_text(const std::string& diff, const Display& display) {
  const auto changes = Fields(diff).objects("changes");
  if (changes.empty()) return std::string(display.of({"Nothing differs.\n", "没有差别。\n"}));
  std::string text;
  std::string seq;
  for (const auto& change : changes) {
    if (change.text("seq") != seq) text += (seq.empty() ? "" : "\n") + event_text(change, display);
    seq = change.text("seq");
    text += "    " + change_line(change, display) + "\n";
  }
  return text;
}

std::string board_diff_text(const std::string& diff, const Display& display) {
  const Fields answer(diff);
  const auto to = answer.text("to");
  auto text = fmt::format(
      fmt::runtime(display.say("From {} to {} ({}): {} came, {} went, {} changed.\n",
                               "从 {} 到 {}（{}）：新增 {} 行，移出 {} 行，变化 {} 行。\n")),
      display.moment(answer.text("from")), to.empty() ? display.say("now", "现在") : display.moment(to),
      display.zone_name(), answer.text("came"), answer.text("went"), answer.text("changed"));
  for (const auto& row : answer.objects("rows")) {
    const auto change = row.text("change");
    const auto sign = change == "came" ? "+ " : change == "went" ? "- " : "~ ";
    const auto colour = change == "came" ? kGreen : change == "went" ? kRed : kYellow;
    const auto number = row.text("number");
    const auto name = on_one_line(number.empty() ? row.text("case") : number);
    const auto of = on_one_line(row.text("of"));
    text += "\n" + coloured(colour, sign + name + (of.empty() ? "" : "  " + of), display);
    text += "  " + on_one_line(row.text("reference")) + "\n";
    // An event is told once, behind all the cells that it changed.
    const auto told = row.object("event");
    for (const auto& cell : row.objects("cells")) {
      const auto event = cell.object("event");
      if (!event.empty() && event.text("seq") == told.text("seq")) continue;
      text += "    " + change_line(cell, display) + "\n" + cause_line(event, display);
    }
    for (const auto& cell : row.objects("cells")) {
      if (told.empty() || cell.object("event").text("seq") != told.text("seq")) continue;
      text += "    " + change_line(cell, display) + "\n";
    }
    text += cause_line(told, display);
  }
  return text;
}

std::string held_text(const std::string& held, const Display& display) {
  const auto t = [&](std::string_view en, std::string_view zh) { return std::string(display.of({en, zh})); };
  const auto time_of = [&](const Fields& one, std::string_view name) {
    return display.duration(one.number(name).value_or(0));
  };
  const Fields answer(held);
  TextTable intervals({{display.moments_title(t("from", "起")), 1},
                       {t("to", "止"), 4},
                       {t("department", "部门"), 1},
                       {t("agent", "人员"), 2},
                       {t("status", "状态"), 2},
                       {t("waiting for", "等待"), 5},
                       {t("elapsed", "自然时间"), 1},
                       {t("business", "工作时间"), 1}});
  for (const auto& one : answer.objects("intervals")) {
    const auto to = one.text("to");
    intervals.add({display.moment(one.text("from")), to.empty() ? t("now", "至今") : display.moment(to),
                   display.department(one.text("department")), display.agent(one.text("agent")),
                   display.word(one.text("status")), display.word(one.text("waiting_for")),
                   time_of(one, "elapsed_ms"), time_of(one, "business_ms")});
  }
  TextTable sums({{t("department", "部门"), 1},
                  {t("agent", "人员"), 1},
                  {t("elapsed", "自然时间"), 1},
                  {t("business", "工作时间"), 1}});
  for (const auto& one : answer.objects("holders"))
    sums.add({one.text("department").empty() ? t("nobody", "无") : display.department(one.text("department")),
              display.agent(one.text("agent")), time_of(one, "elapsed_ms"), time_of(one, "business_ms")});
  sums.add({t("in all", "合计"), "", time_of(answer, "elapsed_ms"), time_of(answer, "business_ms")});
  return intervals.text(display.width, display.language) + "\n" + sums.text(display.width, display.language);
}

std::string steps_text(const std::string& history, const std::string& diff, const Display& display) {
  std::string text;
  for (const auto& event : Fields(history).objects("rows"))
    text += (text.empty() ? "" : "\n") + step_text(event, diff, display);
  return text;
}

std::string step_text(const Fields& event, const std::string& diff, const Display& display) {
  auto text = event_text(event, display);
  for (const auto& change : Fields(diff).objects("changes")) {
    if (change.text("seq") == event.text("seq")) text += "    " + change_line(change, display) + "\n";
  }
  return text;
}

std::string moment_text(const std::string& state, const Display& display) {
  const Fields answer(state);
  auto text = fmt::format(
      fmt::runtime(display.of({"As of event {} of {}, recorded {} ({}), policy {}\n",
                               "截至第 {} 个事件（共 {} 个），记录于 {}（{}），规则版本 {}\n"})),
      answer.text("seq"), answer.text("newest_seq"), display.moment(answer.text("last_recorded_at")),
      display.zone_name(), answer.text("policy_version"));
  if (const auto erased = answer.text("erased_at"); !erased.empty())
    text +=
        fmt::format(fmt::runtime(display.of({"The customer's texts were erased on {}, of this moment, too.\n",
                                             "客户文本已于 {} 清除，此刻的也不再保留。\n"})),
                    display.moment(erased));
  return text + "\n";
}

}  // namespace casetrail::cli
