// What lies in the log, and what comes back of it.
#include "workers/privacy/sealed_log.h"

#include <gmock/gmock.h>

#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/work.h"
#include "tests/support/events_of.h"
#include "tests/support/message_headers.h"
#include "tests/support/random_event.h"
#include "tests/workers/privacy/sealed_desk.h"

namespace casetrail::privacy {
namespace {

using log::CommitOutcome;
using log::Topic;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

RequestRegistered request_of(const std::string& name) {
  RequestRegistered request;
  request.channel = Channel::phone;
  request.pii.name = name;
  request.pii.contacts = {"13812341111", "wang@example.com"};
  request.pii.address = "上海市南京路 1 号";
  return request;
}

/// Nobody is erased.
std::vector<CaseEvent> history_of(std::uint64_t seed, std::size_t cases) {
  auto history = random_history(seed, cases, 200);
  std::erase_if(history,
                [](const CaseEvent& event) { return event.event.get_if<CustomerErased>() != nullptr; });
  return history;
}

std::vector<CaseEvent> case_of(const std::string& id) {
  return EventsOf(id).add(request_of("王小明")).add(MessageReceived{Channel::phone, {"无法开机"}}).events();
}

class SealedLogTest : public testing::Test {
 protected:
  SealedLogTest() { sealed_ = desk_.open(); }

  void commit(const std::vector<CaseEvent>& events) {
    ASSERT_EQ(EventWriter(*sealed_).commit(events), CommitOutcome::committed);
  }
  void destroy_key(const std::string& case_id) {
    ASSERT_TRUE(log::append_and_wait(*desk_.raw, Topic::keys, 0, {case_id, "", {}, kMonday}));
  }
  [[nodiscard]] std::vector<Message> read_anew(Topic topic = Topic::events) {
    return SealedDesk::all(*desk_.open(), topic);
  }

  SealedDesk desk_;
  std::unique_ptr<log::EventLog> sealed_;
};

TEST_F(SealedLogTest, EveryEventComesBackByteForByte) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SealedDesk desk;
    const auto log = desk.open();
    const auto history = history_of(seed, 5);
    ASSERT_EQ(EventWriter(*log).commit(history), CommitOutcome::committed);
    const auto read = SealedDesk::all(*log, Topic::events);
    ASSERT_EQ(read.size(), history.size());
    for (std::size_t i = 0; i < history.size(); ++i) {
      const auto written = write_event(history[i]);
      EXPECT_EQ(read[i].value, written.value);
      EXPECT_EQ(read[i].key, written.key);
      EXPECT_EQ(header_of(read[i], "ce_id"), header_of(written, "ce_id"));
    }
  }
}

/// `json` with every text within its `pii` empty, as the events' own writer has it.
TEST_F(SealedLogTest, WithoutAKeyEveryEventIsReadAndItsPersonalTextsAreEmpty) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SealedDesk desk;
    const auto log = desk.open();
    const auto history = history_of(seed, 1);
    ASSERT_EQ(EventWriter(*log).commit(history), CommitOutcome::committed);
    ASSERT_TRUE(
        log::append_and_wait(*desk.raw, Topic::keys, 0, {history.front().case_id.value, "", {}, kMonday}));
    for (const auto& read : SealedDesk::all(*desk.open(), Topic::events)) {
      CaseEvent event;
      ASSERT_EQ(reading_of(read, event).reading, Reading::ours) << read.value;
      EXPECT_EQ(write_event(event).value, read.value);
      EXPECT_THAT(read.value, Not(HasSubstr("sealed")));
      const auto at = read.value.find(R"("pii":)");
      if (at == std::string::npos) continue;
      EXPECT_EQ(read.value.find(R"(":")", at), read.value.find(R"(":"")", at)) << read.value;
    }
  }
}

TEST_F(SealedLogTest, ForeignConsumersReadEveryEventByItsSchema) {
  ASSERT_EQ(EventWriter(*sealed_).commit(random_history(7, 3, 200)), CommitOutcome::committed);
  for (const auto& stored : SealedDesk::all(*desk_.raw, Topic::events)) {
    CaseEvent event;
    EXPECT_EQ(reading_of(stored, event).reading, Reading::ours) << stored.value;
  }
}

