// What a command leads to, and what is remembered of it.
#include "aggregates/case/callback/commands.h"
#include "aggregates/case/import/commands.h"
#include "events/case/timer.h"
#include "tests/support/message_headers.h"
#include "tests/workers/command/command_test.h"
#include "workers/command/save_points.h"

namespace casetrail::command {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Not;

using CommandPartitionTest = CommandTest;

TEST_F(CommandPartitionTest, AnAcceptedCommandLeadsToItsEventsAndAnOutcome) {
  const auto offset = handle(CommandDesk::registration("c-1", "case-1"));
  const auto events = desk_.events();
  ASSERT_THAT(desk_.event_types(), IsSupersetOf({"request.registered", "timer.set"}));
  EXPECT_EQ(events.front().command_id.value, "c-1");
  EXPECT_EQ(events.front().command_offset, offset);
  EXPECT_EQ(events.front().recorded_at, now_);
  const auto outcome = desk_.outcomes().at(0);
  EXPECT_EQ(outcome.status, OutcomeStatus::accepted);
  EXPECT_EQ(outcome.first_seq, 1);
  EXPECT_EQ(outcome.last_seq, static_cast<std::int64_t>(events.size()));
  EXPECT_EQ(outcome.token, "0:" + std::to_string(offset));
}

TEST_F(CommandPartitionTest, TheLastEventOfACommandAndNoOtherSaysSo) {
  handle(CommandDesk::registration("c-1", "case-1"));
  auto events = desk_.events();
  ASSERT_GT(events.size(), 1U);
  EXPECT_TRUE(events.back().ends_command);
  events.pop_back();
  EXPECT_TRUE(std::ranges::none_of(events, &CaseEvent::ends_command));
}

TEST_F(CommandPartitionTest, ARefusedCommandLeadsToAnOutcomeAlone) {
  handle(CommandDesk::registration("c-1", "case-1"));
  const auto events = desk_.events().size();
  handle(CommandDesk::registration("c-2", "case-1"));
  EXPECT_THAT(desk_.answers(), ElementsAre("accepted", "already_registered"));
  EXPECT_EQ(desk_.events().size(), events);
}

TEST_F(CommandPartitionTest, ACommandThatExpectsAnotherSeqIsStale) {
  handle(CommandDesk::registration("c-1", "case-1"));
  auto late = CommandDesk::question("c-2", "case-1");
  late.expected_seq = 1;
  handle(late);
  EXPECT_THAT(desk_.answers(), ElementsAre("accepted", "stale_version"));
  EXPECT_EQ(node_->metrics().conflicts.value(), 1U);
}

TEST_F(CommandPartitionTest, TheSameIdWithAnotherBodyIsRefused) {
  handle(CommandDesk::registration("c-1", "case-1"));
  handle(CommandDesk::question("c-1", "case-1"));
  EXPECT_THAT(desk_.answers(), ElementsAre("accepted", "command_id_reused"));
}

class TwoSources : public CommandTest {
 protected:
  TwoSources() {
    handle(CommandDesk::registration("c-1", "case-1"));
    events_ = desk_.events().size();
  }

  static CommandEnvelope from(const std::string& source, CommandEnvelope command) {
    command.source = source;
    return command;
  }
  static CommandEnvelope seven(const std::string& source, const std::string& text) {
    return from(source, CommandDesk::question("7", "case-1", text));
  }

  /// What the outcomes at the end say of their commands' sources.
  [[nodiscard]] std::vector<std::string> sources_answered(std::size_t last) const {
    const auto all = desk_.all(log::Topic::outcomes);
    std::vector<std::string> sources;
    for (auto i = all.size() - last; i < all.size(); ++i)
      sources.push_back(header_of(all[i].message, "ce_commandsource"));
    return sources;
  }

