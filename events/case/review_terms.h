// The terms of quality reviews: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail {

enum class ReviewKind { chat, monthly, mystery, callback };
constexpr auto enum_names(ReviewKind) {
  return std::to_array<std::string_view>({"chat", "monthly", "mystery", "callback"});
}

/// SERVQUAL
enum class RaterDimension { reliability, assurance, tangibles, empathy, responsiveness };
constexpr auto enum_names(RaterDimension) {
  return std::to_array<std::string_view>(
      {"reliability", "assurance", "tangibles", "empathy", "responsiveness"});
}

/// Why this case is in the sample.
struct SampleOrigin {
  std::string sample_id;
  std::string period;   ///< `2026-W47` or `2026-11`
  std::string rule_id;  ///< of the policy's sampling
  std::int64_t seed = 0;
  std::int64_t population = 0;  ///< cases that the rule could have drawn; 0: each is drawn by itself

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(sample_id), CEREAL_NVP(period), CEREAL_NVP(rule_id), CEREAL_NVP(seed),
            CEREAL_NVP(population));
  }
};

struct ScoreItem {
  std::string item;
  std::optional<RaterDimension> dimension;
  std::int32_t score = 0;  ///< 0 to max
  std::int32_t max = 0;
  bool applicable = false;
  bool auto_fail = false;
  std::optional<std::vector<std::int64_t>> evidence = {};  ///< `seq` of the case's events that show it

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(dimension), CEREAL_NVP(score), CEREAL_NVP(max),
            CEREAL_NVP(applicable), CEREAL_NVP(auto_fail), CEREAL_NVP(evidence));
  }
};

/// What a review comes to after it was disputed.
enum class DisputeOutcome { confirmed, corrected };
constexpr auto enum_names(DisputeOutcome) {
  return std::to_array<std::string_view>({"confirmed", "corrected"});
}

/// An item that two reviewers of the same contact saw differently. Points that are absent: it did not apply.
struct ScoreDifference {
  std::string item;
  std::optional<std::int32_t> first = {};
  std::optional<std::int32_t> second = {};
  std::optional<std::int32_t> settled = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(first), CEREAL_NVP(second), CEREAL_NVP(settled));
  }
};

struct Scorecard {
  std::string id;
  std::int32_t version = 1;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(version));
  }
};

/// What a card says of one of its items.
struct CardItem {
  std::string item;
  std::optional<RaterDimension> dimension = {};
  std::int32_t max = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(dimension), CEREAL_NVP(max));
  }
};

/// The card by which a review is judged, whatever the policy says later.
struct ReviewCard {
  Scorecard scorecard;
  std::vector<CardItem> items;         ///< empty: any
  std::vector<std::string> auto_fail;  ///< items that may fail the whole review; empty: any

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(scorecard), CEREAL_NVP(items), CEREAL_NVP(auto_fail));
  }
};

/// What is to be done better in one item.
struct ItemImprovement {
  std::string item;
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(text));
  }
};

/// What the reviewer wrote about a person. Personal.
struct ReviewWords {
  std::vector<std::string> improvement_points;  ///< of the contact as a whole
  std::optional<std::string> comment;
  std::optional<std::vector<ItemImprovement>> by_item = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(improvement_points), CEREAL_NVP(comment), CEREAL_NVP(by_item));
  }
};

/// Why a score was decided on so, and what is to be done better by the corrected points. Personal.
struct DisputeReasons {
  std::string text;
  std::optional<std::vector<ItemImprovement>> by_item = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text), CEREAL_NVP(by_item));
  }
};

/// Why a review is disputed, what somebody is thanked for. Personal.
struct ReviewReasons {
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text));
  }
};

}  // namespace casetrail