TEST_F(SealedLogTest, NoPersonalTextLiesInTheLog) {
  commit(case_of("c1"));
  for (const auto topic : {Topic::events, Topic::keys}) {
    for (const auto* text : {"王小明", "13812341111", "example.com", "南京路", "无法开机"})
      EXPECT_THAT(desk_.values(topic), Each(Not(HasSubstr(text))));
  }
}

TEST_F(SealedLogTest, ACaseGetsOneKeyWithItsFirstText) {
  EventWriter writer(*sealed_);
  ASSERT_EQ(writer.commit(case_of("c1")), CommitOutcome::committed);
  ASSERT_EQ(writer.commit(case_of("c2")), CommitOutcome::committed);
  ASSERT_EQ(writer.commit(EventsOf("c1").add(MessageReceived{Channel::phone, {"again"}}).events()),
            CommitOutcome::committed);
  std::vector<std::string> keys;
  for (const auto& key : SealedDesk::all(*desk_.raw, Topic::keys)) keys.push_back(key.key);
  EXPECT_THAT(keys, ElementsAre("c1", "c2"));
}

TEST_F(SealedLogTest, ACaseWithoutPersonalTextGetsNoKey) {
  commit(EventsOf("c1").add(WorkStarted{}).events());
  EXPECT_THAT(desk_.values(Topic::keys), IsEmpty());
}

TEST_F(SealedLogTest, TheNextProcessGoesOnWithTheKeysOfTheLast) {
  commit(case_of("c1"));
  sealed_ = desk_.open();
  commit(EventsOf("c1").add(MessageReceived{Channel::phone, {"again"}}).events());
  EXPECT_THAT(desk_.values(Topic::keys), SizeIs(1));
  EXPECT_THAT(read_anew().back().value, HasSubstr("again"));
}

TEST_F(SealedLogTest, AKeyOfATransactionThatWasAbortedIsMadeAnew) {
  desk_.raw->fault_commit(0, MemoryLog::CommitFault::aborted);
  EventWriter writer(*sealed_);
  EXPECT_EQ(writer.commit(case_of("c1")), CommitOutcome::aborted);
  EXPECT_EQ(writer.commit(case_of("c1")), CommitOutcome::committed);
  EXPECT_THAT(desk_.values(Topic::keys), SizeIs(1));
  EXPECT_THAT(read_anew().front().value, HasSubstr("王小明"));
}

TEST_F(SealedLogTest, AKeyWhoseCommitWasNotAnsweredIsReadAfterTheFence) {
  desk_.raw->fault_commit(0, MemoryLog::CommitFault::unknown_committed);
  EventWriter writer(*sealed_);
  EXPECT_EQ(writer.commit(case_of("c1")), CommitOutcome::unknown);
  must(writer.writer().fence());
  EXPECT_EQ(writer.commit(EventsOf("c1").add(MessageReceived{Channel::phone, {"again"}}).events()),
            CommitOutcome::committed);
  EXPECT_THAT(desk_.values(Topic::keys), SizeIs(1));
}

TEST_F(SealedLogTest, WhileTheKeysCannotBeReadNothingIsCommitted) {
  EventWriter writer(*sealed_);
  desk_.raw->fail(MemoryLog::Call::bounds, log::LogFailure::unavailable);
  EXPECT_EQ(writer.commit(case_of("c1")), CommitOutcome::aborted);
  EXPECT_THAT(desk_.values(Topic::events), IsEmpty());
  EXPECT_EQ(writer.commit(case_of("c1")), CommitOutcome::committed);
}

TEST_F(SealedLogTest, AReaderLearnsOfKeysThatCameLater) {
  const auto other = desk_.open();
  const auto reader = other->open_reader(Topic::events);
  must(reader->start(0, 0));
  for (const auto* id : {"c1", "c2"}) {
    commit(case_of(id));
    const auto records = must(reader->read(10, Duration{0}));
    ASSERT_EQ(records.size(), 2U);
    EXPECT_THAT(std::string(records.front().message.value), HasSubstr("王小明"));
  }
}

