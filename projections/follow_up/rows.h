// What the follow-up board stores: cases, callbacks and counts.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/case/callback_terms.h"
#include "events/case/resolution_terms.h"
#include "events/wire/timestamp.h"
#include "projections/kit/case_facts.h"
#include "projections/kit/histogram.h"

namespace casetrail::follow_up {

inline constexpr char kCallbacks = 'b';  ///< by case and callback
inline constexpr char kCases = 'c';      ///< by case
inline constexpr char kTotals = 't';

struct CaseRow {
  kit::CaseFacts facts;
  std::optional<std::string> department;
  std::optional<Code<ResolutionCode>> resolution_code;
  Attribution attributed;  ///< of the last resolution, as it was then
  bool closed = false;
  bool do_not_call = false;
  bool due = false;             ///< counted among the cases that a callback was due for
  bool called = false;          ///< counted among those whose callback was completed
  bool reopened_after = false;  ///< counted among those that opened again behind a completed callback
  std::int64_t routed_open = 0;
  std::vector<std::string> callbacks;  ///< that are on the board

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(facts), CEREAL_NVP(department), CEREAL_NVP(resolution_code), CEREAL_NVP(attributed),
            CEREAL_NVP(closed), CEREAL_NVP(do_not_call), CEREAL_NVP(due), CEREAL_NVP(called),
            CEREAL_NVP(reopened_after), CEREAL_NVP(routed_open), CEREAL_NVP(callbacks));
  }
};

enum class State { scheduled, attempted, completed, refused, exhausted, waived, canceled };
constexpr auto enum_names(State) {
  return std::to_array<std::string_view>(
      {"scheduled", "attempted", "completed", "refused", "exhausted", "waived", "canceled"});
}

/// A callback is on the board until it is over and its case is closed; one in which the customer of a closed
/// case was not satisfied, until the feedback is routed or the case ends anew.
struct CallbackRow {
  State state{};
  Code<CallbackPurpose> purpose{};
  CallbackForm form;
  Timestamp not_before{};
  Timestamp not_after{};
  std::string tz;
  std::optional<RescheduleReason> shifted_because;
  std::optional<std::string> agent;
  std::int64_t attempts = 0;
  std::optional<CallbackOutcome> last_outcome;
  std::optional<Timestamp> last_attempt_at;
  std::optional<CallbackAnswers> answers;
  std::optional<CallbackWords> words;
  std::optional<std::string> routed_to;
  std::optional<FeedbackRoute> route;
  std::optional<std::string> created_case;
  bool overdue = false;  ///< it was recorded that the time is over
  std::optional<bool> required_before_close;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(state), CEREAL_NVP(purpose), CEREAL_NVP(form), CEREAL_NVP(not_before),
            CEREAL_NVP(not_after), CEREAL_NVP(tz), CEREAL_NVP(shifted_because), CEREAL_NVP(agent),
            CEREAL_NVP(attempts), CEREAL_NVP(last_outcome), CEREAL_NVP(last_attempt_at), CEREAL_NVP(answers),
            CEREAL_NVP(words), CEREAL_NVP(routed_to), CEREAL_NVP(route), CEREAL_NVP(created_case),
            CEREAL_NVP(overdue), CEREAL_NVP(required_before_close));
  }
};

[[nodiscard]] inline bool is_over(State state) {
  return state != State::scheduled && state != State::attempted;
}

/// What happened in a quarter of an hour, by the department that has the case.
struct PeriodRow {
  std::int64_t scheduled = 0;
  std::int64_t attempts = 0;
  std::int64_t reached = 0;  ///< attempts at which the customer answered
  std::int64_t completed = 0;
  std::int64_t on_time = 0;  ///< completed by `not_after`
  std::int64_t dissatisfied = 0;
  std::int64_t problems_found = 0;
  std::int64_t refused = 0;
  std::int64_t exhausted = 0;
  std::int64_t waived = 0;
  std::int64_t overdue = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(scheduled), CEREAL_NVP(attempts), CEREAL_NVP(reached), CEREAL_NVP(completed),
            CEREAL_NVP(on_time), CEREAL_NVP(dissatisfied), CEREAL_NVP(problems_found), CEREAL_NVP(refused),
            CEREAL_NVP(exhausted), CEREAL_NVP(waived), CEREAL_NVP(overdue));
  }
};

struct TotalsRow {
  std::int64_t cases = 0;
  std::int64_t scheduled = 0;
  std::int64_t rescheduled = 0;
  std::int64_t attempts = 0;
  std::int64_t completed = 0;
  std::int64_t refused = 0;
  std::int64_t exhausted = 0;
  std::int64_t waived = 0;
  std::int64_t overdue = 0;
  std::int64_t canceled = 0;
  std::int64_t on_time = 0;  ///< completed by `not_after`
  std::int64_t cases_due = 0;
  std::int64_t cases_called = 0;
  std::int64_t dissatisfied = 0;
  std::int64_t problems_found = 0;
  std::int64_t quiet_hour_violations = 0;  ///< attempts outside of the customer's calling hours
  std::int64_t cases_reopened_after = 0;
  std::int64_t complaints_closed = 0;
  std::int64_t complaints_retained = 0;
  std::int64_t routed_closed = 0;           ///< whose case was closed since
  std::vector<std::int64_t> routed;         ///< by `FeedbackRoute`
  std::vector<std::int64_t> tried_by_no;    ///< by attempt number, from 1
  std::vector<std::int64_t> reached_by_no;  ///< of these, connected
  std::vector<std::int64_t> tried_by_hour;  ///< by hour of the day in UTC
  std::vector<std::int64_t> reached_by_hour;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cases), CEREAL_NVP(scheduled), CEREAL_NVP(rescheduled), CEREAL_NVP(attempts),
            CEREAL_NVP(completed), CEREAL_NVP(refused), CEREAL_NVP(exhausted), CEREAL_NVP(waived),
            CEREAL_NVP(overdue), CEREAL_NVP(canceled), CEREAL_NVP(on_time), CEREAL_NVP(cases_due),
            CEREAL_NVP(cases_called), CEREAL_NVP(dissatisfied), CEREAL_NVP(problems_found),
            CEREAL_NVP(quiet_hour_violations), CEREAL_NVP(cases_reopened_after),
            CEREAL_NVP(complaints_closed), CEREAL_NVP(complaints_retained), CEREAL_NVP(routed_closed),
            CEREAL_NVP(routed), CEREAL_NVP(tried_by_no), CEREAL_NVP(reached_by_no), CEREAL_NVP(tried_by_hour),
            CEREAL_NVP(reached_by_hour));
  }
};

}  // namespace casetrail::follow_up
