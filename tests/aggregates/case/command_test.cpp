// A command survives the wire, and what is no command is refused with a sentence.
#include "aggregates/case/command.h"

#include <gmock/gmock.h>
#include <simdjson.h>

#include <set>

#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/work/commands.h"
#include "events/wire/cloud_event.h"
#include "tests/aggregates/case/cases.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/every_command.h"
#include "tests/support/message_headers.h"

namespace casetrail {
namespace {

using testing::HasSubstr;

CommandEnvelope an_envelope(Command command = hand_off()) {
  CommandEnvelope envelope;
  envelope.id = CommandId{"cmd-1"};
  envelope.case_id = CaseId{"0190a0b0-0000-7000-8000-000000000001"};
  envelope.actor = agent("li.wei", "cs", "cs_lead");
  envelope.actor.badge_no = "1024";
  envelope.occurred_at = kMonday;
  envelope.expected_seq = 7;
  envelope.correlation_id = "order-9";
  envelope.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  envelope.command = std::move(command);
  return envelope;
}

void set_header(Message& message, const std::string& name, const std::string& value) {
  remove_header(message, name);
  if (!value.empty()) message.headers.add(name, value);
}

std::string refusal(const Message& message) {
  const auto read = read_command(BorrowedMessage(message).view());
  EXPECT_FALSE(read.has_value());
  return read ? "" : read.error().sentence();
}

std::string json_of(const Command& command) {
  std::string json;
  command.append_json(json);
  return json;
}

TEST(Command, SurvivesTheWire) {
  const auto sent = an_envelope();
  const auto message = write_command(sent);
  const auto read = read_command(BorrowedMessage(message).view());
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  EXPECT_EQ(read->id, sent.id);
  EXPECT_EQ(read->case_id, sent.case_id);
  EXPECT_EQ(to_wire(read->actor), "agent:li.wei");
  EXPECT_EQ(read->actor.department_id, sent.actor.department_id);
  EXPECT_EQ(read->actor.role, sent.actor.role);
  EXPECT_EQ(read->actor.badge_no, sent.actor.badge_no);
  EXPECT_EQ(read->occurred_at, sent.occurred_at);
  EXPECT_EQ(read->expected_seq, sent.expected_seq);
  EXPECT_EQ(read->correlation_id, sent.correlation_id);
  EXPECT_EQ(read->traceparent, sent.traceparent);
  EXPECT_EQ(json_of(read->command), json_of(sent.command));
  EXPECT_EQ(read->digest, command_digest(sent.case_id, sent.command));
}

TEST(Command, IsReadInStructuredMode) {
  Message message;
  message.key = "0190a0b0-0000-7000-8000-000000000001";
  message.timestamp = kMonday;
  message.headers = {{"content-type", "application/cloudevents+json; charset=utf-8"}};
  message.value = R"({"specversion":"1.0","id":"x1","source":"/shop","type":"casetrail.case.close",
                      "actor":"agent:li.wei","data":{}})";
  const auto read = read_command(BorrowedMessage(message).view());
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  EXPECT_TRUE(read->command.get_if<CloseCase>());
  EXPECT_EQ(read->occurred_at, kMonday);
}

TEST(Command, AttributesThatAreNoUtf8AreRefused) {
  for (const auto* header : {"ce_id", "ce_source", "ce_type", "ce_time", "ce_actor", "ce_correlationid"}) {
    auto message = write_command(an_envelope());
    set_header(message, header, "\xC3\x28");
    const auto read = read_command(BorrowedMessage(message).view());
    ASSERT_FALSE(read.has_value()) << header;
    EXPECT_THAT(read.error().sentence(), HasSubstr(std::string(header) + "' to be text in UTF-8"));
    EXPECT_EQ(read.error().id.empty(), std::string_view(header) == "ce_id");
  }
}

TEST(Command, MayLeaveOutTimeSubjectAndSchema) {
  auto message = write_command(an_envelope());
  for (const auto* name : {"ce_time", "ce_subject", "ce_dataschema", "ce_expectedsequence"})
    set_header(message, name, "");
  const auto read = read_command(BorrowedMessage(message).view());
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  EXPECT_EQ(read->occurred_at, message.timestamp);
  EXPECT_EQ(read->expected_seq, std::nullopt);
}

TEST(Command, NeverHappenedAfterItsRecord) {
  auto message = write_command(an_envelope());
  set_header(message, "ce_time", "2099-01-01T00:00:00Z");
  EXPECT_EQ(read_command(BorrowedMessage(message).view())->occurred_at, message.timestamp);
}

