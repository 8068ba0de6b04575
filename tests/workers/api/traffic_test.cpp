// Requests are counted by their route, as it is written in the table, whatever a client sends.
#include "workers/api/traffic.h"

#include <gmock/gmock.h>

#include <optional>

#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::uint64_t measured(const Traffic::Figures& figures) {
  std::uint64_t all = 0;
  for (std::size_t i = 0; i <= log::DurationHistogram::kBounds.size(); ++i) all += figures.duration.count(i);
  return all;
}

/// `GET /v1/cases/{id} 404` and how often, in order.
std::map<std::string, std::uint64_t> told(const Traffic& traffic) {
  std::map<std::string, std::uint64_t> all;
  traffic.each([&](const http::RouteName& route, const Traffic::Figures& figures) {
    std::uint64_t answers = 0;
    for (const auto& [status, times] : figures.answers) {
      all[route.method + " " + route.path + " " + std::to_string(status)] = times;
      answers += times;
    }
    EXPECT_EQ(measured(figures), answers);
  });
  return all;
}

TEST(Traffic, ARequestIsCountedByThePatternOfItsRoute) {
  test::Desk desk;
  for (const auto* path : {"/healthz", "/v1/boards/nothing/shape", "/v1/boards/none/shape?x=1"})
    std::ignore = desk.get(path);
  EXPECT_THAT(told(desk.api().traffic()),
              ElementsAre(Pair("GET /healthz 200", 1), Pair("GET /v1/boards/{view}/shape 400", 1),
                          Pair("GET /v1/boards/{view}/shape 404", 1)));
}

TEST(Traffic, WhatFindsNoRouteIsCountedTogether) {
  test::Desk desk;
  for (const auto* path : {"/", "/v1/none", "/%zz", "/v1/lag?a=1&a=2"}) std::ignore = desk.get(path);
  std::ignore = desk.ask({.method = "BREW", .target = "/healthz"});
  EXPECT_THAT(told(desk.api().traffic()),
              ElementsAre(Pair("GET /v1/lag 400", 1), Pair("other other 400", 1), Pair("other other 404", 2),
                          Pair("other other 405", 1)));
}

TEST(Traffic, AReplyThatIsDroppedCountsAsTheServerAnswersIt) {
  Traffic traffic;
  std::ignore = traffic.watch({"GET", "/x"}, [](const http::HttpResponse&) {});
  EXPECT_THAT(told(traffic), ElementsAre(Pair("GET /x 500", 1)));
}

TEST(Traffic, AReplyMayOutliveIt) {
  std::optional<Traffic> traffic(std::in_place);
  bool answered = false;
  const auto reply = traffic->watch({"GET", "/x"}, [&](const http::HttpResponse&) { answered = true; });
  traffic.reset();
  reply({});
  EXPECT_TRUE(answered);
}

}  // namespace
}  // namespace casetrail::api