  std::size_t events_ = 0;
};

TEST_F(TwoSources, MayUseTheSameIdEachForACommandOfItsOwn) {
  handle(seven("/a", "?"));
  handle(seven("/b", "!"));
  handle(seven("/c", "?"));
  EXPECT_THAT(desk_.answers(), ElementsAre("accepted", "accepted", "accepted", "accepted"));
  EXPECT_EQ(desk_.events().size(), events_ + 3);
  EXPECT_THAT(sources_answered(3), ElementsAre("/a", "/b", "/c"));
}

TEST_F(TwoSources, GetEachItsOwnFirstAnswerAgain) {
  handle(seven("/a", "?"));
  handle(seven("/b", "!"));
  const auto first = desk_.outcomes();
  for (const bool with_store : {true, false}) {
    with_store ? restart() : lose_disk();
    handle(seven("/a", "?"));
    handle(seven("/b", "!"));
    const auto again = desk_.outcomes();
    EXPECT_EQ(again.at(again.size() - 2).token, first.at(1).token);
    EXPECT_EQ(again.back().token, first.at(2).token);
    EXPECT_EQ(desk_.events().size(), events_ + 2);
  }
}

TEST_F(TwoSources, AreRefusedEachAnotherBodyUnderItsId) {
  handle(seven("/a", "?"));
  handle(seven("/b", "!"));
  handle(seven("/a", "!"));
  EXPECT_EQ(desk_.answers().back(), "command_id_reused");
}

TEST_F(TwoSources, AreAnsweredAlikeForACommandWhoseEventsNameNoSource) {
  handle(seven("/a", "?"));
  const auto first = desk_.outcomes().back().token;
  MemoryLog older(1);
  for (const auto topic : {log::Topic::commands, log::Topic::events}) {
    for (auto& [offset, message] : desk_.all(topic)) {
      if (topic == log::Topic::events) remove_header(message, "ce_commandsource");
      log::append_and_wait(older, topic, 0, std::move(message)).value();
    }
  }
  NodeDisk fresh;
  CommandNode node(older, fresh);
  CommandDesk desk(older);
  desk.send(seven("/a", "?"), now_);
  desk.send(seven("/b", "?"), now_);
  desk.send(seven("/b", "!"), now_);
  node.run(now_);
  EXPECT_THAT(desk.answers(), ElementsAre("accepted", "accepted", "command_id_reused"));
  EXPECT_EQ(desk.outcomes().front().token, first);
  EXPECT_EQ(desk.events().size(), events_ + 1);
}

TEST_F(TwoSources, ThatBringTheSameImportBringItOnce) {
  auto import = CommandDesk::make("import:snow:1", "case-9", ImportFacts{"snow", {}});
  import.actor.kind = ActorKind::import_;
  import.command =
      ImportFacts{"snow", {{"work.message.received", 1, {R"({"channel":"phone","pii":{"text":"?"}})"}}}};
  handle(from("/a", import));
  handle(from("/b", import));
  EXPECT_EQ(node_->metrics().repeated.value(), 1U);
}

TEST_F(CommandPartitionTest, ACommandWithoutASourceIsCasetrailsOwn) {
  handle(CommandDesk::registration("c-1", "case-1"));
  EXPECT_EQ(header_of(desk_.all(log::Topic::events).front().message, "ce_commandsource"), "/casetrail");
}

TEST_F(CommandPartitionTest, EveryRecordOfACommandIdHasAnOutcomeThatNamesIt) {
  const std::vector<std::optional<log::Offset>> sent{handle(CommandDesk::registration("c-1", "case-1")),
                                                     handle(CommandDesk::registration("c-1", "case-1")),
                                                     handle(CommandDesk::question("c-1", "case-1"))};
  std::vector<std::optional<log::Offset>> answered;
  for (const auto& [offset, message] : desk_.all(log::Topic::outcomes))
    answered.push_back(answered_offset(BorrowedMessage(message).view()));
  EXPECT_EQ(answered, sent);
}

TEST_F(CommandPartitionTest, ARefusedCommandThatComesAgainIsDecidedAnew) {
  handle(CommandDesk::question("c-1", "case-1"));
  handle(CommandDesk::registration("c-2", "case-1"));
  handle(CommandDesk::question("c-1", "case-1"));
  const auto answers = desk_.answers();
  EXPECT_NE(answers.at(0), "accepted");
  EXPECT_EQ(answers.at(2), "accepted");
}

class Resend : public CommandTest {
 protected:
  Resend() {
    handle(CommandDesk::registration("c-1", "case-1"));
    handle(CommandDesk::question("c-2", "case-1"));
    first_ = desk_.outcomes();
    events_ = desk_.events().size();
  }

