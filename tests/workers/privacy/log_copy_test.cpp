// A log in the open, its sealed copy, and what is said of a log that cannot be copied so.
#include "workers/privacy/log_copy.h"

#include <gmock/gmock.h>

#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/work.h"
#include "events/wire/attribute_texts.h"
#include "events/wire/letter_fact.h"
#include "events/wire/quarantine.h"
#include "tests/support/events_of.h"
#include "tests/support/message_headers.h"
#include "tests/support/random_event.h"
#include "tests/workers/privacy/sealed_desk.h"
#include "workers/log/policy_tail.h"
#include "workers/privacy/copy_check.h"

namespace casetrail::privacy {
namespace {

using log::LogFailure;
using log::Topic;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kPolicy = "version: 1\n";

RequestRegistered request() {
  RequestRegistered request;
  request.channel = Channel::phone;
  request.pii.name = "王小明";
  return request;
}

std::vector<CaseEvent> called(const std::string& id) {
  return EventsOf(id).add(request()).add(MessageReceived{Channel::phone, {"无法开机"}}).events();
}

/// That the letter there was dropped.
Message fact_of(log::Offset letter) {
  LetterFact fact;
  fact.offset = letter;
  fact.at = kMonday;
  return write_letter_fact(fact);
}

class LogCopy : public testing::Test {
 protected:
  log::Offset put(Topic topic, Message message) {
    return must(log::append_and_wait(from_, topic, 0, std::move(message)));
  }
  void put(const std::vector<CaseEvent>& events) {
    for (const auto& event : events) put(Topic::events, write_event(event));
  }
  log::LogResult<CopiedLog> copy(log::EventLog& from, Letters letters = Letters::kept) {
    return copy_log(from, *sealed_, letters, [](auto, auto) {});
  }
  CopiedLog copy(Letters letters = Letters::kept) { return must(copy(from_, letters)); }
  log::LogResult<std::int64_t> compare(log::EventLog& from) {
    return compare_copy(from, *desk_.open(), [](auto, auto) {});
  }
  std::vector<Message> copied_to(Topic topic) { return SealedDesk::all(*desk_.open(), topic); }
  void expect_refused(const std::string& why) {
    const auto copied = copy(from_);
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().failure, LogFailure::refused);
    EXPECT_THAT(copied.error().what, HasSubstr(why));
  }

  MemoryLog from_{1};
  SealedDesk desk_;
  std::unique_ptr<log::EventLog> sealed_ = desk_.open();
};

TEST_F(LogCopy, HasEachEventAndNoneInTheOpen) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    MemoryLog from(1);
    SealedDesk desk;
    const auto history = random_history(seed, 5, 200);
    std::size_t count = 0;
    for (const auto& event : history) {
      if (event.event.get_if<CustomerErased>() != nullptr) continue;
      must(log::append_and_wait(from, Topic::events, 0, write_event(event)));
      ++count;
    }
    ASSERT_TRUE(copy_log(from, *desk.open(), Letters::kept, [](auto, auto) {}));
    EXPECT_EQ(compare_copy(from, *desk.open(), [](auto, auto) {}).value(), count);
    EXPECT_TRUE(check_nothing_open(*desk.raw));
    EXPECT_FALSE(check_nothing_open(from));
  }
}

TEST_F(LogCopy, HasNoLinkOfTheOldChain) {
  auto linked = write_event(called("case-1").front());
  linked.headers.add(kLinkHeader, "1:00");
  put(Topic::events, linked);
  copy();
  EXPECT_EQ(header_of(copied_to(Topic::events).at(0), kLinkHeader), "");
  EXPECT_EQ(compare(from_), 1);
}

TEST_F(LogCopy, LeavesRecordsOfOthersBehind) {
  put(Topic::events, {"case-1", R"({"pii":{"name":"王小明"}})", {}, kMonday});
  put(called("case-1"));
  EXPECT_EQ(copy().foreign, 1);
  EXPECT_EQ(copied_to(Topic::events).size(), 2U);
  EXPECT_EQ(compare(from_), 2);
}

