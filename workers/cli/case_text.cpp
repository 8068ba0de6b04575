// A case as people read it: how it stands, then what happened, a line each.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "workers/cli/answer.h"
#include "workers/cli/case_head.h"
#include "workers/cli/event_text.h"
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
  Head(const Display& display, Timestamp now) : display_(display), now_(now) {}

  /// Everything that is known of the case as it stands, and all that is open in it.
  std::vector<HeadLine> lines_of(const Fields& answer, const Fields& registered) const {
    auto lines = what_it_is(answer, registered);
    for (auto& line : what_is_open(answer.object("state"), answer.object("head")))
      lines.push_back(std::move(line));
    return lines;
  }

 private:
  std::vector<HeadLine> what_it_is(const Fields& answer, const Fields& registered) const {
    const auto state = answer.object("state");
    const auto person = registered.object("pii");
    const auto status = answer.text("status");
    const auto since = status == "closed"      ? display_.moment(state.text("closed_at"))
                       : status == "suspended" ? display_.moment(state.text("suspended_at"))
                                               : "";
    const auto reopenings = state.number("cycle_no").value_or(1) - 1;
    const auto assignment = state.object("assignment");
    const bool is_done = status == "resolved" || status == "closed";
    const auto queued = is_done ? Fields() : assignment.object("queued");
    const auto head = answer.object("head");
    const auto now_or = [&](std::string_view key, std::string registered_as) {
      return head.text(key).empty() ? std::move(registered_as) : head.text(key);
    };
    return {{{"number", "编号"}, {head.text("number")}},
            {{"reference", "外部单号"},
             {joined({registered.text("channel"), registered.text("external_ref")}, ":")}},
            {{"case id", "工单标识"}, {answer.text("case_id")}},
            {{"kind", "类型"}, {display_.word(state.text("kind"))}},
            {{"status", "状态"}, {display_.word(status) + clause(display_.say(" since ", "，自 "), since)}},
            {{"priority", "优先级"}, {state.text("priority")}},
            {{"category", "类别"}, {state.text("category")}},
            {{"customer", "客户"},
             {joined({now_or("customer", person.text("name")),
                      state.is_true("do_not_call") ? display_.say("do not call", "请勿致电") : ""},
                     ", ")}},
            {{"product", "产品"}, {now_or("product", registered.text("product_model"))}},
            {{"case owner", "首问责任人"}, {display_.agent(state.text("owner"))}},
            {{"assigned to", "受理人"}, {assignee(assignment)}},
            {{"queued in", "排队于"},
             {joined({queued.text("queue_id"), display_.department(queued.text("department_id"))},
                     display_.say(" of ", "，"))}},
            {{"tags", "标签"}, {joined(head.strings("tags"), ", ")}},
            {{"linked", "关联工单"}, links(head.objects("links"))},
            {{"registered", "登记时间"}, {display_.moment(state.text("registered_at"))}},
            {{"reopened", "重新打开"}, {reopenings > 0 ? times(reopenings) : ""}}};
  }

  std::vector<HeadLine> what_is_open(const Fields& state, const Fields& head) const {
    std::vector<std::string> handoffs;
    if (const auto asked = state.object("asked"); !asked.empty()) handoffs.push_back(handoff(asked));
    for (const auto& held : state.objects("held")) handoffs.push_back(handoff(held));
    std::vector<std::string> questions;
    for (const auto& question : state.objects("questions")) questions.push_back(handoff(question));
    const auto complaint = state.text("complaint");
    return {{{"unanswered", "待答复"}, {unanswered(head)}},
            {{"waiting for", "等待"}, {waiting(head)}},
            {{"breached", "已超时"}, breaches(head.objects("breaches"))},
            {{"escalated to", "升级至"}, {escalation(head.object("escalation"))}},
            {{"clocks", "计时"}, clocks(state.objects("timers"))},
            {{"handoffs", "移交"}, std::move(handoffs)},
            {{"questions", "咨询"}, std::move(questions)},
            {{"callbacks", "回访"}, callbacks(state.objects("callbacks"))},
            {{"complaint", "投诉"},
             {complaint == "none"
                  ? ""
                  : display_.word(complaint) + clause(display_.say(", about ", "，对象："),
                                                      display_.agent(state.text("complaint_of")))}},
            {{"agreement", "协议"}, {agreement(state.object("agreement"))}},
            {{"to fulfill", "待履行"}, promises(state.object("agreement").objects("open"))},
            {{"returns", "退货"}, returns(state.object("errands").objects("returns"))},
            {{"visits", "上门"}, visits(state.object("errands").objects("visits"))},
            {{"reviews", "质检"}, reviews(state.objects("reviews"))},
            {{"approvals", "审批"}, approvals(state.objects("approvals"))},
            {{"legal hold", "法律保全"}, {hold(state.object("privacy").object("hold"))}},
            {{"to erase", "待清除"}, {erasure(state.object("privacy").object("waiting"))}}};
  }

  /// `since 2026-11-23 08:00: a court asked for it`.
  std::string hold(const Fields& hold) const {
    if (hold.empty()) return {};
    return fmt::format(fmt::runtime(display_.say("since {}: {}", "自 {}：{}")),
                       display_.moment(hold.text("at")), hold.text("reason"));
  }

  /// `by 2026-12-23 08:00`.
  std::string erasure(const Fields& waiting) const {
    return clause(display_.say("by ", "截止 "), display_.moment(waiting.text("due_at")));
  }

  std::vector<std::string> named_roles(std::vector<std::string> ids) const {
    for (auto& id : ids) id = display_.role(id);
    return ids;
  }

  std::string assignee(const Fields& assignment) const {
    const auto who = joined(
        {display_.department(assignment.text("department_id")), display_.agent(assignment.text("agent_id"))},
        " / ");
    if (who.empty()) return {};
    if (!assignment.text("offer_id").empty()) return who + display_.say(" (offered)", "（已邀约）");
    return assignment.is_true("accepted") ? who : who + display_.say(" (not accepted yet)", "（未接受）");
  }

  std::vector<std::string> links(const std::vector<Fields>& all) const {
    std::vector<std::string> told;
    for (const auto& link : all)
      told.push_back(joined(
          {display_.word(link.text("relation")), display_.case_number(link.text("other_case_id"))}, " "));
    return told;
  }

  /// `since 2026-11-23 08:00, urged 2 times`.
  std::string unanswered(const Fields& head) const {
    const auto since = display_.moment(head.text("unanswered_since"));
    const auto chases = head.number("chases").value_or(0);
    if (since.empty() || chases == 0) return clause(display_.say("since ", "自 "), since);
    return fmt::format(fmt::runtime(display_.say("since {}, urged {}", "自 {}，已催 {}")), since,
                       times(chases));
  }

  /// A suspension tells until when; a handoff, which department.
  std::string waiting(const Fields& head) const {
    const auto whom = head.text("waiting_for");
    const auto department = display_.department(whom);
    return (department == whom ? display_.word(whom) : department) +
           clause(display_.say(", until ", "，至 "), display_.moment(head.text("suspended_until")));
  }

  /// The first due first; what is paused last.
  std::vector<std::string> clocks(std::vector<Fields> timers) const {
    std::ranges::stable_sort(timers, {}, [](const Fields& timer) {
      return std::pair(timer.number("paused_with_ms").has_value(), timer.text("due_at"));
    });
    std::vector<std::string> all;
    for (const auto& timer : timers)
      all.push_back(joined({display_.word(timer.text("kind")), subject_of(timer)}, " ") +
                    display_.say(", ", "：") + time_left(timer));
    return all;
  }

  /// Of `handoff_complete/h1` the handoff.
  static std::string subject_of(const Fields& timer) {
    const auto id = timer.text("timer_id");
    const auto slash = id.find('/');
    return slash == std::string::npos ? "" : id.substr(slash + 1);
  }

  /// `2h 10m left, due 2026-11-24 03:29`.
  std::string time_left(const Fields& timer) const {
    if (const auto left = timer.number("paused_with_ms"))
      return display_.say("paused with ", "已暂停，剩余 ") + display_.duration(*left) +
             display_.say(" left", "");
    const auto due = display_.moment(timer.text("due_at"));
    const auto due_at = parse_timestamp(timer.text("due_at"));
    if (!due_at) return due;
    const auto left = (*due_at - now_).count();
    const auto format = left < 0 ? display_.say("over for {}, was due {}", "已超出 {}，应于 {}")
                                 : display_.say("{} left, due {}", "剩余 {}，到期 {}");
    return fmt::format(fmt::runtime(format), display_.duration(left < 0 ? -left : left), due);
  }

  /// `first response breached 2h 10m ago, not met yet`.
  std::vector<std::string> breaches(const std::vector<Fields>& all) const {
    std::vector<std::string> told;
    for (const auto& breach : all) {
      const auto due_at = parse_timestamp(breach.text("due_at"));
      const auto ago = due_at ? display_.duration((now_ - *due_at).count()) : "";
      told.push_back(fmt::format(fmt::runtime(display_.say("{} breached {} ago{}", "{}：{} 前超时{}")),
                                 display_.word(breach.text("metric")), ago,
                                 breach.is_true("over") ? "" : display_.say(", not met yet", "，尚未完成")) +
                     (breach.is_true("excused") ? display_.say(", excused", "，已免责") : ""));
    }
    return told;
  }

  /// `lead at 2026-11-23 08:00 (next update)`.
  std::string escalation(const Fields& one) const {
    if (one.empty()) return {};
    return fmt::format(fmt::runtime(display_.say("{} at {} ({})", "{}，{}（{}）")),
                       joined(named_roles(one.strings("to")), ", "), display_.moment(one.text("at")),
                       one.text("cause").empty() ? display_.say("by hand", "人工")
                                                 : display_.word(one.text("cause"))) +
           clause(display_.say(", acknowledged by ", "，已确认："),
                  display_.actor(one.text("acknowledged_by")));
  }

  std::string handoff(const Fields& one) const {
    const auto side = [&](std::string_view name) {
      const auto party = one.object(name);
      return joined(
          {display_.department(party.text("department_id")), display_.agent(party.text("agent_id"))}, " / ");
    };
    return fmt::format(fmt::runtime(display_.say("{} from {} to {}, {} since {}", "{} {} → {}，{}，自 {}")),
                       one.text("handoff_id"), side("from"), side("to"), display_.word(one.text("phase")),
                       display_.moment(one.text("started_at")));
  }

  std::vector<std::string> callbacks(const std::vector<Fields>& all) const {
    std::vector<std::string> told;
    for (const auto& callback : all) {
      const auto phase = callback.text("phase");
      told.push_back(
          joined({callback.text("callback_id"), display_.word(callback.text("purpose")), display_.word(phase),
                  phase == "scheduled"
                      ? clause(display_.say("from ", "自 "), display_.moment(callback.text("not_before")))
                      : ""},
                 " ") +
          (phase == "scheduled"
               ? clause(display_.say(", by ", "，回访人："), display_.agent(callback.text("agent_id")))
               : ""));
    }
    return told;
  }

  /// What was offered while nothing is agreed, then the agreement.
  std::string agreement(const Fields& region) const {
    if (const auto agreed = region.text("agreement_id"); !agreed.empty())
      return joined({agreed, display_.word(region.text("finality")), region.text("agreed_option")}, ", ");
    std::vector<std::string> offered;
    for (const auto& option : region.objects("offered")) offered.push_back(option.text("option_id"));
    if (offered.empty()) return {};
    return joined({display_.say("offered ", "已提供 ") + joined(offered, ", "),
                   clause(display_.say("chosen ", "已选 "), region.text("selected"))},
                  display_.say("; ", "；"));
  }

  /// `g1 by 2026-11-24 03:29, breached`.
  std::vector<std::string> promises(const std::vector<Fields>& all) const {
    std::vector<std::string> told;
    for (const auto& open : all)
      told.push_back(open.text("agreement_id") + display_.say(" by ", "，期限 ") +
                     display_.moment(open.text("due_at")) +
                     (open.is_true("breached") ? display_.say(", breached", "，已逾期") : ""));
    return told;
  }

  std::vector<std::string> returns(const std::vector<Fields>& all) const {
    std::vector<std::string> told;
    for (const auto& goods : all)
      told.push_back(joined({goods.text("return_id"), display_.word(goods.text("phase"))}, " "));
    return told;
  }

  /// Those that are not over.
  std::vector<std::string> visits(const std::vector<Fields>& all) const {
    std::vector<std::string> told;
    for (const auto& visit : all) {
      if (visit.is_true("over")) continue;
      told.push_back(joined({visit.text("visit_id"), visit.text("technician_id")}, " ") +
                     display_.say(", until ", "，至 ") + display_.moment(visit.text("ends_at")));
    }
    return told;
  }

  std::vector<std::string> reviews(const std::vector<Fields>& all) const {
    std::vector<std::string> told;
    for (const auto& review : all) {
      told.push_back(
          fmt::format(fmt::runtime(display_.say("{} of {} by {}{}", "{} {}，质检人 {}{}")),
                      review.text("review_id"), display_.agent(review.text("agent_id")),
                      review.text("reviewer_id").empty() ? display_.say("nobody yet", "待分派")
                                                         : review.text("reviewer_id"),
                      review.is_true("scored") ? display_.say(", scored", "，已评分") : card(review)));
    }
    return told;
  }

  /// What is to be scored, with the points that can be earned.
  std::string card(const Fields& review) const {
    std::string items;
    std::int64_t points = 0;
    for (const auto& item : review.object("card").objects("items")) {
      items.append(items.empty() ? "" : display_.say(", ", "、"))
          .append(item.text("item") + " " + item.text("max"));
      points += item.number("max").value_or(0);
    }
    return items.empty()
               ? items
               : fmt::format(fmt::runtime(display_.say("; card of {} points: {}", "；评分表 {} 分：{}")),
                             points, items);
  }

  /// Those that are good for something yet, or not decided.
  std::vector<std::string> approvals(const std::vector<Fields>& all) const {
    std::vector<std::string> told;
    for (const auto& approval : all) {
      if (approval.is_true("used")) continue;
      const auto by = approval.text("decided_by");
      const auto answer = by.empty()                    ? display_.say(", not decided yet", "，待审批")
                          : approval.is_true("granted") ? display_.say(", granted by ", "，批准人 ")
                                                        : display_.say(", not granted by ", "，未批准：");
      told.push_back(joined({approval.text("approval_id"), display_.word(approval.text("subject")),
                             approval.text("about")},
                            " ") +
                     answer + by);
    }
    return told;
  }

  [[nodiscard]] std::string times(std::int64_t count) const {
    return display_.language == Language::zh ? fmt::format("{} 次", count) : counted(count, "time");
  }

  const Display& display_;
  Timestamp now_;
};

