// What chooses cases, and what chooses among their events.
#include "workers/export/selection.h"

#include <gmock/gmock.h>

namespace casetrail::exports {
namespace {

using testing::HasSubstr;

std::string refused(const std::string& filter) {
  Selection selection;
  const auto added = selection.add_filter(filter);
  return added ? "" : added.error();
}

TEST(Selection, TakesTypesByTheirNamesAndBeginnings) {
  Selection selection;
  ASSERT_TRUE(selection.add_filter("type=handoff."));
  ASSERT_TRUE(selection.add_filter("type=case.closed"));
  EXPECT_TRUE(selection.takes_type("handoff.requested"));
  EXPECT_TRUE(selection.takes_type("case.closed"));
  EXPECT_FALSE(selection.takes_type("case.reopened"));
}

TEST(Selection, RefusesWhatChoosesNothingAndSaysWhatIsMeant) {
  EXPECT_THAT(refused("departmen=tech"), HasSubstr("Filters: case, channel, department, kind, type."));
  EXPECT_THAT(refused("channel=Telex"), HasSubstr("the filter channel to be a code of"));
  EXPECT_THAT(refused("kind=a wish"), HasSubstr("the filter kind to be a code of"));
  EXPECT_THAT(refused("type=handof.requested"), HasSubstr("Did you mean 'handoff.requested'?"));
  EXPECT_THAT(refused("department"), HasSubstr("NAME=VALUE"));
  EXPECT_THAT(refused("department="), HasSubstr("NAME=VALUE"));
}

TEST(Selection, EndsBeforeTheMomentThatItGoesTo) {
  const auto at = from_epoch_ms(1'000);
  const Selection selection{.from = at, .to = at + Duration{1}, .as_of = {}, .types = {}, .cases = {}};
  EXPECT_TRUE(selection.takes_time(at));
  EXPECT_FALSE(selection.takes_time(at - Duration{1}));
  EXPECT_FALSE(selection.takes_time(at + Duration{1}));
}

}  // namespace
}  // namespace casetrail::exports
