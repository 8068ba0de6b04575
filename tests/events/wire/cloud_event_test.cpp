// The CloudEvents binding, both modes.
#include "events/wire/cloud_event.h"

#include <gtest/gtest.h>

#include "tests/support/borrowed_message.h"

namespace casetrail {
namespace {

Message structured(std::string json) {
  Message message;
  message.value = std::move(json);
  message.headers.add("content-type", "Application/CloudEvents+json; charset=UTF-8");
  return message;
}

TEST(CloudEvent, BinaryModeIsReadAsItWasWritten) {
  CloudEvent event;
  event.specversion = "1.0";
  event.id = "case/1";
  event.type = "casetrail.work.started";
  event.partitionkey = "case";
  event.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  event.data = "{}";
  const auto message = write_cloud_event(event);
  const BorrowedMessage borrowed(message);
  const auto read = read_cloud_event(borrowed.view());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, "case/1");
  EXPECT_EQ(read->type, "casetrail.work.started");
  EXPECT_EQ(read->traceparent, event.traceparent);
  EXPECT_EQ(read->data, "{}");
  EXPECT_EQ(borrowed.view().header("content-type"), "application/json");
  EXPECT_EQ(message.key, "case");
}

TEST(CloudEvent, AnEmptyAttributeHasNoHeader) {
  const auto message = write_cloud_event(CloudEvent{});
  EXPECT_FALSE(BorrowedMessage(message).view().header("ce_id"));
}

TEST(CloudEvent, StructuredModeCarriesItsDataAsItIs) {
  const auto message = structured(
      R"({"specversion":"1.0","id":"cmd-1","unknown":7,"type":"casetrail.case.close","subject":"caf\u00e9","data":{"a":[1, 2]}})");
  const auto event = read_cloud_event(BorrowedMessage(message).view());
  ASSERT_TRUE(event) << event.error().sentence();
  EXPECT_EQ(event->id, "cmd-1");
  EXPECT_EQ(event->subject, "café");
  EXPECT_EQ(event->data, R"({"a":[1, 2]})");
}

TEST(CloudEvent, AStructuredAttributeThatIsNoStringIsNamed) {
  const auto message = structured(R"({"id":7})");
  const auto event = read_cloud_event(BorrowedMessage(message).view());
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().sentence(), "Expected 'id' to be a string.");
}

TEST(CloudEvent, AStructuredAttributeThatIsNullIsUnset) {
  const auto message = structured(R"({"id":"1","subject":null,"traceparent":null,"time":null,"data":{}})");
  const auto event = read_cloud_event(BorrowedMessage(message).view());
  ASSERT_TRUE(event) << event.error().sentence();
  EXPECT_TRUE(event->subject.empty() && event->traceparent.empty() && event->time.empty());
  EXPECT_EQ(event->data, "{}");
}

TEST(CloudEvent, AnExtensionMayBeAnIntegerOrABoolean) {
  const auto message = structured(R"({"expectedsequence": 7 ,"actorrole":true})");
  const auto event = read_cloud_event(BorrowedMessage(message).view());
  ASSERT_TRUE(event) << event.error().sentence();
  EXPECT_EQ(event->expectedsequence, "7");
  EXPECT_EQ(event->actorrole, "true");
  for (const auto* other : {"7.5", "[7]", "{}", "1e3"}) {
    const auto wrong = structured(std::string(R"({"expectedsequence":)") + other + "}");
    const auto refused = read_cloud_event(BorrowedMessage(wrong).view());
    ASSERT_FALSE(refused) << other;
    EXPECT_EQ(refused.error().sentence(),
              "Expected 'expectedsequence' to be a string, an integer or a boolean.");
  }
}

