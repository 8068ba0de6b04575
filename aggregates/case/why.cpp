// What the trace does not say is in the events: due times and candidates.
#include "aggregates/case/why.h"

#include <algorithm>

#include "aggregates/case/guard_text.h"
#include "events/case/assignment.h"
#include "events/case/request.h"
#include "events/case/timer.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

class Explainer {
 public:
  Explainer(const CaseState& before, Timestamp at, const Policy& policy)
      : before_(before), at_(at), policy_(policy), priority_(before.priority.value_or(Priority::P4)) {}

  void explain(Why& why) {
    for (const auto& event : why.events) {
      if (const auto* prioritized = event.get_if<RequestPrioritized>()) priority_ = prioritized->priority;
      if (const auto* set = event.get_if<TimerSet>()) why.due.push_back(due_of(*set));
      if (const auto* resumed = event.get_if<TimerResumed>()) add_resumed(*resumed, why.due);
      if (const auto kind = clock_of(event)) add(std::string(policy_section_of(*kind)), why.sections);
      if (const auto* offered = event.get_if<AssignmentOffered>()) why.candidates = weighed(*offered);
    }
    for (const auto& guard : why.trace.guards()) add_section_of(guard.name, why.sections);
    for (const auto& choice : why.trace.choices()) add_section_of(choice.name, why.sections);
    for (const auto& due : why.due) {
      add(std::string(policy_section_of(due.kind)), why.sections);
      if (due.calendar) add("calendars[" + due.calendar->value + "]", why.sections);
    }
  }

 private:
  /// Of the timer that ran out, or warned.
  [[nodiscard]] std::optional<TimerKind> clock_of(const Event& event) const {
    if (const auto* expired = event.get_if<TimerExpired>()) return expired->kind;
    const auto* warned = event.get_if<TimerWarned>();
    if (warned == nullptr) return std::nullopt;
    const auto timer = std::ranges::find(before_.timers, warned->timer_id, &RunningTimer::timer_id);
    return timer == before_.timers.end() ? std::nullopt : std::optional(timer->kind);
  }
  [[nodiscard]] DueTime with_way(DueTime due) const {
    due.from = at_;
    due.left = policy_.between(due.calendar, at_, due.due_at);
    if (const auto* calendar = policy_.find_calendar(due.calendar))
      due.steps = calendar->steps(at_, due.due_at);
    return due;
  }

  [[nodiscard]] DueTime due_of(const TimerSet& set) const {
    DueTime due;
    due.timer_id = set.timer_id;
    due.kind = set.kind;
    due.due_at = set.due_at;
    due.calendar = set.calendar;
    if (set.target_business_ms) due.target = Duration(*set.target_business_ms);
    due.counted = Duration(set.counted_business_ms.value_or(0));
    return with_way(std::move(due));
  }

  /// What a pause left goes on from now.
  void add_resumed(const TimerResumed& resumed, std::vector<DueTime>& into) const {
    const auto timer = std::ranges::find(before_.timers, resumed.timer_id, &RunningTimer::timer_id);
    if (timer == before_.timers.end()) return;
    DueTime due;
    due.timer_id = resumed.timer_id;
    due.kind = timer->kind;
    due.due_at = resumed.due_at;
    due.calendar = timer->calendar;
    const auto clock = std::ranges::find_if(
        before_.clocks, [&](const SlaClock& one) { return name_of(one.metric) == resumed.timer_id.value; });
    if (clock != before_.clocks.end()) {
      if (clock->target_ms > 0) due.target = Duration(clock->target_ms);
      due.counted = Duration(clock->counted_ms);
    }
    into.push_back(with_way(std::move(due)));
  }

  static std::vector<WeighedCandidate> weighed(const AssignmentOffered& offered) {
    const auto& all = offered.candidates;
    const auto best = std::ranges::max_element(all, {}, &Candidate::score);
    const auto taken = std::ranges::find(all, offered.agent_id, &Candidate::agent_id);
    std::vector<WeighedCandidate> weighed;
    for (const auto& one : all) {
      const bool is_taken = one.agent_id == offered.agent_id;
      Saying because;
      if (is_taken && one.score >= best->score) {
        because = {"nobody scored higher", "得分最高"};
      } else if (is_taken) {
        because = {"whoever offered the case took them, though '" + best->agent_id.value + "' scored higher",
                   "派单方指定，尽管 '" + best->agent_id.value + "' 得分更高"};
      } else if (taken != all.end() && one.score < taken->score) {
        because = {"'" + taken->agent_id.value + "' scored higher",
                   "'" + taken->agent_id.value + "' 得分更高"};
      } else {
        because = {"whoever offered the case passed them over", "派单方未选"};
      }
      weighed.push_back({one, is_taken, std::move(because)});
    }
    return weighed;
  }

  void add_section_of(std::string_view name, std::vector<std::string>& sections) const {
    if (const auto text = trace_text(name)) add(std::string(text->section), sections);
  }

  void add(std::string section, std::vector<std::string>& sections) const {
    if (section == "sla") section.append(".").append(name_of(priority_));
    if (section.empty() || std::ranges::find(sections, section) != sections.end()) return;
    sections.push_back(std::move(section));
  }

  const CaseState& before_;
  Timestamp at_;
  const Policy& policy_;
  Priority priority_;
};

}  // namespace

std::string_view policy_section_of(TimerKind kind) {
  switch (kind) {
    case TimerKind::first_response:
    case TimerKind::next_update:
    case TimerKind::resolution: return "sla";
    case TimerKind::handoff_accept:
    case TimerKind::handoff_complete: return "handoff";
    case TimerKind::complaint_accept:
    case TimerKind::complaint_appeal: return "complaint";
    case TimerKind::acceptance: return "assignment";
    case TimerKind::suspension_review: return "suspension";
    case TimerKind::confirmation_window: return "closing";
    case TimerKind::callback_due: return "callback";
    case TimerKind::info_answer: return "waiting";
    case TimerKind::agreement_due: return "agreement";
    case TimerKind::return_inspection: return "return";
    case TimerKind::visit_due: return "visit";
  }
  return "";
}

Why why_decided(const CaseState& before, const CommandEnvelope& envelope, Timestamp now,
                const Policy& policy) {
  Why why;
  auto decision = decide(before, envelope, now, policy, why.trace);
  if (decision)
    why.events = *std::move(decision);
  else
    why.refusal = std::move(decision).error();
  Explainer(before, now, policy).explain(why);
  return why;
}

Why why_fired(const CaseState& before, Timestamp now, const Policy& policy) {
  Why why;
  why.events = fire_earliest_timer(before, now, policy, why.trace);
  const auto* expired = why.events.empty() ? nullptr : why.events.front().get_if<TimerExpired>();
  Explainer(before, expired == nullptr ? now : expired->due_at, policy).explain(why);
  return why;
}

Why why_of(const CaseState& before, std::vector<Event> events, Timestamp at, const Policy& policy) {
  Why why;
  why.events = std::move(events);
  Explainer(before, at, policy).explain(why);
  return why;
}

}  // namespace casetrail
