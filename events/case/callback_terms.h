// The terms of callbacks: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/code.h"
#include "events/wire/ids.h"

namespace casetrail {

enum class CallbackPurpose { satisfaction_and_problem, use_experience, agreed_call };
constexpr auto enum_names(CallbackPurpose) {
  return std::to_array<std::string_view>({"satisfaction_and_problem", "use_experience", "agreed_call"});
}
constexpr std::string_view catalogue_name(CallbackPurpose) { return "callback_purpose"; }

enum class CallbackOutcome { connected, no_answer, busy, wrong_number, refused, voicemail };
constexpr auto enum_names(CallbackOutcome) {
  return std::to_array<std::string_view>(
      {"connected", "no_answer", "busy", "wrong_number", "refused", "voicemail"});
}

enum class RescheduleReason { quiet_hours, late_night_activity, holiday, customer_request, no_answer };
constexpr auto enum_names(RescheduleReason) {
  return std::to_array<std::string_view>(
      {"quiet_hours", "late_night_activity", "holiday", "customer_request", "no_answer"});
}

/// Why a callback is not made any more.
enum class CancelReason {
  work_goes_on,
  request_rejected,
  request_withdrawn,
  customer_request,
  no_longer_needed,
  other
};
constexpr auto enum_names(CancelReason) {
  return std::to_array<std::string_view>({"work_goes_on", "request_rejected", "request_withdrawn",
                                          "customer_request", "no_longer_needed", "other"});
}

enum class FeedbackRoute { new_case, reopened_case, handoff, suggestion };
constexpr auto enum_names(FeedbackRoute) {
  return std::to_array<std::string_view>({"new_case", "reopened_case", "handoff", "suggestion"});
}

struct CallbackForm {
  std::string id;
  std::int32_t version = 1;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(version));
  }
};

/// What the customer answered. `satisfied` and the rating are counted, the words in `CallbackWords` are not.
struct CallbackAnswers {
  std::optional<bool> satisfied;                      ///< absent: an agreed call asked for something else
  std::optional<std::int32_t> service_rating;         ///< 1 (bad) to 5 (very good)
  std::optional<DepartmentId> deliver_to_department;  ///< S0: the department that the answer must reach

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(satisfied), CEREAL_NVP(service_rating), CEREAL_NVP(deliver_to_department));
  }
};

/// The customer's own words. Personal.
struct CallbackWords {
  std::optional<std::string> problem_where;
  std::optional<std::string> how_to_satisfy;
  std::optional<std::string> use_experience;
  std::optional<std::string> other_needs;
  std::optional<std::string> comment;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(problem_where), CEREAL_NVP(how_to_satisfy), CEREAL_NVP(use_experience),
            CEREAL_NVP(other_needs), CEREAL_NVP(comment));
  }
};

}  // namespace casetrail
