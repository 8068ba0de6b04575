// The page at `/`: which addresses are its own, how it is compressed and kept, and what it may do in a
// browser.
#include "workers/console/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>

namespace casetrail::console {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr File kPage{"/index.html", "text/html; charset=utf-8", "\"1\"", "page in gzip", 11};
constexpr File kScript{"/assets/a-1.js", "text/javascript; charset=utf-8", "\"2\"", "script in gzip", 12};
constexpr File kFiles[]{kPage, kScript};

std::optional<http::HttpResponse> get(const std::string& target, std::vector<http::HttpHeader> more = {}) {
  more.push_back({"accept-encoding", "gzip, br"});
  return Site(kFiles).answer({.method = "GET", .target = target, .headers = std::move(more)});
}

std::string header(const http::HttpResponse& response, std::string_view name) {
  const auto found = std::ranges::find(response.headers, name, &http::HttpHeader::name);
  return found == response.headers.end() ? "" : found->value;
}

TEST(Site, ThePageAnswersForItsOwnAddresses) {
  for (const auto* target : {"/", "/index.html", "/boards/handoff", "/boards/handoff?state=pending",
                             "/cases/qq:1", "/held", "/operations"}) {
    const auto response = get(target);
    ASSERT_TRUE(response) << target;
    EXPECT_EQ(response->status, 200) << target;
    EXPECT_EQ(response->body, kPage.gzip) << target;
    EXPECT_EQ(response->content_type, "text/html; charset=utf-8");
  }
}

TEST(Site, WhatIsNotThePagesIsLeftToTheApi) {
  for (const auto* target : {"/v1", "/v1/boards", "/v1/nothing", "/metrics", "/healthz", "/readyz",
                             "/boardsy", "/assets/none.js", "/favicon.ico"})
    EXPECT_FALSE(get(target)) << target;
  EXPECT_FALSE(Site(kFiles).answer({.method = "POST", .target = "/"}));
}

TEST(Site, ThePageMayRunAndAskNothingOfElsewhere) {
  const auto policy = header(*get("/"), "Content-Security-Policy");
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("script-src 'self';"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_THAT(policy, Not(HasSubstr("http")));
  EXPECT_EQ(header(*get("/"), "X-Content-Type-Options"), "nosniff");
}

TEST(Site, AssetsAreKeptForEverAndThePageIsAskedForAnew) {
  EXPECT_THAT(header(*get("/assets/a-1.js"), "Cache-Control"), HasSubstr("immutable"));
  EXPECT_EQ(header(*get("/"), "Cache-Control"), "no-cache");
  const auto again = get("/", {{"if-none-match", "\"1\""}});
  EXPECT_EQ(again->status, 304);
  EXPECT_EQ(again->body, "");
}

TEST(Site, WithoutThePageItSaysSo) {
  const auto response = Site({}).answer({.method = "GET", .target = "/"});
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 404);
  EXPECT_THAT(response->body, HasSubstr("built without its web page"));
}

TEST(Site, WhoTakesNoGzipGetsThePageAsItIs) {
  if (files().empty()) GTEST_SKIP() << "built without the page";
  const auto page = Site(files()).answer({.method = "GET", .target = "/"});
  EXPECT_THAT(page->body, HasSubstr("<div id=\"app\">"));
  EXPECT_EQ(header(*page, "Content-Encoding"), "");
  const auto refused =
      Site(files()).answer({.method = "GET", .target = "/", .headers = {{"accept-encoding", "gzip;q=0"}}});
  EXPECT_EQ(refused->body, page->body);
}

TEST(Site, TheBuiltPageIsSmallAndHoldsNoCodeInItself) {
  if (files().empty()) GTEST_SKIP() << "built without the page";
  const auto all = files();
  const auto bytes =
      std::accumulate(all.begin(), all.end(), std::size_t{0},
                      [](std::size_t sum, const File& file) { return sum + file.gzip.size(); });
  EXPECT_LT(bytes, 300'000U);
  for (const auto& file : all) {
    const auto text = Site(all).answer({.method = "GET", .target = std::string(file.path)})->body;
    EXPECT_THAT(text, Not(HasSubstr("new Function("))) << file.path;
    EXPECT_THAT(text, Not(HasSubstr("eval("))) << file.path;
    EXPECT_THAT(text, Not(HasSubstr("<script>"))) << file.path;
  }
}

}  // namespace
}  // namespace casetrail::console