TEST(CloudEvent, DataInBase64AreDecoded) {
  const auto message = structured(R"({"id":"1","data_base64":"eyJhIjpbMSwgMl19"})");
  const auto event = read_cloud_event(BorrowedMessage(message).view());
  ASSERT_TRUE(event) << event.error().sentence();
  EXPECT_EQ(event->data, R"({"a":[1, 2]})");
  for (const auto* wrong : {R"({"data_base64":"eyJh*"})", R"({"data_base64":7})",
                            R"({"data":{},"data_base64":"e30="})", R"({"data_base64":"e30=","data":{}})"})
    EXPECT_FALSE(read_cloud_event(BorrowedMessage(structured(wrong)).view())) << wrong;
}

TEST(CloudEvent, AMemberThatComesTwiceIsRefused) {
  for (const auto* twice :
       {R"({"id":"1","id":"1"})", R"({"x":1,"id":"1","x":2})", R"({"id":"1","i\u0064":"2"})"}) {
    const auto event = read_cloud_event(BorrowedMessage(structured(twice)).view());
    ASSERT_FALSE(event) << twice;
    EXPECT_NE(event.error().sentence().find("there once"), std::string::npos);
  }
}

TEST(CloudEvent, TheContentTypeIsFoundWhateverItsCase) {
  Message message;
  message.value = R"({"id":"cmd-1"})";
  message.headers = {{"Content-Type", "APPLICATION/CLOUDEVENTS+JSON ; charset=utf-8"}};
  const auto event = read_cloud_event(BorrowedMessage(message).view());
  ASSERT_TRUE(event) << event.error().sentence();
  EXPECT_EQ(event->id, "cmd-1");
}

TEST(CloudEvent, AnotherFormatOfCloudEventsIsRefusedByItsName) {
  for (const auto* type : {"application/cloudevents+avro", "application/cloudevents-batch+json",
                           "application/cloudevents+json-evil"}) {
    Message message;
    message.value = "{}";
    message.headers = {{"content-type", type}};
    const auto event = read_cloud_event(BorrowedMessage(message).view());
    ASSERT_FALSE(event) << type;
    EXPECT_NE(event.error().sentence().find(type), std::string::npos);
  }
}

TEST(CloudEvent, StructuredDataOfAnotherMediaTypeThanJsonAreRefused) {
  for (const auto* type : {R"("text/xml")", "7"}) {
    const auto message = structured(std::string(R"({"id":"1","data":{},"datacontenttype":)") + type + "}");
    const auto event = read_cloud_event(BorrowedMessage(message).view());
    ASSERT_FALSE(event) << type;
    EXPECT_EQ(event.error().sentence(),
              "Expected 'datacontenttype' to be application/json, for the data are JSON.");
  }
  for (const auto* type : {R"("application/json")", R"("Application/JSON; charset=utf-8")", "null"}) {
    const auto message = structured(std::string(R"({"id":"1","data":{},"datacontenttype":)") + type + "}");
    EXPECT_TRUE(read_cloud_event(BorrowedMessage(message).view())) << type;
  }
}

TEST(CloudEvent, AStructuredAttributeWhoseNameIsNoneIsRefused) {
  for (const auto* name : {"Actor", "expected_sequence", "trace-id"}) {
    const auto message = structured(std::string(R"({"id":"1","data":{},")") + name + R"(":"agent:li"})");
    const auto event = read_cloud_event(BorrowedMessage(message).view());
    ASSERT_FALSE(event) << name;
    EXPECT_EQ(event.error().sentence(),
              std::string("Expected '") + name +
                  "' to be named in lower-case letters and digits, as CloudEvents wants it.");
  }
}

TEST(CloudEvent, StructuredJsonThatIsCutOffIsRefused) {
  const auto message = structured(R"({"id":"cmd-1","data":{)");
  EXPECT_FALSE(read_cloud_event(BorrowedMessage(message).view()));
}

TEST(CloudEvent, TheVersionIsTheLastSegmentOfTheSchema) {
  EXPECT_EQ(version_in(schema_uri("events", "handoff.requested", 12)), 12);
  EXPECT_EQ(version_in("https://example.org/schemas/handoff/3"), 3);
  EXPECT_FALSE(version_in("urn:casetrail:events:handoff.requested:0"));
  EXPECT_FALSE(version_in(""));
}

}  // namespace
}  // namespace casetrail
