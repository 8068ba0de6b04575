// Notes, tags, links with other cases, and callbacks that somebody is given or that nobody needs.
#include "events/case/notes.h"

#include "aggregates/case/callback/commands.h"
#include "aggregates/case/notes/commands.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

const CaseId kOther{"0190a0b0-0000-7000-8000-000000000002"};
const CaseId kSelf{"0190a0b0-0000-7000-8000-000000000001"};

Attachment a_photo(std::string sha256) { return {"s3://files/1", std::move(sha256), "image/jpeg", 20480}; }

TEST(Note, IsAddedAtAnyTimeAndNumbered) {
  auto story = a_closed_case();
  const AddNote note{{{a_photo(std::string(64, 'a'))}}, {}, {"see the photo", {{"plug.jpg"}}}};
  story.when(note).then({"work.note.added"}).when(note).then({"work.note.added"});
  EXPECT_EQ(story.last_of<NoteAdded>().note_id, NoteId{"n2"});
}

TEST(Note, AnAttachmentThatCannotBeCheckedIsRefused) {
  auto story = a_new_case();
  story.when(AddNote{{{a_photo(std::string(64, 'x'))}}, {}, {"", {}}}).then_refused("attachment_invalid");
  story.when(AddNote{{{a_photo("abc")}}, {}, {"", {}}}).then_refused("attachment_invalid");
  story.when(AddNote{{}, {}, {"", {{"plug.jpg"}}}}).then_refused("attachment_invalid");
  story.when(AddNote{{{a_photo(std::string(64, 'a'))}}, {}, {"", {{"a.jpg", "b.jpg"}}}})
      .then_refused("attachment_invalid");
}

TEST(Tag, IsGivenOnceAndTakenAway) {
  auto story = a_new_case();
  story.when(TagCase{{{"vip", "vip", "loud"}}, {}}).then({"case.tagged"});
  EXPECT_EQ(story.state().notes.tags, (std::vector<std::string>{"vip", "loud"}));
  story.when(TagCase{{{"vip"}}, {{"quiet"}}}).then_nothing();
  story.when(TagCase{{}, {{"vip"}}}).then({"case.tagged"});
  EXPECT_EQ(story.state().notes.tags, (std::vector<std::string>{"loud"}));
}

TEST(Tag, OfWhichThereWouldBeTooManyIsRefused) {
  std::vector<std::string> many;
  for (int i = 0; i < 51; ++i) many.push_back("tag-" + std::to_string(i));
  a_new_case().when(TagCase{many, {}}).then_refused("too_many_tags");
}

TEST(Link, WithAnotherCaseIsMadeOnceAndTakenAway) {
  auto story = a_closed_case();
  const LinkCase link{kOther, Relation::parent};
  story.when(link).then({"case.linked"}).when(link).then_nothing();
  story.when(LinkCase{kOther, Relation::related}).then({"case.linked"});
  story.when(UnlinkCase{kOther, Relation::parent, {}}).then({"case.unlinked"});
  story.when(UnlinkCase{kOther, Relation::parent, {}}).then_refused("not_linked");
  EXPECT_EQ(story.state().notes.links, (std::vector{CaseLink{kOther, Relation::related}}));
}

TEST(Link, WithItselfOrNothingIsRefused) {
  a_new_case().when(LinkCase{kSelf, Relation::duplicate}).then_refused("self_link");
  a_new_case().when(LinkCase{}).then_refused("field_missing");
  for (const auto* other : {"CT-2611-000123", "ct-2611-000123", "a case", ".."})
    a_new_case().when(LinkCase{CaseId{other}, Relation::duplicate}).then_refused("not_a_case_id");
}

TEST(Callback, IsGivenToSomebodyAndCanceled) {
  const CallbackId call{"c1"};
  auto story = a_new_case();
  story.and_given(ScheduleCallback{CallbackPurpose::agreed_call, {}, {}, {}});
  const AssignCallback to_han{call, AgentId{"han"}};
  story.when(to_han).then({"callback.assigned"}).when(to_han).then_nothing();
  const CancelCallback cancel{call, CancelReason::customer_request};
  story.when(cancel)
      .then({"callback.canceled", "timer.cleared"})
      .when(cancel)
      .then_refused("callback_not_open");
}

TEST(Callback, ThatThePolicyRequiresIsNotCanceled) {
  const auto policy = parse_policy(R"(
callback:
  plans: [{id: p, purpose: satisfaction_and_problem, form: {id: f}, delay: 1d, kinds: [service_request],
           required_before_close: [service_request]}]
)")
                          .value();
  auto story = a_resolved_case(policy);
  story.when(CancelCallback{CallbackId{"c1"}, CancelReason::other}).then_refused("callback_required");
}

TEST(Contact, IsShownToWhoSaidWhyAndTheCaseTellsIt) {
  auto story = a_closed_case();
  story.when(RevealContact{RevealPurpose::call_customer, {}}).then({"privacy.access.logged"});
  story.when(RevealContact{RevealPurpose::other, {}}).then_refused("reason_required");
  story.when(RevealContact{RevealPurpose::other, RevealText{""}}).then_refused("reason_required");
  story.when(RevealContact{RevealPurpose::other, RevealText{"the courier asks"}})
      .then({"privacy.access.logged"});
  EXPECT_EQ(story.last_of<AccessLogged>().purpose, RevealPurpose::other);
}

}  // namespace
}  // namespace casetrail