/// The fact by which the case began.
Fields registration_in(const std::vector<Fields>& events) {
  const auto found =
      std::ranges::find(events, "request.registered", [](const Fields& event) { return event.text("type"); });
  return found == events.end() ? Fields() : found->object("fact");
}

/// A line of the terminal has no room for the type of an event; its sentence goes on in the next ones.
std::string events_text(const std::vector<Fields>& events, Clocks clocks, const Display& display) {
  const bool wide = display.width == 0;
  TableRows rows;
  EventTeller teller(display);
  std::int64_t folded = 0;
  const auto add = [&](const Fields& event, std::string what) {
    rows.push_back({event.text("seq"), display.moment(event.text("occurred_at")),
                    display.actor(event.text("actor")), on_one_line(what)});
    if (wide) rows.back().insert(rows.back().begin() + 2, event.text("type"));
  };
  const auto is_folded = [&](const Fields& event) {
    return clocks == Clocks::folded && is_clock_event(event.text("type"));
  };
  for (auto event = events.begin(); event != events.end();) {
    if (!is_folded(*event)) {
      add(*event, teller.sentence(*event));
      ++event;
      continue;
    }
    const auto last = std::find_if_not(event, events.end(), is_folded);
    const auto count = last - event;
    add(Fields(), display.language == Language::zh ? fmt::format("（{} 条计时事件）", count)
                                                   : fmt::format("({})", counted(count, "clock event")));
    folded += count;
    event = last;
  }
  std::vector<TableColumn> columns{{display.say("seq", "序号"), 2},
                                   {display.moments_title(display.say("when", "时间")), 3},
                                   {display.say("who", "人员"), 4},
                                   {display.say("what", "经过"), 1}};
  if (wide) columns.insert(columns.begin() + 2, TableColumn{display.say("event", "事件"), 5});
  auto text = wrapped_table(std::move(columns), rows, display.width, display.language);
  if (folded == 0) return text;
  return text + (display.language == Language::zh
                     ? fmt::format("{} 条计时与 SLA 事件已折叠；--all 显示全部。\n", folded)
                     : fmt::format("{} of timers and SLA clocks folded; --all shows all.\n",
                                   counted(folded, "event")));
}

}  // namespace