  /// Each command comes again: the same answer, and nothing new in the log.
  void expect_first_outcomes() {
    handle(CommandDesk::registration("c-1", "case-1"));
    handle(CommandDesk::question("c-2", "case-1"));
    const auto all = desk_.outcomes();
    ASSERT_GE(all.size(), 4U);
    for (const std::size_t i : {0U, 1U}) {
      const auto& again = all.at(all.size() - 2 + i);
      EXPECT_EQ(again.status, first_[i].status);
      EXPECT_EQ(again.first_seq, first_[i].first_seq);
      EXPECT_EQ(again.last_seq, first_[i].last_seq);
      EXPECT_EQ(again.case_seq, first_[i].case_seq);
      EXPECT_EQ(again.token, first_[i].token);
    }
    EXPECT_EQ(desk_.events().size(), events_);
  }

  std::vector<Outcome> first_;
  std::size_t events_ = 0;
};

TEST_F(Resend, GetsTheFirstOutcome) { expect_first_outcomes(); }

TEST_F(Resend, GetsTheFirstOutcomeAfterARestart) {
  restart();
  expect_first_outcomes();
}

TEST_F(Resend, GetsTheFirstOutcomeAfterARestoreWithoutASnapshot) {
  lose_disk();
  expect_first_outcomes();
}

TEST_F(Resend, GetsTheFirstOutcomeAfterASnapshotAndATail) {
  pass(std::chrono::seconds{61});
  run();
  handle(CommandDesk::question("c-3", "case-1"));
  events_ = desk_.events().size();
  restart();
  expect_first_outcomes();
}

TEST_F(Resend, GetsTheFirstOutcomeUntilTheEndOfTheWindow) {
  let_days_pass(kIdRetention);
  handle(CommandDesk::question("c-3", "case-1"));
  events_ = desk_.events().size();
  run();
  expect_first_outcomes();
}

TEST_F(Resend, IsDecidedAnewBehindTheWindow) {
  let_days_pass(kIdRetention + std::chrono::days{1});
  handle(CommandDesk::question("c-3", "case-1"));
  pass(std::chrono::seconds{61});
  run();
  handle(CommandDesk::registration("c-1", "case-1"));
  EXPECT_EQ(desk_.answers().back(), "already_registered");
}

TEST_F(CommandPartitionTest, IdsOfImportsAreRememberedForEver) {
  auto import = CommandDesk::make("import:snow:1", "case-9", ImportFacts{"snow", {}});
  import.actor.kind = ActorKind::import_;
  import.command =
      ImportFacts{"snow", {{"work.message.received", 1, {R"({"channel":"phone","pii":{"text":"?"}})"}}}};
  handle(import);
  let_days_pass(kIdRetention * 3);
  handle(CommandDesk::registration("c-1", "case-1"));
  pass(std::chrono::seconds{61});
  run();
  handle(import);
  EXPECT_EQ(node_->metrics().repeated.value(), 1U);
}

/// A clock that was ahead while something was taken, and is right again.
class ClockThatWasAhead : public CommandTest {
 protected:
  ClockThatWasAhead() {
    handle(CommandDesk::registration("c-1", "case-1"));
    pass(kAhead);
    handle(CommandDesk::registration("c-2", "case-2"));
    pass(std::chrono::seconds{61});  // what is old is forgotten now
    run();
    pass(-kAhead);
  }