TEST_F(LogCopy, KeepsThePlaceOfWhatWasQuarantinedAndNamesItThere) {
  put(Topic::events, {"case-1", "of others", {}, kMonday});
  put(called("case-1"));
  auto damaged = write_event(called("case-2").front());
  damaged.value = "王小明";
  const auto at = put(Topic::events, damaged);
  put(called("case-3"));
  put(Topic::policy, {"policy", kPolicy, {}, kMonday});
  put(Topic::policy, write_quarantine({0, at, "unreadable", kMonday}));
  EXPECT_EQ(copy().quarantined, 1);
  const auto quarantines = must(log::read_quarantines(*desk_.raw));
  ASSERT_EQ(quarantines.size(), 1U);
  EXPECT_NE(quarantines.front().offset, at) << "it lies elsewhere";
  const auto reader = desk_.raw->open_reader(Topic::events);
  must(reader->start(0, quarantines.front().offset));
  const auto found = must(reader->read(1, Duration{0}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().message.key, "case-2");
  EXPECT_EQ(found.front().message.value, "");
  EXPECT_EQ(compare(from_), 4);
}

TEST_F(LogCopy, RefusesWhatItCannotRead) {
  auto damaged = write_event(called("case-1").front());
  damaged.value = R"({"pii":)";
  put(Topic::events, damaged);
  expect_refused("casetrail.events/0 offset 0: ");
  expect_refused("casetrail events quarantine 0 0 --reason");
}

TEST_F(LogCopy, RefusesALogWhoseCommandsWait) {
  put(called("case-1"));
  put(Topic::commands, {"case-1", "{}", {}, kMonday});
  expect_refused("Commands wait in casetrail.commands/0, the first at offset 0.");
}

TEST_F(LogCopy, RefusesALogThatIsBeingWritten) {
  put(called("case-1"));
  const auto server = must(from_.join(std::string(log::kCommandGroup), Topic::commands, std::nullopt));
  expect_refused("The log is being written");
}

TEST_F(LogCopy, TakesPoliciesAndOutcomesAlong) {
  put(Topic::policy, {"policy", kPolicy, {}, kMonday});
  put(Topic::outcomes, {"case-1", "{}", {{"ce_id", "o-1"}}, kMonday});
  copy();
  EXPECT_EQ(copied_to(Topic::policy).at(0).value, kPolicy);
  EXPECT_EQ(header_of(copied_to(Topic::outcomes).at(0), "ce_id"), "o-1");
}

TEST_F(LogCopy, SealsDeadLettersAndFactsNameThemAtTheirNewPlaces) {
  put(Topic::deadletters, fact_of(99));
  const auto letter = put(Topic::deadletters, {"case-1", R"({"pii":{"name":"王小明"}})", {}, kMonday});
  put(Topic::deadletters, fact_of(letter));
  EXPECT_EQ(copy().letters, 2);
  EXPECT_THAT(desk_.values(Topic::deadletters).at(0), Not(HasSubstr("王小明")));
  const auto letters = copied_to(Topic::deadletters);
  EXPECT_THAT(letters.at(0).value, HasSubstr("王小明"));
  EXPECT_EQ(read_letter_fact(BorrowedMessage(letters.at(1)).view())->offset, 0);
}

TEST_F(LogCopy, DropsDeadLettersWhereThatIsAskedFor) {
  put(Topic::deadletters, {"case-1", "王小明", {}, kMonday});
  EXPECT_EQ(copy(Letters::dropped).letters, 0);
  EXPECT_THAT(copied_to(Topic::deadletters), IsEmpty());
}

TEST_F(LogCopy, IsHalfUntilTheGroupIsForgotten) {
  EXPECT_FALSE(is_half_copied(*desk_.raw).value());
  must(mark_half_copied(*desk_.raw));
  EXPECT_TRUE(is_half_copied(*desk_.raw).value());
  must(desk_.raw->forget_group(std::string(kHalfCopied), Topic::events));
  EXPECT_FALSE(is_half_copied(*desk_.raw).value());
}

TEST_F(LogCopy, OfALogThatWasSealedLateErasesWhoWasErased) {
  put(called("case-1"));
  SealedDesk late;
  for (const auto& message : SealedDesk::all(from_, Topic::events))
    must(log::append_and_wait(*late.raw, Topic::events, 0, message));
  const auto source = late.open();
  auto erased = EventsOf("case-2").add(request()).add(CustomerErased{}).events();
  ASSERT_EQ(EventWriter(*source).commit({erased.front()}), log::CommitOutcome::committed);
  ASSERT_EQ(EventWriter(*source).commit({erased.back()}), log::CommitOutcome::committed);
  const auto anew = late.open();
  EXPECT_EQ(must(copy(*anew)).events, 4);
  EXPECT_EQ(compare(*anew), 4);
  const auto keys = SealedDesk::all(*desk_.raw, Topic::keys);
  EXPECT_EQ(keys.back().key, "case-2");
  EXPECT_EQ(keys.back().value, "");
}

TEST_F(LogCopy, ThatDiffersIsNamed) {
  put(called("case-1"));
  copy();
  put(called("case-2"));
  const auto missing = compare(from_);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().what, HasSubstr("casetrail.events/0 offset 2 is not in the copy"));
  MemoryLog shorter(1);
  must(log::append_and_wait(shorter, Topic::events, 0, write_event(called("case-1").front())));
  EXPECT_THAT(compare(shorter).error().what, HasSubstr("has more events than the log"));
  MemoryLog other(1);
  auto changed = called("case-1");
  changed.back().event = MessageReceived{Channel::phone, {"别的"}};
  for (const auto& event : changed) must(log::append_and_wait(other, Topic::events, 0, write_event(event)));
  EXPECT_THAT(compare(other).error().what, HasSubstr("casetrail.events/0 offset 1 is not in the copy"));
}

TEST_F(LogCopy, IsMadeWhereNothingLies) {
  EXPECT_TRUE(holds_nothing(*desk_.raw).value());
  put(called("case-1"));
  copy();
  EXPECT_FALSE(holds_nothing(*desk_.raw).value());
}

}  // namespace
}  // namespace casetrail::privacy
