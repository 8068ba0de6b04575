// Paths find their actions, and whatever does not is told why.
#include "workers/http/router.h"

#include <gtest/gtest.h>

#include "workers/http/problem.h"

namespace casetrail::http {
namespace {

/// Answers with what it was called with.
Router::Action show(const std::string& name) {
  return [name](const Call& call, const Reply& reply) {
    HttpResponse response{.status = 200, .content_type = "text/plain", .body = name};
    for (const auto& [arg, value] : call.args)
      response.body.append(" ").append(arg).append("=").append(value);
    for (const auto& [word, value] : call.query)
      response.body.append(" ?").append(word).append("=").append(value);
    reply(response);
  };
}

HttpResponse ask(const std::string& method, const std::string& target) {
  Router router;
  router.add("GET", "/v1/cases/{id}", show("case"));
  router.add("GET", "/v1/cases/{id}/history", show("history"));
  router.add("POST", "/v1/commands", show("commands"));
  router.add("GET", "/v1/schemas/{type*}", show("schemas"));
  HttpResponse answer;
  router.handle({.method = method, .target = target},
                [&](HttpResponse response) { answer = std::move(response); });
  return answer;
}

TEST(Router, FillsTheArgumentsOfThePath) {
  EXPECT_EQ(ask("GET", "/v1/cases/42").body, "case id=42");
  EXPECT_EQ(ask("GET", "/v1/cases/42/history").body, "history id=42");
}

TEST(Router, AnEncodedSlashStaysWithinItsSegment) {
  EXPECT_EQ(ask("GET", "/v1/cases/email%3AA%2F1").body, "case id=email:A/1");
}

TEST(Router, ReadsTheQuery) {
  EXPECT_EQ(ask("GET", "/v1/cases/1?limit=5&department=%E5%94%AE%E5%90%8E").body,
            "case id=1 ?department=售后 ?limit=5");
}

TEST(Router, APlusOfTheQueryIsASpaceButWhereItBeginsANumber) {
  EXPECT_EQ(ask("GET", "/v1/cases/a+b?contact=+86+138&text=two+words&tag=a%2Bb").body,
            "case id=a+b ?contact=+86 138 ?tag=a+b ?text=two words");
}

TEST(Router, AParameterThatComesTwiceIsHandedOnTwice) {
  EXPECT_EQ(ask("GET", "/v1/cases/1?st%61te=pending&a=1&state=ruled").body,
            "case id=1 ?a=1 ?state=pending ?state=ruled");
}

TEST(Router, AStarTakesAllSegmentsThatAreLeft) {
  EXPECT_EQ(ask("GET", "/v1/schemas/events/handoff.requested").body, "schemas type=events/handoff.requested");
  EXPECT_EQ(ask("GET", "/v1/schemas").body, "schemas type=");
}

TEST(Router, AnUnknownPathIs404) { EXPECT_EQ(ask("GET", "/v2").status, 404); }

TEST(Router, AnotherMethodIs405AndNamesTheRightOne) {
  const auto answer = ask("DELETE", "/v1/commands");
  EXPECT_EQ(answer.status, 405);
  ASSERT_EQ(answer.headers.size(), 1U);
  EXPECT_EQ(answer.headers[0], (HttpHeader{"Allow", "POST"}));
}

TEST(Router, HeadIsAskedAsGet) { EXPECT_EQ(ask("HEAD", "/v1/cases/42").status, 200); }

TEST(Router, AMalformedEscapeIs400) { EXPECT_EQ(ask("GET", "/v1/cases/%zz").status, 400); }

TEST(Problem, QuotesAnyBytesAsText) {
  EXPECT_NE(problem(400, "malformed", "it is '\xff'").body.find("it is '\xef\xbf\xbd'"), std::string::npos);
}

TEST(Problem, ASentenceThatRepeatsAMegabyteIsCut) {
  EXPECT_LT(problem(400, "malformed", std::string(1 << 20, 'x')).body.size(), 5'000U);
}

TEST(PercentEncoding, DecodesWhatItEncodes) {
  const std::string text = "a b/ü?&=+%";
  EXPECT_EQ(percent_decode(percent_encode(text)), text);
}

}  // namespace
}  // namespace casetrail::http
