// Reviewing the quality of a contact.
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

namespace casetrail {

struct AssignReview {
  static constexpr std::string_view kType = "review.assign";
  static constexpr int kVersion = 1;

  ReviewKind kind{};
  AgentId reviewer_id;
  AgentId agent_id;  ///< whose contact is reviewed
  std::optional<DepartmentId> department_id;
  std::optional<std::string> badge_no;
  std::optional<SampleOrigin> sample;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(reviewer_id), CEREAL_NVP(agent_id), CEREAL_NVP(department_id),
            CEREAL_NVP(badge_no), CEREAL_NVP(sample));
  }
};

/// The same contact, moment and card once more, for another reviewer: both scores are compared.
struct AssignSecondReview {
  static constexpr std::string_view kType = "review.second.assign";
  static constexpr int kVersion = 1;

  ReviewId review_id;  ///< the first one
  AgentId reviewer_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(reviewer_id));
  }
};

/// By the reviewer. The total follows from the items.
struct ScoreReview {
  static constexpr std::string_view kType = "review.score";
  static constexpr int kVersion = 1;

  ReviewId review_id;
  Scorecard scorecard;
  std::vector<ScoreItem> items;
  ReviewWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(scorecard), CEREAL_NVP(items), CEREAL_NVP(pii));
  }
};

/// By the agent who was reviewed.
struct DisputeReview {
  static constexpr std::string_view kType = "review.dispute";
  static constexpr int kVersion = 1;

  ReviewId review_id;
  ReviewReasons pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(pii));
  }
};

/// By a second person. A correction is the whole card again, with what is to be done better.
struct ResolveReviewDispute {
  static constexpr std::string_view kType = "review.dispute.resolve";
  static constexpr int kVersion = 1;

  ReviewId review_id;
  DisputeOutcome outcome{};
  std::optional<std::vector<ScoreItem>> items;
  DisputeReasons pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(outcome), CEREAL_NVP(items), CEREAL_NVP(pii));
  }
};

/// Settles what two reviewers saw differently, by somebody else than the first of them.
struct CalibrateReview {
  static constexpr std::string_view kType = "review.calibrate";
  static constexpr int kVersion = 1;

  ReviewId review_id;                           ///< the second one
  std::optional<std::vector<ScoreItem>> items;  ///< the whole card; absent: the first score stands
  DisputeReasons pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(items), CEREAL_NVP(pii));
  }
};

struct GiveRecognition {
  static constexpr std::string_view kType = "review.recognition.give";
  static constexpr int kVersion = 1;

  AgentId agent_id;
  std::optional<ReviewId> review_id;
  ReviewReasons pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agent_id), CEREAL_NVP(review_id), CEREAL_NVP(pii));
  }
};

using ReviewCommands = Family<AssignReview, ScoreReview, DisputeReview, ResolveReviewDispute, GiveRecognition,
                              AssignSecondReview, CalibrateReview>;

}  // namespace casetrail
