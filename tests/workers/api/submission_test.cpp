// Bodies of commands become whole records, or problems that say why not.
#include "workers/api/submission.h"

#include <gmock/gmock.h>

#include "events/case/case_id.h"
#include "tests/support/message_headers.h"

namespace casetrail::api {
namespace {

using testing::HasSubstr;

constexpr auto kNow = from_epoch_ms(1'700'000'000'000);

std::expected<Submission, http::HttpResponse> read(std::string body, std::string type = "application/json") {
  return read_submission(
      {.method = "POST", .headers = {{"content-type", std::move(type)}}, .body = std::move(body)},
      {.at = kNow});
}

std::string header(const Message& message, std::string_view name) { return header_of(message, name, "none"); }

/// The problem's body, which every refusal must have.
std::string refused(std::string body, std::string type = "application/json") {
  const auto submission = read(std::move(body), std::move(type));
  return submission ? "taken" : submission.error().body;
}

constexpr auto kAcknowledge =
    R"({"type":"request.acknowledge","case_id":"email:A-1","actor":"agent:li","data":{"channel":"email"}})";

TEST(Submission, ARegistrationWithAReferenceGetsTheCaseIdOfIt) {
  const auto submission = read(
      R"({"type":"request.register","actor":"system:shop","data":{"kind":"inquiry","channel":"email","external_ref":"A-1",)"
      R"("pii":{"name":"王","contacts":[]}}})");
  ASSERT_TRUE(submission) << submission.error().body;
  EXPECT_EQ(submission->case_id, case_id_of(Channel::email, "A-1"));
  EXPECT_EQ(submission->message.key, submission->case_id.value);
}

TEST(Submission, ARegistrationWithoutAReferenceGetsAFreshCase) {
  const auto submission =
      read(R"({"type":"request.register","actor":"system:shop","data":{"kind":"inquiry","channel":"phone",)"
           R"("pii":{"name":"Ann","contacts":[]}}})");
  ASSERT_TRUE(submission) << submission.error().body;
  EXPECT_TRUE(is_uuid(submission->case_id.value));
  EXPECT_EQ(submission->case_id.value[14], '7');
}

TEST(Submission, MintsTheCommandIdWhenThereIsNone) {
  EXPECT_TRUE(is_uuid(read(kAcknowledge)->command_id.value));
}

TEST(Submission, NamesACaseByAnIdOfItsSendersOwn) {
  EXPECT_EQ(find_case_id("ord-77001")->value, "ord-77001");
  EXPECT_FALSE(find_case_id("a case").has_value());
}

TEST(Submission, NamesACaseByChannelAndReference) {
  EXPECT_EQ(read(kAcknowledge)->case_id, case_id_of(Channel::email, "A-1"));
  EXPECT_EQ(read(R"({"type":"request.acknowledge","channel":"email","reference":"A-1","actor":"agent:li",)"
                 R"("data":{"channel":"email"}})")
                ->case_id,
            case_id_of(Channel::email, "A-1"));
}

TEST(Submission, NamesAnotherCaseAsItNamesItsOwn) {
  const auto other_of = [](const std::string& other) {
    const auto submission =
        read(R"({"type":"case.link","case_id":"c-1","actor":"agent:li","data":{"other_case_id":")" + other +
             R"(","relation":"related"}})");
    EXPECT_TRUE(submission) << submission.error().body;
    return submission ? submission->message.value : "";
  };
  EXPECT_THAT(other_of("email:A-1"), HasSubstr(case_id_of(Channel::email, "A-1").value));
  EXPECT_THAT(other_of("ord-77001"), HasSubstr(R"("other_case_id":"ord-77001")"));
  EXPECT_THAT(
      refused(
          R"({"type":"case.link","case_id":"c-1","actor":"agent:li","data":{"other_case_id":"No Such:A-1",)"
          R"("relation":"related"}})"),
      HasSubstr("'other_case_id'"));
  EXPECT_THAT(
      refused(R"({"type":"case.link","case_id":"c-1","actor":"agent:li","data":{"other_case_id":"email:A-1",)"
              R"("relation":"related","relatoin":1}})"),
      HasSubstr("relatoin"));
}