TEST(Command, ARecordTimeThatTheWireDoesNotHaveIsRefused) {
  auto message = write_command(an_envelope());
  for (const auto at : {Timestamp::min(), from_epoch_ms(-62'167'219'200'001), Timestamp::max()}) {
    message.timestamp = at;
    EXPECT_EQ(refusal(message), "Expected the record's time to be in the years 0000 to 9999.");
  }
}

TEST(Command, EveryBrokenAttributeIsNamed) {
  const std::vector<std::pair<std::string, std::string>> broken = {{"ce_specversion", "0.3"},
                                                                   {"ce_id", ""},
                                                                   {"ce_id", "with space"},
                                                                   {"ce_subject", "another-case"},
                                                                   {"ce_actor", ""},
                                                                   {"ce_actor", "li.wei"},
                                                                   {"ce_actor", "agent: "},
                                                                   {"ce_actor", "agent:\u3164"},
                                                                   {"ce_actor", "agent:\u2800\u00a0"},
                                                                   {"ce_actor", "timer:x"},
                                                                   {"ce_time", "yesterday"},
                                                                   {"ce_expectedsequence", "-1"},
                                                                   {"ce_expectedsequence", "7x"},
                                                                   {"ce_type", "casetrail.handoff.requested"},
                                                                   {"ce_type", "handoff.request"},
                                                                   {"ce_dataschema", "urn:none"}};
  for (const auto& [name, value] : broken) {
    auto message = write_command(an_envelope());
    set_header(message, name, value);
    EXPECT_THAT(refusal(message), HasSubstr(name)) << value;
  }
}

