// Why a decision came out as it did: it is decided again on the state before it, with a trace.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/case/trace.h"
#include "events/case/assignment_terms.h"
#include "events/case/timer_terms.h"

namespace casetrail {

/// A sentence for people.
struct Saying {
  std::string en;
  std::string zh;

  bool operator==(const Saying&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(en), CEREAL_NVP(zh));
  }
};

/// How a due time came about: what was left of a target at `from`, in the hours of a calendar.
struct DueTime {
  TimerId timer_id;
  TimerKind kind{};
  Timestamp from{};
  Timestamp due_at{};
  std::optional<CalendarId> calendar;  ///< absent: every hour counts
  std::optional<Duration> target;      ///< of an SLA target
  Duration counted{0};                 ///< of it, before `from`
  Duration left{0};                    ///< business time from `from` to `due_at`
  std::vector<CalendarStep> steps;     ///< absent where every hour counts
};

/// A candidate for an assignment, and why the case was offered to them or not.
struct WeighedCandidate {
  Candidate candidate;
  bool taken = false;
  Saying because;
};

struct Why {
  std::vector<Event> events;         ///< that the decision led to
  std::optional<Rejection> refusal;  ///< and then no events
  Trace trace;
  std::vector<DueTime> due;
  std::vector<WeighedCandidate> candidates;
  std::vector<std::string> sections;  ///< of the policy, that the decision depended on; see `policy_words`
};

/// Where the policy says for how long a timer of this kind runs: the name of the section.
[[nodiscard]] std::string_view policy_section_of(TimerKind kind);

/// Of a command that was taken at `now`.
[[nodiscard]] Why why_decided(const CaseState& before, const CommandEnvelope& envelope, Timestamp now,
                              const Policy& policy);

/// Of the timer that was due first, and fired at `now`.
[[nodiscard]] Why why_fired(const CaseState& before, Timestamp now, const Policy& policy);

/// What `events`, decided at `at`, tell of themselves, where the command is not there to be decided again:
/// no guard and no choice.
[[nodiscard]] Why why_of(const CaseState& before, std::vector<Event> events, Timestamp at,
                         const Policy& policy);

}  // namespace casetrail
