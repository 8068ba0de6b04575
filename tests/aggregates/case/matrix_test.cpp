// Command by status: the model's table told a second time, and held against what is decided.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <string_view>

#include "events/wire/reflect.h"
#include "tests/support/every_command.h"
#include "tests/support/random_command.h"

namespace casetrail {
namespace {

using RefusalCode = std::string_view;  // empty: allowed
constexpr RefusalCode ok;
constexpr RefusalCode untriaged = "not_triaged";
constexpr RefusalCode nobody = "no_assignee";
constexpr RefusalCode unaccepted = "not_accepted";
constexpr RefusalCode has_one = "assignment_active";
constexpr RefusalCode started = "work_started";
constexpr RefusalCode awaiting = "already_awaiting";
constexpr RefusalCode suspended = "already_suspended";
constexpr RefusalCode running = "not_suspended";
constexpr RefusalCode unasked = "no_pending_handoff";
constexpr RefusalCode unresolved = "not_resolved";
constexpr RefusalCode resolved = "already_resolved";
constexpr RefusalCode open = "not_closed";
constexpr RefusalCode closed = "case_closed";
constexpr RefusalCode unknown = "case_unknown";
constexpr RefusalCode known = "already_registered";

/// The column of each status in a row.
constexpr std::array kColumns{
    CaseStatus::none,     CaseStatus::new_,        CaseStatus::triaged,           CaseStatus::queued,
    CaseStatus::assigned, CaseStatus::in_progress, CaseStatus::awaiting_customer, CaseStatus::suspended,
    CaseStatus::resolved, CaseStatus::closed};
using Row = std::array<RefusalCode, kColumns.size()>;

// clang-format off
//                              none     new         triaged     queued      assigned    in progress awaiting    suspended   resolved    closed
constexpr Row kAnyOpen{         unknown, ok,         ok,         ok,         ok,         ok,         ok,         ok,         ok,         closed};
constexpr Row kAnyTime{         unknown, ok,         ok,         ok,         ok,         ok,         ok,         ok,         ok,         ok};
constexpr Row kUntilResolved{   unknown, ok,         ok,         ok,         ok,         ok,         ok,         ok,         resolved,   closed};
constexpr Row kAssigning{       unknown, untriaged,  ok,         ok,         has_one,    has_one,    has_one,    has_one,    resolved,   closed};
constexpr Row kBeginning{       unknown, nobody,     nobody,     nobody,     ok,         started,    started,    started,    resolved,   closed};
constexpr Row kWorking{         unknown, nobody,     nobody,     nobody,     unaccepted, ok,         ok,         ok,         resolved,   closed};
constexpr Row kWorkingNow{      unknown, nobody,     nobody,     nobody,     unaccepted, ok,         ok,         suspended,  resolved,   closed};
constexpr Row kAskingCustomer{  unknown, nobody,     nobody,     nobody,     unaccepted, ok,         awaiting,   suspended,  resolved,   closed};
constexpr Row kSuspending{      unknown, untriaged,  nobody,     nobody,     unaccepted, ok,         ok,         suspended,  resolved,   closed};
constexpr Row kResuming{        unknown, running,    running,    running,    running,    running,    running,    ok,         resolved,   closed};
constexpr Row kHandingOff{      unknown, untriaged,  nobody,     nobody,     ok,         ok,         ok,         ok,         resolved,   closed};
constexpr Row kAnswering{       unknown, unasked,    unasked,    ok,         ok,         ok,         ok,         ok,         unasked,    closed};
constexpr Row kJudging{         unknown, unresolved, unresolved, unresolved, unresolved, unresolved, unresolved, unresolved, ok,         closed};
constexpr Row kReviewing{       unknown, nobody,     nobody,     nobody,     unaccepted, ok,         ok,         ok,         ok,         ok};
constexpr Row kReopening{       unknown, open,       open,       open,       open,       open,       open,       open,       open,       ok};
constexpr Row kRegistering{     ok,      known,      known,      known,      known,      known,      known,      known,      known,      known};
// The model's table lacks these; they follow from its transitions and guards: a case goes to a queue until work has
// begun; who accepted a handoff completes it; a complaint may be closed when the case is resolved, but not later.
constexpr Row kQueuing{         unknown, untriaged,  ok,         ok,         ok,         has_one,    has_one,    has_one,    resolved,   closed};
constexpr Row kClosingComplaint{unknown, nobody,     nobody,     nobody,     unaccepted, ok,         ok,         ok,         ok,         closed};
constexpr Row kRejecting{       unknown, ok,         ok,         ok,         has_one,    started,    started,    started,    resolved,   closed};
/// A lead may give a case to another one whoever has it.
constexpr Row kReassigning{     unknown, untriaged,  ok,         ok,         ok,         ok,         ok,         ok,         resolved,   closed};
constexpr Row kReleasing{       unknown, nobody,     nobody,     nobody,     ok,         ok,         ok,         ok,         resolved,   closed};
/// Facts from elsewhere: asked is where the case lives, not how it stands.
constexpr Row kImporting{};
// clang-format on

const std::map<std::string_view, Row> kTable{
    {"request.register", kRegistering},
    {"request.acknowledge", kAnyOpen},
    {"request.classify", kUntilResolved},
    {"request.prioritize", kUntilResolved},
    {"request.amend", kAnyTime},
    {"request.reject", kRejecting},
    {"request.withdraw", kUntilResolved},
    {"assignment.release", kReleasing},
    {"assignment.owner.designate", kAnyOpen},
    {"assignment.owner.change", kAnyOpen},
    {"assignment.queue", kQueuing},
    {"assignment.offer", kAssigning},
    {"assignment.make", kAssigning},
    {"assignment.accept", kBeginning},
    {"assignment.decline", kBeginning},
    {"work.start", kBeginning},
    {"work.message.receive", kAnyTime},
    {"work.message.send", kAnyOpen},
    {"work.info.request", kAskingCustomer},
    {"work.suspend", kSuspending},
    {"work.chase", kAnyTime},
    {"escalation.raise", kAnyOpen},
    {"work.note.add", kAnyTime},
    {"case.tag", kAnyTime},
    {"contact.reveal", kAnyTime},
    {"privacy.erasure.request", kAnyTime},
    {"privacy.hold.place", kAnyTime},
    {"privacy.hold.release", kAnyTime},
    {"case.link", kAnyTime},
    {"case.unlink", kAnyTime},
    {"approval.request", kAnyTime},
    {"approval.decide", kAnyTime},
    {"sla.excuse", kAnyTime},
    {"escalation.acknowledge", kAnyTime},
    {"call.attempt", kAnyTime},
    {"return.authorize", kAnyOpen},
    {"return.receive", kAnyTime},
    {"return.inspect", kAnyTime},
    {"work.dispatch", kReassigning},
    {"work.visit.complete", kAnyTime},
    {"agreement.fulfill", kAnyTime},
    {"solution.option.decline", kWorking},
    {"work.resume", kResuming},
    {"progress.report", kAnyOpen},
    {"handoff.request", kHandingOff},
    {"handoff.accept", kAnswering},
    {"handoff.return", kAnswering},
    {"handoff.rule", kAnswering},
    {"handoff.complete", kWorking},
    {"handoff.withdraw", kAnswering},
    {"solution.options.offer", kWorkingNow},
    {"solution.option.select", kWorking},
    {"agreement.reach", kWorkingNow},
    {"callback.schedule", kAnyTime},
    {"callback.reschedule", kAnyTime},
    {"callback.attempt", kAnyTime},
    {"callback.complete", kAnyTime},
    {"callback.feedback.route", kAnyTime},
    {"callback.refuse", kAnyTime},
    {"callback.waive", kAnyTime},
    {"callback.cancel", kAnyTime},
    {"callback.assign", kAnyTime},
    {"complaint.lodge", kUntilResolved},
    {"complaint.accept", kUntilResolved},
    {"complaint.cause.determine", kWorking},
    {"complaint.responsibility.attribute", kWorking},
    {"complaint.close", kClosingComplaint},
    {"complaint.decline", kAnyOpen},
    {"complaint.withdraw", kAnyOpen},
    {"complaint.assess", kWorking},
    {"complaint.decision.communicate", kClosingComplaint},
    {"complaint.appeal", kAnyTime},
    {"complaint.responsibility.dispute", kAnyTime},
    {"complaint.responsibility.confirm", kAnyTime},
    {"review.assign", kReviewing},
    {"review.score", kReviewing},
    {"review.second.assign", kReviewing},
    {"review.calibrate", kReviewing},
    {"review.dispute", kReviewing},
    {"review.dispute.resolve", kReviewing},
    {"review.recognition.give", kReviewing},
    {"case.resolve", kWorkingNow},
    {"case.first_contact.resolve", kRegistering},
    {"case.resolution.accept", kJudging},
    {"case.resolution.reject", kJudging},
    {"case.close", kJudging},
    {"case.reopen", kReopening},
    {"case.import", kImporting},
};

bool is_question(const CaseState& state, const HandoffId& id) {
  return std::ranges::find(state.questions, id, &OpenHandoff::handoff_id) != state.questions.end();
}

RefusalCode told(const CommandEnvelope& envelope, const CaseState& state, CaseStatus status) {
  const bool waits = status == CaseStatus::awaiting_customer || status == CaseStatus::suspended;
  const bool is_free = waits && state.assignment.queued.has_value();
  if (const auto* made = envelope.command.get_if<MakeAssignment>();
      made != nullptr && (made->basis == AssignmentBasis::lead || is_free))
    return kReassigning[static_cast<std::size_t>(status)];
  if (is_free && envelope.command.get_if<RejectRequest>() != nullptr) return ok;
  // A question is answered whoever has the case meanwhile.
  if (const auto* done = envelope.command.get_if<CompleteHandoff>();
      done != nullptr && is_question(state, done->handoff_id))
    return kAnswering[static_cast<std::size_t>(status)];
  return kTable.at(codec_of(envelope.command).type)[static_cast<std::size_t>(status)];
}

std::string decided(const Decision& decision) { return decision ? std::string() : decision.error().code; }

std::string shown(const CommandEnvelope& envelope, CaseStatus status) {
  return std::string(codec_of(envelope.command).type) + " when " + std::string(name_of(status));
}

TEST(Matrix, HasARowForEveryCommand) {
  for (const auto* codec : command_codecs()) EXPECT_TRUE(kTable.contains(codec->type)) << codec->type;
  EXPECT_EQ(kTable.size(), command_codecs().size());
  for (std::size_t i = 0; i < kColumns.size(); ++i) EXPECT_EQ(static_cast<std::size_t>(kColumns[i]), i);
}

/// Of each command there is a moment at which it is accepted. There, the status alone is made another.
TEST(Matrix, RefusesWhereTheModelSaysSoAndNowhereElse) {
  std::map<CaseId, CaseState> cases;
  std::set<std::string_view> asked;
  for (const auto& envelope : story_of_every_command(kMonday)) {
    auto& state = cases[envelope.case_id];
    asked.insert(codec_of(envelope.command).type);
    for (const auto status : kColumns) {
      auto other = state;
      other.status = status;
      EXPECT_EQ(decided(decide(other, envelope, kMonday, Policy{})), told(envelope, state, status))
          << shown(envelope, status);
    }
    const auto decision = decide(state, envelope, kMonday, Policy{});
    ASSERT_EQ(decided(decision), ok) << shown(envelope, state.status);
    for (const auto& fact : *decision) {
      CaseEvent event;
      event.case_id = envelope.case_id;
      event.seq = state.seq + 1;
      event.occurred_at = event.recorded_at = kMonday;
      event.actor = envelope.actor;
      event.event = fact;
      evolve(state, event);
    }
  }
  EXPECT_EQ(asked.size(), kTable.size());
}

CommandEnvelope by_fitting_actor(Command command) {
  CommandEnvelope envelope;
  envelope.command = std::move(command);
  envelope.actor = system_actor();
  if (envelope.command.get_if<ImportFacts>() != nullptr) envelope.actor.kind = ActorKind::import_;
  return envelope;
}

/// The way of a case, and the turns that it rarely takes by chance.
Command some_step(const Given& story, std::mt19937_64& random) {
  const auto& state = story.state();
  const auto die = random() % 6;
  if (die < 2) return random_command(random);
  if (die == 2 && state.status == CaseStatus::triaged)
    return QueueCase{QueueId{"q"}, DepartmentId{"cs"}, QueueReason::no_capacity};
  if (die == 2 && state.status == CaseStatus::in_progress) return RequestInfo{};
  if (die == 3 && state.status == CaseStatus::in_progress)
    return suspend(story.now() + std::chrono::hours{1});
  return next_step(state);
}

/// Whatever else stands in the way, and whatever the command says: the status is asked first.
TEST(Matrix, RefusesSoInAnyStateThatACaseCanReach) {
  constexpr int kWalks = 40;
  constexpr int kSteps = 100;
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  std::set<CaseStatus> reached;
  for (int walk = 0; walk < kWalks; ++walk) {
    const auto policy = walk % 2 == 0 ? Policy{} : a_strict_policy();
    Given story(policy);
    for (int step = 0; step < kSteps && !testing::Test::HasFailure(); ++step) {
      const auto& state = story.state();
      reached.insert(state.status);
      for (std::size_t i = 0; i < kTable.size(); ++i) {
        auto envelope = by_fitting_actor(random_command(random));
        envelope.occurred_at = story.now();
        const auto expected = told(envelope, state, state.status);
        if (expected == ok) continue;  // whatever else may stand in the way then
        EXPECT_EQ(decided(decide(state, envelope, story.now(), policy)), expected)
            << shown(envelope, state.status);
      }
      story.as(system_actor()).when(some_step(story, random));
    }
  }
  EXPECT_EQ(reached.size(), kColumns.size()) << "the walks missed a status: they prove too little";
}

}  // namespace
}  // namespace casetrail
