// A case as people read it: how it stands, then what happened, a line each.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "workers/cli/answer.h"
#include "workers/cli/fields.h"
#include "workers/cli/readable.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const auto& part : parts) {
    if (!part.empty()) text.append(text.empty() ? "" : between).append(part);
  }
  return text;
}

/// `before` and the value; nothing without a value.
std::string clause(std::string_view before, const std::string& value) {
  return value.empty() ? value : std::string(before) + value;
}

/// Makes the lines above the history.
class Head {
 public:
  explicit Head(const Display& display) : display_(display) {}

  /// Everything that is known of the case as it stands; what is not known has no line.
  std::vector<std::pair<kit::Words, std::string>> head_of(const Fields& answer, const Fields& registered,
                                                          Timestamp now) const {
    const auto state = answer.object("state");
    const auto head = answer.object("head");
    const auto person = registered.object("pii");
    const auto reopenings = state.number("cycle_no").value_or(1) - 1;
    const auto status = display_.word(answer.text("status"));
    const auto since = answer.text("status") == "closed"      ? display_.moment(state.text("closed_at"))
                       : answer.text("status") == "suspended" ? display_.moment(state.text("suspended_at"))
                                                              : "";
    std::vector<std::string> handoffs;
    if (const auto asked = state.object("asked"); !asked.empty()) handoffs.push_back(handoff(asked));
    for (const auto& held : state.objects("held")) handoffs.push_back(handoff(held));
    const auto complaint = display_.word(state.text("complaint"));
    const auto queued = state.object("assignment").object("queued");
    return {
        {{"number", "编号"}, head.text("number")},
        {{"reference", "外部单号"},
         joined({registered.text("channel"), registered.text("external_ref")}, ":")},
        {{"case id", "工单标识"}, answer.text("case_id")},
        {{"kind", "类型"}, display_.word(state.text("kind"))},
        {{"status", "状态"}, status + clause(say(" since ", "，自 "), since)},
        {{"priority", "优先级"}, state.text("priority")},
        {{"category", "类别"}, state.text("category")},
        {{"customer", "客户"},
         joined({person.text("name"), state.is_true("do_not_call") ? say("do not call", "请勿致电") : ""},
                ", ")},
        {{"product", "产品"}, registered.text("product_model")},
        {{"case owner", "首问责任人"}, state.text("owner")},
        {{"assigned to", "受理人"}, assignee(state.object("assignment"))},
        {{"queued in", "排队于"}, joined({queued.text("queue_id"), queued.text("department_id")}, " of ")},
        {{"registered", "登记时间"}, display_.moment(state.text("registered_at"))},
        {{"due", "时限"}, due(state.objects("timers"))},
        {{"breached", "已超时"}, breaches(head.objects("breaches"), now)},
        {{"escalated to", "升级至"}, escalation(head.object("escalation"))},
        {{"waiting for", "等待"}, display_.word(head.text("waiting_for"))},
        {{"reopened", "重新打开"}, reopenings > 0 ? reopened(reopenings) : ""},
        {{"handoffs", "移交"}, joined(handoffs, "; ")},
        {{"callbacks", "回访"}, callbacks(state.objects("callbacks"))},
        {{"complaint", "投诉"}, state.text("complaint") == "none" ? "" : complaint},
        {{"reviews", "质检"}, reviews(state.objects("reviews"))}};
  }

 private:
  std::string assignee(const Fields& assignment) const {
    const auto who = joined({assignment.text("department_id"), assignment.text("agent_id")}, " / ");
    if (who.empty()) return {};
    if (!assignment.text("offer_id").empty()) return who + say(" (offered)", "（已邀约）");
    return assignment.is_true("accepted") ? who : who + say(" (not accepted yet)", "（未接受）");
  }

  std::string due(const std::vector<Fields>& timers) const {
    std::vector<std::string> all;
    for (const auto& timer : timers) {
      const auto left = timer.number("paused_with_ms");
      const auto when = left ? say("paused, ", "已暂停，剩余 ") + duration_text(*left) + say(" left", "")
                             : display_.moment(timer.text("due_at"));
      all.push_back(display_.word(timer.text("kind")) + " " + when);
    }
    return joined(all, ", ");
  }

  /// `first response breached 2h 10m ago, not met yet`.
  std::string breaches(const std::vector<Fields>& all, Timestamp now) const {
    std::vector<std::string> told;
    for (const auto& breach : all) {
      const auto due_at = parse_timestamp(breach.text("due_at"));
      const auto ago = due_at ? duration_text((now - *due_at).count()) : "";
      told.push_back(fmt::format(fmt::runtime(say("{} breached {} ago{}", "{}于 {} 前超时{}")),
                                 display_.word(breach.text("metric")), ago,
                                 breach.is_true("over") ? "" : say(", not met yet", "，尚未完成")));
    }
    return joined(told, "; ");
  }