TEST(Command, ANameOutOfBoundsIsRefusedByItsHeader) {
  for (const auto* header :
       {"ce_actor", "ce_actordepartment", "ce_actorrole", "ce_actorbadge", "ce_correlationid", "ce_id"}) {
    for (const auto& name : {std::string(60'000, 'x'), std::string("agent:li\nwei"),
                             std::string("agent:li\0wei", 12), std::string("agent:li\xC2\x85wei")}) {
      auto message = write_command(an_envelope());
      set_header(message, header, name);
      EXPECT_THAT(refusal(message), HasSubstr(std::string(header) + "' to be")) << name.substr(0, 20);
    }
  }
}

TEST(Command, AHeaderThatIsThereTwiceIsRefusedByItsName) {
  for (const auto* header : {"ce_id", "ce_source", "ce_actor", "ce_time", "content-type"}) {
    auto message = write_command(an_envelope());
    message.headers.add(header, "/crm");
    const auto read = read_command(BorrowedMessage(message).view());
    ASSERT_FALSE(read) << header;
    EXPECT_EQ(read.error().sentence(),
              "Expected '" + std::string(header) + "' to be there once, but it is there more than once.");
    const auto is_anybodys = std::string_view(header) == "ce_id" || std::string_view(header) == "ce_source";
    EXPECT_EQ(read.error().id.empty(), is_anybodys) << "nobody knows whose outcome it would be";
    EXPECT_EQ(read.error().case_id, an_envelope().case_id);
  }
}

TEST(Command, DataOfAnotherMediaTypeThanJsonAreRefusedByTheIdOfTheCommand) {
  for (const auto* type : {"text/xml", "application/xml; charset=utf-8", "text/plain"}) {
    auto message = write_command(an_envelope());
    set_header(message, "content-type", type);
    const auto read = read_command(BorrowedMessage(message).view());
    ASSERT_FALSE(read) << type;
    EXPECT_EQ(read.error().sentence(),
              std::string("Expected 'content-type' to be application/json, but it is '") + type + "'.");
    EXPECT_EQ(read.error().id, an_envelope().id);
  }
  for (const auto* type : {"Application/JSON; charset=utf-8", "application/vnd.shop+json", ""}) {
    auto message = write_command(an_envelope());
    set_header(message, "content-type", type);
    EXPECT_TRUE(read_command(BorrowedMessage(message).view())) << type;
  }
}

TEST(Command, ASourceOutOfBoundsIsRefusedAndNoneIsTakenForOurOwn) {
  auto message = write_command(an_envelope());
  for (const auto& source : {std::string(513, 'x'), std::string("/crm\0", 5)}) {
    set_header(message, "ce_source", source);
    EXPECT_THAT(refusal(message), HasSubstr("'ce_source' to be a URI-reference of at most 512 characters"));
  }
  const std::string longest(512, 'x');
  set_header(message, "ce_source", longest);
  const auto read = read_command(BorrowedMessage(message).view());
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_EQ(read->source, longest);
}

TEST(Command, ATraceThatCannotBeReadIsNotPassedOn) {
  auto message = write_command(an_envelope());
  set_header(message, "traceparent", "");
  set_header(message, "ce_traceparent", std::string(60'000, 'x'));
  const auto read = read_command(BorrowedMessage(message).view());
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  EXPECT_EQ(read->traceparent, "");
}

TEST(Command, ACaseIdThatAPathLosesIsRefused) {
  for (const auto* id : {".", ".."}) {
    auto message = write_command(an_envelope());
    set_header(message, "ce_subject", "");
    message.key = id;
    EXPECT_THAT(refusal(message), HasSubstr("the record's key to be the case id")) << id;
  }
}

/// The paths in `schema` of texts, on their own or in a list, that may be of any length.
void list_unbounded(simdjson::dom::element schema, const std::string& path,
                    simdjson::dom::element definitions, std::set<std::string>& into) {
  simdjson::dom::object properties;
  simdjson::dom::element inner;
  std::string_view reference;
  if (!schema["$ref"].get(reference))
    schema = definitions[reference.substr(std::string_view("#/definitions/").size())];
  if (!schema["items"].get(inner)) return list_unbounded(inner, path, definitions, into);
  if (!schema["properties"].get(properties)) {
    for (const auto& [name, of_member] : properties)
      list_unbounded(of_member, path + "." + std::string(name), definitions, into);
  }
  const bool bounded = !schema["maxLength"].get(inner) || !schema["enum"].get(inner) ||
                       !schema["format"].get(inner) || !schema["x-catalogue"].get(inner);
  if (std::string_view(schema["type"]) == "string" && !bounded) into.insert(path);
}

TEST(Command, EveryTextThatIsNoProseHasABound) {
  std::set<std::string> prose;
  simdjson::dom::parser parser;
  for (const auto* codec : command_codecs()) {
    const auto schema = codec->schema();
    const simdjson::dom::element root = parser.parse(schema);
    simdjson::dom::element definitions;
    if (root["definitions"].get(definitions)) definitions = root;
    list_unbounded(root, std::string(codec->type), definitions, prose);
  }
  EXPECT_THAT(
      prose,
      testing::UnorderedElementsAre(
          "agreement.reach.customer_benefit", "approval.decide.pii.text", "approval.request.pii.text",
          "assignment.make.cautions", "assignment.make.requirements", "assignment.offer.cautions",
          "assignment.offer.requirements", "callback.complete.pii.comment",
          "callback.complete.pii.how_to_satisfy", "callback.complete.pii.other_needs",
          "callback.complete.pii.problem_where", "callback.complete.pii.use_experience",
          "callback.waive.reason", "case.reopen.pii.text", "case.resolution.reject.pii.text",
          "case.first_contact.resolve.pii.address", "case.first_contact.resolve.pii.resolution",
          "case.first_contact.resolve.pii.service_need", "case.first_contact.resolve.pii.symptom",
          "case.resolve.pii.notes", "case.unlink.reason", "complaint.cause.determine.evidence",
          "complaint.decline.reason", "complaint.lodge.pii.course_of_events",
          "complaint.lodge.pii.remedy_sought", "complaint.responsibility.attribute.evidence",
          "complaint.assess.pii.text", "complaint.decision.communicate.pii.text", "complaint.appeal.pii.text",
          "complaint.responsibility.dispute.pii.text", "complaint.responsibility.confirm.pii.text",
          "call.attempt.pii.text", "escalation.acknowledge.pii.text", "escalation.raise.pii.text",
          "handoff.complete.pii.text", "return.inspect.pii.text", "sla.excuse.pii.text",
          "solution.option.decline.pii.text", "work.visit.complete.pii.text", "handoff.request.pii.because",
          "handoff.request.pii.customer", "handoff.request.pii.how", "handoff.request.pii.please_do",
          "handoff.request.pii.wants", "handoff.rule.reason", "handoff.withdraw.reason",
          "request.amend.pii.address", "request.amend.pii.service_need", "request.amend.pii.symptom",
          "request.amend.pii.reason", "request.reject.pii.text", "request.withdraw.pii.text",
          "work.chase.pii.text", "contact.reveal.pii.text", "work.note.add.pii.text",
          "progress.report.pii.text", "request.prioritize.reason", "request.register.pii.address",
          "request.register.pii.service_need", "request.register.pii.symptom", "review.score.pii.comment",
          "review.score.pii.improvement_points", "review.score.pii.by_item.text", "review.dispute.pii.text",
          "review.calibrate.pii.text", "review.calibrate.pii.by_item.text", "review.dispute.resolve.pii.text",
          "review.dispute.resolve.pii.by_item.text", "review.recognition.give.pii.text",
          "solution.options.offer.options.plan", "work.info.request.pii.text",
          "work.message.receive.pii.text", "work.message.send.pii.text", "work.suspend.pii.text"));
}

TEST(Command, AShortTextThatIsTooLongIsNamed) {
  const std::string json = R"({"kind":"inquiry","channel":"phone","serial_no":")" + std::string(5'000, 'x') +
                           R"(","pii":{"name":"Ann","contacts":[]}})";
  const auto command = decode_command("request.register", 1, json);
  ASSERT_FALSE(command);
  EXPECT_EQ(command.error().sentence(),
            "Expected 'serial_no' to be text of at most 200 characters, but it has 5000.");
}

