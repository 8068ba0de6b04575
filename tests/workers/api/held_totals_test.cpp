// How long all cases were had, over HTTP, from a story in which everything happens.
#include "workers/api/held_totals.h"

#include <gmock/gmock.h>
#include <simdjson.h>

#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class HeldOverHttp : public testing::Test {
 protected:
  simdjson::dom::element get(const std::string& query) {
    const auto answer = desk_.get("/v1/held" + query);
    EXPECT_EQ(answer.status, 200) << query << answer.body;
    return parser_.parse(answer.body).value();
  }
  std::int64_t sum(simdjson::dom::element answer, const char* member) {
    std::int64_t all = 0;
    for (const simdjson::dom::array rows = answer["rows"].get_array().value(); const auto row : rows)
      all += row[member].get_int64().value();
    return all;
  }

  test::Desk<> desk_;
  simdjson::dom::parser parser_;
};

TEST_F(HeldOverHttp, ThePartsAreTheWholeAndSayWhatTheyAre) {
  const auto answer = get("");
  EXPECT_GT(answer["cases"].get_int64().value(), 3);
  EXPECT_EQ(sum(answer, "elapsed_ms"), answer["elapsed_ms"].get_int64().value());
  EXPECT_EQ(sum(answer, "business_ms"), answer["business_ms"].get_int64().value());
  EXPECT_EQ(std::string_view(answer["members"].at(0)["label"]["zh"]), "部门");
  EXPECT_EQ(std::string_view(answer["members"].at(1)["kind"]), "agent");
}

TEST_F(HeldOverHttp, OfDepartmentsNamesNobodyInPerson) {
  const auto whole = get("")["elapsed_ms"].get_int64().value();
  const auto answer = get("?by=departments");
  EXPECT_LE(std::abs(answer["elapsed_ms"].get_int64().value() - whole), 60'000);  // what lasts has grown
  for (const simdjson::dom::array rows = answer["rows"].get_array().value(); const auto row : rows)
    EXPECT_EQ(row["agent"].error(), simdjson::NO_SUCH_FIELD);
}

TEST_F(HeldOverHttp, IsOfAStretchOfTimeAndOfSomeCasesWhereThatIsAsked) {
  const auto day = get("?from=2025-11-24&to=2025-11-25");
  EXPECT_LE(day["elapsed_ms"].get_int64().value(), day["cases"].get_int64().value() * 86'400'000);
  EXPECT_LT(get("?kind=complaint")["cases"].get_int64().value(), get("")["cases"].get_int64().value());
  EXPECT_EQ(desk_.get("/v1/held?from=2025-11-25&to=2025-11-24").status, 400);
  EXPECT_EQ(desk_.get("/v1/held?by=shift").status, 400);
  EXPECT_EQ(desk_.get("/v1/held?colour=red").status, 400);
}

TEST_F(HeldOverHttp, IsAFileForWhoAsksForOne) {
  const auto file = desk_.ask({.method = "GET", .target = "/v1/held", .headers = {{"accept", "text/csv"}}});
  EXPECT_EQ(file.content_type, "text/csv; charset=utf-8");
  EXPECT_THAT(file.body, StartsWith(R"("department","agent","cases","elapsed_ms","business_ms")"));
}

}  // namespace
}  // namespace casetrail::api
