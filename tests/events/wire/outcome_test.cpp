// The answer to a command on the wire.
#include "events/wire/outcome.h"

#include <gtest/gtest.h>

#include "tests/support/borrowed_message.h"

namespace casetrail {
namespace {

TEST(Outcome, IsReadAsItWasWritten) {
  const Outcome refused{CommandId{"cmd-1"},
                        CaseId{"case-1"},
                        OutcomeStatus::rejected,
                        "not_accepted",
                        "Expected to suspend the case, but nobody has accepted it.",
                        0,
                        0,
                        4,
                        "3:17"};
  const auto message = write_outcome(refused, 17, from_epoch_ms(1'000));
  const auto read = read_outcome(BorrowedMessage(message).view());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->code, "not_accepted");
  EXPECT_EQ(read->token, "3:17");
  EXPECT_EQ(read->case_seq, 4);
}

TEST(Outcome, NamesTheCommandAsItsCause) {
  Outcome accepted;
  accepted.command_id.value = "cmd-1";
  accepted.case_id.value = "case-1";
  const auto message = write_outcome(accepted, 17, from_epoch_ms(1'000));
  const BorrowedMessage borrowed(message);
  EXPECT_EQ(borrowed.view().header("ce_causationid"), "cmd-1");
  EXPECT_EQ(borrowed.view().header("ce_type"), "casetrail.command.accepted");
  EXPECT_EQ(message.key, "case-1");
}

TEST(Outcome, NamesTheRecordThatItAnswers) {
  const auto message = write_outcome({}, 17, from_epoch_ms(1'000));
  EXPECT_EQ(answered_offset(BorrowedMessage(message).view()), 17);
  EXPECT_EQ(answered_offset({}), std::nullopt);
}

}  // namespace
}  // namespace casetrail
