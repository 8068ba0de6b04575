// Each is named; those that leave a whole chain behind, by the heads that were signed.
#include "tests/workers/evidence/attacks.h"

#include <gmock/gmock.h>

#include "tests/support/borrowed_message.h"
#include "tests/support/event_writer.h"
#include "tests/support/events_of.h"
#include "tests/support/message_headers.h"
#include "tests/support/must.h"
#include "tests/support/random_event.h"
#include "tests/workers/evidence/checked_log.h"
#include "workers/evidence/chained_log.h"
#include "workers/evidence/partition_reading.h"

namespace casetrail::evidence {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

const SigningKey kEnginesKey = SigningKey::random();

std::vector<Message> all_of(log::EventLog& log, log::Topic topic) {
  std::vector<Message> records;
  const auto bounds = must(log.bounds(topic, 0));
  must(read_partition(
      log, {topic, 0, bounds.low, bounds.stable}, Duration{30'000},
      [&](std::span<const log::Record> read, log::Offset) {
        for (const auto& [partition, offset, message] : read) {
          Message record{
              std::string(message.key.value_or("")), std::string(message.value), {}, message.timestamp};
          for (const auto& [name, value] : message.headers) record.headers.add(name, value);
          records.push_back(std::move(record));
        }
      }));
  return records;
}

/// Makes all links anew, as whoever knows the code can.
void relink(std::vector<Message>& events) {
  Link head;
  for (auto& event : events) {
    remove_header(event, kLinkHeader);
    head = next_link(head, event);
    event.headers.add(kLinkHeader, to_text(head));
  }
}

struct Verdict {
  std::vector<std::string> breaks;
  std::vector<std::string> false_heads;
};

Verdict verdict_on(LogUnderAttack& attacked) {
  const auto log = attacked.open();
  KnownHeads known({kEnginesKey.public_key()});
  const auto check = checked_log(*log, known).front();
  Verdict verdict{{}, known.false_heads()};
  for (const auto& found : check.breaks()) verdict.breaks.push_back(found.what);
  return verdict;
}

using Records = std::vector<Message>;

/// What is named after `change` had its way with the events and the heads.
Verdict after(LogUnderAttack& attacked, const std::function<void(Records& events, Records& heads)>& change) {
  Records events;
  Records heads;
  {
    const auto log = attacked.open();
    events = all_of(*log, log::Topic::events);
    heads = all_of(*log, log::Topic::evidence);
  }
  change(events, heads);
  attacked.replace(events, heads);
  return verdict_on(attacked);
}

}  // namespace

/// Three processes, each of which commits ten events and signs a head when it ends.
void Attack::SetUp() {
  for (std::uint64_t process = 1; process <= 3; ++process) {
    const auto log = chain_log(log_->open(), HeadSigning{.key = kEnginesKey, .now = [] { return kMonday; }});
    ASSERT_EQ(EventWriter(*log).commit(random_history(process, 2, 10)), log::CommitOutcome::committed);
  }
}

TEST_P(Attack, ThatChangesNothingIsNone) {
  EXPECT_THAT(verdict_on(*log_).breaks, IsEmpty());
  const auto copied = after(*log_, [](Records& events, Records& heads) {
    EXPECT_EQ(events.size(), 30U);
    EXPECT_EQ(heads.size(), 3U);
  });
  EXPECT_THAT(copied.breaks, IsEmpty());
  EXPECT_THAT(copied.false_heads, IsEmpty());
}

TEST_P(Attack, OnOneByteIsNamed) {
  const auto verdict = after(*log_, [](Records& events, Records&) { events[12].value[3] ^= 1; });
  EXPECT_THAT(verdict.breaks, ElementsAre(HasSubstr("it was changed")));
}

TEST_P(Attack, ThatPutsAnEventInIsNamed) {
  const auto linked =
      after(*log_, [](Records& events, Records&) { events.insert(events.begin() + 12, events[4]); });
  EXPECT_THAT(linked.breaks, Contains(HasSubstr("it was put in: its number 5 was there before")));
}

TEST_P(Attack, ThatPutsAnEventWithoutALinkInIsNamed) {
  const auto verdict = after(*log_, [](Records& events, Records&) {
    auto forged = events[4];
    remove_header(forged, kLinkHeader);
    events.insert(events.begin() + 12, forged);
  });
  EXPECT_THAT(verdict.breaks, ElementsAre(HasSubstr("it has no link: it was put in")));
}

TEST_P(Attack, ThatTakesEventsOutIsNamed) {
  const auto verdict =
      after(*log_, [](Records& events, Records&) { events.erase(events.begin() + 12, events.begin() + 14); });
  EXPECT_THAT(verdict.breaks,
              ElementsAre(HasSubstr("2 records before it are missing: behind number 12 comes 15")));
}

TEST_P(Attack, ThatCutsTheEndIsNamedByItsHead) {
  const auto verdict = after(*log_, [](Records& events, Records&) { events.resize(24); });
  EXPECT_THAT(verdict.breaks,
              ElementsAre(HasSubstr("the end is missing: the chain was at number 30 when it "
                                    "was signed at 2025-11-24T00:00:00.000Z, and ends at 24")));
}

TEST_P(Attack, ThatMakesTheChainAnewFromAPlaceOnIsNamedByItsHead) {
  const auto verdict = after(*log_, [](Records& events, Records&) {
    events[12].value[3] ^= 1;
    relink(events);
  });
  EXPECT_THAT(verdict.breaks,
              ElementsAre(HasSubstr("the chain up to number 20 is not the one that was signed at "
                                    "2025-11-24T00:00:00.000Z: it was made anew behind number "
                                    "10")));
}

TEST_P(Attack, ThatForgesTheHeadsOfAChainMadeAnewIsNamed) {
  const auto stranger = SigningKey::random();
  const auto forged = [&](const SigningKey& key, const std::string& key_id, const Records& events,
                          std::int64_t number) {
    const auto link = link_of(BorrowedMessage(events[static_cast<std::size_t>(number) - 1]).view()).value();
    auto head = sign_head(key, 0, link, number, kMonday);
    head.key_id = key_id;
    return head_record(head);
  };
  for (const auto& key_id : {stranger.public_key().id(), kEnginesKey.public_key().id()}) {
    const auto verdict = after(*log_, [&](Records& events, Records& heads) {
      events[12].value[3] ^= 1;
      relink(events);
      heads = {heads[0], forged(stranger, key_id, events, 20), forged(stranger, key_id, events, 30)};
    });
    EXPECT_THAT(verdict.breaks, IsEmpty()) << "the heads that could name it were taken out";
    EXPECT_EQ(verdict.false_heads.size(), 2U) << key_id;
  }
}

}  // namespace casetrail::evidence
