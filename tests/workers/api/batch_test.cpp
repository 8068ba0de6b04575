// A list of CloudEvents: one result for each.
#include <gmock/gmock.h>

#include <future>

#include "events/wire/json_reader.h"
#include "tests/fuzz/instant_log.h"
#include "workers/api/command_batch.h"

namespace casetrail::api {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

struct Results {
  std::vector<RawJson> outcomes;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(outcomes));
  }
};

/// The result of each element.
std::vector<RawJson> results_of(const std::string& body) {
  fuzz::InstantLog log;
  const auto outcomes = OutcomeWaiter::start(log).value();
  auto batch = read_batch({.method = "POST", .body = body}, {.at = from_epoch_ms(1'700'000'000'000)});
  if (!batch) {
    ADD_FAILURE() << batch.error().body;
    return {};
  }
  std::promise<http::HttpResponse> promise;
  submit_batch(log, *outcomes, *std::move(batch), 10s,
               [&](http::HttpResponse response) { promise.set_value(std::move(response)); });
  const auto answer = promise.get_future().get();
  EXPECT_EQ(answer.status, 200);
  Results results;
  EXPECT_FALSE(from_json(answer.body, results)) << answer.body;
  return results.outcomes;
}

std::string event(const std::string& id, const std::string& actor = "agent:li") {
  return R"({"specversion":"1.0","id":")" + id +
         R"(","source":"urn:shop","type":"casetrail.request.acknowledge",)" +
         R"("subject":"email:A-1","actor":")" + actor + R"(","data":{"channel":"email"}})";
}

TEST(CommandBatch, AnElementThatIsNoCommandIsNamedAndTheOthersAreTaken) {
  const auto results = results_of("[" + event("c-1") + "," + event("c-2", "li") + ",7," + event("c-4") + "]");
  ASSERT_EQ(results.size(), 4U);
  EXPECT_THAT(results[0].text, HasSubstr(R"("command_id":"c-1")"));
  EXPECT_THAT(results[1].text, HasSubstr(R"("status":422)"));
  EXPECT_THAT(results[1].text, HasSubstr("Element 1 of the batch: Expected 'actor' to be kind:id"));
  EXPECT_THAT(results[2].text, HasSubstr("Element 2 of the batch: Expected a JSON object"));
  EXPECT_THAT(results[3].text, HasSubstr(R"("command_id":"c-4")"));
}

TEST(CommandBatch, AnElementThatSaysThatItsDataAreNoJsonOrNamesAnAttributeAsNoneMayBeIsRefused) {
  auto xml = event("c-1");
  xml.pop_back();
  const auto named = xml + R"(,"Actor":"agent:wang"})";
  xml += R"(,"datacontenttype":"text/xml"})";
  const auto results = results_of("[" + xml + "," + named + "," + event("c-3") + "]");
  ASSERT_EQ(results.size(), 3U);
  EXPECT_THAT(results[0].text, HasSubstr("Element 0 of the batch: Expected 'datacontenttype' to be"));
  EXPECT_THAT(results[1].text, HasSubstr("Element 1 of the batch: Expected 'Actor' to be named in"));
  EXPECT_THAT(results[2].text, HasSubstr(R"("command_id":"c-3")"));
}

TEST(CommandBatch, WithoutACommandInItIsAnsweredAllTheSame) {
  EXPECT_TRUE(results_of("[]").empty());
  EXPECT_EQ(results_of("[null]").size(), 1U);
}

TEST(CommandBatch, ThatIsNoListIsRefusedWhole) {
  for (const auto* body : {"{}", "", "[", "7", R"([],"batch":[])"}) {
    const auto batch = read_batch({.method = "POST", .body = body}, {.at = from_epoch_ms(0)});
    ASSERT_FALSE(batch) << body;
    EXPECT_EQ(batch.error().status, 422);
  }
}

}  // namespace
}  // namespace casetrail::api