TEST(Submission, CarriesWhatTheSenderSaid) {
  const auto submission = read(
      R"({"type":"request.acknowledge","id":"c-1","case_id":"email:A-1","actor":"agent:li","department_id":"after_sales",)"
      R"("expected_seq":3,"occurred_at":"2023-11-14T22:00:00Z","data":{"channel":"email"}})");
  ASSERT_TRUE(submission) << submission.error().body;
  EXPECT_EQ(submission->command_id.value, "c-1");
  EXPECT_EQ(header(submission->message, "ce_type"), "casetrail.request.acknowledge");
  EXPECT_EQ(header(submission->message, "ce_actordepartment"), "after_sales");
  EXPECT_EQ(header(submission->message, "ce_expectedsequence"), "3");
  EXPECT_EQ(header(submission->message, "ce_time"), "2023-11-14T22:00:00.000Z");
}

std::expected<Submission, http::HttpResponse> read_with_key(const std::string& members, std::string key) {
  return read_submission(
      {.method = "POST",
       .headers = {{"content-type", "application/json"}, {"idempotency-key", std::move(key)}},
       .body = R"({"type":"request.acknowledge","case_id":"email:A-1","actor":"agent:li",)" + members +
               R"("data":{"channel":"email"}})"},
      {.at = kNow});
}

TEST(Submission, AnIdempotencyKeyIsTheIdOfACommandThatHasNone) {
  EXPECT_EQ(read_with_key("", "k-1")->command_id.value, "k-1");
  EXPECT_EQ(read_with_key("", "\"k-1\"")->command_id.value, "k-1");
  EXPECT_EQ(read_with_key(R"("id":"k-1",)", "k-1")->command_id.value, "k-1");
  const auto differs = read_with_key(R"("id":"c-1",)", "k-1");
  ASSERT_FALSE(differs);
  EXPECT_EQ(differs.error().status, 422);
  EXPECT_NE(differs.error().body.find("Idempotency-Key"), std::string::npos);
}

TEST(Submission, ThePlainFormMayNameItsSource) {
  const auto with_source = [](const std::string& source) {
    return read(R"({"type":"request.acknowledge","case_id":"email:A-1","actor":"agent:li","source":")" +
                source + R"(","data":{"channel":"email"}})");
  };
  EXPECT_EQ(header(with_source("/crm")->message, "ce_source"), "/crm");
  EXPECT_EQ(header(with_source("https://shop.example/orders?x=%20")->message, "ce_source"),
            "https://shop.example/orders?x=%20");
  for (const auto& none : {std::string(), std::string("a b"), std::string("%zz"), std::string("店"),
                           std::string(513, 'x'), std::string("\\n")}) {
    const auto refused = with_source(none);
    ASSERT_FALSE(refused) << none;
    EXPECT_NE(refused.error().body.find("'source'"), std::string::npos) << refused.error().body;
  }
}

TEST(Submission, ReadsAStructuredCloudEvent) {
  const auto submission = read(
      R"({"specversion":"1.0","id":"c-2","source":"/crm","type":"casetrail.request.acknowledge","subject":"email:A-1",)"
      R"("actor":"agent:li","data":{"channel":"email"}})",
      "application/cloudevents+json; charset=UTF-8");
  ASSERT_TRUE(submission) << submission.error().body;
  EXPECT_EQ(submission->command_id.value, "c-2");
  EXPECT_EQ(header(submission->message, "ce_source"), "/crm");
  EXPECT_EQ(submission->message.key, case_id_of(Channel::email, "A-1").value);
}

TEST(Submission, RefusesWhatIsNoJson) {
  EXPECT_NE(refused("{").find("malformed_command"), std::string::npos);
}

TEST(Submission, RefusesAnUnknownType) {
  EXPECT_NE(refused(R"({"type":"request.sing","case_id":"email:A-1","actor":"agent:li","data":{}})")
                .find("request.sing"),
            std::string::npos);
}

TEST(Submission, RefusesABodyThatIsNotOfItsType) {
  EXPECT_NE(
      refused(
          R"({"type":"request.acknowledge","case_id":"email:A-1","actor":"agent:li","data":{"channel":7}})")
          .find("channel"),
      std::string::npos);
}

