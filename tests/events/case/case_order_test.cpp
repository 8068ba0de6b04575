// One rule for all readers: a break in a case closes it, and nothing else.
#include "events/case/case_order.h"

#include <gtest/gtest.h>

#include "events/case/work.h"
#include "events/wire/quarantine.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/events_of.h"
#include "tests/support/message_headers.h"

namespace casetrail {
namespace {

TEST(CaseOrder, EventsFollowEachOtherWithoutAGap) {
  CaseOrder order;
  EXPECT_EQ(take_turn(order, {1}), CaseTurn::next);
  EXPECT_EQ(take_turn(order, {2}), CaseTurn::next);
}

TEST(CaseOrder, AGapOrARepeatClosesTheCaseForGood) {
  for (const std::int64_t broken : {0, 1, 2, 4, 9}) {
    CaseOrder order{.last_seq = 2};
    EXPECT_EQ(take_turn(order, {broken}), CaseTurn::closes) << broken;
    EXPECT_EQ(order.last_seq, 2);
    EXPECT_EQ(take_turn(order, {3}), CaseTurn::closed) << broken;
  }
}

TEST(CaseOrder, OneMoreEventOfACommandThatHadEndedClosesTheCase) {
  CaseOrder order;
  EXPECT_EQ(take_turn(order, {1, 40}), CaseTurn::next);
  EXPECT_EQ(take_turn(order, {2, 40, true}), CaseTurn::next);
  const auto before = order;
  const CaseStep forged{3, 40, true};
  EXPECT_EQ(take_turn(order, forged), CaseTurn::closes);
  EXPECT_EQ(why_closed(before, forged),
            "event 3 says that it is of the command at offset 40, which had ended before it");
  EXPECT_EQ(take_turn(order, {3, 41, true}), CaseTurn::closed);
}

TEST(CaseOrder, ATimerOrTheNextCommandFollowsOneThatEnded) {
  CaseOrder order;
  EXPECT_EQ(take_turn(order, {1, 40, true}), CaseTurn::next);
  EXPECT_EQ(take_turn(order, {.seq = 2, .by_timer = true}), CaseTurn::next);
  EXPECT_EQ(take_turn(order, {3, 41, true}), CaseTurn::next);
}

TEST(CaseOrder, AnEarlierCommandIsAForgeryUnlessTheCommandsWereMadeAnew) {
  CaseOrder order{.last_seq = 4, .ended_command = 40};
  const auto before = order;
  EXPECT_EQ(take_turn(order, {5, 7, true}), CaseTurn::closes);
  EXPECT_EQ(why_closed(before, {5, 7, true}),
            "event 5 says that it is of the command at offset 7, which had ended before it");
  order = before;
  EXPECT_EQ(take_turn(order, {.seq = 5, .command_offset = 7, .commands_anew = true}), CaseTurn::next);
  EXPECT_EQ(take_turn(order, {6, 7, true, false, true}), CaseTurn::next);
  EXPECT_EQ(take_turn(order, {7, 8, true}), CaseTurn::next);
}

TEST(CaseOrder, AnEventWithoutACommandIsAForgeryUnlessATimerMadeIt) {
  CaseOrder order{.last_seq = 4, .ended_command = 40};
  EXPECT_EQ(take_turn(order, {.seq = 5, .by_timer = true}), CaseTurn::next);
  const auto before = order;
  EXPECT_EQ(take_turn(order, {6}), CaseTurn::closes);
  EXPECT_EQ(why_closed(before, {6}), "event 6 names no command, and no timer made it");
}

TEST(CaseOrder, WhatWasWrittenBeforeTheLastEventOfACommandWasMarkedIsReadAsItWas) {
  CaseOrder order;
  EXPECT_EQ(take_turn(order, {1, 40}), CaseTurn::next);
  EXPECT_EQ(take_turn(order, {2}), CaseTurn::next);
  EXPECT_EQ(take_turn(order, {3, 7}), CaseTurn::next);
}

TEST(CaseOrder, TheFirstEventBeginsNothingUnlessItNamesItsCommand) {
  EXPECT_TRUE(begins_nothing({1}));
  EXPECT_TRUE(begins_nothing({.seq = 1, .by_timer = true}));
  EXPECT_FALSE(begins_nothing({1, 0}));
  EXPECT_FALSE(begins_nothing({.seq = 2, .by_timer = true}));
  EXPECT_EQ(why_begins_nothing({"case-1"}), "it is the first event of case case-1, and names no command");
}

class ForgedEvent : public testing::Test {
 protected:
  [[nodiscard]] Reading reading() const {
    CaseEvent into;
    return read_event(BorrowedMessage(message_).view(), into).reading;
  }
  Message message_ = write_event(EventsOf("case-1").add(WorkStarted{}).events().front());
};

TEST_F(ForgedEvent, IsNoneAsLongAsKeyIdAndSubjectAreOfOneCase) { EXPECT_EQ(reading(), Reading::ours); }

TEST_F(ForgedEvent, UnderTheKeyOfAnotherCaseClosesThatOne) {
  message_.key = "case-2";
  EXPECT_EQ(reading(), Reading::damaged);
  EXPECT_EQ(closed_by(BorrowedMessage(message_).view()).value, "case-2");
}

TEST_F(ForgedEvent, InAnotherPartitionThanItsKeysIsAStrayHoweverItReads) {
  const BorrowedMessage borrowed(message_);
  EXPECT_FALSE(is_stray(borrowed.view(), Reading::ours, 3, 3));
  EXPECT_TRUE(is_stray(borrowed.view(), Reading::ours, 3, 4));
  EXPECT_TRUE(is_stray(borrowed.view(), Reading::damaged, 3, 4));
  EXPECT_EQ(why_stray(borrowed.view(), 4), "it names case case-1, which belongs to partition 4");
}

TEST_F(ForgedEvent, IsNoStrayWhereItIsOfOthersOrOfANewerVersionOrNamesNoCase) {
  const BorrowedMessage borrowed(message_);
  EXPECT_FALSE(is_stray(borrowed.view(), Reading::foreign, 3, 4));
  EXPECT_FALSE(is_stray(borrowed.view(), Reading::newer, 3, 4));
  message_.key.clear();
  EXPECT_FALSE(is_stray(BorrowedMessage(message_).view(), Reading::damaged, 3, 4));
}

TEST_F(ForgedEvent, WhoseIdIsOfAnotherCaseOrPlaceIsDamaged) {
  for (const auto* id : {"case-2/1", "case-1/2", "case-1", "case-1/", "1"}) {
    change_header(message_, "ce_id", id);
    EXPECT_EQ(reading(), Reading::damaged) << id;
  }
}

TEST(Quarantine, IsReadAsItWasWrittenAndNothingElseIsOne) {
  const Quarantine quarantine{3, 8'120, "by a trial", from_epoch_ms(1'700'000'000'123)};
  const auto message = write_quarantine(quarantine);
  EXPECT_EQ(read_quarantine(BorrowedMessage(message).view()), quarantine);
  const Message policy{"policy", message.value, {}, {}};
  EXPECT_FALSE(is_quarantine(BorrowedMessage(policy).view()));
  EXPECT_EQ(read_quarantine(BorrowedMessage(policy).view()), std::nullopt);
}

}  // namespace
}  // namespace casetrail
