// Quality review of a contact: who looks at whose work, by which scorecard, with which points (A225).
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/review_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// A case that was closed is to be reviewed, by a rule of the policy. Who reviews is told by what follows.
struct ReviewSampleDrawn {
  static constexpr std::string_view kType = "review.sample.drawn";
  static constexpr int kVersion = 1;

  ReviewId review_id;
  ReviewKind kind{};
  AgentId agent_id;  ///< who worked on the case last
  std::optional<DepartmentId> department_id;
  SampleOrigin sample;
  std::int32_t percent = 0;             ///< of the cases that the rule fits
  std::optional<ReviewCard> card = {};  ///< in force when it was drawn; absent before casetrail recorded it

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(kind), CEREAL_NVP(agent_id), CEREAL_NVP(department_id),
            CEREAL_NVP(sample), CEREAL_NVP(percent), CEREAL_NVP(card));
  }
};

struct ReviewAssigned {
  static constexpr std::string_view kType = "review.assigned";
  static constexpr int kVersion = 1;

  ReviewId review_id;
  ReviewKind kind{};
  AgentId reviewer_id;  ///< never the agent
  AgentId agent_id;     ///< whose contact is reviewed, at the time of the contact
  std::optional<DepartmentId> department_id;
  std::optional<std::string> badge_no;
  std::optional<SampleOrigin> sample;
  std::optional<ReviewCard> card = {};         ///< as in `ReviewSampleDrawn`, if it was drawn
  std::optional<std::int64_t> as_of_seq = {};  ///< the last event of the case as it is looked at
  std::optional<ReviewId> calibrates = {};     ///< of which it is the second look, of the same moment

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(kind), CEREAL_NVP(reviewer_id), CEREAL_NVP(agent_id),
            CEREAL_NVP(department_id), CEREAL_NVP(badge_no), CEREAL_NVP(sample), CEREAL_NVP(card),
            CEREAL_NVP(as_of_seq), CEREAL_NVP(calibrates));
  }
};

struct ReviewScored {
  static constexpr std::string_view kType = "review.scored";
  static constexpr int kVersion = 1;

  ReviewId review_id;
  Scorecard scorecard;
  std::vector<ScoreItem> items;
  std::int32_t total_permille = 0;  ///< earned / applicable points x 1000 (GB/T 27922); 0 after an auto-fail
  ReviewWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(scorecard), CEREAL_NVP(items), CEREAL_NVP(total_permille),
            CEREAL_NVP(pii));
  }
};

/// The agent who was reviewed says that the score is wrong.
struct ReviewDisputed {
  static constexpr std::string_view kType = "review.disputed";
  static constexpr int kVersion = 1;

  ReviewId review_id;
  ReviewReasons pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(pii));
  }
};

/// Decided by somebody else than the reviewer and the agent.
struct ReviewDisputeResolved {
  static constexpr std::string_view kType = "review.dispute.resolved";
  static constexpr int kVersion = 1;

  ReviewId review_id;
  DisputeOutcome outcome{};
  std::optional<std::vector<ScoreItem>> items;  ///< the whole card in place of the one before; when corrected
  std::optional<std::int32_t> total_permille;   ///< likewise, as in `ReviewScored`
  DisputeReasons pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(outcome), CEREAL_NVP(items), CEREAL_NVP(total_permille),
            CEREAL_NVP(pii));
  }
};

/// What two reviewers of the same contact saw differently was settled. The first review has the settled
/// score.
struct ReviewCalibrated {
  static constexpr std::string_view kType = "review.calibrated";
  static constexpr int kVersion = 1;

  ReviewId review_id;  ///< the second one
  ReviewId first_id;
  std::vector<ScoreDifference> differences;     ///< empty: both scored alike
  std::int32_t spread_permille = 0;             ///< between the two totals
  std::optional<std::vector<ScoreItem>> items;  ///< the whole card; absent: the first score stands
  std::optional<std::int32_t> total_permille;   ///< likewise, as in `ReviewScored`
  DisputeReasons pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(first_id), CEREAL_NVP(differences), CEREAL_NVP(spread_permille),
            CEREAL_NVP(items), CEREAL_NVP(total_permille), CEREAL_NVP(pii));
  }
};

/// Somebody was thanked for their work on the case.
struct RecognitionGiven {
  static constexpr std::string_view kType = "review.recognition.given";
  static constexpr int kVersion = 1;

  AgentId agent_id;
  std::optional<ReviewId> review_id;  ///< in which it was noticed
  ReviewReasons pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agent_id), CEREAL_NVP(review_id), CEREAL_NVP(pii));
  }
};

using ReviewEvents = Family<ReviewAssigned, ReviewScored, ReviewDisputed, ReviewDisputeResolved,
                            RecognitionGiven, ReviewSampleDrawn, ReviewCalibrated>;

}  // namespace casetrail
