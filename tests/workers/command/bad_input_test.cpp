// Nothing is dropped, nothing blocks a partition: each bad record ends in a dead letter with its reason.
#include "tests/support/message_headers.h"
#include "tests/workers/command/command_test.h"
#include "workers/command/dead_letter.h"
#include "workers/log/partition.h"

namespace casetrail::command {
namespace {

using testing::HasSubstr;

class BadInput : public CommandTest {
 protected:
  BadInput() : CommandTest(2) {}

  static std::string header(const Message& message, const std::string& name) {
    return std::string(BorrowedMessage(message).view().header(name).value_or("(none)"));
  }

  Message good(const std::string& id) {
    auto command = CommandDesk::registration(id, case_id_);
    command.occurred_at = now_;
    return write_command(command);
  }

  static void set(Message& message, const std::string& name, const std::string& value) {
    change_header(message, name, value);
  }

  /// The letter of `bad`; the good command behind it was taken.
  Message bury(const Message& bad) {
    desk_.send(bad, home_);
    desk_.send(good("good"), home_);
    run();
    EXPECT_EQ(desk_.answers(home_).back(), "accepted");
    auto letters = desk_.all(log::Topic::deadletters, home_);
    EXPECT_EQ(letters.size(), 1U);
    return letters.at(0).message;
  }