std::vector<HeadLine> case_head(const std::string& state, const std::string& history, Timestamp now,
                                const Display& display) {
  return Head(display, now).lines_of(Fields(state), registration_in(Fields(history).objects("rows")));
}

std::string case_head_text(const std::string& state, const std::string& history, Timestamp now,
                           const Display& display) {
  static constexpr std::size_t kIndent = 13;
  const auto width = display.width > kIndent ? display.width - kIndent : 0;
  std::string text;
  for (const auto& [label, values] : case_head(state, history, now, display)) {
    std::string before(display.of(label));
    for (const auto& value : values) {
      if (value.empty()) continue;
      for (const auto& line : wrap(on_one_line(value), width)) {
        text += before.append(kIndent - display_width(before), ' ') + line + "\n";
        before.clear();
      }
    }
  }
  return text;
}

/// Without the events that the state does not know.
std::string case_text(const std::string& state, const std::string& history, Timestamp now, Clocks clocks,
                      const Display& display) {
  auto events = Fields(history).objects("rows");
  if (const auto seq = Fields(state).number("seq"))
    std::erase_if(events, [&](const Fields& event) { return event.number("seq") > seq; });
  return case_head_text(state, history, now, display) + "\n" + events_text(events, clocks, display);
}

std::string history_text(const std::string& json, Clocks clocks, const Display& display) {
  return events_text(Fields(json).objects("rows"), clocks, display);
}

}  // namespace casetrail::cli
