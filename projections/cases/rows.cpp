// What each event makes of a case's row, beside what it makes of the case.
#include "projections/cases/rows.h"

#include <algorithm>
#include <array>

#include "aggregates/case/decider.h"
#include "aggregates/case/draft.h"
#include "aggregates/case/evolve.h"
#include "events/case/assignment.h"
#include "events/case/callback.h"
#include "events/case/complaint.h"
#include "events/case/handoff.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "events/case/work.h"
#include "projections/kit/case_facts.h"
#include "projections/kit/fold.h"
#include "projections/kit/mask.h"
#include "projections/kit/personal.h"

namespace casetrail::cases {
namespace {

/// So many departments are remembered of the way that a case went.
constexpr std::size_t kMostDepartments = 8;

/// The events that tell more than the case's state keeps.
struct Fold {
  CaseRow& row;
  Person person;

  void end_breaches(std::initializer_list<SlaMetric> metrics) const {
    for (auto& breach : row.breaches) {
      if (std::ranges::find(metrics, breach.metric) != metrics.end()) breach.over = true;
    }
  }
  void end_all_breaches() const {
    for (auto& breach : row.breaches) breach.over = true;
  }

  // A → B → A over the departments of a case, neighbouring repeats taken as one, is a ping-pong.
  void enter(const DepartmentId& department) const {
    auto& way = row.went_through;
    if (!way.empty() && way.back() == department.value) return;
    if (way.size() > 1 && way[way.size() - 2] == department.value) ++row.ping_pongs;
    way.push_back(department.value);
    if (way.size() > kMostDepartments) way.erase(way.begin());
  }

  /// The first word to the customer. What counts as one is for the command to say: each of these met the
  /// target.
  void answer(const CaseEvent& event) const {
    if (!row.first_response_at) row.first_response_at = time_of(event);
    row.unanswered_since.reset();
    end_breaches({SlaMetric::first_response});
  }

  /// The customer spoke, and waits for an answer.
  void hear(const CaseEvent& event) const {
    if (!row.unanswered_since) row.unanswered_since = time_of(event);
  }

  void on(const RequestRegistered& fact, const CaseEvent& event) const {
    row.cycle_began = time_of(event);
    row.number = fact.number;
    row.channel = fact.channel;
    row.external_ref = fact.external_ref;
    const bool masked = person == Person::masked;
    row.customer = masked ? fact.pii.name : kit::mask_name(fact.pii.name);
    if (!fact.pii.contacts.empty()) {
      const auto& contact = fact.pii.contacts.front();
      row.contact = masked ? contact : kit::mask_contact(contact);
    }
    row.customer_ref = kit::text_of(fact.customer_ref);
    row.product = fact.product_model;
    row.order_ref = fact.order_ref;
    row.serial_no = fact.serial_no;
  }
  void on(const RequestAmended& fact, const CaseEvent&) const {
    if (fact.customer_ref) row.customer_ref = kit::text_of(fact.customer_ref);
    if (fact.product_model) row.product = kit::known(*fact.product_model);
    if (fact.order_ref) row.order_ref = kit::known(*fact.order_ref);
    if (fact.serial_no) row.serial_no = kit::known(*fact.serial_no);
    if (!fact.pii) return;
    const bool masked = person == Person::masked;
    const auto& name = fact.pii->name;
    const auto& contacts = fact.pii->contacts;
    if (name) row.customer = masked ? *name : kit::mask_name(*name);
    if (!contacts) return;
    row.contact.reset();
    if (!contacts->empty()) row.contact = masked ? contacts->front() : kit::mask_contact(contacts->front());
  }
  void on(const MessageReceived&, const CaseEvent& event) const { hear(event); }
  void on(const WorkChased& fact, const CaseEvent& event) const {
    if (fact.by == ChasedBy::customer) hear(event);
  }
  void on(const EscalationRaised& fact, const CaseEvent& event) const {
    ++row.escalations;
    row.escalation = {.level = fact.level, .cause = std::nullopt, .to = fact.to, .at = event.occurred_at};
  }
  void on(const AssignmentMade& fact, const CaseEvent&) const { enter(fact.department_id); }

