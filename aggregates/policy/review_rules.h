// Which cases are reviewed, and by which card.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/case/request_terms.h"
#include "events/case/review_terms.h"
#include "events/wire/ids.h"

namespace casetrail {

/// Which closed cases are drawn for a review. What a rule does not name may be anything; the first rule that
/// a case fits draws it.
struct SamplingRule {
  std::string group;
  std::int32_t percent = 0;
  ReviewKind review = ReviewKind::chat;
  std::vector<Code<CaseKind>> kinds;
  std::vector<DepartmentId> departments;  ///< of the one that worked on it last
  std::vector<AgentId> agents;            ///< likewise
};

struct ScorecardItem {
  std::string id;
  std::optional<RaterDimension> dimension;
  std::int32_t max = 0;
};

struct ReviewRules {
  std::vector<SamplingRule> sampling;
  std::int64_t seed = 0;  ///< of the draws: with another one, other cases are drawn
  Scorecard scorecard{"default", 1};
  std::vector<ScorecardItem> items;    ///< empty: any
  std::vector<std::string> auto_fail;  ///< items that fail the whole review
};

}  // namespace casetrail
