// An explanation from the top: what decided, what it led to, what was asked and chosen, the policy's lines.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "workers/cli/answer.h"
#include "workers/cli/fields.h"
#include "workers/cli/readable.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

class WhyText {
 public:
  explicit WhyText(const Display& display) : display_(display) {}

  [[nodiscard]] std::string take() { return std::move(text_); }

  void tell_decision(const Fields& decision) {
    const auto rule = decision.object("rule");
    line(0,
         fmt::format("{}  {}  {}", display_.moment(rule.text("at")), rule.text("name"), rule.text("actor")) +
             (rule.text("command_id").empty()
                  ? ""
                  : "  " + display_.say("command ", "命令 ") + rule.text("command_id")) +
             "  " + display_.say("policy ", "规则版本 ") + decision.text("policy_version"));
    line(1, said(rule.object("label")));
    if (const auto note = remade_text(decision.text("remade")); !note.empty()) line(1, note);
    tell_refusal(decision);
    const auto events = decision.objects("events");
    if (!events.empty()) title("It led to", "产生的事件");
    for (const auto& event : events)
      line(1, event.text("seq") + "  " + event.text("type") + "  " +
                  display_.with_short_moments(event.text("line")));
    tell_guards(decision);
    tell_choices(decision);
    for (const auto& due : decision.objects("due")) tell_due(due);
    tell_candidates(decision);
    tell_policy(decision);
  }

  void tell_action(const Fields& action) {
    if (!text_.empty()) text_ += "\n";
    const auto name = action.text("type");
    line(0, action.is_true("allowed")
                ? display_.say("Nothing stands in the way of " + name, name + "：现可执行")
                : display_.say("What stands in the way of " + name, name + "：现不可执行"));
    line(1, said(action.object("label")));
    tell_refusal(action);
    tell_guards(action);
    tell_policy(action);
  }

 private:
  void line(std::size_t depth, const std::string& text) {
    text_.append(2 * depth, ' ').append(on_one_line(text)).append("\n");
  }
  void title(std::string_view en, std::string_view zh) { text_ += "\n" + display_.say(en, zh) + "\n"; }
  [[nodiscard]] std::string said(const Fields& words) const {
    return words.text(display_.language == Language::zh ? "zh" : "en");
  }

  [[nodiscard]] std::string remade_text(std::string_view remade) const {
    if (remade == "differs")
      return display_.say("This version of casetrail would decide otherwise: only the events tell of it.",
                          "当前版本会作出不同决定：仅能依据事件说明。");
    if (remade == "not_kept")
      return display_.say("The command is not kept any more: only the events tell of it.",
                          "命令已不再保留：仅能依据事件说明。");
    if (remade == "imported")
      return display_.say("Facts from elsewhere: nobody decided here.", "导入的事实：本系统未作决定。");
    return {};
  }

  void tell_refusal(const Fields& from) {
    const auto refusal = from.object("refusal");
    if (!refusal.empty())
      line(1, display_.with_short_moments(refusal.text("message")) + " [" + refusal.text("code") + "]");
  }

  void tell_guards(const Fields& from) {
    const auto guards = from.objects("guards");
    if (guards.empty()) return;
    title("What would refuse (x: it does)", "会拒绝的情形（x：成立）");
    for (const auto& guard : guards) {
      const auto value = guard.text("value");
      line(1, fmt::format("{} {}  {}{}", guard.is_true("bites") ? "x" : "-", guard.text("name"),
                          said(guard.object("text")),
                          value.empty() ? "" : "  [" + display_.with_short_moments(value) + "]"));
    }
  }

  void tell_choices(const Fields& from) {
    const auto choices = from.objects("choices");
    if (choices.empty()) return;
    title("Chosen", "选定");
    for (const auto& choice : choices)
      line(1, fmt::format("{}  {}  [{}]", choice.text("name"), said(choice.object("text")),
                          display_.with_short_moments(choice.text("value"))));
  }

  void tell_due(const Fields& due) {
    const auto spent = due.number("counted_ms").value_or(0);
    const auto left = display_.duration(due.number("left_ms").value_or(0));
    const auto calendar = due.text("calendar");
    title("Due " + display_.moment(due.text("due_at")) + ": " + due.text("timer"),
          "时限 " + display_.moment(due.text("due_at")) + "：" + due.text("timer"));
    auto way = display_.say(left + " from " + display_.moment(due.text("from")) + " on",
                            "自 " + display_.moment(due.text("from")) + " 起 " + left);
    way += calendar.empty()
               ? display_.say(", every hour counts", "，全天计时")
               : display_.say(", in the hours of ", "，日历 ") + calendar + " (" + due.text("tz") + ")";
    if (const auto target = due.number("target_ms"))
      way += display_.say("; the target is ", "；目标 ") + display_.duration(*target);
    if (spent > 0) way += display_.say(", used before: ", "，此前已用 ") + display_.duration(spent);
    line(1, way);
    for (const auto& step : due.objects("steps")) {
      const auto hours = step.text("from").empty() ? "" : step.text("from") + "-" + step.text("to") + "  ";
      const auto kind = step.text("kind") == "open" ? "" : display_.word(step.text("kind")) + "  ";
      const auto counted = step.number("counted_ms").value_or(0);
      line(2, fmt::format("{} {}  {}{}{}", weekday(step.text("weekday")), step.text("day"), hours, kind,
                          counted > 0 ? "+" + display_.duration(counted) : ""));
    }
  }

  [[nodiscard]] std::string weekday(const std::string& name) const {
    static const std::map<std::string, std::string> kChinese{
        {"mon", "周一"}, {"tue", "周二"}, {"wed", "周三"}, {"thu", "周四"},
        {"fri", "周五"}, {"sat", "周六"}, {"sun", "周日"}};
    return display_.language == Language::zh ? kChinese.at(name) : name;
  }

  void tell_candidates(const Fields& decision) {
    const auto candidates = decision.objects("candidates");
    if (candidates.empty()) return;
    title("Candidates (*: taken)", "候选人（*：选中）");
    for (const auto& one : candidates)
      line(1, fmt::format("{} {}  {} {}  {}", one.is_true("taken") ? "*" : "-", one.text("agent_id"),
                          display_.say("score", "得分"), one.text("score"), said(one.object("because"))));
  }

  void tell_policy(const Fields& from) {
    const auto sections = from.objects("policy");
    if (sections.empty()) return;
    title("The policy's own words", "规则原文");
    for (const auto& words : sections) {
      line(1, words.text("path") + display_.say(", from line ", "，自第 ") + words.text("first_line") +
                  display_.say("", " 行"));
      const auto yaml = words.text("text");
      for (std::size_t begin = 0; begin < yaml.size();) {
        const auto end = std::min(yaml.find('\n', begin), yaml.size());
        line(2, yaml.substr(begin, end - begin));
        begin = end + 1;
      }
    }
  }

  const Display& display_;
  std::string text_;
};

}  // namespace

std::string why_text(const std::string& why, const Display& display) {
  const Fields answer(why);
  WhyText text(display);
  if (const auto decision = answer.object("decision"); !decision.empty()) text.tell_decision(decision);
  for (const auto& action : answer.objects("actions")) text.tell_action(action);
  return text.take();
}

}  // namespace casetrail::cli