  void on(const MessageSent&, const CaseEvent& event) const { answer(event); }
  void on(const InfoRequested&, const CaseEvent& event) const { answer(event); }
  void on(const ProgressReported&, const CaseEvent& event) const {
    answer(event);
    end_breaches({SlaMetric::next_update});
  }
  void on(const CallbackAttempted& fact, const CaseEvent& event) const {
    if (fact.outcome == CallbackOutcome::connected) answer(event);
  }
  void on(const CallAttempted& fact, const CaseEvent& event) const {
    if (fact.outcome == CallOutcome::connected) answer(event);
  }
  void on(const WorkSuspended& fact, const CaseEvent&) const { row.suspended_because = fact.reason_code; }

  void on(const HandoffAccepted& fact, const CaseEvent&) const {
    ++row.handoffs;
    enter(fact.by.department_id);
    end_breaches({SlaMetric::handoff_accept});
  }
  /// Nothing is to be reported back any more, where that was a question.
  void end_handoff() const {
    end_breaches({SlaMetric::handoff_accept});
    if (row.state.accepted_handoffs.empty() && row.state.questions.empty())
      end_breaches({SlaMetric::handoff_complete});
  }
  void on(const HandoffWithdrawn&, const CaseEvent&) const { end_handoff(); }
  void on(const HandoffReturned&, const CaseEvent&) const { end_handoff(); }
  void on(const HandoffRuled&, const CaseEvent&) const { end_breaches({SlaMetric::handoff_accept}); }
  void on(const HandoffCompleted&, const CaseEvent&) const { end_breaches({SlaMetric::handoff_complete}); }

  void on(const ComplaintAccepted&, const CaseEvent&) const { end_breaches({SlaMetric::complaint_accept}); }
  void on(const ComplaintDeclined&, const CaseEvent&) const { end_breaches({SlaMetric::complaint_accept}); }
  void on(const ComplaintWithdrawn&, const CaseEvent&) const {
    end_breaches({SlaMetric::complaint_accept, SlaMetric::complaint_appeal});
  }
  void on(const DecisionCommunicated&, const CaseEvent& event) const {
    answer(event);
    end_breaches({SlaMetric::complaint_appeal});
  }
  void on(const ComplaintClosed&, const CaseEvent&) const { end_breaches({SlaMetric::complaint_appeal}); }

  void on(const SlaTargetMissed& fact, const CaseEvent&) const {
    row.breaches.push_back({.metric = fact.metric, .due_at = fact.due_at});
  }
  void on(const SlaExcused& fact, const CaseEvent&) const {
    for (auto& breach : row.breaches) {
      if (breach.metric == fact.metric && breach.due_at == fact.due_at) breach.excused = true;
    }
  }
  void on(const SlaTargetCompletedLate& fact, const CaseEvent&) const { end_breaches({fact.metric}); }
  /// A clock that goes on behind its target: what seemed done is not.
  void on(const TimerResumed& fact, const CaseEvent&) const {
    const auto& clocks = row.state.clocks;
    const auto clock = std::ranges::find(clocks, std::string_view(fact.timer_id.value),
                                         [](const SlaClock& each) { return name_of(each.metric); });
    if (clock == clocks.end() || !clock->missed_at) return;
    const auto known = std::ranges::find(row.breaches, clock->metric, &Breach::metric);
    auto& breach = known != row.breaches.end() ? *known : row.breaches.emplace_back();
    breach = {.metric = clock->metric, .due_at = *clock->missed_at};
  }
  void on(const EscalationTriggered& fact, const CaseEvent& event) const {
    ++row.escalations;
    row.escalation = {.level = fact.level, .cause = fact.cause, .to = fact.to, .at = event.occurred_at};
  }

  void on(const EscalationAcknowledged&, const CaseEvent& event) const {
    if (row.escalation) row.escalation->acknowledged_by = event.actor.id;
  }

