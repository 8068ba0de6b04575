// A case as of a moment, asked over HTTP.
#include <gmock/gmock.h>
#include <simdjson.h>

#include "events/wire/csv_line.h"
#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using testing::HasSubstr;

/// As a desk that may lie behind the log.
class MomentDesk final : public fuzz::StoryDesk {
 public:
  [[nodiscard]] std::optional<std::string> short_of(std::string_view, log::Partition, log::Offset) override {
    if (is_behind) return "It is behind.";
    return std::nullopt;
  }
  std::atomic<bool> is_behind = false;
};

class CaseMoments : public testing::Test {
 protected:
  CaseMoments() {
    auto rows = desk_.get("/v1/boards/cases");
    case_ = "/v1/cases/" + text(rows.body, "/rows/0/case");
    last_ = std::stoll(text(desk_.get(case_).body, "/seq"));
  }
  [[nodiscard]] std::string text(const std::string& json, std::string_view pointer) {
    simdjson::dom::element found;
    if (parser_.parse(json).at_pointer(pointer).get(found)) return "missing";
    if (found.is_string()) return std::string(found.get_string().value());
    return simdjson::minify(found);
  }
  void expect_problem(const std::string& query, int status, const std::string& code) {
    const auto answer = desk_.get(case_ + query);
    EXPECT_EQ(answer.status, status) << query;
    EXPECT_THAT(answer.body, HasSubstr(R"("code":")" + code + '"')) << query;
  }

  test::Desk<MomentDesk> desk_;
  simdjson::dom::parser parser_;
  std::string case_;
  std::int64_t last_ = 0;
};

TEST_F(CaseMoments, AnEventOfACaseIsTheCaseBehindIt) {
  ASSERT_GT(last_, 2);
  const auto first = desk_.get(case_ + "?seq=1");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(text(first.body, "/seq"), "1");
  EXPECT_EQ(text(first.body, "/status"), "new");
  EXPECT_EQ(text(first.body, "/last_event"), "request.registered");
  EXPECT_EQ(text(first.body, "/newest_seq"), std::to_string(last_));
  EXPECT_EQ(text(desk_.get(case_ + "?seq=" + std::to_string(last_)).body, "/state"),
            text(desk_.get(case_).body, "/state"));
}

TEST_F(CaseMoments, BeforeACommandIsTheCaseThatItMet) {
  const auto history = desk_.get(case_ + "/history").body;
  for (std::int64_t row = 1; row < last_; ++row) {
    const auto at = "/rows/" + std::to_string(row);
    const auto command = text(history, at + "/command_id");
    if (command == text(history, "/rows/" + std::to_string(row - 1) + "/command_id")) continue;
    EXPECT_EQ(text(desk_.get(case_ + "?before_command=" + command).body, "/seq"), std::to_string(row));
  }
}

TEST_F(CaseMoments, ATimeIsAnsweredByWhatWasRecordedUntilThen) {
  EXPECT_EQ(text(desk_.get(case_ + "?as_of=" + to_wire(kMonday)).body, "/seq"), std::to_string(last_));
  const auto early = desk_.get(case_ + "?as_of=" + to_wire(kMonday - Duration(1)));
  EXPECT_EQ(early.status, 404);
  EXPECT_THAT(early.body, HasSubstr("its first event was recorded at " + to_wire(kMonday)));
}

TEST_F(CaseMoments, WhatIsNotThereIsSaidAndNotGuessed) {
  expect_problem("?seq=" + std::to_string(last_ + 1), 404, "no_such_event");
  expect_problem("?before_command=nothing", 404, "no_such_event");
  expect_problem("?as_of=2001-01-01T00:00:00Z", 404, "before_first_event");
  expect_problem("?as_of=2999-01-01T00:00:00Z", 400, "malformed_query");
  for (const auto* query :
       {"?seq=0", "?seq=x", "?as_of=12", "?before_command=", "?seq=1&as_of=2026-01-01T00:00:00Z"})
    expect_problem(query, 400, "malformed_query");
}

TEST_F(CaseMoments, ACaseThatIsNotThereIsMissingHoweverItIsAsked) {
  for (const auto* path :
       {"/v1/cases/qq:1?seq=1", "/v1/cases/qq:1?as_of=2026-01-01T00:00:00Z",
        "/v1/cases/qq:1?before_command=c", "/v1/cases/qq:1/history", "/v1/boards/history?case=qq:1",
        "/v1/boards/history?case=qq:1&state=true&as_of=1"}) {
    const auto answer = desk_.get(path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_THAT(answer.body, HasSubstr(R"("code":"no_such_case")")) << path;
  }
}

TEST_F(CaseMoments, AreComparedFieldByFieldWithTheEventThatDidIt) {
  const auto diff = desk_.get(case_ + "/diff?from=0&to=1");
  ASSERT_EQ(diff.status, 200) << diff.body;
  EXPECT_EQ(text(diff.body, "/from_seq"), "0");
  EXPECT_EQ(text(diff.body, "/to_seq"), "1");
  EXPECT_EQ(text(diff.body, "/newest_seq"), std::to_string(last_));
  bool seen = false;
  for (const simdjson::dom::array all = parser_.parse(diff.body)["changes"].get_array().value();
       const auto change : all) {
    EXPECT_EQ(change["seq"].get_int64().value(), 1);
    EXPECT_EQ(change["type"].get_string().value(), "request.registered");
    if (change["field"].get_string().value() != "status") continue;
    seen = true;
    EXPECT_EQ(change["after"].get_string().value(), "new");
  }
  EXPECT_TRUE(seen) << diff.body;
}

TEST_F(CaseMoments, ADiffIsToTheCaseAsItStandsUnlessItIsToldAnother) {
  const auto now = desk_.get(case_ + "/diff?from=1");
  EXPECT_EQ(now.body, desk_.get(case_ + "/diff?from=1&to=" + std::to_string(last_)).body);
  const auto every = desk_.get(case_ + "/diff?from=1&every=true");
  EXPECT_GE(every.body.size(), now.body.size());
}

TEST_F(CaseMoments, ADiffOfWhatIsNotThereSaysWhat) {
  const auto beyond = std::to_string(last_ + 1);
  expect_problem("/diff?from=1&to=" + beyond, 404, "no_such_event");
  expect_problem("/diff?from=" + beyond, 404, "no_such_event");
  expect_problem("/diff?from=2001-01-01T00:00:00Z", 404, "before_first_event");
  expect_problem("/diff?from=1&to=2001-01-01T00:00:00Z", 404, "before_first_event");
  for (const auto* query : {"/diff", "/diff?from=x", "/diff?from=1&to=", "/diff?from=1&every=perhaps",
                            "/diff?from=2999-01-01T00:00:00Z"})
    expect_problem(query, 400, "malformed_query");
  EXPECT_EQ(desk_.get("/v1/cases/qq:1/diff?from=1").status, 404);
}

TEST_F(CaseMoments, WhoHadTheCaseAddsUpToTheWholeInElapsedAndBusinessTime) {
  const auto held = desk_.get(case_ + "/held");
  ASSERT_EQ(held.status, 200) << held.body;
  const auto answer = parser_.parse(held.body).value();
  for (const auto* name : {"elapsed_ms", "business_ms"}) {
    for (const auto* parts : {"intervals", "holders"}) {
      std::int64_t sum = 0;
      for (const simdjson::dom::array all = answer[parts].get_array().value(); const auto part : all)
        sum += part[name].get_int64().value();
      EXPECT_EQ(sum, answer[name].get_int64().value()) << name << " of " << parts;
    }
  }
  EXPECT_EQ(desk_.get("/v1/cases/qq:1/held").status, 404);
}

TEST_F(CaseMoments, AChangedCalendarDoesNotChangeHowLongACaseWasHad) {
  const auto business = [&] {
    const auto answer = parser_.parse(desk_.get(case_ + "/held").body).value();
    const simdjson::dom::array intervals = answer["intervals"].get_array().value();
    return intervals.at(0)["business_ms"].get_int64().value();
  };
  const auto before = business();
  EXPECT_GT(before, 0);
  PolicyVersions policies;
  policies.add(1, kMonday,
               parse_policy("calendars: [{id: night, tz: UTC, week: {all: [\"22:00-22:01\"]}}]").value());
  desk_.view().publish(std::move(policies));
  EXPECT_GE(business(), before);  // what lasts has grown
}

TEST_F(CaseMoments, NamesOfAMomentAreThoseOfThePolicyOfThen) {
  const auto naming = [](const std::string& name) {
    return parse_policy("departments: [{id: tech, name: " + name + "}]").value();
  };
  PolicyVersions policies;
  policies.add(1, kMonday, naming("Repairs"));
  policies.add(2, kMonday + std::chrono::hours(24), naming("Workshop"));
  desk_.view().publish(std::move(policies));
  const auto name_at = [&](const std::string& query) {
    return text(desk_.get("/v1/words" + query).body, "/departments/tech");
  };
  EXPECT_EQ(name_at(""), "Workshop");
  EXPECT_EQ(name_at("?as_of=" + to_wire(kMonday + std::chrono::hours(1))), "Repairs");
  EXPECT_EQ(name_at("?as_of=2025-11-25T08:00:00%2B08:00"), "Workshop");
  EXPECT_EQ(name_at("?as_of=2001-01-01T00:00:00Z"), "missing");
  EXPECT_EQ(desk_.get("/v1/words?as_of=noon").status, 400);
}

TEST_F(CaseMoments, WhoHadTheCaseIsAFileForWhoAsksForOne) {
  const auto csv =
      desk_.ask({.method = "GET", .target = case_ + "/held", .headers = {{"accept", "text/csv"}}});
  EXPECT_EQ(csv.content_type, "text/csv; charset=utf-8");
  EXPECT_TRUE(csv.body.starts_with(R"("from","to","seq","department","agent","queue","status","waiting_for",)"
                                   R"("policy_version","elapsed_ms","business_ms")"
                                   "\r\n"))
      << csv.body;
  std::string line;
  append_csv({"a", "b,c", "=1+1", "say \"no\""}, line);
  EXPECT_EQ(line, "\"a\",\"b,c\",\"'=1+1\",\"say \"\"no\"\"\"\r\n");
}

TEST_F(CaseMoments, ContactsAreShownForAnAccessThatIsRecordedAlone) {
  for (const auto* access : {"?access=1", "?access=999", ""}) {
    const auto refused = desk_.get(case_ + "/contact" + access);
    EXPECT_EQ(refused.status, 403) << access;
    EXPECT_TRUE(refused.body.contains("access_not_logged")) << refused.body;
  }
  EXPECT_EQ(desk_.get(case_ + "/contact?access=x").status, 400);
  EXPECT_EQ(desk_.get("/v1/cases/qq:1/contact?access=1").status, 404);
}

TEST_F(CaseMoments, ATimeWaitsForAViewThatHasNotComeToIt) {
  desk_.view().is_behind = true;
  expect_problem("?as_of=" + to_wire(kMonday), 503, "behind");
  expect_problem("/diff?from=" + to_wire(kMonday), 503, "behind");
  EXPECT_EQ(desk_.get(case_ + "?seq=1").status, 200);
}

}  // namespace
}  // namespace casetrail::api
