// What the SLA board stores: cases, their targets, and how targets were kept.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/request_terms.h"
#include "events/case/timer_terms.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"
#include "projections/kit/case_facts.h"

namespace casetrail::sla {

inline constexpr char kCases = 'c';    ///< by case
inline constexpr char kTargets = 't';  ///< by case and the target's number in it: `s1`

enum class State { running, paused, met, missed, excused, canceled };
constexpr auto enum_names(State) {
  return std::to_array<std::string_view>({"running", "paused", "met", "missed", "excused", "canceled"});
}

/// One target of a case, from when it was set. What is `first_` is as it was then and stays so; the rest is
/// as it stands, of a target that is over as it stood at its end.
struct TargetRow {
  SlaMetric target{};
  State state{};
  std::optional<std::string> handoff;  ///< that it is about
  Timestamp set_at{};
  std::optional<Timestamp> first_due;  ///< absent: nobody told when it was set
  std::optional<Timestamp> due;        ///< absent while it is paused
  std::optional<std::int64_t> first_target_ms;
  std::optional<std::int64_t> target_ms;       ///< of business time; absent: set for a moment
  std::optional<CalendarId> calendar;          ///< absent: every hour counts
  std::int64_t counted_ms = 0;                 ///< business time that was used
  std::optional<Timestamp> since;              ///< it counts on from here; absent: it stands still
  std::optional<Timestamp> ended_at;           ///< met, missed or canceled; of an excused one, missed
  std::optional<Code<ExcuseReason>> excuse{};  ///< why a missed one was excused
  std::optional<Timestamp> done_at;            ///< met, or done late
  std::optional<std::string> first_department;
  std::optional<std::string> department;  ///< that is to meet it
  std::optional<Priority> first_priority;
  std::optional<Priority> priority;

  /// Running or paused: neither met nor missed.
  [[nodiscard]] bool is_open() const { return state == State::running || state == State::paused; }
  [[nodiscard]] bool is_missed() const { return state == State::missed || state == State::excused; }
  /// Open, or missed, not excused, and not done yet.
  [[nodiscard]] bool is_to_be_done() const { return is_open() || (state == State::missed && !done_at); }
  /// Done by the moment for which it was set at first.
  [[nodiscard]] bool is_done_in_first_time() const {
    return first_due && done_at && *done_at <= *first_due && (state == State::met || state == State::missed);
  }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(target), CEREAL_NVP(state), CEREAL_NVP(handoff), CEREAL_NVP(set_at),
            CEREAL_NVP(first_due), CEREAL_NVP(due), CEREAL_NVP(first_target_ms), CEREAL_NVP(target_ms),
            CEREAL_NVP(calendar), CEREAL_NVP(counted_ms), CEREAL_NVP(since), CEREAL_NVP(ended_at),
            CEREAL_NVP(done_at), CEREAL_NVP(excuse), CEREAL_NVP(first_department), CEREAL_NVP(department),
            CEREAL_NVP(first_priority), CEREAL_NVP(priority));
  }
};

/// What filters and totals ask of a target. Rows are listed and counted by all of it together: a row that is
/// kept for ever has one place for six questions.
struct Facet {
  State state{};
  bool is_to_be_done = false;
  std::optional<bool> in_first_time;  ///< done by the moment for which it was set at first; absent: not done
  SlaMetric target{};
  std::optional<std::string> department;
  std::optional<Priority> priority;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(state), CEREAL_NVP(is_to_be_done), CEREAL_NVP(in_first_time), CEREAL_NVP(target),
            CEREAL_NVP(department), CEREAL_NVP(priority));
  }
};

[[nodiscard]] inline Facet facet_of(const TargetRow& row) {
  return {.state = row.state,
          .is_to_be_done = row.is_to_be_done(),
          .in_first_time = row.done_at ? std::optional(row.is_done_in_first_time()) : std::nullopt,
          .target = row.target,
          .department = row.department,
          .priority = row.priority};
}

/// The last target that a timer was set for.
struct TimedTarget {
  std::string timer;
  std::string id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer), CEREAL_NVP(id));
  }
};

struct CaseRow {
  kit::CaseFacts facts;
  std::optional<std::string> department;          ///< that has the case, or had it last
  std::optional<std::string> handoff;             ///< the last one that was requested, ruled or accepted
  std::optional<std::string> handoff_department;  ///< that is to take it, or took it
  std::int32_t targets = 0;                       ///< the last one is `s<targets>`
  std::vector<TimedTarget> timed;
  std::optional<std::string> stopped;  ///< the target whose timer ended last: what follows says how

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(facts), CEREAL_NVP(department), CEREAL_NVP(handoff), CEREAL_NVP(handoff_department),
            CEREAL_NVP(targets), CEREAL_NVP(timed), CEREAL_NVP(stopped));
  }
};

/// Targets of one department that ended in one quarter of an hour, each by `sum_index`.
struct SumRow {
  std::vector<std::int64_t> running;
  std::vector<std::int64_t> paused;
  std::vector<std::int64_t> met;
  std::vector<std::int64_t> missed;
  std::vector<std::int64_t> excused;
  std::vector<std::int64_t> canceled;
  std::vector<std::int64_t> in_first_time;  ///< of those met or missed

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(running), CEREAL_NVP(paused), CEREAL_NVP(met), CEREAL_NVP(missed), CEREAL_NVP(excused),
            CEREAL_NVP(canceled), CEREAL_NVP(in_first_time));
  }
};

/// The member of this state, of what has one for each.
template <class ByState>
[[nodiscard]] auto& in_state(ByState& all, State state) {
  switch (state) {
    case State::running: return all.running;
    case State::paused: return all.paused;
    case State::met: return all.met;
    case State::missed: return all.missed;
    case State::excused: return all.excused;
    case State::canceled: return all.canceled;
  }
  return all.canceled;
}

/// Where the targets of one metric and priority are counted.
[[nodiscard]] inline std::size_t sum_index(SlaMetric target, std::optional<Priority> priority) {
  const auto priorities = enum_names(Priority{}).size();
  return static_cast<std::size_t>(target) * (priorities + 1) +
         (priority ? static_cast<std::size_t>(*priority) : priorities);
}

}  // namespace casetrail::sla