TEST(Submission, WhatBeginsACaseNeedsNoIdOfIt) {
  const auto at_once = [](const std::string& reference) {
    return read(R"({"type":"case.first_contact.resolve","actor":"agent:li","department_id":"cs","data":{)"
                R"("kind":"inquiry","channel":"douyin",)" +
                reference +
                R"("category":"use","resolution_code":"explained","pii":{"name":"Ann","contacts":[]}}})");
  };
  EXPECT_EQ(at_once(R"("external_ref":"D-1",)")->case_id, case_id_of(Channel::douyin, "D-1"));
  EXPECT_NE(at_once("")->case_id, at_once("")->case_id);
}

TEST(Submission, RefusesACommandWithoutACase) {
  EXPECT_NE(refused(R"({"type":"request.acknowledge","actor":"agent:li","data":{"channel":"email"}})")
                .find("case_id"),
            std::string::npos);
}

TEST(Submission, RefusesAChannelThatIsNoCode) {
  EXPECT_NE(
      refused(
          R"({"type":"request.acknowledge","case_id":"Pigeon post:1","actor":"agent:li","data":{"channel":"email"}})")
          .find("Pigeon post"),
      std::string::npos);
}

TEST(Submission, AMemberThatNobodyReadsIsRefusedByItsName) {
  const auto problem = refused(
      R"({"type":"request.acknowledge","case_id":"email:A-1","actor":"agent:li","expectedSeq":3,"data":{"channel":"email"}})");
  EXPECT_NE(problem.find("'expectedSeq'"), std::string::npos) << problem;
  EXPECT_NE(problem.find("expected_seq"), std::string::npos) << problem;
}

TEST(Submission, AMisspeltMemberOfItsDataIsRefusedWithTheOneThatWasMeant) {
  const auto problem = refused(
      R"({"type":"request.register","actor":"system:shop","data":{"kind":"inquiry","chanel":"email","externl_ref":"A-1",)"
      R"("pii":{"name":"Ann","contacts":[],"adress":"x"}}})");
  for (const auto* part :
       {"'chanel' is unknown (did you mean 'channel'?)",
        "'externl_ref' is unknown (did you mean 'external_ref'?)",
        "'pii.adress' is unknown (did you mean 'address'?)", "'channel' is missing", "Expected 'data' to be"})
    EXPECT_NE(problem.find(part), std::string::npos) << part << "\n" << problem;
}

std::string cloud_event_with(std::string_view member) {
  return R"({"specversion":"1.0","id":"c-1","source":"/erp","type":"casetrail.request.acknowledge",)"
         R"("subject":"email:A-1","actor":"agent:li","data":{"channel":"email"},)" +
         std::string(member) + "}";
}

TEST(Submission, AMisspeltAttributeIsRefusedWithTheOneThatWasMeant) {
  EXPECT_THAT(refused(cloud_event_with(R"("expectedsequenc":3)"), "application/cloudevents+json"),
              HasSubstr("There is no attribute 'expectedsequenc'. Did you mean 'expectedsequence'?"));
  const auto binary = read_submission({.method = "POST",
                                       .headers = {{"content-type", "application/json"},
                                                   {"ce-specversion", "1.0"},
                                                   {"ce-id", "c-1"},
                                                   {"ce-source", "/crm"},
                                                   {"ce-type", "casetrail.request.acknowledge"},
                                                   {"ce-subject", "email:A-1"},
                                                   {"ce-acter", "agent:li"}},
                                       .body = R"({"channel":"email"})"},
                                      {.at = kNow});
  ASSERT_FALSE(binary);
  EXPECT_THAT(binary.error().body, HasSubstr("There is no attribute 'ce-acter'. Did you mean 'ce-actor'?"));
}

TEST(Submission, AnAttributeOfAnotherNameIsPassedOver) {
  for (const auto* member : {R"("tracestate":"a=b")", R"("dataref":"/x")", R"("partitionkey":"email:A-1")",
                             R"("comexampletenant":"t")", R"("datacontenttype":"application/json")",
                             R"("recordedtime":"2026-11-30T00:00:00Z")"})
    EXPECT_EQ(refused(cloud_event_with(member), "application/cloudevents+json"), "taken") << member;
}

TEST(Submission, AMemberThatComesTwiceIsRefused) {
  EXPECT_NE(refused(R"({"type":"request.acknowledge","case_id":"a","actor":"agent:li","actor":"agent:zhao",)"
                    R"("data":{"channel":"email"}})")
                .find("'actor' to be there once"),
            std::string::npos);
  EXPECT_NE(refused(R"({"type":"request.acknowledge","case_id":"a","actor":"agent:li",)"
                    R"("data":{"channel":"email","channel":"fax"}})")
                .find("'data.channel' to be there once"),
            std::string::npos);
}

