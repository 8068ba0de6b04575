// A day, or a time on the clocks of the policy, wherever a moment is asked for.
#include "workers/api/query_moments.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using testing::HasSubstr;

/// The desk's clocks are those of Shanghai.
std::string written(std::string_view path, const std::string& name, const std::string& value) {
  fuzz::StoryDesk desk;
  http::Call call{.request = {}, .args = {{"view", "cases"}}, .query = {{name, value}}};
  const auto route = std::ranges::find_if(
      route_texts(), [&](const RouteText& text) { return text.method == "GET" && text.path == path; });
  write_moments(*route, call, desk);
  return call.query.find(name)->second;
}

constexpr auto kBoard = "/v1/boards/{view}";
constexpr auto kMidnight = "2026-11-29T16:00:00.000Z";

TEST(QueryMoments, ADayIsItsBeginningInTheZoneOfThePolicy) {
  for (const auto* name :
       {"as_of", "now", "due_before", "registered_since", "registered_until", "closed_since", "closed_until"})
    EXPECT_EQ(written(kBoard, name, "2026-11-30"), kMidnight) << name;
  for (const auto* name : {"from", "to"}) {
    EXPECT_EQ(written("/v1/boards/{view}/diff", name, "2026-11-30"), kMidnight) << name;
    EXPECT_EQ(written("/v1/cases/{id}/diff", name, "2026-11-30"), kMidnight) << name;
  }
  EXPECT_EQ(written("/v1/cases", "due_before", "2026-11-30"), kMidnight);
  EXPECT_EQ(written("/v1/cases/{id}", "as_of", "2026-11-30"), kMidnight);
}

TEST(QueryMoments, ATimeOfTheDayIsOnTheSameClocks) {
  EXPECT_EQ(written(kBoard, "as_of", "2026-11-30 09:00"), "2026-11-30T01:00:00.000Z");
}

TEST(QueryMoments, AnOffsetMayStandThereUnescaped) {
  EXPECT_EQ(written(kBoard, "as_of", "2026-11-30T09:00:00 02:00"), "2026-11-30T07:00:00.000Z");
}

TEST(QueryMoments, WhatIsNoMomentStays) {
  EXPECT_EQ(written("/v1/cases/{id}/diff", "from", "12"), "12");
  EXPECT_EQ(written(kBoard, "text", "2026-11-30"), "2026-11-30");
  EXPECT_EQ(written(kBoard, "as_of", "yesterday"), "yesterday");
  EXPECT_EQ(written(kBoard, "as_of", "2026-02-30"), "2026-02-30");
}

TEST(QueryMoments, ReachTheBoard) {
  const test::Desk desk;
  EXPECT_EQ(desk.get("/v1/boards/cases?due_before=2026-11-30").status, 200);
  EXPECT_EQ(desk.get("/v1/boards/handoff?no_update_since=2026-11-30").status, 200);
  EXPECT_THAT(desk.get("/v1/boards/cases?due_before=soon").body, HasSubstr("or a day such as"));
}

}  // namespace
}  // namespace casetrail::api
