// What an operator is told of a running engine: which node and log it is, and what is rebuilt.
#include <gmock/gmock.h>

#include <future>

#include "events/wire/json_reader.h"
#include "tests/support/becomes.h"
#include "tests/support/temporary_folder.h"
#include "workers/api/reason_texts.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/node/engine.h"

namespace casetrail::node {
namespace {

using testing::HasSubstr;
using testing::Not;

class Operations : public testing::Test {
 protected:
  http::HttpResponse ask(const std::string& method, const std::string& target) {
    const auto answer = std::make_shared<std::promise<http::HttpResponse>>();
    engine_->api().handle({.method = method,
                           .target = target,
                           .headers = {{"content-type", "application/json"}},
                           .body = method == "POST" ? "{}" : ""},
                          [answer](http::HttpResponse response) { answer->set_value(std::move(response)); });
    return answer->get_future().get();
  }
  std::string rebuilds() { return ask("GET", "/v1/rebuilds").body; }

  TemporaryFolder folder_;
  std::unique_ptr<log::EventLog> log_ = [this] {
    auto log = std::move(embedded::open_embedded_log({.folder = folder_.path() / "log"})->log);
    EXPECT_TRUE(log->create_topics(2));
    return log;
  }();
  std::unique_ptr<Engine> engine_ =
      *Engine::start(*log_, {.data = folder_.path() / "data", .node = "n7", .memory = default_memory()});
};

TEST_F(Operations, LagNamesTheNodeThatAnswersAndItsLog) {
  api::LagAnswer lag;
  ASSERT_FALSE(from_json(ask("GET", "/v1/lag").body, lag));
  EXPECT_EQ(lag.node, "n7");
  EXPECT_EQ(lag.log, log_->identity().value());
  EXPECT_NE(lag.log, "");
  EXPECT_EQ(std::ssize(lag.commands), 2);
}

TEST_F(Operations, RebuildsAreTheLastOneOfEachWorkerWhoeverBeganIt) {
  EXPECT_EQ(rebuilds(), R"({"rebuilds":[]})");
  ASSERT_EQ(ask("POST", "/v1/rebuilds/handoff").status, 202);
  EXPECT_TRUE(test::becomes([&] { return rebuilds().contains(R"("stage":"switched")"); })) << rebuilds();
  EXPECT_THAT(rebuilds(), HasSubstr(R"("run":1,"projection":"boards")"));
  EXPECT_THAT(rebuilds(), HasSubstr(R"("handoff")"));
  EXPECT_THAT(rebuilds(), Not(HasSubstr(R"("projection":"history")")));
  ASSERT_EQ(ask("POST", "/v1/rebuilds/history").status, 202);
  ASSERT_EQ(ask("POST", "/v1/rebuilds/cases").status, 202);
  EXPECT_TRUE(test::becomes([&] { return rebuilds().contains(R"("run":2,"projection":"boards")"); }))
      << rebuilds();
  EXPECT_THAT(rebuilds(), HasSubstr(R"("run":1,"projection":"history")"));
  EXPECT_THAT(rebuilds(), Not(HasSubstr(R"("run":1,"projection":"boards")")));
}

}  // namespace
}  // namespace casetrail::node
