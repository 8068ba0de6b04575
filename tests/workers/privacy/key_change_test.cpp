// Texts stay what they are, and another master key opens them.
#include "workers/privacy/key_change.h"

#include <gmock/gmock.h>

#include "events/case/privacy.h"
#include "events/case/work.h"
#include "tests/support/events_of.h"
#include "tests/support/random_event.h"
#include "tests/workers/privacy/sealed_desk.h"
#include "workers/privacy/group_member.h"
#include "workers/privacy/key_ring.h"

namespace casetrail::privacy {
namespace {

using log::LogFailure;
using log::Topic;
using testing::HasSubstr;

class KeyChange : public testing::Test {
 protected:
  KeyChange() {
    auto history = random_history(3, 8, 120);
    std::erase_if(history,
                  [](const CaseEvent& event) { return event.event.get_if<CustomerErased>() != nullptr; });
    SealedDesk written;
    EXPECT_EQ(EventWriter(*written.open()).commit(history), log::CommitOutcome::committed);
    // Nobody is a member of the groups of this one.
    desk_.master = written.master;
    for (const auto topic : {Topic::keys, Topic::events}) {
      for (const auto& message : SealedDesk::all(*written.raw, topic))
        must(log::append_and_wait(*desk_.raw, topic, 0, message));
    }
    before_ = values(*desk_.open(&disk_));
  }

  [[nodiscard]] static std::vector<std::string> values(log::EventLog& log) {
    std::vector<std::string> values;
    for (auto& message : SealedDesk::all(log, Topic::events)) values.push_back(std::move(message.value));
    return values;
  }
  log::LogResult<Rewrapped> change(const Secret& from) {
    return rewrap_keys(*desk_.raw, from, next_, [](auto, auto) {});
  }
  [[nodiscard]] std::size_t keys() const {
    std::set<std::string> cases;
    for (const auto& message : SealedDesk::all(*desk_.raw, Topic::keys)) cases.insert(message.key);
    return cases.size();
  }
  /// The log by the new key, with the stores of a process that had the old one.
  [[nodiscard]] std::unique_ptr<log::EventLog> opened_anew() {
    desk_.master = next_;
    return desk_.open(&disk_);
  }

  SealedDesk desk_;
  SealedDesk::Disk disk_;
  Secret next_ = Secret::random();
  std::vector<std::string> before_;
};

TEST_F(KeyChange, OpensEveryTextWithTheNewKeyAndNoneWithTheOldOne) {
  const auto changed = must(change(desk_.master));
  EXPECT_EQ(changed.keys, keys());
  EXPECT_EQ(changed.already, 0);
  const auto refused =
      seal_log(desk_.raw, desk_.master, [](log::Partition) { return std::make_unique<MapHome>(); });
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("sealed with the master key " + std::string(next_.id())));
  EXPECT_EQ(values(*opened_anew()), before_);
}

TEST_F(KeyChange, BringsNoKeyBackThatWasDestroyed) {
  const auto some = SealedDesk::all(*desk_.raw, Topic::keys).front().key;
  must(log::append_and_wait(*desk_.raw, Topic::keys, 0, KeyRing::end_of(some, kMonday)));
  EXPECT_EQ(must(change(desk_.master)).keys + 1, keys());
  EXPECT_NE(values(*opened_anew()), before_);
}

TEST_F(KeyChange, RefusesAMasterKeyThatIsNotTheLogsAndChangesNothing) {
  const auto end = must(desk_.raw->bounds(Topic::keys, 0)).high;
  const auto refused = change(Secret::random());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().failure, LogFailure::refused);
  EXPECT_THAT(refused.error().what,
              HasSubstr("is wrapped with the master key " + std::string(desk_.master.id())));
  EXPECT_EQ(must(desk_.raw->bounds(Topic::keys, 0)).high, end);
  EXPECT_FALSE(must(is_marked(*desk_.raw, kHalfRewrapped)));
}

TEST_F(KeyChange, ThatWasCutShortGoesOn) {
  desk_.raw->fault_commit(0, MemoryLog::CommitFault::aborted);
  EXPECT_FALSE(change(desk_.master));
  EXPECT_TRUE(must(is_marked(*desk_.raw, kHalfRewrapped)));
  // One case was reached.
  const auto some = SealedDesk::all(*desk_.raw, Topic::keys).front();
  const auto key = unwrapped(desk_.master, some.key, some.value).value();
  const KeyRing wraps(*desk_.raw, next_, {});
  must(log::append_and_wait(*desk_.raw, Topic::keys, 0, wraps.record_of(some.key, key, kMonday)));
  EXPECT_EQ(must(change(desk_.master)).already, 1);
  EXPECT_FALSE(must(is_marked(*desk_.raw, kHalfRewrapped)));
  EXPECT_EQ(values(*opened_anew()), before_);
}

TEST_F(KeyChange, WaitsForCommandsToBeTaken) {
  must(log::append_and_wait(*desk_.raw, Topic::commands, 0, {"case-1", "{}", {}, kMonday}));
  must(log::append_and_wait(*desk_.raw, Topic::commands, 0, {"case-1", "{}", {}, kMonday}));
  const auto refused = change(desk_.master);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("Commands wait"));
}

}  // namespace
}  // namespace casetrail::privacy
