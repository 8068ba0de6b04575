// Where keys come from, and what a reader does without one.
#include "workers/privacy/key_ring.h"

#include <gmock/gmock.h>

#include "events/case/work.h"
#include "tests/support/events_of.h"
#include "tests/workers/privacy/sealed_desk.h"
#include "workers/privacy/exported_key.h"

namespace casetrail::privacy {
namespace {

using log::Topic;
using testing::HasSubstr;

class KeyRingTest : public testing::Test {
 protected:
  KeyRingTest()
      : ring_(*desk_.raw, desk_.master, [this](log::Partition partition) { return lend(partition); }) {}

  std::unique_ptr<storage::StoreHome> lend(log::Partition partition) {
    return std::make_unique<LentKeyHome>(disk_[partition]);
  }
  [[nodiscard]] KeyRing another() {
    return {*desk_.raw, desk_.master, [this](log::Partition partition) { return lend(partition); }};
  }
  void append(const std::string& case_id, const Secret& key) {
    ASSERT_TRUE(log::append_and_wait(*desk_.raw, Topic::keys, 0, ring_.record_of(case_id, key, kMonday)));
  }
  void destroy(const std::string& case_id) {
    ASSERT_TRUE(log::append_and_wait(*desk_.raw, Topic::keys, 0, {case_id, "", {}, kMonday}));
  }
  [[nodiscard]] static bool finds(KeyRing& ring, const std::string& case_id, const Secret& key) {
    const auto found = must(ring.find(0, case_id, key.id()));
    return found && found->bytes() == key.bytes();
  }

