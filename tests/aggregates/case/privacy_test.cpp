// Erasures and the holds that they wait for.
#include "events/case/privacy.h"

#include "aggregates/case/notes/commands.h"
#include "aggregates/case/privacy/commands.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

const RequestErasure kErase{LegalBasis::customer_request, "register no. 12"};
const PlaceHold kHold{"lawsuit 7"};
const ReleaseHold kRelease{"it is settled"};

TEST(Erasure, HappensAtOnceWhateverTheStatus) {
  a_new_case().when(kErase).then({"privacy.erasure.requested", "customer.erased"});
  auto story = a_closed_case();
  story.when(kErase).then({"privacy.erasure.requested", "customer.erased"});
  const auto& erased = story.state().privacy->erased;
  EXPECT_EQ(erased->at_event, story.state().seq);
  EXPECT_EQ(erased->legal_basis, LegalBasis::customer_request);
  EXPECT_EQ(erased->reason, "register no. 12");
}

TEST(Erasure, OfNobodyIsRefused) {
  Given().when(kErase).then_refused("case_unknown").when(kHold).then_refused("case_unknown");
  Given().when(kRelease).then_refused("case_unknown");
}

TEST(Erasure, IsDueAsThePolicySays) {
  auto policy = parse_policy("privacy: {erasure_due: 15d}").value();
  auto story = a_new_case(CaseKind::service_request, policy);
  story.when(kErase);
  const auto& asked = story.last_of<ErasureRequested>();
  EXPECT_EQ(asked.due_at - story.last_of<CustomerErased>().requested_at, std::chrono::days(15));
}

TEST(Erasure, IsNotRepeatedWhileNothingHasHappenedSince) {
  auto story = a_closed_case();
  story.when(kErase).when(kErase).then_nothing();
  story.and_given(AddNote{{}, {}, {"he called again", {}}});
  story.when(kErase).then({"privacy.erasure.requested", "customer.erased"});
}

TEST(Erasure, WaitsForTheReleaseOfAHoldAndIsNotForgotten) {
  auto story = a_closed_case();
  story.when(kHold).then({"privacy.hold.placed"}).when(kErase).then({"privacy.erasure.requested"});
  EXPECT_TRUE(story.state().privacy->waiting);
  story.when(kErase).then_nothing();
  story.after(std::chrono::days(40)).when(kRelease).then({"privacy.hold.released", "customer.erased"});
  EXPECT_EQ(story.last_of<CustomerErased>().reason, "register no. 12");
  EXPECT_FALSE(story.state().privacy->waiting);
  EXPECT_TRUE(story.state().privacy->erased);
}

TEST(Hold, IsPlacedOnceAndReleasedOnce) {
  auto story = a_new_case();
  story.when(kRelease).then_nothing();
  story.when(kHold).then({"privacy.hold.placed"}).when(kHold).then_nothing();
  story.when(kRelease).then({"privacy.hold.released"}).when(kRelease).then_nothing();
}

}  // namespace
}  // namespace casetrail
