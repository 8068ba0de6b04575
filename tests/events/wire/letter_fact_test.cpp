// What became of a dead letter, on the wire.
#include "events/wire/letter_fact.h"

#include <gtest/gtest.h>

#include "tests/support/borrowed_message.h"

namespace casetrail {
namespace {

LetterFact dropped() {
  return {.offset = 17,
          .became = LetterEnd::dropped,
          .by = "agent:li",
          .reason = "a trial of the ERP team",
          .token = std::nullopt,
          .at = from_epoch_ms(1'000)};
}

TEST(LetterFact, IsReadAsItWasWritten) {
  const auto message = write_letter_fact(dropped());
  EXPECT_EQ(read_letter_fact(BorrowedMessage(message).view()), dropped());
  EXPECT_EQ(message.value,
            R"({"offset":17,"became":"dropped","by":"agent:li","reason":"a trial of the ERP team",)"
            R"("at":"1970-01-01T00:00:01.000Z"})");
}

TEST(LetterFact, ALetterThatBearsTheMarkOfOneIsNone) {
  auto message = write_letter_fact(dropped());
  message.headers.add("casetrail.errors.code", "invalid_command");
  EXPECT_FALSE(is_letter_fact(BorrowedMessage(message).view()));
  EXPECT_EQ(read_letter_fact(BorrowedMessage(message).view()), std::nullopt);
}

TEST(LetterFact, OneThatCannotBeReadIsNoLetter) {
  auto message = write_letter_fact(dropped());
  message.value = "{";
  EXPECT_TRUE(is_letter_fact(BorrowedMessage(message).view()));
  EXPECT_EQ(read_letter_fact(BorrowedMessage(message).view()), std::nullopt);
}

}  // namespace
}  // namespace casetrail