  SealedDesk desk_;
  SealedDesk::Disk disk_;
  KeyRing ring_;
  Secret key_ = Secret::random();
};

TEST_F(KeyRingTest, AKeyIsFoundInTheTopic) {
  append("c1", key_);
  EXPECT_TRUE(finds(ring_, "c1", key_));
  EXPECT_TRUE(finds(ring_, "c1", key_));
}

TEST_F(KeyRingTest, WhatTheStoreHoldsIsNotReadAgain) {
  append("c1", key_);
  must(ring_.read_on(0));
  auto next = another();
  must(next.read_on(0));
  desk_.raw->fail_read(Topic::keys, 0, log::LogFailure::refused);
  EXPECT_TRUE(finds(next, "c1", key_));
}

TEST_F(KeyRingTest, AStoreThatHoldsAllIsEnough) {
  append("c1", key_);
  must(ring_.read_on(0));
  auto next = another();
  EXPECT_TRUE(finds(next, "c1", key_));
}

TEST_F(KeyRingTest, AStoreOfAnotherLogIsMadeAnew) {
  append("c1", key_);
  must(ring_.read_on(0));
  desk_.raw->recreate();
  auto next = another();
  EXPECT_FALSE(finds(next, "c1", key_));
}

TEST_F(KeyRingTest, AKeyThatWasDestroyedIsGone) {
  append("c1", key_);
  EXPECT_TRUE(finds(ring_, "c1", key_));
  destroy("c1");
  must(ring_.read_on(0));
  EXPECT_FALSE(finds(ring_, "c1", key_));
  auto next = another();
  EXPECT_FALSE(finds(next, "c1", key_));
}

TEST_F(KeyRingTest, AKeyInPlaceOfOneThatWasDestroyedIsFoundByItsId) {
  append("c1", key_);
  EXPECT_TRUE(finds(ring_, "c1", key_));
  destroy("c1");
  const auto later = Secret::random();
  append("c1", later);
  EXPECT_TRUE(finds(ring_, "c1", later));
  EXPECT_FALSE(finds(ring_, "c1", key_));
}

TEST_F(KeyRingTest, AKeyIsWaitedForWhileItsTransactionIsOpen) {
  desk_.raw->begin_foreign(0, ring_.record_of("c1", key_, kMonday), Topic::keys);
  const auto found = ring_.find(0, "c1", key_.id());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().failure, log::LogFailure::unavailable);
  desk_.raw->commit_foreign(0);
  EXPECT_TRUE(finds(ring_, "c1", key_));
}

TEST_F(KeyRingTest, AKeyOfAnotherMasterIsNamed) {
  SealedDesk other;
  KeyRing stranger(*desk_.raw, other.master, [](log::Partition) { return std::make_unique<MapHome>(); });
  ASSERT_TRUE(log::append_and_wait(*desk_.raw, Topic::keys, 0, stranger.record_of("c1", key_, kMonday)));
  EXPECT_THAT(ring_.find(0, "c1", key_.id()).error().what, HasSubstr(std::string(other.master.id())));
}

TEST_F(KeyRingTest, AKeyThatWasMovedToAnotherCaseOpensNothing) {
  auto record = ring_.record_of("c1", key_, kMonday);
  record.key = "c2";
  ASSERT_TRUE(log::append_and_wait(*desk_.raw, Topic::keys, 0, record));
  EXPECT_THAT(ring_.find(0, "c2", key_.id()).error().what, HasSubstr("was changed"));
}

TEST_F(KeyRingTest, TheKeyThatACaseHasNowIsExported) {
  const auto exported = [&](const std::string& id) { return exported_key(*desk_.raw, desk_.master, {id}); };
  append("c1", Secret::random());
  append("c1", key_);
  append("c2", Secret::random());
  EXPECT_EQ(must(exported("c1"))->bytes(), key_.bytes());
  EXPECT_FALSE(must(exported("c3")));
  destroy("c1");
  EXPECT_FALSE(must(exported("c1")));
  desk_.master = Secret::random();
  EXPECT_THAT(exported("c2").error().what, HasSubstr("was wrapped with the master key"));
}

TEST_F(KeyRingTest, AReaderStopsWhereAKeyCannotBeHadAndGoesOnThere) {
  const auto sealed = desk_.open();
  const auto events = EventsOf("c1").add(MessageReceived{Channel::phone, {"one"}}).events();
  ASSERT_EQ(EventWriter(*sealed).commit(events), log::CommitOutcome::committed);
  const auto other = desk_.open();
  const auto reader = other->open_reader(Topic::events);
  must(reader->start(0, 0));
  desk_.raw->fail(MemoryLog::Call::bounds, log::LogFailure::unavailable);
  const auto failed = reader->read(10, Duration{0});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().partition, 0);
  EXPECT_EQ(reader->position(0), 0);
  EXPECT_TRUE(must(reader->read(10, Duration{0})).empty()) << "told once";
  must(reader->start(0, reader->position(0)));
  EXPECT_THAT(std::string(must(reader->read(10, Duration{0})).front().message.value), HasSubstr("one"));
}

TEST(KeyRingOfTwoPartitions, OneThatCannotBeKeptTakesNoKeyOfTheOther) {
  MemoryLog log(2);
  SealedDesk::Disk disk;
  KeyRing ring(log, Secret::random(),
               [&](log::Partition partition) { return std::make_unique<LentKeyHome>(disk[partition]); });
  must(ring.read_on(0));
  must(ring.read_on(1));
  const auto key = Secret::random();
  for (const log::Partition partition : {0, 1})
    ASSERT_TRUE(log::append_and_wait(log, Topic::keys, partition, ring.record_of("c", key, kMonday)));
  disk[0].store.fail(storage::StoreError{"The disk is full.", storage::StoreFailure::unavailable});
  EXPECT_FALSE(ring.read_on(1)) << "what came of partition 0 cannot be kept";
  EXPECT_TRUE(must(ring.find(1, "c", key.id())));
  disk[0].store.mend();
  EXPECT_TRUE(must(ring.find(0, "c", key.id())));
}

TEST_F(KeyRingTest, ThousandsOfKeysAreKeptAndFound) {
  std::vector<Secret> keys;
  for (std::size_t i = 0; i < 3 * RecentKeys::kHeld; ++i)
    append("c" + std::to_string(i), keys.emplace_back(Secret::random()));
  for (std::size_t i = 0; i < keys.size(); i += 97)
    EXPECT_TRUE(finds(ring_, "c" + std::to_string(i), keys[i])) << i;
}

}  // namespace
}  // namespace casetrail::privacy
