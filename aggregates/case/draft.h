// The events of one decision in the making, with the promises that begin, wait, and end with them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "aggregates/case/decider.h"
#include "events/case/timer_terms.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// Timers that one step set are not seen by its later calls: `state` is that before the step.
class Draft {
 public:
  Draft(const CaseState& state, Timestamp now, const Policy& policy)
      : state_(state), now_(now), policy_(policy) {
    events_.reserve(4);
  }

  void add(Event event) { events_.push_back(std::move(event)); }

  /// A timer `<kind>/<subject>`, or `<kind>` when the subject is empty. One of this id that runs is replaced.
  void set_timer(TimerKind kind, std::string_view subject, Timestamp due_at,
                 const std::optional<CalendarId>& calendar = {}, std::optional<Timestamp> warn_at = {});

  /// Starts the promise that `rules` make about `kind`, from `start` on.
  void promise(TimerKind kind, Timestamp start, const SlaRules& rules);

  /// Ends all timers of `kind`, and of `subject` when one is named.
  void clear(TimerKind kind, std::string_view subject = {});

  /// As `clear`; a promise that was not missed before is noted as met.
  void meet(TimerKind kind, std::string_view subject = {});

  void pause(TimerKind kind);

  /// The case goes on: what waited for the customer or a review date runs again.
  void end_waiting();

  /// Notes that a promise was missed, and tells the first level.
  void miss(const RunningTimer& timer, const std::optional<Party>& responsible,
            const std::vector<std::string>& escalate_to);
  void escalate(TimerKind cause, std::int32_t level, const std::vector<std::string>& to);

  [[nodiscard]] Timestamp now() const { return now_; }
  [[nodiscard]] std::vector<Event> take() { return std::move(events_); }

 private:
  const CaseState& state_;
  Timestamp now_;
  const Policy& policy_;
  std::vector<Event> events_;
};

/// The rules of the case's priority; of the least urgent one while it has none.
[[nodiscard]] const SlaRules& sla_of(const CaseState& state, const Policy& policy);

/// The promise that a timer keeps; nothing for timers that are no promise.
[[nodiscard]] std::optional<SlaMetric> metric_of(TimerKind kind);

/// True for `h1` and the id `handoff_accept/h1`.
[[nodiscard]] bool has_subject(const TimerId& id, std::string_view subject);

}  // namespace casetrail
