// What chooses cases, and what chooses among their events.
#include "workers/export/selection.h"

#include <gmock/gmock.h>

#include "events/case/request.h"

namespace casetrail::exports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

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
  EXPECT_THAT(refused("departmen=tech"),
              HasSubstr("Filters: case, category, channel, department, kind, priority, type."));
  EXPECT_THAT(refused("channel=Telex"), HasSubstr("the filter channel to be a code of"));
  EXPECT_THAT(refused("kind=a wish"), HasSubstr("the filter kind to be a code of"));
  EXPECT_THAT(refused("priority=P9"), HasSubstr("one of P1, P2, P3, P4, but it is 'P9'"));
  EXPECT_THAT(refused("type=handof.requested"), HasSubstr("Did you mean 'handoff.requested'?"));
  EXPECT_THAT(refused("department"), HasSubstr("NAME=VALUE"));
  EXPECT_THAT(refused("department="), HasSubstr("NAME=VALUE"));
}

CaseEvent event_of(Event fact) {
  CaseEvent event;
  event.case_id.value = "case-1";
  event.event = std::move(fact);
  return event;
}

TEST(Selection, ChoosesCasesByTheirCategoryAndByAPriorityThatTheyHad) {
  Selection selection;
  ASSERT_TRUE(selection.add_filter("category=fault"));
  ASSERT_TRUE(selection.add_filter("priority=P1"));
  RequestClassified power;
  power.category = "fault/power";
  RequestClassified faulty;
  faulty.category = "faulty/power";
  RequestPrioritized urgent;
  urgent.priority = Priority::P1;
  RequestPrioritized other;
  other.priority = Priority::P2;
  EXPECT_THAT(selection.fulfilled_by(event_of(power)), ElementsAre("category"));
  EXPECT_THAT(selection.fulfilled_by(event_of(faulty)), IsEmpty());
  EXPECT_THAT(selection.fulfilled_by(event_of(urgent)), ElementsAre("priority"));
  EXPECT_THAT(selection.fulfilled_by(event_of(other)), IsEmpty());
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
