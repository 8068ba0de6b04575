// Read from the events alone.
#include "workers/whatif/consequences.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "aggregates/case/why.h"
#include "events/case/assignment.h"
#include "events/case/callback.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/review.h"
#include "events/case/timer.h"
#include "events/case/work.h"
#include "events/wire/reflect.h"
#include "projections/kit/personal.h"

namespace casetrail::whatif {
namespace {

std::string text_of(std::string_view name) { return std::string(name); }

class Listed {
 public:
  void take(const CaseEvent& record) {
    const auto& event = record.event;
    const auto at = record.recorded_at;
    if (const auto* fact = event.get_if<RequestPrioritized>()) {
      priority_ = name_of(fact->priority);
      add("priority", priority_, std::nullopt, "priority");
    } else if (const auto* queued = event.get_if<AssignmentQueued>()) {
      add("queue", queued->queue_id.value, std::nullopt, "routing");
    } else if (event.get_if<AssignmentExpired>() != nullptr) {
      add("assignment", "expired", at, "assignment");
    } else if (const auto* resolved = event.get_if<CaseResolved>()) {
      add("resolution", text_of(name_of(resolved->resolution_code)), at, "waiting");
    } else if (const auto* closed = event.get_if<CaseClosed>()) {
      add("closing", text_of(name_of(closed->basis)), at, "closing");
    } else if (const auto* drawn = event.get_if<ReviewSampleDrawn>()) {
      add("review.sample", drawn->sample.rule_id, at, "review.sampling");
    } else if (const auto* reminder = event.get_if<ReminderDue>()) {
      add("reminder", fmt::format("{}", reminder->reminder_no), at, "waiting");
    } else {
      take_clock(event);
      take_handoff(event, at);
      take_callback(event, at);
    }
  }

  [[nodiscard]] std::vector<Consequence> take_all() && { return std::move(all_); }

 private:
  void add(std::string field, std::string value, std::optional<Timestamp> at, std::string rule) {
    all_.push_back({std::move(field), std::move(value), at, std::move(rule)});
  }

  [[nodiscard]] std::string rule_of(TimerKind kind) const {
    auto section = text_of(policy_section_of(kind));
    return section == "sla" ? section + "." + priority_ : section;
  }

  [[nodiscard]] std::string rule_of(SlaMetric metric) const {
    switch (metric) {
      case SlaMetric::first_response:
      case SlaMetric::next_update:
      case SlaMetric::resolution: return rule_of(TimerKind::resolution);
      case SlaMetric::handoff_accept:
      case SlaMetric::handoff_complete: return rule_of(TimerKind::handoff_accept);
      case SlaMetric::complaint_accept:
      case SlaMetric::complaint_appeal: return rule_of(TimerKind::complaint_accept);
    }
    return {};
  }

  void take_clock(const Event& event) {
    const auto metric = [](SlaMetric one) { return "sla." + text_of(name_of(one)); };
    if (const auto* set = event.get_if<TimerSet>()) {
      // When a customer is called, and the steps of an escalation, are told by their own events.
      if (set->kind != TimerKind::callback_due && set->timer_id.value == name_of(set->kind))
        add("due." + text_of(name_of(set->kind)), {}, set->due_at, rule_of(set->kind));
    } else if (const auto* met = event.get_if<SlaTargetMet>()) {
      add(metric(met->metric), "met", std::nullopt, rule_of(met->metric));
    } else if (const auto* missed = event.get_if<SlaTargetMissed>()) {
      add(metric(missed->metric), "breached", missed->due_at, rule_of(missed->metric));
    }
  }

  void take_handoff(const Event& event, Timestamp at) {
    if (const auto* escalated = event.get_if<EscalationTriggered>()) {
      add("escalation." + text_of(name_of(escalated->cause)),
          fmt::format("level {} to {}", escalated->level, fmt::join(escalated->to, ", ")), at,
          rule_of(escalated->cause));
    } else if (const auto* returned = event.get_if<HandoffReturned>()) {
      add("handoff.return", returned->limit_reached.value_or(false) ? "takes a ruling" : "may go on",
          std::nullopt, "handoff");
    } else if (event.get_if<HandoffExpired>() != nullptr) {
      add("handoff", "expired", at, "handoff");
    } else if (const auto* ruled = event.get_if<HandoffRuled>()) {
      add("ruling", "by " + ruled->ruling_department.value, std::nullopt, "handoff");
    }
  }

  void take_callback(const Event& event, Timestamp at) {
    if (const auto* scheduled = event.get_if<CallbackScheduled>()) {
      add("callback", "scheduled: " + text_of(name_of(scheduled->purpose)), scheduled->not_before,
          "callback");
    } else if (event.get_if<CallbackOverdue>() != nullptr) {
      add("callback", "overdue", at, "callback");
    } else if (event.get_if<CallbackExhausted>() != nullptr) {
      add("callback", "exhausted", at, "callback");
    }
  }

  std::vector<Consequence> all_;
  std::string priority_ = text_of(name_of(Priority::P4));
};

Difference between(const Consequence* before, const Consequence* after) {
  Difference difference;
  difference.field = (before != nullptr ? before : after)->field;
  difference.rule = (after != nullptr ? after : before)->rule;
  if (before != nullptr) {
    difference.before = before->value;
    difference.before_at = before->at;
  }
  if (after != nullptr) {
    difference.after = after->value;
    difference.after_at = after->at;
  }
  return difference;
}

std::string event_json(const CaseEvent& record) {
  std::string json;
  kit::event_without_texts(record.event).append_json(json);
  return json;
}

/// When an event was recorded is left aside: a clock of the other course is not late.
bool is_same_event(const CaseEvent& a, const CaseEvent& b) {
  return &codec_of(a.event) == &codec_of(b.event) && event_json(a) == event_json(b);
}

}  // namespace

std::vector<Consequence> consequences_of(std::span<const CaseEvent> course) {
  Listed listed;
  for (const auto& record : course) listed.take(record);
  return std::move(listed).take_all();
}

std::vector<Difference> differences_of(std::span<const CaseEvent> happened,
                                       std::span<const CaseEvent> other) {
  const auto apart = std::ranges::mismatch(happened, other, is_same_event);
  if (apart.in1 == happened.end() && apart.in2 == other.end()) return {};
  const auto before = consequences_of(happened);
  auto after = consequences_of(other);
  std::vector<Consequence> gone;
  for (const auto& one : before) {
    const auto same = std::ranges::find(after, one);
    if (same == after.end())
      gone.push_back(one);
    else
      after.erase(same);
  }
  std::vector<Difference> differences;
  for (const auto& one : gone) {
    auto instead = std::ranges::find_if(after, [&](const Consequence& other_one) {
      return other_one.field == one.field && other_one.value == one.value;
    });
    if (instead == after.end()) instead = std::ranges::find(after, one.field, &Consequence::field);
    differences.push_back(between(&one, instead == after.end() ? nullptr : &*instead));
    if (instead != after.end()) after.erase(instead);
  }
  for (const auto& one : after) differences.push_back(between(nullptr, &one));
  if (!differences.empty()) return differences;
  const auto told = [](auto at, auto end) {
    return at == end ? std::optional<std::string>() : fmt::format("{} {}", at->seq, codec_of(at->event).type);
  };
  Difference event;
  event.field = "event";
  event.before = told(apart.in1, happened.end());
  event.after = told(apart.in2, other.end());
  return {event};
}

}  // namespace casetrail::whatif