  void expect_time_is_back() {
    handle(CommandDesk::registration("c-3", "case-3"));
    EXPECT_EQ(desk_.answers().back(), "accepted");
    EXPECT_EQ(desk_.events().back().recorded_at, now_);
  }

  static constexpr Duration kAhead = std::chrono::days{365};
};

TEST_F(ClockThatWasAhead, TakesThePartitionsTimeBackWithIt) {
  expect_time_is_back();
  EXPECT_EQ(node_->metrics().times_set_back.value(), 1U);
}

TEST_F(CommandTest, AClockThatIsBehindWhileNothingIsDecidedTakesNoTimeBack) {
  handle(CommandDesk::registration("c-1", "case-1"));
  pass(-std::chrono::minutes{15});
  run();
  pass(std::chrono::minutes{15});
  EXPECT_EQ(node_->metrics().times_set_back.value(), 0U);
}

TEST_F(ClockThatWasAhead, TakesItBackAfterARestartToo) {
  restart();
  expect_time_is_back();
  lose_disk();
  handle(CommandDesk::registration("c-4", "case-4"));
  EXPECT_EQ(desk_.events().back().recorded_at, now_);
}

TEST_F(ClockThatWasAhead, TakesItBackForABatchThatIsDecidedAgainToo) {
  log_.fault_commit(0, MemoryLog::CommitFault::aborted);
  expect_time_is_back();
}

TEST_F(ClockThatWasAhead, LetsTimersFireInTheirTime) {
  handle(CommandDesk::registration("c-3", "case-3"));
  pass(std::chrono::hours{48});
  run();
  const auto last = desk_.events().back();
  EXPECT_EQ(last.case_id.value, "case-3");
  EXPECT_EQ(last.actor.kind, ActorKind::timer);
}

TEST_F(ClockThatWasAhead, HasMadeNothingForgotten) {
  const auto events = desk_.events().size();
  handle(CommandDesk::registration("c-1", "case-1"));
  EXPECT_EQ(desk_.answers().back(), "accepted");
  EXPECT_EQ(node_->metrics().repeated.value(), 1U);
  EXPECT_EQ(desk_.events().size(), events);
}

TEST_F(ClockThatWasAhead, ClosesNoCaseThatItRegistered) {
  handle(CommandDesk::question("c-3", "case-2"));
  EXPECT_EQ(desk_.answers().back(), "accepted");
}

TEST_F(CommandPartitionTest, AClockThatIsAMinuteBehindLetsTimeStandStill) {
  handle(CommandDesk::registration("c-1", "case-1"));
  const auto before = now_;
  pass(-std::chrono::minutes{1});
  handle(CommandDesk::question("c-2", "case-1"));
  EXPECT_EQ(desk_.events().back().recorded_at, before);
}

class TimerTest : public CommandTest {
 protected:
  /// When the first response to a case of `desk_` is due.
  [[nodiscard]] Timestamp response_due() const {
    for (const auto& event : desk_.events()) {
      const auto* timer = event.event.get_if<TimerSet>();
      if (timer != nullptr && timer->kind == TimerKind::first_response) return timer->due_at;
    }
    return {};
  }
};

TEST_F(TimerTest, AnAnswerGivenInTimeCountsAfterAnOutage) {
  handle(CommandDesk::registration("c-1", "case-1"));
  kill();
  desk_.send(CommandDesk::answer("c-2", "case-1"), now_ + std::chrono::minutes{1});
  pass(std::chrono::hours{48});
  start();
  run();
  pass(std::chrono::seconds{5});
  run();
  EXPECT_THAT(desk_.event_types(), Contains("sla.target.met"));
  EXPECT_THAT(desk_.event_types(), Not(Contains("sla.target.missed")));
}

TEST_F(TimerTest, ATimerThatWasDueBeforeACommandFiresBeforeIt) {
  handle(CommandDesk::registration("c-1", "case-1"));
  kill();
  pass(std::chrono::hours{48});
  desk_.send(CommandDesk::answer("c-2", "case-1"), now_);
  start();
  run();
  const auto types = desk_.event_types();
  const auto missed = std::ranges::find(types, "sla.target.missed");
  const auto answered = std::ranges::find(types, "work.message.sent");
  EXPECT_LT(missed, answered);
  EXPECT_NE(answered, types.end());
}

TEST_F(TimerTest, TheWallClockFiresWhenTheInputIsQuiet) {
  handle(CommandDesk::registration("c-1", "case-1"));
  const auto recorded = desk_.events().size();
  pass(std::chrono::hours{48});
  run();
  const auto events = desk_.events();
  ASSERT_GT(events.size(), recorded);
  EXPECT_EQ(events[recorded].actor.kind, ActorKind::timer);
  EXPECT_LT(events[recorded].occurred_at, events[recorded].recorded_at);
  EXPECT_EQ(events[recorded].command_offset, -1);
}

TEST_F(TimerTest, TimersThatAreDueAtTheSameMomentAllFire) {
  handle(CommandDesk::registration("c-1", "case-1"));
  handle(CommandDesk::make("c-2", "case-1", ScheduleCallback{CallbackPurpose::agreed_call, now_, {}, {}}));
  handle(CommandDesk::make("c-3", "case-1", ScheduleCallback{CallbackPurpose::use_experience, now_, {}, {}}));
  pass(std::chrono::hours{480});
  run();
  EXPECT_EQ(std::ranges::count(desk_.event_types(), "callback.overdue"), 2);
  EXPECT_THAT(*node_->status().damaged, testing::IsEmpty());
}

TEST_F(TimerTest, AnAnswerOnItsWayGetsTwoSecondsAfterTheTimerIsDue) {
  handle(CommandDesk::registration("c-1", "case-1"));
  now_ = response_due() + std::chrono::seconds{1};
  run();
  desk_.send(CommandDesk::answer("c-2", "case-1"), response_due() - std::chrono::milliseconds{500});
  run();
  EXPECT_THAT(desk_.event_types(), Contains("sla.target.met"));
  EXPECT_THAT(desk_.event_types(), Not(Contains("sla.target.missed")));
}

TEST_F(TimerTest, ATimerThatFiredLeavesTheTimeOfAnotherAnswerAlone) {
  handle(CommandDesk::registration("c-1", "case-1"));
  const auto first_due = response_due();
  desk_.send(CommandDesk::registration("c-2", "case-2"), now_ + std::chrono::seconds{2});
  pass(std::chrono::minutes{1});
  run();
  now_ = first_due + std::chrono::milliseconds{2'500};
  run();
  ASSERT_THAT(desk_.event_types(), Contains("sla.target.missed"));
  const auto answered = first_due + std::chrono::milliseconds{1'900};
  desk_.send(CommandDesk::answer("c-3", "case-2"), answered);
  run();
  EXPECT_THAT(desk_.event_types(), Contains("sla.target.met"));
}

TEST_F(TimerTest, AStreamOfOldCommandsDoesNotHoldTheWallClockUp) {
  handle(CommandDesk::registration("c-1", "case-1"));
  const auto old = now_;
  now_ = response_due() + std::chrono::minutes{1};
  for (int i = 0; i < 5; ++i) {
    desk_.send(CommandDesk::question("old-" + std::to_string(i), "case-1"), old);
    run();
    pass(std::chrono::seconds{1});
  }
  EXPECT_THAT(desk_.event_types(), Contains("sla.target.missed"));
}

TEST_F(TimerTest, ATimerFiresOnceWhateverRestarts) {
  handle(CommandDesk::registration("c-1", "case-1"));
  pass(std::chrono::hours{48});
  run();
  const auto events = desk_.events().size();
  restart();
  lose_disk();
  pass(std::chrono::seconds{5});
  run();
  EXPECT_EQ(desk_.events().size(), events);
}

TEST_F(TimerTest, ATimeInTheFutureIsTakenAsNow) {
  desk_.send(CommandDesk::registration("c-1", "case-1"), now_ + std::chrono::hours{1000});
  run();
  EXPECT_EQ(desk_.events().at(0).recorded_at, now_);
  EXPECT_LE(desk_.events().at(0).occurred_at, now_);
}

TEST_F(CommandPartitionTest, ACommandThatComesDuringTheReadIsNotOfTheFuture) {
  run();
  const auto came = now_ + std::chrono::milliseconds{100};
  desk_.send(CommandDesk::registration("c-1", "case-1"), came);
  std::ignore =
      node_->worker().step([this] { return std::exchange(now_, now_ + std::chrono::milliseconds{50}); });
  EXPECT_EQ(desk_.events().at(0).recorded_at, came);
}

TEST_F(CommandPartitionTest, ASenderWhoseClockIsAheadCostsNoTime) {
  desk_.send(CommandDesk::registration("c-1", "case-1"), now_ + std::chrono::hours{1});
  run();
  EXPECT_EQ(node_->metrics().duration.count(0), 1U);
  EXPECT_EQ(node_->metrics().duration.sum(), 0);
}

TEST_F(CommandPartitionTest, PoliciesAreNumberedInTheirOrderAndNamedByEvents) {
  handle(CommandDesk::registration("c-1", "case-1"));
  EXPECT_EQ(publish_policy(log_, "closing: {}\n").value(), Published::new_version);
  EXPECT_EQ(publish_policy(log_, "closing: {}\n").value(), Published::unchanged);
  EXPECT_FALSE(publish_policy(log_, "# nothing\n"));
  EXPECT_EQ(publish_policy(log_, "closing: {} # changed\n").value(), Published::new_version);
  pass(std::chrono::seconds{2});
  handle(CommandDesk::question("c-2", "case-1"));
  EXPECT_EQ(desk_.events().front().policy_version, 0);
  EXPECT_EQ(desk_.events().back().policy_version, 2);
}

TEST_F(CommandPartitionTest, APolicyOfBeforeTheStrictRulesStaysInForceAndIsNotPublishedAnew) {
  const std::string lax = "handoff: {bounce_limit: 0}\n";
  Message stored;
  stored.key = "policy";
  stored.value = lax;
  ASSERT_TRUE(log::append_and_wait(log_, log::Topic::policy, 0, stored));
  PolicyBook book(log_);
  ASSERT_TRUE(book.refresh());
  EXPECT_EQ(book.version(), 1);
  EXPECT_EQ(book.policy().handoff.bounce_limit, 0);
  EXPECT_EQ(publish_policy(log_, lax).value(), Published::unchanged);
  EXPECT_FALSE(publish_policy(log_, lax + "# changed\n"));
}

TEST_F(TimerTest, APromiseOutlivesThePolicyThatItWasMadeUnder) {
  handle(CommandDesk::registration("c-1", "case-1"));
  const auto due = response_due();
  ASSERT_TRUE(publish_policy(log_, "sla: {P4: {first_response: 1m, next_update: 1m, resolution: 1m}}\n"));
  pass(std::chrono::seconds{2});
  handle(CommandDesk::question("c-2", "case-1"));
  ASSERT_EQ(desk_.events().back().policy_version, 1);
  now_ = due + std::chrono::seconds{1};
  run();
  EXPECT_THAT(desk_.event_types(), Not(Contains("sla.target.missed")));
  pass(std::chrono::seconds{2});
  run();
  EXPECT_THAT(desk_.event_types(), Contains("sla.target.missed"));
}

TEST_F(CommandPartitionTest, WhatASenderSaidOfItsTraceGoesOnToEachEvent) {
  auto command = CommandDesk::registration("c-1", "case-1");
  command.correlation_id = "order-7";
  command.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  handle(command);
  for (const auto& event : desk_.events()) {
    EXPECT_EQ(event.correlation_id, command.correlation_id);
    EXPECT_EQ(event.traceparent, command.traceparent);
    EXPECT_EQ(event.command_id, command.id);
  }
}

class LargeBatch : public CommandTest {
 protected:
  static constexpr int kQuestions = 40;

  /// More bytes than one transaction takes.
  LargeBatch() {
    handle(CommandDesk::registration("c-1", "case-1"));
    events_ = desk_.events().size();
    const std::string text(std::size_t{600} << 10, 'x');
    for (int i = 0; i < kQuestions; ++i)
      desk_.send(CommandDesk::question("q-" + std::to_string(i), "case-1", text), now_);
    commits_ = node_->metrics().commits.value();
  }

  void expect_each_question_once() const {
    EXPECT_THAT(desk_.answers(), testing::AllOf(testing::SizeIs(kQuestions + 1), testing::Each("accepted")));
    const auto events = desk_.events();
    ASSERT_EQ(events.size(), events_ + kQuestions);
    for (int i = 0; i < kQuestions; ++i)
      EXPECT_EQ(events[events_ + static_cast<std::size_t>(i)].command_id.value, "q-" + std::to_string(i));
  }

  std::size_t events_ = 0;
  std::uint64_t commits_ = 0;
};

TEST_F(LargeBatch, IsCommittedInSeveralTransactionsAndInOrder) {
  run();
  EXPECT_GE(node_->metrics().commits.value(), commits_ + 3);
  expect_each_question_once();
}

TEST_F(LargeBatch, OfWhichAPieceIsAbortedGoesOnWithThatPiece) {
  for (int i = 0; i < 2; ++i) log_.fault_commit(0, MemoryLog::CommitFault::aborted);
  run();
  expect_each_question_once();
}

TEST_F(LargeBatch, OfWhichAnAnswerIsLostGoesOnWhereTheLogStands) {
  log_.fault_commit(0, MemoryLog::CommitFault::unknown_committed);
  log_.fault_commit(0, MemoryLog::CommitFault::unknown_open);
  run();
  expect_each_question_once();
}

TEST(SavePoints, AreReachedByTimeOrByEvents) {
  SavePoints points(kMonday, 0);
  EXPECT_FALSE(points.due(kMonday + 2 * kSaveEvery));
  points.wrote(1);
  EXPECT_FALSE(points.due(kMonday + kSaveEvery - Duration{1}));
  EXPECT_TRUE(points.due(kMonday + kSaveEvery));
  points.wrote(kSaveEvents - 1);
  EXPECT_TRUE(points.due(kMonday));
  points.started(kMonday);
  EXPECT_FALSE(points.due(kMonday + 2 * kSaveEvery));
}

TEST(SavePoints, WhatIsOnItsWayToTheDiskIsNotSavedYet) {
  SavePoints points(kMonday, 0);
  points.wrote(3);
  points.started(kMonday + kSaveEvery);
  EXPECT_EQ(points.unsaved(), 3U);
  EXPECT_EQ(points.kept_at(), kMonday);
  points.finished();
  EXPECT_EQ(points.unsaved(), 0U);
  EXPECT_EQ(points.kept_at(), kMonday + kSaveEvery);
}

TEST_F(CommandPartitionTest, TheGroupIsAtTheEndWhenNothingIsLeft) {
  handle(CommandDesk::registration("c-1", "case-1"));
  const auto position =
      log_.group_positions(std::string(log::kCommandGroup), log::Topic::commands).value().at(0);
  EXPECT_EQ(position.committed, log_.bounds(log::Topic::commands, 0)->high);
}

}  // namespace
}  // namespace casetrail::command
