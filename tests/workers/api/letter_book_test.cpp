// Which dead letters are open, by the letters and facts of the topic alone.
#include "workers/api/letter_book.h"

#include <gmock/gmock.h>

#include "tests/support/memory_log.h"

namespace casetrail::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Wanted = LetterBook::Wanted;

class Letters : public testing::Test {
 protected:
  log::Offset append(Message message, log::Partition partition = 0) {
    return log::append_and_wait(log_, log::Topic::deadletters, partition, std::move(message)).value();
  }
  log::Offset bury(std::int64_t at_ms, log::Partition partition = 0) {
    return append({"case-1", "{", {{"casetrail.errors.code", "invalid_command"}}, from_epoch_ms(at_ms)},
                  partition);
  }
  void end(log::Offset letter, LetterEnd became, const std::string& reason = "",
           log::Partition partition = 0) {
    LetterFact fact;
    fact.offset = letter;
    fact.became = became;
    fact.reason = reason;
    append(write_letter_fact(fact), partition);
  }
  std::vector<log::Offset> listed(LetterBook& book, Wanted wanted, std::size_t limit = 10) {
    EXPECT_TRUE(book.read_on());
    std::vector<log::Offset> offsets;
    for (const auto& letter : book.newest(wanted, limit)) offsets.push_back(letter.offset);
    return offsets;
  }

  MemoryLog log_{2};
  LetterBook book_{log_};
};

TEST_F(Letters, AreOpenUntilAFactSaysWhatBecameOfThem) {
  const auto first = bury(1'000);
  const auto second = bury(2'000);
  EXPECT_THAT(listed(book_, Wanted::open), ElementsAre(second, first));
  end(first, LetterEnd::dropped, "nobody needs it");
  EXPECT_THAT(listed(book_, Wanted::open), ElementsAre(second));
  EXPECT_THAT(listed(book_, Wanted::dropped), ElementsAre(first));
  end(second, LetterEnd::retried);
  EXPECT_THAT(listed(book_, Wanted::open), IsEmpty());
  EXPECT_THAT(listed(book_, Wanted::retried), ElementsAre(second));
  EXPECT_THAT(listed(book_, Wanted::all), ElementsAre(second, first));
  LetterBook another(log_);
  EXPECT_THAT(listed(another, Wanted::retried), ElementsAre(second));
}

TEST_F(Letters, AreCountedWithTheOldest) {
  EXPECT_TRUE(book_.read_on());
  EXPECT_EQ(book_.counts().open, 0);
  EXPECT_EQ(book_.counts().oldest_open, std::nullopt);
  const auto oldest = bury(1'000);
  bury(3'000, 1);
  bury(2'000);
  EXPECT_TRUE(book_.read_on());
  EXPECT_EQ(book_.counts().open, 3);
  EXPECT_EQ(book_.counts().oldest_open, from_epoch_ms(1'000));
  end(oldest, LetterEnd::retried);
  EXPECT_TRUE(book_.read_on());
  EXPECT_EQ(book_.counts().open, 2);
  EXPECT_EQ(book_.counts().oldest_open, from_epoch_ms(2'000));
  EXPECT_TRUE(book_.counts().are_all);
}

TEST_F(Letters, TheNewestOfAllPartitionsComeFirstAndNoMoreThanAskedFor) {
  const auto old = bury(1'000);
  const auto newest = bury(3'000, 1);
  const auto middle = bury(2'000);
  EXPECT_THAT(listed(book_, Wanted::open), ElementsAre(newest, middle, old));
  EXPECT_THAT(listed(book_, Wanted::open, 2), ElementsAre(newest, middle));
}

TEST_F(Letters, TheFirstFactHoldsButWhatWasTakenStaysSo) {
  const auto dropped = bury(1'000);
  end(dropped, LetterEnd::dropped, "first");
  end(dropped, LetterEnd::dropped, "second");
  const auto taken = bury(2'000);
  end(taken, LetterEnd::dropped, "at the same moment");
  end(taken, LetterEnd::retried);
  end(taken, LetterEnd::dropped, "later");
  EXPECT_TRUE(book_.read_on());
  EXPECT_EQ(book_.find(0, dropped)->fact->reason, "first");
  EXPECT_EQ(book_.find(0, taken)->fact->became, LetterEnd::retried);
}

TEST_F(Letters, AFactOfNoLetterAndOneThatCannotBeReadSayNothing) {
  const auto letter = bury(1'000);
  end(letter + 100, LetterEnd::dropped);
  end(letter, LetterEnd::dropped, "of another partition", 1);
  auto unreadable = write_letter_fact({});
  unreadable.value = "{";
  append(unreadable);
  EXPECT_THAT(listed(book_, Wanted::open), ElementsAre(letter));
  EXPECT_EQ(book_.counts().open, 1);
}

TEST_F(Letters, WhatTheLogForgetsIsForgotten) {
  bury(1'000);
  const auto kept = bury(2'000);
  EXPECT_TRUE(book_.read_on());
  log_.trim(log::Topic::deadletters, 0, kept);
  EXPECT_THAT(listed(book_, Wanted::all), ElementsAre(kept));
  EXPECT_TRUE(book_.counts().are_all);
  log_.recreate();
  EXPECT_THAT(listed(book_, Wanted::all), IsEmpty());
  const auto anew = bury(3'000);
  EXPECT_THAT(listed(book_, Wanted::all), ElementsAre(anew));
}

TEST_F(Letters, OfTooManyTheNewestAreKnownAndThatThereAreOthers) {
  LetterBook small(log_, 2);
  bury(1'000);
  const auto second = bury(2'000);
  const auto third = bury(3'000);
  EXPECT_THAT(listed(small, Wanted::open), ElementsAre(third, second));
  EXPECT_FALSE(small.counts().are_all);
  const auto fourth = bury(4'000);
  EXPECT_THAT(listed(small, Wanted::open), ElementsAre(fourth, third));
}

TEST_F(Letters, AreReadOnWhereALogThatFailedLeftThem) {
  const auto first = bury(1'000);
  EXPECT_TRUE(book_.read_on());
  const auto second = bury(2'000);
  log_.fail(MemoryLog::Call::read, log::LogFailure::unavailable);
  EXPECT_FALSE(book_.read_on());
  EXPECT_THAT(listed(book_, Wanted::open), ElementsAre(second, first));
}

}  // namespace
}  // namespace casetrail::api
