// What the quality review board stores: cases, reviews, sums of points, samples and improvement points.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/case/review_terms.h"
#include "events/wire/timestamp.h"
#include "projections/kit/case_facts.h"

namespace casetrail::review {

inline constexpr char kCases = 'c';    ///< by case
inline constexpr char kPoints = 'i';   ///< by agent and improvement point
inline constexpr char kReviews = 'r';  ///< by case and review
inline constexpr char kSamples = 'w';  ///< by sample

struct CaseRow {
  kit::CaseFacts facts;
  bool complaint = false;  ///< lodged in it, or it was one from the start
  bool reviewed = false;   ///< has a scored review
  std::vector<std::string> reviews;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(facts), CEREAL_NVP(complaint), CEREAL_NVP(reviewed), CEREAL_NVP(reviews));
  }
};

/// `drawn`: nobody is to make it yet. The second look at a contact is `compared` once it is scored, and
/// `calibrated` once what the two reviewers saw differently is settled; its points count for nobody.
enum class State { drawn, assigned, scored, compared, calibrated };
constexpr auto enum_names(State) {
  return std::to_array<std::string_view>({"drawn", "assigned", "scored", "compared", "calibrated"});
}

/// How a score stands that the agent disputed.
enum class Dispute { undecided, confirmed, corrected };
constexpr auto enum_names(Dispute) {
  return std::to_array<std::string_view>({"undecided", "confirmed", "corrected"});
}

struct ReviewRow {
  State state{};
  ReviewKind kind{};
  std::string reviewer;
  std::string agent;
  std::optional<std::string> department;
  std::optional<std::string> badge_no;
  std::optional<SampleOrigin> sample;
  Timestamp assigned_at{};
  std::optional<Timestamp> scored_at;
  std::optional<Scorecard> scorecard;
  std::vector<ScoreItem> items;
  std::int32_t total_permille = 0;
  std::vector<std::string> improvement_points;
  std::optional<std::string> comment;
  std::optional<Dispute> dispute;
  std::optional<Timestamp> disputed_at;
  std::int64_t as_of_seq = 0;                   ///< the last event of the case as it is looked at
  std::optional<std::string> calibrates;        ///< the review of which it is the second look
  std::optional<std::int32_t> spread_permille;  ///< between the totals of the two, once they were settled

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(state), CEREAL_NVP(kind), CEREAL_NVP(reviewer), CEREAL_NVP(agent),
            CEREAL_NVP(department), CEREAL_NVP(badge_no), CEREAL_NVP(sample), CEREAL_NVP(assigned_at),
            CEREAL_NVP(scored_at), CEREAL_NVP(scorecard), CEREAL_NVP(items), CEREAL_NVP(total_permille),
            CEREAL_NVP(improvement_points), CEREAL_NVP(comment), CEREAL_NVP(dispute), CEREAL_NVP(disputed_at),
            CEREAL_NVP(as_of_seq), CEREAL_NVP(calibrates), CEREAL_NVP(spread_permille));
  }
};

/// The tabs that add up points. `kinds` tells mystery visits from the rest.
enum class Tab { agents, departments, dimensions, kinds };
constexpr auto enum_names(Tab) {
  return std::to_array<std::string_view>({"agents", "departments", "dimensions", "kinds"});
}

/// Points of the items that applied (GB/T 27922); an auto-fail earns none.
struct SumRow {
  std::int64_t reviews = 0;
  std::int64_t earned = 0;
  std::int64_t applicable = 0;
  std::int64_t auto_fails = 0;
  std::int64_t improvement_points = 0;
  std::int64_t recognitions = 0;  ///< of an agent

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reviews), CEREAL_NVP(earned), CEREAL_NVP(applicable), CEREAL_NVP(auto_fails),
            CEREAL_NVP(improvement_points), CEREAL_NVP(recognitions));
  }
};

/// What happened in a quarter of an hour, by the department whose work was reviewed.
struct PeriodRow {
  std::int64_t assigned = 0;
  SumRow scored;  ///< by the time of the score; what a dispute corrected since is in it
  std::int64_t disputed = 0;
  std::int64_t corrected = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assigned), CEREAL_NVP(scored), CEREAL_NVP(disputed), CEREAL_NVP(corrected));
  }
};

/// The cases of one sample lie in many partitions. The sample says the same of itself in each case; should
/// two ever differ, the greater stands, whichever came first.
struct SampleRow {
  SampleOrigin origin;
  std::int64_t drawn = 0;
  std::int64_t scored = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(origin), CEREAL_NVP(drawn), CEREAL_NVP(scored));
  }
};

struct PointRow {
  std::int64_t times = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(times));
  }
};

struct TotalsRow {
  std::int64_t cases = 0;
  std::int64_t cases_reviewed = 0;
  std::int64_t scored_in_week = 0;  ///< in the week, Monday to Sunday UTC, in which they were assigned
  SumRow scored;
  std::int64_t items_compared = 0;  ///< of calibrated reviews
  std::int64_t items_alike = 0;     ///< of these, scored alike by both reviewers

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cases), CEREAL_NVP(cases_reviewed), CEREAL_NVP(scored_in_week), CEREAL_NVP(scored),
            CEREAL_NVP(items_compared), CEREAL_NVP(items_alike));
  }
};

/// What the items of one review earned.
[[nodiscard]] SumRow points_of(const std::vector<ScoreItem>& items);

/// The same of the items of one dimension; points of an auto-failed review count for their dimension.
[[nodiscard]] SumRow points_of(const std::vector<ScoreItem>& items, RaterDimension dimension);

void add(SampleRow& sum, const SampleRow& row);

}  // namespace casetrail::review