TEST_F(SealedLogTest, ATextWhoseKeyWasDestroyedIsEmpty) {
  commit(case_of("c1"));
  destroy_key("c1");
  const auto read = read_anew();
  ASSERT_EQ(read.size(), 2U);
  CaseEvent event;
  ASSERT_EQ(reading_of(read[0], event).reading, Reading::ours);
  const auto& request = *event.event.get_if<RequestRegistered>();
  EXPECT_EQ(request.pii.name, "");
  EXPECT_THAT(request.pii.contacts, ElementsAre("", ""));
  EXPECT_EQ(request.pii.address, "");
  EXPECT_EQ(request.channel, Channel::phone);
}

TEST_F(SealedLogTest, ATextAfterTheKeyWasDestroyedGetsAnother) {
  commit(case_of("c1"));
  destroy_key("c1");
  sealed_ = desk_.open();
  commit(EventsOf("c1").add(MessageReceived{Channel::phone, {"again"}}).events());
  const auto read = read_anew();
  EXPECT_THAT(read[0].value, HasSubstr(R"("name":"")"));
  EXPECT_THAT(read[2].value, HasSubstr("again"));
}

class ErasedCustomer : public SealedLogTest {
 protected:
  static std::vector<CaseEvent> events_of(std::size_t from, std::size_t until) {
    auto story = EventsOf("c1");
    story.add(request_of("王小明")).add(MessageReceived{Channel::phone, {"无法开机"}});
    story.add(CustomerErased{}).add(MessageReceived{Channel::phone, {"again"}});
    const auto begin = story.events().begin();
    return {begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(until)};
  }
  static void expect_erased(const std::vector<Message>& read) {
    ASSERT_EQ(read.size(), 4U);
    EXPECT_THAT(read[0].value, HasSubstr(R"("name":"")"));
    EXPECT_THAT(read[1].value, HasSubstr(R"("text":"")"));
    EXPECT_THAT(read[3].value, HasSubstr("again"));
  }
};

TEST_F(ErasedCustomer, HasEmptyTextsAndLaterOnesGetAnotherKey) {
  EventWriter writer(*sealed_);
  ASSERT_EQ(writer.commit(events_of(0, 2)), CommitOutcome::committed);
  ASSERT_EQ(writer.commit(events_of(2, 3)), CommitOutcome::committed);
  ASSERT_EQ(writer.commit(events_of(3, 4)), CommitOutcome::committed);
  expect_erased(read_anew());
  expect_erased(SealedDesk::all(*sealed_, Topic::events));
}

TEST_F(ErasedCustomer, IsSoWithinOneTransactionToo) {
  commit(events_of(0, 4));
  expect_erased(read_anew());
  expect_erased(SealedDesk::all(*sealed_, Topic::events));
}

TEST_F(ErasedCustomer, KeepsTheTextsWhenTheTransactionIsAborted) {
  EventWriter writer(*sealed_);
  ASSERT_EQ(writer.commit(events_of(0, 2)), CommitOutcome::committed);
  desk_.raw->fault_commit(0, MemoryLog::CommitFault::aborted);
  ASSERT_EQ(writer.commit(events_of(2, 3)), CommitOutcome::aborted);
  EXPECT_THAT(read_anew().front().value, HasSubstr("王小明"));
}

TEST_F(ErasedCustomer, IsForgottenByWhoHeldTheKeyWhenTheFactIsRead) {
  SealedDesk::Disk disk;
  const auto other = desk_.open(&disk);
  const auto reader = other->open_reader(Topic::events);
  must(reader->start(0, 0));
  EventWriter writer(*sealed_);
  ASSERT_EQ(writer.commit(events_of(0, 2)), CommitOutcome::committed);
  EXPECT_EQ(must(reader->read(10, Duration{0})).size(), 2U);
  const auto keys_held = [&] {
    return std::ranges::count_if(disk[0].store.rows(),
                                 [](const auto& row) { return row.first.second == "c1"; });
  };
  ASSERT_EQ(keys_held(), 1);
  ASSERT_EQ(writer.commit(events_of(2, 3)), CommitOutcome::committed);
  EXPECT_EQ(must(reader->read(10, Duration{0})).size(), 1U);
  EXPECT_EQ(keys_held(), 0);
}

