// Why a case is as it is, asked over HTTP of a server that has no log behind its boards.
#include <gmock/gmock.h>
#include <simdjson.h>

#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using testing::HasSubstr;

class CaseWhy : public testing::Test {
 protected:
  CaseWhy() {
    const auto board = desk_.get("/v1/boards/cases").body;
    const auto begin = board.find(R"("case":")") + 8;
    case_ = "/v1/cases/" + board.substr(begin, board.find('"', begin) - begin);
  }
  void expect_problem(const std::string& query, int status, const std::string& code) {
    const auto answer = desk_.get(case_ + "/why" + query);
    EXPECT_EQ(answer.status, status) << query << answer.body;
    EXPECT_THAT(answer.body, HasSubstr(R"("code":")" + code + '"')) << query;
  }

  test::Desk<> desk_;
  std::string case_;
};

TEST_F(CaseWhy, AnActionIsToldWithItsGuardsAndWhatTheyMean) {
  const auto answer = desk_.get(case_ + "/why?action=request.register");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr(R"("allowed":false,"refusal":{"code":"already_registered")"));
  EXPECT_THAT(answer.body, HasSubstr(R"("name":"already_registered","bites":true)"));
  EXPECT_THAT(answer.body, HasSubstr("工单已登记"));
}

TEST_F(CaseWhy, AnActionIsToldAsItStoodBehindAnEvent) {
  const auto answer = desk_.get(case_ + "/why?action=case.close&seq=1");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr(R"("seq":1,"actions":[{"type":"case.close")"));
}

TEST_F(CaseWhy, WhatIsNotThereIsSaid) {
  expect_problem("?seq=100000", 404, "no_such_event");
  expect_problem("?seq=100000&action=case.close", 404, "no_such_event");
  expect_problem("?command_id=nobodys", 404, "no_such_command");
  EXPECT_EQ(desk_.get("/v1/cases/qq:1/why?seq=1").status, 404);
  EXPECT_EQ(desk_.get("/v1/cases/qq:1/why").status, 404);
}

TEST_F(CaseWhy, OneThingIsAskedAtATime) {
  for (const auto* query : {"?seq=0", "?seq=x", "?command_id=c&action=case.close", "?action=case.fly",
                            "?seq=1&command_id=c", "?department=cs", "?what=x"})
    expect_problem(query, 400, "malformed_query");
}

}  // namespace
}  // namespace casetrail::api