  void on(const CaseResolved&, const CaseEvent& event) const {
    answer(event);
    end_all_breaches();
  }
  void on(const ResolutionRejected&, const CaseEvent& event) const { hear(event); }
  void on(const CaseClosed&, const CaseEvent&) const {
    end_all_breaches();
    row.unanswered_since.reset();
  }
  void on(const CustomerErased&, const CaseEvent&) const { row.erase_person(); }
  void on(const CaseReopened& fact, const CaseEvent& event) const {
    if (fact.pii) hear(event);
    row.cycle_began = time_of(event);
    row.breaches.clear();
    row.escalations = 0;
    row.escalation.reset();
  }
};

}  // namespace

void CaseRow::take(const CaseEvent& event, Person person) {
  const auto before = state.status;
  evolve(state, event);
  Fold fold{*this, person};
  kit::fold_event<RequestEvents, AssignmentEvents, WorkEvents, HandoffEvents, CallbackEvents, ComplaintEvents,
                  TimerEvents, ResolutionEvents, PrivacyEvents>(fold, event);
  if (state.status != CaseStatus::suspended) suspended_because.reset();
  if (state.status != before) since = time_of(event);
}

std::vector<ErasureMark> CaseRow::erasure_marks() const {
  std::vector<ErasureMark> marks;
  if (!state.privacy) return marks;
  if (state.privacy->hold) marks.push_back(ErasureMark::held);
  if (state.privacy->waiting) marks.push_back(ErasureMark::waiting);
  if (state.privacy->erased) marks.push_back(ErasureMark::erased);
  return marks;
}

void CaseRow::erase_person() {
  kit::erase_texts(customer);
  kit::erase_texts(contact);
  contact_keys.clear();
}

std::optional<std::string> CaseRow::department() const {
  if (state.assignment.department_id) return state.assignment.department_id->value;
  if (state.assignment.queued) return state.assignment.queued->department_id.value;
  if (went_through.empty()) return std::nullopt;
  return went_through.back();
}

std::optional<std::string> CaseRow::queue() const {
  if (!state.assignment.queued) return std::nullopt;
  return state.assignment.queued->queue_id.value;
}

bool CaseRow::is_unassigned() const {
  const bool over = state.status == CaseStatus::resolved || is_closed();
  return !over && !state.assignment.agent_id;
}

bool CaseRow::awaits_approval() const {
  return std::ranges::any_of(state.approvals,
                             [](const ApprovalRegion& approval) { return !approval.granted; });
}

std::optional<Timestamp> CaseRow::agreement_due() const {
  const auto first = std::ranges::min_element(state.agreement.open, {}, &OpenAgreement::due_at);
  return first == state.agreement.open.end() ? std::nullopt : std::optional(first->due_at);
}

bool CaseRow::has_breached_agreement() const {
  return std::ranges::any_of(state.agreement.open, &OpenAgreement::breached);
}

std::optional<std::string> CaseRow::waiting_for() const {
  if (state.status == CaseStatus::awaiting_customer) return "customer";
  if (suspended_because) return std::string(name_of(*suspended_because));
  if (state.pending_handoff && !is_closed()) return state.pending_handoff->to.department_id.value;
  return std::nullopt;
}

std::optional<std::string> CaseRow::reference() const {
  if (!external_ref || !channel) return std::nullopt;
  return std::string(name_of(*channel)) + ":" + *external_ref;
}

std::optional<NextTarget> CaseRow::next_target() const {
  std::optional<NextTarget> first;
  if (is_closed()) return first;
  const auto take_in = [&](SlaMetric metric, Timestamp due) {
    if (!first || due < first->due_at) first = {metric, due};
  };
  for (const auto& breach : breaches) {
    if (!breach.over) take_in(breach.metric, breach.due_at);
  }
  for (const auto& timer : state.timers) {
    const auto metric = metric_of(timer.kind);
    if (metric && !timer.paused_with_ms) take_in(*metric, timer.due_at);
  }
  return first;
}

std::optional<Timestamp> CaseRow::suspended_until() const {
  const auto found = std::ranges::find(state.timers, TimerKind::suspension_review, &RunningTimer::kind);
  return found == state.timers.end() ? std::nullopt : std::optional(found->due_at);
}

std::size_t breach_index(SlaMetric metric, std::optional<Priority> priority) {
  const auto priorities = enum_names(Priority{}).size();
  const auto which = priority ? static_cast<std::size_t>(*priority) : priorities;
  return static_cast<std::size_t>(metric) * (priorities + 1) + which;
}

}  // namespace casetrail::cases
