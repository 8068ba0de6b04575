// What the owner ledger stores: cases, the stints of their owners, and sums of them.
#pragma once

#include <algorithm>
#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/assignment_terms.h"
#include "events/wire/timestamp.h"
#include "projections/kit/case_facts.h"

namespace casetrail::owners {

inline constexpr char kCases = 'c';   ///< by case
inline constexpr char kStints = 'o';  ///< by case and the stint's number in it: `o1`

struct CaseRow {
  kit::CaseFacts facts;
  std::optional<std::string> department;  ///< that has the case, or had it last
  std::int32_t stints = 0;                ///< the last one is `o<stints>`
  std::vector<std::string> open;          ///< `h1`, `c2`, `g1`, `complaint`: what is to be done, in order

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(facts), CEREAL_NVP(department), CEREAL_NVP(stints), CEREAL_NVP(open));
  }
};

enum class Began { designated, changed, reopened };
constexpr auto enum_names(Began) {
  return std::to_array<std::string_view>({"designated", "changed", "reopened"});
}

/// How a stint stands: its owner has the case, handed it over, or it was closed.
enum class State { current, handed_over, closed };
constexpr auto enum_names(State) {
  return std::to_array<std::string_view>({"current", "handed_over", "closed"});
}

struct StintRow {
  std::string owner;
  State state{};
  Began began{};
  Timestamp since{};
  std::int32_t policy_version = 0;  ///< by which business time counts
  std::optional<Timestamp> until;
  std::optional<Code<OwnerChangeReason>> reason;  ///< why the owner changed
  std::optional<std::string> next;                ///< the owner after this one
  std::optional<std::string> approved_by;
  std::optional<std::string> department;  ///< that had the case when the stint began
  std::vector<std::string> open;          ///< at its end

  /// Every hour counted.
  [[nodiscard]] std::int64_t held_ms(Timestamp now) const {
    return std::max<std::int64_t>((until.value_or(now) - since).count(), 0);
  }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(owner), CEREAL_NVP(state), CEREAL_NVP(began), CEREAL_NVP(since),
            CEREAL_NVP(policy_version), CEREAL_NVP(until), CEREAL_NVP(reason), CEREAL_NVP(next),
            CEREAL_NVP(approved_by), CEREAL_NVP(department), CEREAL_NVP(open));
  }
};

/// The tab that counts stints.
enum class Tab { owners };
constexpr auto enum_names(Tab) { return std::to_array<std::string_view>({"owners"}); }

/// Stints as they stand: all, of one owner, or those that began in one quarter of an hour in one department.
struct SumRow {
  std::int64_t stints = 0;
  std::int64_t current = 0;
  std::int64_t handed_over = 0;
  std::int64_t with_open = 0;  ///< of these, those with something left to be done
  std::int64_t closed = 0;
  std::int64_t ended_ms = 0;  ///< time of those that ended, every hour counted

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(stints), CEREAL_NVP(current), CEREAL_NVP(handed_over), CEREAL_NVP(with_open),
            CEREAL_NVP(closed), CEREAL_NVP(ended_ms));
  }
};

}  // namespace casetrail::owners