TEST(Submission, ANameOutOfBoundsIsRefusedByItsMember) {
  for (const auto* member :
       {"actor", "department_id", "role", "badge_no", "correlation_id", "id", "case_id"}) {
    for (const auto& value : {std::string(60'000, 'x'), std::string("agent:l\\u0000i")}) {
      const auto actor = std::string_view(member) == "actor" ? "" : R"("actor":"agent:li",)";
      const auto problem =
          refused(std::string(R"({"type":"request.register",)") + actor + '"' + member + "\":\"" + value +
                  R"(","data":{"kind":"inquiry","channel":"phone","pii":{"name":"Ann","contacts":[]}}})");
      EXPECT_NE(problem.find('\'' + std::string(member) + "' to be 1 to 200 characters"), std::string::npos)
          << problem.substr(0, 300);
    }
  }
  EXPECT_FALSE(find_case_id("."));
  EXPECT_FALSE(find_case_id(".."));
}

std::expected<Submission, http::HttpResponse> read_headers(std::vector<http::HttpHeader> headers,
                                                           std::string body) {
  headers.push_back({"content-type", "application/json"});
  return read_submission({.method = "POST", .headers = std::move(headers), .body = std::move(body)},
                         {.at = kNow});
}

TEST(Submission, ReadsACloudEventInBinaryMode) {
  const auto submission = read_headers({{"ce-specversion", "1.0"},
                                        {"ce-id", "c-3"},
                                        {"ce-source", "/crm"},
                                        {"ce-type", "casetrail.request.acknowledge"},
                                        {"ce-subject", "email:A-1"},
                                        {"ce-actor", "agent:%E6%9D%8E"},
                                        {"ce-expectedsequence", "3"}},
                                       R"({"channel":"email"})");
  ASSERT_TRUE(submission) << submission.error().body;
  EXPECT_EQ(submission->command_id.value, "c-3");
  EXPECT_EQ(submission->case_id, case_id_of(Channel::email, "A-1"));
  EXPECT_EQ(header(submission->message, "ce_source"), "/crm");
  EXPECT_EQ(header(submission->message, "ce_actor"), "agent:李");
  EXPECT_EQ(header(submission->message, "ce_expectedsequence"), "3");
  EXPECT_EQ(submission->message.value, R"({"channel":"email"})");
}

TEST(Submission, WhatIsWrongInBinaryModeIsCalledByItsHeader) {
  const auto problem = [](const std::string& name, const std::string& value, const std::string& body) {
    std::vector<http::HttpHeader> headers{
        {"ce-specversion", "1.0"},   {"ce-id", "c-3"},
        {"ce-source", "/crm"},       {"ce-type", "casetrail.request.acknowledge"},
        {"ce-subject", "email:A-1"}, {"ce-actor", "agent:li"}};
    for (auto& known : headers) {
      if (known.name == name) known.value = value;
    }
    const auto submission = read_headers(headers, body);
    return submission ? "taken" : submission.error().body;
  };
  const std::string body = R"({"channel":"email"})";
  EXPECT_NE(problem("ce-specversion", "0.3", body).find("'ce-specversion' to be '1.0'"), std::string::npos);
  EXPECT_NE(problem("ce-actor", "li", body).find("'ce-actor' to be"), std::string::npos);
  EXPECT_NE(problem("ce-actor", "%zz", body).find("'ce-actor' to be percent-encoded"), std::string::npos);
  EXPECT_NE(problem("", "", R"({"channel":"Pigeon post"})").find("'channel' to be a code of"),
            std::string::npos);
  EXPECT_NE(
      read_headers({{"ce-id", "a"}, {"ce-id", "a"}}, body).error().body.find("'ce-id' to be there once"),
      std::string::npos);
}

TEST(Submission, WhatIsWrongIsCalledAsItsSenderCallsIt) {
  const auto plain = [](const std::string& members) {
    return refused(R"({"type":"request.acknowledge","case_id":"email:A-1",)" + members + "}");
  };
  EXPECT_NE(plain(R"("actor":"li","data":{"channel":"email"})").find("'actor' to be"), std::string::npos);
  EXPECT_NE(plain(R"("actor":"agent:li","expected_seq":-1,"data":{"channel":"email"})")
                .find("'expected_seq' to be"),
            std::string::npos);
  EXPECT_NE(plain(R"("actor":"agent:li","id":"a b","data":{"channel":"email"})").find("'id' to be"),
            std::string::npos);
  EXPECT_NE(plain(R"("actor":"agent:li","data":{})").find("'data.channel' to be"), std::string::npos);
  EXPECT_NE(refused(R"({"specversion":"1.0","id":"c","source":"/crm","type":"casetrail.request.acknowledge",)"
                    R"("subject":"email:A-1","actor":"li","data":{"channel":"email"}})",
                    "application/cloudevents+json")
                .find("'actor' to be"),
            std::string::npos);
}

TEST(Submission, DataThatAreNoneAreRefusedThoughTheyNameAnotherCase) {
  const auto read = [](const std::string& data) {
    return read_headers({{"ce-specversion", "1.0"},
                         {"ce-id", "c-3"},
                         {"ce-type", "casetrail.case.link"},
                         {"ce-source", "/shop"},
                         {"ce-subject", "c-1"},
                         {"ce-actor", "agent:li"}},
                        data);
  };
  const std::string data = R"({"other_case_id":"email:A-1","relation":"related"})";
  EXPECT_TRUE(read(data)) << read(data).error().body;
  EXPECT_FALSE(read(data + R"(,"z":{})"));
  EXPECT_FALSE(read(R"({"other_case_id":"email:A-1","relation":"related","relation":"duplicate"})"));
}

TEST(Submission, ACloudEventWithoutAnIdIsRefused) {
  const auto event = [](const std::string& id) {
    return refused(R"({"specversion":"1.0",)" + id +
                       R"("source":"/crm","type":"casetrail.request.acknowledge","subject":"email:A-1",)"
                       R"("actor":"agent:li","data":{"channel":"email"}})",
                   "application/cloudevents+json");
  };
  EXPECT_EQ(event(R"("id":"c-2",)"), "taken");
  for (const auto* none : {"", R"("id":null,)", R"("id":"",)"})
    EXPECT_NE(event(none).find("'id' to name the command"), std::string::npos) << none;
  const auto binary = read_headers({{"ce-specversion", "1.0"},
                                    {"ce-source", "/crm"},
                                    {"ce-type", "casetrail.request.acknowledge"},
                                    {"ce-subject", "email:A-1"},
                                    {"ce-actor", "agent:li"}},
                                   R"({"channel":"email"})");
  ASSERT_FALSE(binary);
  EXPECT_NE(binary.error().body.find("'ce-id' to name the command"), std::string::npos);
}

TEST(Submission, ACloudEventWithoutASourceIsRefused) {
  for (const auto* none : {"", R"("source":null,)", R"("source":"",)"}) {
    EXPECT_THAT(refused(std::string(R"({"specversion":"1.0","id":"c-2",)") + none +
                            R"("type":"casetrail.request.acknowledge","subject":"email:A-1",)"
                            R"("actor":"agent:li","data":{"channel":"email"}})",
                        "application/cloudevents+json"),
                HasSubstr("Expected 'source' to name who sends the command"))
        << none;
  }
  const auto binary = read_headers({{"ce-specversion", "1.0"},
                                    {"ce-id", "c-2"},
                                    {"ce-type", "casetrail.request.acknowledge"},
                                    {"ce-subject", "email:A-1"},
                                    {"ce-actor", "agent:li"}},
                                   R"({"channel":"email"})");
  ASSERT_FALSE(binary);
  EXPECT_THAT(binary.error().body, HasSubstr("Expected 'ce-source' to name who sends the command"));
}

TEST(Submission, AnotherVersionOfCloudEventsIsRefused) {
  const auto problem = refused(
      R"({"specversion":"0.3","id":"c-2","source":"/crm","type":"casetrail.request.acknowledge","subject":"email:A-1",)"
      R"("actor":"agent:li","data":{"channel":"email"}})",
      "application/cloudevents+json");
  EXPECT_NE(problem.find("specversion"), std::string::npos) << problem;
}

}  // namespace
}  // namespace casetrail::api
