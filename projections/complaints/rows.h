// What the complaint register stores: cases, their complaints, and counts of them.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/complaint_terms.h"
#include "events/case/resolution_terms.h"
#include "events/wire/timestamp.h"
#include "projections/kit/case_facts.h"

namespace casetrail::complaints {

inline constexpr char kCases = 'c';       ///< by case
inline constexpr char kComplaints = 'k';  ///< by case and the complaint's number in it: `k1`

struct CaseRow {
  kit::CaseFacts facts;
  std::optional<std::string> department;  ///< that has the case, or had it last
  std::int32_t complaints = 0;            ///< the last one is `k<complaints>`

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(facts), CEREAL_NVP(department), CEREAL_NVP(complaints));
  }
};

/// `appealed`: open again. A decision that is told of a closed complaint leaves it closed.
enum class State { lodged, investigating, assessed, decided, appealed, closed, turned_down, withdrawn };
constexpr auto enum_names(State) {
  return std::to_array<std::string_view>(
      {"lodged", "investigating", "assessed", "decided", "appealed", "closed", "turned_down", "withdrawn"});
}

enum class Responsibility { attributed, disputed, settled };
constexpr auto enum_names(Responsibility) {
  return std::to_array<std::string_view>({"attributed", "disputed", "settled"});
}

/// What the customer or an employee wrote of it is not here, nor who in person it is about.
struct ComplaintRow {
  State state{};
  Timestamp lodged_at{};
  Code<ComplaintAbout> category{};        ///< as it was found; before, as the customer said
  std::optional<std::string> about;       ///< the product or the department
  std::optional<std::string> department;  ///< that it is about, or that had the case then
  std::optional<Timestamp> accept_by;
  std::optional<Timestamp> accepted_at;  ///< or declined
  std::optional<Code<ComplaintCause>> cause;
  std::optional<ComplaintAssessment> assessment;
  std::optional<Code<ComplaintSeverity>> severity;
  std::optional<Timestamp> assessed_at;
  std::optional<Timestamp> decided_at;  ///< the customer was told
  std::optional<Timestamp> appeal_until;
  std::optional<Timestamp> appealed_at;  ///< the last time
  std::int32_t appeals = 0;
  std::optional<Responsibility> responsibility;
  std::vector<std::string> liable_departments;
  std::optional<Timestamp> ended_at;
  std::optional<Code<ResolutionCode>> remedy;  ///< with which the case was resolved since
  std::optional<bool> accepted_by_customer;
  std::optional<bool> retained;

  [[nodiscard]] bool is_open() const { return !ended_at; }
  /// Whether it was accepted or declined by when it was due; nothing while it was not, or nobody said when.
  [[nodiscard]] std::optional<bool> is_in_time() const {
    if (!accept_by || !accepted_at) return std::nullopt;
    return *accepted_at <= *accept_by;
  }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(state), CEREAL_NVP(lodged_at), CEREAL_NVP(category), CEREAL_NVP(about),
            CEREAL_NVP(department), CEREAL_NVP(accept_by), CEREAL_NVP(accepted_at), CEREAL_NVP(cause),
            CEREAL_NVP(assessment), CEREAL_NVP(severity), CEREAL_NVP(assessed_at), CEREAL_NVP(decided_at),
            CEREAL_NVP(appeal_until), CEREAL_NVP(appealed_at), CEREAL_NVP(appeals),
            CEREAL_NVP(responsibility), CEREAL_NVP(liable_departments), CEREAL_NVP(ended_at),
            CEREAL_NVP(remedy), CEREAL_NVP(accepted_by_customer), CEREAL_NVP(retained));
  }
};

/// The tabs that count complaints.
enum class Tab { categories, departments, causes };
constexpr auto enum_names(Tab) {
  return std::to_array<std::string_view>({"categories", "departments", "causes"});
}

/// Complaints as they stand: all, of one name of a tab, or those that one department had lodged in one
/// quarter of an hour.
struct CountsRow {
  std::int64_t lodged = 0;  ///< whatever became of them
  std::int64_t open = 0;
  std::int64_t closed = 0;
  std::int64_t declined = 0;
  std::int64_t withdrawn = 0;
  std::int64_t justified = 0;
  std::int64_t partly_justified = 0;
  std::int64_t unjustified = 0;
  std::int64_t decided = 0;   ///< the customer was told a decision, once at least
  std::int64_t appealed = 0;  ///< of these
  std::int64_t in_time = 0;
  std::int64_t late = 0;
  std::int64_t retained = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(lodged), CEREAL_NVP(open), CEREAL_NVP(closed), CEREAL_NVP(declined),
            CEREAL_NVP(withdrawn), CEREAL_NVP(justified), CEREAL_NVP(partly_justified),
            CEREAL_NVP(unjustified), CEREAL_NVP(decided), CEREAL_NVP(appealed), CEREAL_NVP(in_time),
            CEREAL_NVP(late), CEREAL_NVP(retained));
  }
};

}  // namespace casetrail::complaints
