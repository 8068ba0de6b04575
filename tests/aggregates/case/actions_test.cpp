// What a case lets somebody do next is what `decide` says, before any field is known.
#include "aggregates/case/actions.h"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "aggregates/case/needed_fields.h"
#include "tests/aggregates/case/cases.h"
#include "tests/support/random_command.h"

namespace casetrail {
namespace {

using testing::Contains;
using testing::IsSupersetOf;
using testing::Not;

std::vector<Action> actions_of(const Given& story, const std::optional<Actor>& actor = std::nullopt,
                               const Policy& policy = {}) {
  return actions_of(story.state(), actor, story.now(), policy);
}

std::set<std::string_view> allowed_of(const std::vector<Action>& actions) {
  std::set<std::string_view> types;
  for (const auto& action : actions) {
    if (!action.refusal) types.insert(action.type);
  }
  return types;
}

Rejection refusal_of(const std::vector<Action>& actions, std::string_view type) {
  for (const auto& action : actions) {
    if (action.type == type) return action.refusal.value_or(Rejection{"allowed", {}});
  }
  return {"missing", {}};
}

TEST(Actions, OfACaseThatIsNotThereAreToRegisterIt) {
  const auto actions = actions_of(Given());
  EXPECT_THAT(allowed_of(actions), Contains("request.register"));
  EXPECT_THAT(allowed_of(actions), Not(Contains("case.close")));
}

TEST(Actions, OfANewCaseAreToSortItAndToSpeak) {
  const auto actions = actions_of(a_new_case());
  EXPECT_THAT(
      allowed_of(actions),
      IsSupersetOf({"request.acknowledge", "request.classify", "request.prioritize", "work.message.receive",
                    "work.message.send", "complaint.lodge", "callback.schedule"}));
  EXPECT_EQ(refusal_of(actions, "request.register").code, "already_registered");
  EXPECT_EQ(refusal_of(actions, "assignment.make").sentence,
            "Expected to assign the case, but the case is not classified and prioritised yet.");
  EXPECT_EQ(refusal_of(actions, "case.close").code, "not_resolved");
  EXPECT_EQ(refusal_of(actions, "complaint.accept").code, "no_complaint");
}

TEST(Actions, OfACaseInProgressFollowItsHandoff) {
  auto story = a_case_in_progress();
  EXPECT_THAT(allowed_of(actions_of(story)),
              IsSupersetOf({"handoff.request", "work.suspend", "case.resolve"}));
  EXPECT_EQ(refusal_of(actions_of(story), "handoff.accept").sentence,
            "Expected to accept the handoff, but handoff is not pending.");
  story.and_given(hand_off());
  const auto actions = actions_of(story);
  EXPECT_THAT(allowed_of(actions), IsSupersetOf({"handoff.accept", "handoff.return", "handoff.rule"}));
  EXPECT_EQ(refusal_of(actions, "handoff.request").code, "handoff_pending");
  EXPECT_EQ(refusal_of(actions, "handoff.complete").code, "handoff_not_accepted");
  EXPECT_EQ(refusal_of(actions, "case.resolve").code, "handoff_pending");
}

TEST(Actions, ThatAreRefusedTellWhyOfWhatIsOpen) {
  auto story = a_case_in_progress();
  const ScheduleCallback call{CallbackPurpose::satisfaction_and_problem, std::nullopt, std::nullopt,
                              std::nullopt};
  story.and_given(call)
      .and_given(CancelCallback{CallbackId{"c1"}, CancelReason::customer_request})
      .and_given(call);
  EXPECT_THAT(refusal_of(actions_of(story), "callback.complete").code, "callback_not_connected");
}

TEST(Actions, OfSomebodyElsesAssignmentAreToldApartByTheAgent) {
  auto story = a_triaged_case();
  story.and_given(assign("li.wei"));
  const Actor mine{ActorKind::agent, "li.wei", {}, {}, {}};
  const Actor other{ActorKind::agent, "han", {}, {}, {}};
  EXPECT_THAT(allowed_of(actions_of(story)), Contains("assignment.accept"));
  EXPECT_THAT(allowed_of(actions_of(story, mine)), Contains("assignment.accept"));
  EXPECT_EQ(refusal_of(actions_of(story, other), "assignment.accept").code, "not_authorized");
}

TEST(Actions, FollowTheRolesOfThePolicy) {
  auto story = a_case_in_progress();
  story.and_given(hand_off());
  Policy policy;
  policy.handoff.ruling_role = "lead";
  const Actor agent{ActorKind::agent, "han", {}, {}, {}};
  const Actor lead{ActorKind::agent, "han", {}, "lead", {}};
  EXPECT_EQ(refusal_of(actions_of(story, agent, policy), "handoff.rule").code, "not_authorized");
  EXPECT_EQ(refusal_of(actions_of(story, lead, policy), "handoff.rule").code, "allowed");
  EXPECT_EQ(refusal_of(actions_of(story, std::nullopt, policy), "handoff.rule").code, "allowed");
}

std::map<std::string, std::vector<std::string>> needed_of(const Given& story, std::string_view type) {
  std::map<std::string, std::vector<std::string>> needed;
  for (const auto& [path, unless] : needed_fields(type, story.state(), std::nullopt, story.now(), {}))
    needed[path] = unless;
  return needed;
}

TEST(Actions, TellWhichFieldsTheCaseAsksFor) {
  auto story = a_case_in_progress();
  const std::vector<std::string> kQuestion{"mode=question"};
  const std::vector<std::string> kAlways;
  EXPECT_THAT(needed_of(story, "handoff.request"),
              testing::UnorderedElementsAre(
                  testing::Pair("pii.customer", kQuestion), testing::Pair("pii.contact_channel", kQuestion),
                  testing::Pair("pii.wants", kQuestion), testing::Pair("pii.how", kQuestion),
                  testing::Pair("pii.because", kAlways), testing::Pair("pii.please_do", kAlways)));
  EXPECT_THAT(
      needed_of(story, "work.suspend"),
      testing::UnorderedElementsAre(testing::Pair("review_at", kAlways), testing::Pair("pii.text", kAlways)));
  EXPECT_THAT(needed_of(story, "case.resolve"), testing::IsEmpty());
}

TEST(Actions, WithNothingToDoWhateverTheirFieldsSayAreRefusedAsThat) {
  auto story = a_new_case();
  EXPECT_EQ(refusal_of(actions_of(story), "privacy.hold.release").code, "nothing_to_do");
  EXPECT_EQ(refusal_of(actions_of(story), "request.acknowledge").code, "allowed");
  story.when(AcknowledgeRequest{});
  EXPECT_EQ(refusal_of(actions_of(story), "request.acknowledge").code, "allowed")
      << "another promise would be something";
  Shown::by_this_program().refuse("privacy.hold.release", "nothing_to_do");
  auto assigned = a_triaged_case();
  assigned.and_given(assign("li.wei"));
  EXPECT_EQ(refusal_of(actions_of(assigned), "request.prioritize").code, "allowed")
      << "another priority would be something";
}

TEST(Actions, ThatAreRefusedLeadToNothingWhateverTheirFieldsSay) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  const auto policy = a_strict_policy();
  std::size_t tried = 0;
  for (int walk = 0; walk < 40; ++walk) {
    Given story(policy);
    for (int step = 0; step < 40; ++step) {
      CommandEnvelope envelope;
      envelope.actor = {ActorKind::agent, random() % 2 == 0 ? "a" : "b", {}, {}, {}};
      envelope.occurred_at = story.now();
      const auto of_actor = actions_of(story, envelope.actor, policy);
      const auto of_anybody = actions_of(story, std::nullopt, policy);
      for (int attempt = 0; attempt < 20; ++attempt) {
        envelope.command = random_command(random);
        const auto type = codec_of(envelope.command).type;
        const auto decision = decide(story.state(), envelope, story.now(), policy);
        if (!decision || decision->empty()) continue;
        ++tried;
        ASSERT_EQ(refusal_of(of_actor, type).code, "allowed") << type << "\n" << story;
        ASSERT_EQ(refusal_of(of_anybody, type).code, "allowed") << type << "\n" << story;
      }
      story.when(random() % 2 == 0 ? random_command(random) : next_step(story.state()));
      story.after(std::chrono::hours(random() % 20));
    }
  }
  EXPECT_GT(tried, 1000U);
}

}  // namespace
}  // namespace casetrail
