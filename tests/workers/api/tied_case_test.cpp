// A command that ties its case to another one, over HTTP: the other has to be there.
#include <gmock/gmock.h>

#include "aggregates/case/notes/commands.h"
#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using testing::HasSubstr;

class TiedCase : public testing::Test {
 protected:
  [[nodiscard]] http::HttpResponse send(const std::string& type, const std::string& data,
                                        const std::string& query = "?timeout=0") const {
    return desk_.ask(
        {.method = "POST",
         .target = "/v1/commands" + query,
         .headers = {{"content-type", "application/json"}},
         .body = R"({"type":")" + type + R"(","case_id":"c-1","actor":"agent:li","data":)" + data + "}"});
  }
  [[nodiscard]] std::string a_case() const {
    const auto body = desk_.get("/v1/cases?limit=1").body;
    const auto at = body.find(R"("case":")") + 8;
    return body.substr(at, body.find('"', at) - at);
  }
  static std::string link_to(const std::string& other) {
    return R"({"other_case_id":")" + other + R"(","relation":"related"})";
  }

  test::Desk<> desk_;
};

TEST_F(TiedCase, ThatIsNotThereIsRefusedAndNothingIsWritten) {
  for (const std::string other : {"email:mis-spelt", "0190a0b0-0000-7000-8000-00000000dead"}) {
    const auto answer = send("case.link", link_to(other));
    EXPECT_EQ(answer.status, 422) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr("other_case_unknown"));
    EXPECT_THAT(answer.body, HasSubstr(other));
  }
  const auto duplicate =
      send("request.reject", R"({"reason_code":"duplicate","explained":true,"duplicate_of":"email:none"})");
  EXPECT_THAT(duplicate.body, HasSubstr("'duplicate_of' names no case"));
  EXPECT_EQ(desk_.commands(), 0);
}

TEST_F(TiedCase, ThatIsThereIsTaken) {
  const auto answer = send("case.link", link_to(a_case()));
  EXPECT_NE(answer.status, 422) << answer.body;
  EXPECT_EQ(desk_.commands(), 1);
}

TEST_F(TiedCase, ThatIsADuplicateItselfHasNoDuplicates) {
  const auto answer =
      send("request.reject", R"({"reason_code":"duplicate","explained":true,"duplicate_of":"case-5"})");
  EXPECT_EQ(answer.status, 422) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr("other_case_duplicate"));
  EXPECT_THAT(answer.body, HasSubstr("a duplicate of case-1"));
  EXPECT_EQ(desk_.commands(), 0);
  EXPECT_NE(send("case.link", link_to("case-5")).status, 422) << "it may be linked all the same";
}

TEST_F(TiedCase, SaysNotTheOppositeOfALinkThatItHas) {
  CommandEnvelope envelope;
  envelope.case_id = CaseId{"case-5"};
  envelope.occurred_at = kMonday;
  envelope.actor = {ActorKind::agent, "li.wei", {}, {}, {}};
  envelope.command = LinkCase{CaseId{"c-1"}, Relation::parent};
  desk_.view().happen(envelope);
  const auto linked_as = [&](const std::string& relation) {
    return send("case.link", R"({"other_case_id":"case-5","relation":")" + relation + "\"}");
  };
  const auto answer = linked_as("parent");
  EXPECT_EQ(answer.status, 422) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr("other_case_contradicts"));
  EXPECT_THAT(answer.body, HasSubstr("case-5 has the link 'parent' to this case already"));
  for (const auto* goes : {"child", "related", "duplicate"}) EXPECT_NE(linked_as(goes).status, 422) << goes;
}

TEST_F(TiedCase, MayComeLaterThanACommandThatNobodyWaitsFor) {
  EXPECT_EQ(send("case.link", link_to("email:comes-soon"), "?wait=0").status, 202);
}

TEST_F(TiedCase, ThatNeverWasCanBeUntied) {
  const auto answer = send("case.unlink", link_to("email:mis-spelt"));
  EXPECT_NE(answer.status, 422) << answer.body;
  EXPECT_EQ(desk_.commands(), 1);
}

}  // namespace
}  // namespace casetrail::api
