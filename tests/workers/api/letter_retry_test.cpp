// The command that a dead letter is sent again as.
#include "workers/api/letter_retry.h"

#include <gmock/gmock.h>

#include "aggregates/case/command.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/command_desk.h"
#include "tests/support/message_headers.h"

namespace casetrail::api {
namespace {

using testing::HasSubstr;

constexpr auto kSentAt = from_epoch_ms(1'700'000'000'000);
constexpr auto kRetriedAt = from_epoch_ms(1'700'000'600'000);

Message good() {
  auto command = CommandDesk::registration("c-1", "case-1");
  command.source = "/crm";
  command.occurred_at = kSentAt;
  return write_command(command);
}

/// As the command worker buries it.
Message buried(Message message) {
  message.headers.add("casetrail.errors.code", "invalid_command");
  message.headers.add("casetrail.errors.message", "Expected something else.");
  return message;
}

using Made = std::expected<Submission, http::HttpResponse>;

Made made_of(const Message& letter, const std::string& body = "{}", const identity::Identity* who = nullptr) {
  const BorrowedMessage borrowed(letter);
  return command_of_letter({0, 7, borrowed.view()}, body, who, kRetriedAt);
}

CommandEnvelope command_in(const Made& made) {
  const BorrowedMessage borrowed(made->message);
  return read_command(borrowed.view()).value();
}

std::string with_data(const std::string& data) { return R"({"data":)" + data + "}"; }

TEST(LetterRetry, IsTheCommandByItsOwnIdSourceActorAndTime) {
  const auto made = made_of(buried(good()));
  ASSERT_TRUE(made) << made.error().body;
  EXPECT_EQ(made->command_id.value, "c-1");
  EXPECT_EQ(made->case_id.value, "case-1");
  EXPECT_EQ(made->message.key, "case-1");
  EXPECT_EQ(made->message.timestamp, kRetriedAt);
  const auto command = command_in(made);
  EXPECT_EQ(command.source, "/crm");
  EXPECT_EQ(command.actor.id, "li.wei");
  EXPECT_EQ(command.occurred_at, kSentAt);
  EXPECT_EQ(command.digest, read_command(BorrowedMessage(good()).view())->digest);
  EXPECT_EQ(header_of(made->message, "casetrail.errors.code"), "");
}

TEST(LetterRetry, HappenedWhenItWasSentUnlessItsSenderSaysWhen) {
  auto letter = buried(good());
  remove_header(letter, "ce_time");
  EXPECT_EQ(command_in(made_of(letter)).occurred_at, kSentAt);
}

TEST(LetterRetry, ReadsAWholeCloudEventToo) {
  const auto plain = good();
  const Message letter =
      buried({"case-1",
              R"({"specversion":"1.0","id":"c-2","source":"/crm","type":"casetrail.request.register",)"
              R"("subject":"case-1","actor":"agent:li.wei","data":)" +
                  plain.value + "}",
              {{"content-type", "application/cloudevents+json"}},
              kSentAt});
  const auto made = made_of(letter);
  ASSERT_TRUE(made) << made.error().body;
  EXPECT_EQ(made->command_id.value, "c-2");
}

TEST(LetterRetry, WhatIsStillNoCommandIsSaidToBeSo) {
  auto letter = buried(good());
  letter.value = R"({"kind":7})";
  const auto made = made_of(letter);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().status, 422);
  EXPECT_THAT(made.error().body, HasSubstr("still_no_command"));
  EXPECT_THAT(made.error().body, HasSubstr("kind"));
}

TEST(LetterRetry, TakesOtherDataInThePlaceOfItsOwn) {
  auto letter = buried(good());
  letter.value = R"({"kind":)";
  const auto made = made_of(letter, with_data(good().value));
  ASSERT_TRUE(made) << made.error().body;
  EXPECT_EQ(command_in(made).digest, read_command(BorrowedMessage(good()).view())->digest);
}

TEST(LetterRetry, OtherDataNeedTheRightToSendSuchACommand) {
  identity::Identity operates{.id = "ops", .actor = "ops", .rights = {identity::Right::operate}};
  EXPECT_TRUE(made_of(buried(good()), "{}", &operates));
  const auto refused = made_of(buried(good()), with_data(good().value), &operates);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 403);
  EXPECT_THAT(refused.error().body, HasSubstr("'command'"));
  operates.rights.push_back(identity::Right::command);
  EXPECT_TRUE(made_of(buried(good()), with_data(good().value), &operates));
}

TEST(LetterRetry, ARequestWithWhatItDoesNotKnowIsRefused) {
  EXPECT_THAT(made_of(buried(good()), R"({"dat":{}})").error().body, HasSubstr("did you mean 'data'"));
  EXPECT_EQ(made_of(buried(good()), "").error().status, 422);
}

TEST(LetterRetry, ARecordThatWasCutIsNotSentAgain) {
  auto letter = buried(good());
  letter.headers.add("casetrail.errors.sha256", "00");
  for (const auto& body : {std::string("{}"), with_data(good().value)}) {
    const auto made = made_of(letter, body);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().status, 409);
    EXPECT_THAT(made.error().body, HasSubstr("letter_not_whole"));
  }
}

TEST(LetterRetry, AnAttributeThatIsThereTwiceIsNotGuessed) {
  auto letter = buried(good());
  letter.headers.add("ce_id", "c-9");
  EXPECT_THAT(made_of(letter).error().body, HasSubstr("'ce_id' to be there once"));
}

}  // namespace
}  // namespace casetrail::api