TEST_F(SealedLogTest, ForgetsWhereEveryPersonalTextIsSealed) {
  EXPECT_EQ(sealed_->cannot_forget(0), std::nullopt);
  commit(EventsOf("c1").add(WorkStarted{}).events());
  commit(case_of("c2"));
  EXPECT_EQ(sealed_->cannot_forget(0), std::nullopt);
}

TEST_F(SealedLogTest, CannotForgetWhatWasWrittenBeforeItWasSealed) {
  ASSERT_TRUE(log::append_and_wait(*desk_.raw, Topic::events, 0, write_event(case_of("c1").front())));
  commit(case_of("c2"));
  EXPECT_THAT(sealed_->cannot_forget(0), testing::Optional(HasSubstr("offset 0 of casetrail.events/0")));
}

TEST_F(SealedLogTest, ATextThatWasMovedToAnotherEventOfItsCaseMakesThatDamaged) {
  auto events = EventsOf("c1");
  for (const auto* text : {"first", "second"}) events.add(MessageReceived{Channel::phone, {text}});
  commit(events.events());
  const auto stored = SealedDesk::all(*desk_.raw, Topic::events);
  auto moved = stored[1];
  moved.value = stored[0].value;
  ASSERT_TRUE(log::append_and_wait(*desk_.raw, Topic::events, 0, moved));
  const auto read = read_anew();
  CaseEvent event;
  EXPECT_EQ(reading_of(read[1], event).reading, Reading::ours);
  EXPECT_EQ(reading_of(read[2], event).reading, Reading::damaged);
}

TEST_F(SealedLogTest, ATextThatWasChangedMakesItsEventDamaged) {
  commit(case_of("c1"));
  auto changed = SealedDesk::all(*desk_.raw, Topic::events)[1];
  auto& digit = changed.value[changed.value.find(':', changed.value.find("sealed") + 9) + 20];
  digit = digit == 'A' ? 'B' : 'A';
  ASSERT_TRUE(log::append_and_wait(*desk_.raw, Topic::events, 0, changed));
  CaseEvent event;
  EXPECT_EQ(reading_of(read_anew()[2], event).reading, Reading::damaged);
}

TEST_F(SealedLogTest, WhatWasWrittenUnsealedIsReadAsItIs) {
  const auto message = write_event(case_of("c1").front());
  ASSERT_TRUE(log::append_and_wait(*desk_.raw, Topic::events, 0, message));
  EXPECT_EQ(read_anew().front().value, message.value);
}

TEST_F(SealedLogTest, CommandsAreSealedOnTheirWay) {
  const std::string value = R"({"channel":"phone","pii":{"text":"无法开机"}})";
  ASSERT_TRUE(log::append_and_wait(*sealed_, Topic::commands, 0, {"c1", value, {{"ce_id", "k1"}}, kMonday}));
  EXPECT_THAT(desk_.values(Topic::commands), Each(Not(HasSubstr("无法开机"))));
  EXPECT_EQ(read_anew(Topic::commands).front().value, value);
}

TEST_F(SealedLogTest, DeadLettersAreSealedWhereTheyAreJson) {
  const std::string value = R"({"pii":{"text":"无法开机"}})";
  ASSERT_EQ(EventWriter(*sealed_).commit({{Topic::deadletters, {"c1", value, {}, kMonday}}}),
            CommitOutcome::committed);
  EXPECT_THAT(desk_.values(Topic::deadletters), Each(Not(HasSubstr("无法开机"))));
  EXPECT_EQ(read_anew(Topic::deadletters).front().value, value);
}

TEST_F(SealedLogTest, AnotherMasterKeyIsRefused) {
  commit(case_of("c1"));
  desk_.master = Secret::random();
  const auto refused =
      seal_log(desk_.raw, desk_.master, [](log::Partition) { return std::make_unique<MapHome>(); });
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr(std::string(desk_.master.id())));
}

TEST_F(SealedLogTest, WhetherALogHasKeysIsTold) {
  EXPECT_FALSE(must(has_keys(*desk_.raw)));
  commit(case_of("c1"));
  EXPECT_TRUE(must(has_keys(*desk_.raw)));
}

}  // namespace
}  // namespace casetrail::privacy