  const std::string case_id_ = "case-1";
  const log::Partition home_ = log::partition_of(case_id_, 2);
};

TEST_F(BadInput, MalformedJsonIsKeptWithItsReasonAndAnswered) {
  auto bad = good("bad");
  bad.value = R"({"kind": )";
  const auto letter = bury(bad);
  EXPECT_EQ(letter.value, bad.value);
  EXPECT_EQ(letter.key, case_id_);
  EXPECT_EQ(header(letter, "ce_id"), "bad");
  EXPECT_EQ(header(letter, "casetrail.errors.topic"), "casetrail.commands");
  EXPECT_EQ(header(letter, "casetrail.errors.partition"), std::to_string(home_));
  EXPECT_EQ(header(letter, "casetrail.errors.offset"), "0");
  EXPECT_EQ(header(letter, "casetrail.errors.code"), "invalid_command");
  EXPECT_THAT(header(letter, "casetrail.errors.message"), HasSubstr("Expected"));
  EXPECT_EQ(desk_.outcomes(home_).at(0).command_id.value, "bad");
  EXPECT_EQ(desk_.answers(home_).at(0), "invalid_command");
}

TEST_F(BadInput, WhatItsReasonQuotesMovesNoCursor) {
  auto bad = good("bad");
  set(bad, "ce_type", "casetrail.do\x1b]0;owned\x07\u202e\u009b");
  const auto reason = header(bury(bad), "casetrail.errors.message");
  EXPECT_THAT(reason, HasSubstr("casetrail.do ]0;owned   '"));
  EXPECT_EQ(desk_.outcomes(home_).at(0).message, reason);
}

TEST_F(BadInput, AWrongTypeIsKept) {
  auto bad = good("bad");
  bad.value = R"({"kind": 7, "channel": "phone", "pii": {"name": "", "contacts": []}})";
  EXPECT_THAT(header(bury(bad), "casetrail.errors.message"), HasSubstr("kind"));
}

TEST_F(BadInput, AMisspeltMemberIsKeptWithTheOneThatWasMeant) {
  auto bad = good("bad");
  bad.value = R"({"kind":"inquiry","channel":"phone","externl_ref":"A-1","pii":{"name":"","contacts":[]}})";
  EXPECT_THAT(
      header(bury(bad), "casetrail.errors.message"),
      HasSubstr("'externl_ref' to be a known member, but it is unknown (did you mean 'external_ref'?)"));
  EXPECT_EQ(desk_.answers(home_).at(0), "invalid_command");
}

TEST_F(BadInput, AnUnknownCommandTypeIsKept) {
  auto bad = good("bad");
  set(bad, "ce_type", "casetrail.case.teleport");
  EXPECT_THAT(header(bury(bad), "casetrail.errors.message"), HasSubstr("teleport"));
}

TEST_F(BadInput, ASentenceThatQuotesTooMuchIsCutBetweenCharacters) {
  auto bad = good("bad");
  std::string huge;
  while (huge.size() < kMaxRecordBytes / 2) huge += "客";
  set(bad, "ce_type", huge);
  const auto told = header(bury(bad), "casetrail.errors.message");
  ASSERT_LE(told.size(), 1024U);
  EXPECT_GT(told.size(), 1020U);
  EXPECT_TRUE(told.ends_with("客"));
  EXPECT_EQ(desk_.outcomes(home_).at(0).message, told);
}

TEST_F(BadInput, AnAttributeThatIsNoUtf8IsNamedAndNotQuoted) {
  auto bad = good("bad");
  set(bad, "ce_type", "casetrail.\xff\xed\xa0\x80\xe5\xae");
  const auto told = header(bury(bad), "casetrail.errors.message");
  EXPECT_THAT(told, HasSubstr("'ce_type' to be text in UTF-8"));
  EXPECT_EQ(desk_.outcomes(home_).at(0).message, told);
}

TEST_F(BadInput, AFutureSchemaVersionIsKept) {
  auto bad = good("bad");
  set(bad, "ce_dataschema", "urn:casetrail:commands:request.register:99");
  EXPECT_THAT(header(bury(bad), "casetrail.errors.message"), HasSubstr("version"));
}

TEST_F(BadInput, InvalidUtf8IsKeptAsItIs) {
  auto bad = good("bad");
  bad.value =
      "{\"kind\":\"complaint\",\"channel\":\"phone\",\"pii\":{\"name\":\"\xff\xfe\",\"contacts\":[]}}";
  EXPECT_EQ(bury(bad).value, bad.value);
}

TEST_F(BadInput, MissingHeadersAreKeptWithoutAnAnswer) {
  Message bad{case_id_, "{}", {}, now_};
  EXPECT_EQ(header(bury(bad), "casetrail.errors.code"), "invalid_command");
  EXPECT_EQ(desk_.outcomes(home_).size(), 1U);
}

TEST_F(BadInput, ARecordWithoutAKeyIsKept) {
  auto bad = good("bad");
  bad.key.clear();
  EXPECT_EQ(header(bury(bad), "casetrail.errors.code"), "invalid_command");
}

TEST_F(BadInput, TheWrongPartitionIsKeptAndAnswered) {
  desk_.send(good("bad"), 1 - home_);
  run();
  const auto letters = desk_.all(log::Topic::deadletters, 1 - home_);
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(header(letters.at(0).message, "casetrail.errors.code"), "wrong_partition");
  EXPECT_EQ(desk_.answers(1 - home_).at(0), "wrong_partition");
  EXPECT_TRUE(desk_.events(1 - home_).empty());
}

TEST_F(BadInput, ARecordTooLargeForTheDeadLettersIsCutAndNamed) {
  auto bad = good("bad");
  bad.value = std::string(kMaxRecordBytes + 1, 'x');
  const auto letter = bury(bad);
  EXPECT_EQ(letter.value, bad.value.substr(0, std::size_t{64} << 10));
  EXPECT_EQ(header(letter, "casetrail.errors.size"), std::to_string(bad.value.size()));
  EXPECT_EQ(header(letter, "casetrail.errors.sha256").size(), 64U);
  EXPECT_EQ(header(letter, "ce_id"), "(none)");
}

TEST_F(BadInput, AnEventTooLargeToBeRecordedRefusesItsCommand) {
  desk_.send(good("first"), home_);
  auto large = CommandDesk::question("large", case_id_, std::string(kMaxRecordBytes, 'x'));
  large.occurred_at = now_;
  desk_.send(write_command(large), home_);
  run();
  EXPECT_EQ(desk_.answers(home_).back(), "too_large");
}

}  // namespace
}  // namespace casetrail::command
