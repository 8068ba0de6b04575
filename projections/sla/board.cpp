// How each event moves the SLA board.
#include "projections/sla/board.h"

#include <algorithm>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <utility>

#include "aggregates/case/draft.h"
#include "aggregates/case/evolve.h"
#include "projections/kit/fold.h"
#include "projections/kit/histogram.h"
#include "projections/kit/periods.h"
#include "projections/sla/lists.h"

namespace casetrail::sla {
namespace {

std::string key_in(const CaseEvent& event, std::string_view id) {
  return kit::joined_key(event.case_id.value, id);
}

std::string numbered(std::int32_t number) { return "s" + std::to_string(number); }

/// Steps of an escalation (`resolution/2`) have timers, too, and no target of their own.
std::optional<SlaMetric> target_of(const TimerSet& fact) {
  if (clocked_metric(fact.kind) && fact.timer_id.value.contains('/')) return std::nullopt;
  return metric_of(fact.kind);
}

bool is_of_handoff(SlaMetric target) {
  return target == SlaMetric::handoff_accept || target == SlaMetric::handoff_complete;
}

/// When the clock of a target began or went on: a timer decides at the moment that it was due.
Timestamp counts_from(const CaseEvent& event) {
  return event.actor.kind == ActorKind::timer ? event.occurred_at : event.recorded_at;
}

void end(TargetRow& row, State state, Timestamp at) {
  row.state = state;
  row.ended_at = at;
}

/// The time for a resolution goes on where it stood when the work goes on after all.
bool goes_on(const TargetRow& row) {
  return row.is_open() || (row.target == SlaMetric::resolution && !row.is_missed());
}

}  // namespace

Board::Board(const kit::Rows& rows)
    : cases_(rows, kCases, [](std::string_view, const CaseRow& row) { return places_of(row); }),
      periods_(rows, kit::kPeriods),
      targets_(rows, kTargets, [](std::string_view, const TargetRow& row) { return places_of(row); }) {}

void Board::apply(const CaseEvent& event) {
  kit::fold_event<RequestEvents, AssignmentEvents, HandoffEvents, ComplaintEvents, TimerEvents,
                  ResolutionEvents, PrivacyEvents>(*this, event);
}

std::vector<std::string_view> ignored_events() {
  return kit::events_ignored_by<Board, RequestEvents, AssignmentEvents, HandoffEvents, ComplaintEvents,
                                TimerEvents, ResolutionEvents, PrivacyEvents>();
}

void Board::write_changes(const kit::RowSink& sink) {
  cases_.list_changes();
  targets_.list_changes();
  cases_.write_changes(sink);
  periods_.write_changes(sink);
  targets_.write_changes(sink);
  // The keys of two tables' lists lie between each other.
  std::map<std::string, std::optional<std::string>> lists;
  const auto gather = [&](std::string_view key, std::optional<std::string_view> value) {
    lists.emplace(key, value);
  };
  cases_.write_lists(gather);
  targets_.write_lists(gather);
  for (const auto& [key, value] : lists) sink(key, value);
}

void Board::count(const TargetRow& row, std::int64_t by) {
  if (!row.ended_at) return;
  auto& sum = periods_.upsert(kit::period_key(*row.ended_at, row.department));
  const auto index = sum_index(row.target, row.priority);
  kit::count_at(in_state(sum, row.state), index, by);
  if (row.is_done_in_first_time()) kit::count_at(sum.in_first_time, index, by);
}

template <std::invocable<TargetRow&> Change>
void Board::change(const std::string& key, const Change& change) {
  auto& row = *targets_.edit(key);
  count(row, -1);
  change(row);
  count(row, 1);
}

template <std::predicate<const TargetRow&> IsMeant, std::invocable<TargetRow&> Change>
void Board::change_all(const CaseEvent& event, const IsMeant& is_meant, const Change& change_one) {
  const auto* known = cases_.find(event.case_id.value);
  if (known == nullptr) return;
  for (const auto& each : known->timed) {
    const auto key = key_in(event, each.id);
    const auto* row = targets_.find(key);
    if (row != nullptr && row->is_to_be_done() && is_meant(*row)) change(key, change_one);
  }
}

std::string Board::add_target(const CaseEvent& event, SlaMetric target, std::string_view timer) {
  auto& of_case = case_of(event);
  auto id = numbered(++of_case.targets);
  const auto known = std::ranges::find(of_case.timed, timer, &TimedTarget::timer);
  auto& of_timer = known != of_case.timed.end() ? *known : of_case.timed.emplace_back();
  of_timer = {std::string(timer), id};
  const auto key = key_in(event, id);
  auto& row = targets_.insert(key);
  row.target = target;
  row.set_at = time_of(event);
  // A target of a handoff is set behind the event that tells of the handoff.
  if (is_of_handoff(target)) row.handoff = of_case.handoff;
  row.department = is_of_handoff(target) ? of_case.handoff_department : of_case.department;
  row.first_department = row.department;
  row.first_priority = row.priority = of_case.facts.priority;
  return key;
}

const TargetRow* Board::timed(const CaseEvent& event, std::string_view timer, std::string& key) {
  const auto* known = cases_.find(event.case_id.value);
  if (known == nullptr) return nullptr;
  const auto found = std::ranges::find(known->timed, timer, &TimedTarget::timer);
  if (found == known->timed.end()) return nullptr;
  key = key_in(event, found->id);
  return targets_.find(key);
}

template <std::predicate<const TargetRow&> IsMeant>
std::string Board::find_target(const CaseEvent& event, const IsMeant& is_meant) {
  const auto* known = cases_.find(event.case_id.value);
  if (known == nullptr) return {};
  for (const auto& each : known->timed | std::views::reverse) {
    auto key = key_in(event, each.id);
    const auto* row = targets_.find(key);
    if (row != nullptr && is_meant(*row)) return key;
  }
  return {};
}

std::string Board::ended_target(const CaseEvent& event, SlaMetric target) {
  auto& of_case = case_of(event);
  if (const auto id = std::exchange(of_case.stopped, std::nullopt)) {
    auto key = key_in(event, *id);
    const auto* row = targets_.find(key);
    if (row != nullptr && row->target == target && row->state == State::canceled) return key;
  }
  auto key = find_target(event, [&](const TargetRow& row) { return row.target == target && row.is_open(); });
  return key.empty() ? add_target(event, target, name_of(target)) : key;
}

void Board::enter(const CaseEvent& event, const DepartmentId& department) {
  case_of(event).department = department.value;
  change_all(
      event, [](const TargetRow& row) { return row.is_open() && !is_of_handoff(row.target); },
      [&](TargetRow& row) { row.department = department.value; });
}

void Board::follow(const CaseEvent& event, const HandoffId& handoff, const DepartmentId& department) {
  auto& of_case = case_of(event);
  of_case.handoff = handoff.value;
  of_case.handoff_department = department.value;
}

void Board::stop(const CaseEvent& event, const TimerId& timer) {
  std::string key;
  const auto* row = timed(event, timer.value, key);
  if (row == nullptr || !row->is_open()) return;
  change(key, [&](TargetRow& open) { end(open, State::canceled, time_of(event)); });
  case_of(event).stopped = kit::split_key(key).second;
}

void Board::end_missed(const CaseEvent& event, SlaMetric target, const std::optional<HandoffId>& handoff) {
  change_all(
      event,
      [&](const TargetRow& row) {
        return !row.is_open() && row.target == target && (!handoff || row.handoff == handoff->value);
      },
      [&](TargetRow& row) { row.done_at = time_of(event); });
}

void Board::end_all_missed(const CaseEvent& event) {
  change_all(
      event, [](const TargetRow& row) { return !row.is_open(); },
      [&](TargetRow& row) { row.done_at = time_of(event); });
}

void Board::on(const RequestRegistered& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const RequestAmended& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const RequestClassified& fact, const CaseEvent& event) { case_of(event).facts.learn(fact); }

void Board::on(const RequestPrioritized& fact, const CaseEvent& event) {
  case_of(event).facts.learn(fact);
  change_all(
      event, [](const TargetRow& row) { return row.is_open(); },
      [&](TargetRow& row) { row.priority = fact.priority; });
}

void Board::on(const OwnerDesignated& fact, const CaseEvent& event) { case_of(event).facts.learn(fact); }

void Board::on(const OwnerChanged& fact, const CaseEvent& event) { case_of(event).facts.learn(fact); }

void Board::on(const AssignmentQueued& fact, const CaseEvent& event) { enter(event, fact.department_id); }

void Board::on(const AssignmentOffered& fact, const CaseEvent& event) { enter(event, fact.department_id); }

void Board::on(const AssignmentMade& fact, const CaseEvent& event) { enter(event, fact.department_id); }

void Board::on(const HandoffRequested& fact, const CaseEvent& event) {
  follow(event, fact.handoff_id, fact.to.department_id);
}

void Board::on(const HandoffRuled& fact, const CaseEvent& event) {
  follow(event, fact.handoff_id, fact.ruling_department);
  end_missed(event, SlaMetric::handoff_accept, fact.handoff_id);
}

void Board::on(const HandoffAccepted& fact, const CaseEvent& event) {
  follow(event, fact.handoff_id, fact.by.department_id);
  enter(event, fact.by.department_id);
  end_missed(event, SlaMetric::handoff_accept, fact.handoff_id);
}

void Board::on(const HandoffReturned& fact, const CaseEvent& event) {
  end_missed(event, SlaMetric::handoff_accept, fact.handoff_id);
}

void Board::on(const HandoffWithdrawn& fact, const CaseEvent& event) {
  end_missed(event, SlaMetric::handoff_accept, fact.handoff_id);
  end_missed(event, SlaMetric::handoff_complete, fact.handoff_id);
}

void Board::on(const HandoffCompleted& fact, const CaseEvent& event) {
  end_missed(event, SlaMetric::handoff_complete, fact.handoff_id);
}

void Board::on(const ComplaintAccepted&, const CaseEvent& event) {
  end_missed(event, SlaMetric::complaint_accept);
}

void Board::on(const ComplaintDeclined&, const CaseEvent& event) {
  end_missed(event, SlaMetric::complaint_accept);
}

void Board::on(const ComplaintWithdrawn&, const CaseEvent& event) {
  end_missed(event, SlaMetric::complaint_accept);
  end_missed(event, SlaMetric::complaint_appeal);
}

void Board::on(const DecisionCommunicated&, const CaseEvent& event) {
  end_missed(event, SlaMetric::complaint_appeal);
}

void Board::on(const ComplaintClosed&, const CaseEvent& event) {
  end_missed(event, SlaMetric::complaint_appeal);
}

void Board::on(const TimerSet& fact, const CaseEvent& event) {
  const auto target = target_of(fact);
  if (!target || event.actor.kind == ActorKind::import_) return;
  std::string key;
  const auto* last = timed(event, fact.timer_id.value, key);
  const bool is_new = last == nullptr || !goes_on(*last);
  if (is_new) {
    // A missed one that a new one takes the place of is waited for no longer.
    if (last != nullptr && last->is_to_be_done())
      change(key, [&](TargetRow& row) { row.done_at = time_of(event); });
    key = add_target(event, *target, fact.timer_id.value);
  }
  change(key, [&](TargetRow& row) {
    row.state = State::running;
    row.due = fact.due_at;
    row.target_ms = fact.target_business_ms != 0 ? fact.target_business_ms : std::nullopt;
    row.calendar = fact.calendar;
    row.counted_ms = fact.counted_business_ms.value_or(0);
    row.since = counts_from(event);
    row.ended_at.reset();
    row.done_at.reset();
    if (!is_new) return;
    row.first_due = row.due;
    row.first_target_ms = row.target_ms;
  });
}

void Board::on(const TimerPaused& fact, const CaseEvent& event) {
  std::string key;
  const auto* row = timed(event, fact.timer_id.value, key);
  if (row == nullptr || !row->is_to_be_done()) return;
  change(key, [&](TargetRow& waiting) {
    if (fact.counted_business_ms) waiting.counted_ms = *fact.counted_business_ms;
    waiting.since.reset();
    if (!waiting.is_open()) return;
    waiting.state = State::paused;
    waiting.due.reset();
  });
}

void Board::on(const TimerResumed& fact, const CaseEvent& event) {
  std::string key;
  const auto* row = timed(event, fact.timer_id.value, key);
  if (row == nullptr || (row->state != State::paused && row->state != State::missed)) return;
  change(key, [&](TargetRow& running) {
    running.due = fact.due_at;
    running.since = counts_from(event);
    running.done_at.reset();
    if (running.state == State::paused) running.state = State::running;
  });
}

void Board::on(const TimerExpired& fact, const CaseEvent& event) { stop(event, fact.timer_id); }

void Board::on(const TimerCleared& fact, const CaseEvent& event) { stop(event, fact.timer_id); }

void Board::on(const SlaTargetMet& fact, const CaseEvent& event) {
  change(ended_target(event, fact.metric), [&](TargetRow& row) {
    end(row, State::met, time_of(event));
    row.done_at = row.ended_at;
    row.counted_ms = fact.elapsed_business_ms;
    row.since.reset();
  });
}

void Board::on(const SlaTargetMissed& fact, const CaseEvent& event) {
  change(ended_target(event, fact.metric), [&](TargetRow& row) {
    end(row, State::missed, time_of(event));
    row.due = fact.due_at;
  });
}

void Board::on(const SlaTargetCompletedLate& fact, const CaseEvent& event) {
  const auto key =
      find_target(event, [&](const TargetRow& row) { return row.target == fact.metric && row.is_missed(); });
  if (key.empty()) return;
  change(key, [&](TargetRow& row) {
    row.done_at = time_of(event);
    row.counted_ms = fact.elapsed_business_ms;
    row.since.reset();
  });
}

void Board::on(const SlaExcused& fact, const CaseEvent& event) {
  const auto is_meant = [&](const TargetRow* row) {
    return row != nullptr && row->target == fact.metric && row->state == State::missed &&
           row->due == fact.due_at;
  };
  for (auto number = case_of(event).targets; number > 0; --number) {
    const auto key = key_in(event, numbered(number));
    if (!is_meant(targets_.find(key))) continue;
    return change(key, [&](TargetRow& row) {
      row.state = State::excused;
      row.excuse = fact.reason_code;
    });
  }
}

void Board::on(const CaseResolved&, const CaseEvent& event) { end_all_missed(event); }

void Board::on(const CaseClosed&, const CaseEvent& event) { end_all_missed(event); }

void Board::on(const CustomerErased& fact, const CaseEvent& event) { case_of(event).facts.learn(fact); }

}  // namespace casetrail::sla
