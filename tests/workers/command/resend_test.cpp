// Each type of command, accepted and sent again: the first outcome, byte for byte, and no second event.
#include <set>

#include "tests/support/every_command.h"
#include "tests/workers/command/command_test.h"

namespace casetrail::command {
namespace {

using std::chrono::seconds;

class ResendOfEveryCommand : public CommandTest {
 protected:
  using Kept = CommandDesk::Kept;

  void tell_all() {
    for (const auto& step : story_) handle(step);
    keep_first_answers(1);
  }

  /// The outcomes of the story, of which each step was told `times` in a row.
  void keep_first_answers(std::size_t times) {
    const auto all = desk_.all(log::Topic::outcomes);
    ASSERT_EQ(all.size(), story_.size() * times);
    for (std::size_t i = 0; i < all.size(); i += times) first_.push_back(all[i].message);
    events_ = desk_.events().size();
  }

  /// Moves the partition's time by a command a day; then what is old is forgotten, and the rest is saved.
  void let_pass(std::chrono::days days) {
    const auto saved = node_->metrics().checkpoints.value();
    let_days_pass(days);
    ASSERT_GT(node_->metrics().checkpoints.value(), saved);
    events_ = desk_.events().size();
  }

  /// Behind a save, all that is remembered is in the store.
  void save() {
    pass(seconds{61});
    run();
  }

  void tell_again() {
    for (const auto& step : story_) handle(step);
  }

  void expect_first_answers() {
    tell_again();
    const auto all = desk_.all(log::Topic::outcomes);
    ASSERT_GE(all.size(), story_.size());
    for (std::size_t i = 0; i < story_.size(); ++i) {
      const auto& again = all[all.size() - story_.size() + i].message;
      EXPECT_EQ(again.value, first_[i].value)
          << story_[i].id.value << ' ' << codec_of(story_[i].command).type;
      EXPECT_EQ(again.key, first_[i].key);
    }
    EXPECT_EQ(desk_.events().size(), events_);
  }

  const std::vector<CommandEnvelope> story_ = story_of_every_command(now_);
  std::vector<Message> first_;
  std::size_t events_ = 0;
};

TEST_F(ResendOfEveryCommand, TheStoryHasEveryTypeAcceptedWithEvents) {
  tell_all();
  std::set<std::string_view> told;
  for (std::size_t i = 0; i < story_.size(); ++i) {
    const auto outcome = read_outcome(BorrowedMessage(first_[i]).view()).value();
    EXPECT_EQ(outcome.status, OutcomeStatus::accepted) << outcome.message.value_or("");
    EXPECT_GT(outcome.first_seq, 0) << story_[i].id.value << " led to nothing";
    told.insert(codec_of(story_[i].command).type);
  }
  for (const auto* codec : command_codecs())
    EXPECT_TRUE(told.contains(codec->type)) << codec->type << " is not told";
}

TEST_F(ResendOfEveryCommand, InTheSameBatchGetsTheFirstOutcome) {
  for (const auto& step : story_) {
    desk_.send(step, now_);
    desk_.send(step, now_);
  }
  run();
  keep_first_answers(2);
  const auto all = desk_.all(log::Topic::outcomes);
  for (std::size_t i = 0; i < all.size(); i += 2) EXPECT_EQ(all[i].message.value, all[i + 1].message.value);
  std::set<std::pair<std::string, std::int64_t>> ids;
  for (const auto& event : desk_.events()) EXPECT_TRUE(ids.emplace(event.case_id.value, event.seq).second);
  expect_first_answers();
}

TEST_F(ResendOfEveryCommand, AtOnceGetsTheFirstOutcome) {
  tell_all();
  expect_first_answers();
  expect_first_answers();
}

TEST_F(ResendOfEveryCommand, AfterARestartFromTheSnapshotGetsTheFirstOutcome) {
  tell_all();
  save();
  restart();
  EXPECT_EQ(node_->metrics().replayed_events.value(), 0U);
  expect_first_answers();
}

TEST_F(ResendOfEveryCommand, AfterARestoreWithoutASnapshotGetsTheFirstOutcome) {
  tell_all();
  save();
  lose_disk();
  EXPECT_EQ(node_->metrics().replayed_events.value(), events_);
  expect_first_answers();
}

TEST_F(ResendOfEveryCommand, AfterASnapshotInTheMidstAndATailGetsTheFirstOutcome) {
  for (std::size_t i = 0; i < story_.size(); ++i) {
    if (i == story_.size() / 2) save();
    handle(story_[i]);
  }
  keep_first_answers(1);
  restart();
  EXPECT_GT(node_->metrics().replayed_events.value(), 0U);
  EXPECT_LT(node_->metrics().replayed_events.value(), events_);
  expect_first_answers();
}

TEST_F(ResendOfEveryCommand, InTheLastMomentOfTheWindowGetsTheFirstOutcome) {
  tell_all();
  let_pass(kIdRetention);
  expect_first_answers();
  lose_disk();
  expect_first_answers();
}

TEST_F(ResendOfEveryCommand, BehindTheWindowIsDecidedAnewUnlessItIsAnImport) {
  tell_all();
  let_pass(kIdRetention + std::chrono::days{1});
  tell_again();
  const auto outcomes = desk_.outcomes();
  for (std::size_t i = 0; i < story_.size(); ++i) {
    const auto& again = outcomes.at(outcomes.size() - story_.size() + i);
    const auto first = read_outcome(BorrowedMessage(first_[i]).view()).value();
    EXPECT_EQ(again.token == first.token, is_remembered_for_ever(story_[i].id.value)) << story_[i].id.value;
  }
  const auto for_ever =
      std::ranges::count_if(story_, [](const auto& told) { return is_remembered_for_ever(told.id.value); });
  EXPECT_EQ(node_->metrics().repeated.value(), for_ever);
}

TEST_F(ResendOfEveryCommand, OfAnIdThatWasForgottenAndUsedAgainGetsTheOutcomeOfItsSecondUse) {
  tell_all();
  let_pass(kIdRetention + std::chrono::days{1});
  const auto question = CommandDesk::question("step-1", "case-2");
  handle(question);
  const auto second = desk_.all(log::Topic::outcomes).back().message.value;
  const auto events = desk_.events().size();
  lose_disk();
  handle(question);
  EXPECT_EQ(desk_.all(log::Topic::outcomes).back().message.value, second);
  save();
  handle(question);
  EXPECT_EQ(desk_.all(log::Topic::outcomes).back().message.value, second);
  EXPECT_EQ(desk_.events().size(), events);
}

}  // namespace
}  // namespace casetrail::command
