// The events of one decision in the making, with the promises that begin, wait, and end with them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "aggregates/case/context.h"
#include "events/case/timer_terms.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// Timers that one step set are not seen by its later calls: `state` is that before the step.
class Draft {
 public:
  Draft(const CaseState& state, Timestamp now, const Policy& policy, Trace* trace)
      : state_(state), now_(now), policy_(policy), trace_(trace) {
    events_.reserve(4);
  }
  Draft(const CaseState& state, const Context& context)
      : Draft(state, context.now, context.policy, context.trace) {}

  void add(Event event) { events_.push_back(std::move(event)); }

  /// A timer `<kind>/<subject>`, or `<kind>` when the subject is empty. One of this id that runs is replaced.
  void set_timer(TimerKind kind, std::string_view subject, Timestamp due_at,
                 const std::optional<CalendarId>& calendar = {});

  /// Promises anew what `rules` say about `kind`. Its clock counts from `from`, now or earlier.
  void promise(TimerKind kind, const SlaRules& rules, Timestamp from);
  void promise(TimerKind kind, const SlaRules& rules) { promise(kind, rules, now_); }

  /// Another target for a promise that is neither done nor missed. What its clock counted stays counted.
  void change_target(TimerKind kind, const SlaRules& rules);

  /// What was done is not done after all: its clock counts on from where it stood.
  void count_on(TimerKind kind, const SlaRules& rules);

  /// Tells the `step` of `rules`, 2 or higher, when its share of the target is used; at once when it is
  /// already.
  void set_escalation(TimerKind kind, const SlaRules& rules, std::size_t step);

  /// Ends all timers of `kind`, and of `subject` when one is named.
  void clear(TimerKind kind, std::string_view subject = {});

  /// As `clear`; a promise that was not done before is noted as met, or as completed late.
  void meet(TimerKind kind, std::string_view subject = {});

  void pause(TimerKind kind);

  /// The case goes on: what waited for the customer or a review date runs again.
  void end_waiting();
  void resume_clocks();

  /// Notes that a promise was missed, and tells the first level.
  void miss(const RunningTimer& timer, const std::optional<Party>& responsible,
            const std::vector<std::string>& escalate_to);
  void escalate(TimerKind cause, std::int32_t level, const std::vector<std::string>& to);

  [[nodiscard]] Timestamp now() const { return now_; }
  [[nodiscard]] Trace* trace() const { return trace_; }
  /// As of a context.
  template <std::invocable Value>
  void chose(std::string_view name, const Value& value) const {
    if (trace_ != nullptr) trace_->chose({std::string(name), std::string(value())});
  }
  [[nodiscard]] std::vector<Event> take() { return std::move(events_); }

 private:
  [[nodiscard]] Duration counted_by(const SlaClock& clock) const;
  void set_clocked(TimerKind kind, const SlaRules& rules, Timestamp due_at, std::optional<Timestamp> warn_at,
                   Duration target, Duration counted);
  /// From where on the days of a target are counted: a business day is as long as it was when it was
  /// promised.
  [[nodiscard]] Timestamp began(TimerKind kind) const;
  /// Returns what is left.
  Duration set_remaining(TimerKind kind, const SlaRules& rules, Duration counted, bool warned);
  void note_done(const SlaClock& clock);

  const CaseState& state_;
  Timestamp now_;
  const Policy& policy_;
  Trace* trace_;
  std::vector<Event> events_;
};

/// Since when the case is worked for. The past of an imported case was somebody else's.
[[nodiscard]] Timestamp clocks_count_from(const CaseState& state, const Policy& policy, Timestamp now);

/// The rules of the case's priority; of the least urgent one while it has none.
[[nodiscard]] const SlaRules& sla_of(const CaseState& state, const Policy& policy);

/// The clock of a promise to the customer; null while none was made.
[[nodiscard]] const SlaClock* clock_of(const CaseState& state, TimerKind kind);

/// The promise that a timer keeps; nothing for timers that are no promise.
[[nodiscard]] std::optional<SlaMetric> metric_of(TimerKind kind);

/// True for `h1` and the id `handoff_accept/h1`.
[[nodiscard]] bool has_subject(const TimerId& id, std::string_view subject);

}  // namespace casetrail
