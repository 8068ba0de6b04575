// The published documents are whole and name every type.
#include "workers/http/contract.h"

#include <gtest/gtest.h>

#include "events/decode_error.h"

namespace casetrail {
namespace {

TEST(Contract, EveryTypeHasASchemaThatIsJson) {
  ASSERT_FALSE(schema_names().empty());
  for (const auto& name : schema_names()) {
    const auto schema = schema_document(name);
    ASSERT_TRUE(schema) << name;
    EXPECT_FALSE(check_json_object(*schema)) << name << ": " << *schema;
  }
}

TEST(Contract, ATypeIsFoundByItsNameAlone) {
  EXPECT_EQ(schema_document("handoff.requested"), schema_document("events/handoff.requested"));
}

TEST(Contract, AnUnknownNameHasNoSchema) { EXPECT_FALSE(schema_document("events/nothing")); }

TEST(Contract, TheAsyncApiDocumentNamesEveryType) {
  const auto document = schema_document("asyncapi");
  ASSERT_TRUE(document);
  EXPECT_FALSE(check_json_object(*document)) << check_json_object(*document)->sentence();
  for (const auto& name : schema_names()) {
    EXPECT_NE(document->find("casetrail." + name.substr(name.find('/') + 1)), std::string::npos) << name;
  }
}

TEST(Contract, TheOpenApiDocumentIsJsonAndNamesTheCommands) {
  const auto document = schema_document("openapi");
  ASSERT_TRUE(document);
  EXPECT_FALSE(check_json_object(*document)) << check_json_object(*document)->sentence();
  EXPECT_NE(document->find(R"("/v1/commands":{"post")"), std::string::npos);
}

TEST(Contract, TheOpenApiDocumentDeclaresEveryAnswerToACommand) {
  const auto document = schema_document("openapi").value();
  for (const auto* part : {R"("201":)", R"("202":)", R"("409":)", R"("422":)", R"("504":)",
                           "application/cloudevents-batch+json", "X-Casetrail-Token", R"("Outcomes")"}) {
    EXPECT_NE(document.find(part), std::string::npos) << part;
  }
}

TEST(Contract, TheAsyncApiDocumentHasEveryTopicThatOthersRead) {
  const auto document = schema_document("asyncapi").value();
  for (const auto* part : {R"("address":"casetrail.outcomes")", R"("address":"casetrail.deadletters")",
                           R"("ce_type","ce_actor")"}) {
    EXPECT_NE(document.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace casetrail
