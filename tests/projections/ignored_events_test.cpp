// A view folds the families that it names: an event that it has an `on` for must be of one of them.
#include <gmock/gmock.h>

#include "events/case/all_events.h"
#include "projections/closed/board.h"
#include "projections/complaints/board.h"
#include "projections/follow_up/board.h"
#include "projections/handoff/board.h"
#include "projections/kit/fold.h"
#include "projections/owners/board.h"
#include "projections/review/board.h"
#include "projections/sla/board.h"

namespace casetrail {
namespace {

/// By the `on`s alone.
template <class Board, class... Facts>
std::vector<std::string_view> without_on(Family<Facts...>) {
  std::vector<std::string_view> types;
  (
      [&] {
        if (!kit::Folds<Board, Facts>) types.push_back(Facts::kType);
      }(),
      ...);
  return types;
}

TEST(IgnoredEvents, AreThoseWithoutAnOnAndNoOthers) {
  EXPECT_THAT(handoff::ignored_events(), testing::ContainerEq(without_on<handoff::Board>(AllEvents{})));
  EXPECT_THAT(follow_up::ignored_events(), testing::ContainerEq(without_on<follow_up::Board>(AllEvents{})));
  EXPECT_THAT(review::ignored_events(), testing::ContainerEq(without_on<review::Board>(AllEvents{})));
  EXPECT_THAT(sla::ignored_events(), testing::ContainerEq(without_on<sla::Board>(AllEvents{})));
  EXPECT_THAT(complaints::ignored_events(), testing::ContainerEq(without_on<complaints::Board>(AllEvents{})));
  EXPECT_THAT(owners::ignored_events(), testing::ContainerEq(without_on<owners::Board>(AllEvents{})));
  EXPECT_THAT(closed::ignored_events(), testing::ContainerEq(without_on<closed::Board>(AllEvents{})));
}

}  // namespace
}  // namespace casetrail