TEST(Command, AMemberThatItDoesNotHaveIsRefusedWhateverTheCommand) {
  std::set<std::string_view> seen;
  for (const auto& envelope : story_of_every_command(kMonday)) {
    const auto& codec = codec_of(envelope.command);
    auto json = json_of(envelope.command);
    json.insert(1, json == "{}" ? R"("misspelt":1)" : R"("misspelt":1,)");
    const auto read = decode_command(codec.type, codec.version, json);
    ASSERT_FALSE(read) << json;
    EXPECT_THAT(read.error().sentence(), HasSubstr("'misspelt' to be a known member")) << json;
    EXPECT_THAT(codec.schema(), HasSubstr(R"("additionalProperties":false)"));
    seen.insert(codec.type);
  }
  EXPECT_EQ(seen.size(), command_codecs().size());
}

TEST(Command, ABrokenBodyIsNamed) {
  auto message = write_command(an_envelope());
  message.value = "{\"kind\":\"department\"";
  EXPECT_THAT(refusal(message), HasSubstr("JSON"));
  message = write_command(an_envelope());
  constexpr std::string_view kKind = "\"kind\":\"department\"";
  message.value.replace(message.value.find(kKind), kKind.size(), "\"kind\":\"sideways\"");
  EXPECT_THAT(refusal(message), HasSubstr("'kind'"));
  message.value = "[]";
  EXPECT_THAT(refusal(message), HasSubstr("object"));
}

TEST(Command, AnUnreadableOneStillSaysWhoseItIs) {
  auto message = write_command(an_envelope());
  message.value = "{}";
  const auto read = read_command(BorrowedMessage(message).view());
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().id.value, "cmd-1");
  EXPECT_EQ(read.error().case_id.value, an_envelope().case_id.value);
}

TEST(Command, AKeyThatIsNoCaseIdIsRefused) {
  auto message = write_command(an_envelope());
  message.key = "a/b";
  EXPECT_THAT(refusal(message), HasSubstr("key"));
}

TEST(Command, TheDigestTellsBodiesCasesAndTypesApart) {
  const CaseId case_id{"a"};
  const auto digest = command_digest(case_id, AcceptHandoff{HandoffId{"h1"}});
  EXPECT_EQ(digest.size(), 32U);
  EXPECT_EQ(digest, command_digest(case_id, AcceptHandoff{HandoffId{"h1"}}));
  EXPECT_NE(digest, command_digest(case_id, AcceptHandoff{HandoffId{"h2"}}));
  EXPECT_NE(digest, command_digest(CaseId{"b"}, AcceptHandoff{HandoffId{"h1"}}));
  EXPECT_NE(command_digest(case_id, CloseCase{}), command_digest(case_id, StartWork{}));
}

TEST(Command, EveryTypeHasItsOwnNameAndSchema) {
  std::vector<std::string_view> names;
  for (const auto* codec : command_codecs()) {
    EXPECT_EQ(find_command_codec(codec->type), codec);
    EXPECT_THAT(codec->schema(), HasSubstr(R"("type":"object","properties":)"));
    names.push_back(codec->type);
  }
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

}  // namespace
}  // namespace casetrail