  /// `lead at 2026-11-23 08:00 (next update)`.
  std::string escalation(const Fields& one) const {
    if (one.empty()) return {};
    return fmt::format(fmt::runtime(say("{} at {} ({})", "{}，{}（{}）")), joined(one.strings("to"), ", "),
                       display_.moment(one.text("at")), display_.word(one.text("cause")));
  }

  std::string handoff(const Fields& one) const {
    return fmt::format(fmt::runtime(say("{} from {} to {}, {} since {}", "{} {} → {}，{}，自 {}")),
                       one.text("handoff_id"), one.object("from").text("department_id"),
                       one.object("to").text("department_id"), display_.word(one.text("phase")),
                       display_.moment(one.text("started_at")));
  }

  std::string callbacks(const std::vector<Fields>& all) const {
    std::vector<std::string> open;
    for (const auto& callback : all) {
      const auto phase = callback.text("phase");
      open.push_back(joined(
          {callback.text("callback_id"), display_.word(callback.text("purpose")), display_.word(phase),
           phase == "scheduled" ? clause(say("from ", "自 "), display_.moment(callback.text("not_before")))
                                : ""},
          " "));
    }
    return joined(open, ", ");
  }

  std::string reviews(const std::vector<Fields>& all) const {
    std::vector<std::string> parts;
    parts.reserve(all.size());
    for (const auto& review : all) {
      parts.push_back(fmt::format(fmt::runtime(say("{} of {} by {}{}", "{} {}，质检人 {}{}")),
                                  review.text("review_id"), review.text("agent_id"),
                                  review.text("reviewer_id"),
                                  review.is_true("scored") ? say(", scored", "，已评分") : ""));
    }
    return joined(parts, "; ");
  }

  [[nodiscard]] std::string say(std::string_view en, std::string_view zh) const {
    return std::string(display_.of({en, zh}));
  }
  [[nodiscard]] std::string reopened(std::int64_t times) const {
    return display_.language == Language::zh ? fmt::format("{} 次", times) : counted(times, "time");
  }

  const Display& display_;
};

/// The fact by which the case began.
Fields registration_in(const std::vector<Fields>& events) {
  const auto found =
      std::ranges::find(events, "request.registered", [](const Fields& event) { return event.text("type"); });
  return found == events.end() ? Fields() : found->object("fact");
}

/// In Chinese what kind of event it was, before the sentence, which is English.
std::string what_of(const Fields& event, const Display& display) {
  const auto line = display.with_short_moments(event.text("line"));
  return display.language == Language::zh ? display.word(event.text("type")) + "：" + line : line;
}

std::string events_text(const std::vector<Fields>& events, const Display& display) {
  const auto t = [&](std::string_view en, std::string_view zh) { return std::string(display.of({en, zh})); };
  TextTable table({{t("seq", "序号"), 2},
                   {display.moments_title(t("when", "时间")), 3},
                   {t("event", "事件"), 5},
                   {t("who", "人员"), 4},
                   {t("what", "经过"), 1, 30}});
  for (const auto& event : events) {
    table.add({event.text("seq"), display.moment(event.text("occurred_at")), event.text("type"),
               event.text("actor"), what_of(event, display)});
  }
  return table.text(display.width, display.language);
}

}  // namespace

std::string case_head_text(const std::string& state, const std::string& history, Timestamp now,
                           const Display& display) {
  static constexpr std::size_t kIndent = 13;
  const auto registered = registration_in(Fields(history).objects("rows"));
  std::string text;
  for (const auto& [label, value] : Head(display).head_of(Fields(state), registered, now)) {
    if (value.empty()) continue;
    std::string before(display.of(label));
    for (const auto& line : wrap(on_one_line(value), display.width > kIndent ? display.width - kIndent : 0)) {
      text += before.append(kIndent - display_width(before), ' ') + line + "\n";
      before.clear();
    }
  }
  return text;
}

/// Without the events that the state does not know.
std::string case_text(const std::string& state, const std::string& history, Timestamp now,
                      const Display& display) {
  auto events = Fields(history).objects("rows");
  if (const auto seq = Fields(state).number("seq"))
    std::erase_if(events, [&](const Fields& event) { return event.number("seq") > seq; });
  return case_head_text(state, history, now, display) + "\n" + events_text(events, display);
}

std::string history_text(const std::string& json, const Display& display) {
  return events_text(Fields(json).objects("rows"), display);
}

}  // namespace casetrail::cli
