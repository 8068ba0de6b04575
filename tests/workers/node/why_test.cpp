// Why a case is as it is, asked of a whole engine after a day of work.
#include <gmock/gmock.h>
#include <simdjson.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <memory>
#include <set>
#include <sstream>

#include "events/wire/json_reader.h"
#include "tests/support/becomes.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/node/quarantine_story.h"
#include "workers/api/reason_texts.h"
#include "workers/api/wall_clock.h"
#include "workers/command/policy_book.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/node/engine.h"
#include "workers/simulate/append_day.h"

namespace casetrail::node {
namespace {

using simdjson::dom::element;
using testing::HasSubstr;
using testing::Not;

const std::string& company_text() {
  static const std::string kText = [] {
    const std::ifstream file(CASETRAIL_EXAMPLE_POLICY);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }();
  return kText;
}

/// An engine over an embedded log in which a day lies, by the example's policy.
class WhyOfADay : public testing::Test {
 protected:
  WhyOfADay()
      : day_(simulate::simulate_day({.seed = 7, .cases = 24, .until = until_},
                                    parse_policy(company_text()).value())) {
    open_log({});
    must(log_->create_topics(2));
    must(command::publish_policy(*log_, company_text(), day_.front().envelope.occurred_at - Duration{1}));
    start_engine();
    must(simulate::append_day(*log_, day_, [](std::size_t) {}));
    EXPECT_TRUE(
        test::asked_until([&] { return test::has_taken_all(*log_); }, [](bool taken) { return taken; }));
    EXPECT_EQ(test::asked_until([&] { return engine_->backlog().waiting_for; },
                                [](const std::string& why) { return why.empty(); }),
              "");
    EXPECT_TRUE(test::becomes([&] { return test::has_shown_all(get("/v1/lag").body); }));
  }

  /// The clock of what is kept is so much ahead.
  void open_log(Duration ahead) {
    engine_.reset();
    log_.reset();
    log_ = must(embedded::open_embedded_log(
                    {.folder = folder_.path() / "log", .now = [ahead] { return api::wall_clock() + ahead; }}))
               .log;
  }
  void start_engine() {
    auto engine = Engine::start(*log_, {.data = folder_.path(), .node = "n1", .memory = default_memory()});
    ASSERT_TRUE(engine) << engine.error();
    engine_ = *std::move(engine);
  }
  [[nodiscard]] http::HttpResponse get(const std::string& target) {
    const auto answer = std::make_shared<std::promise<http::HttpResponse>>();
    engine_->api().handle({.method = "GET", .target = target},
                          [answer](http::HttpResponse response) { answer->set_value(std::move(response)); });
    return answer->get_future().get();
  }
  [[nodiscard]] element parsed(const std::string& json) {
    json_ = json;
    return parser_.parse(json_).value();
  }
  [[nodiscard]] std::string text(const std::string& json, std::string_view pointer) {
    element found;
    if (parsed(json).at_pointer(pointer).get(found)) return "missing";
    return found.is_string() ? std::string(found.get_string().value()) : simdjson::minify(found);
  }
  [[nodiscard]] std::vector<std::string> cases() {
    std::vector<std::string> ids;
    for (const auto& command : day_) {
      if (std::ranges::find(ids, command.envelope.case_id.value) == ids.end())
        ids.push_back(command.envelope.case_id.value);
    }
    return ids;
  }
  /// The numbers and types of a case's events.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> events_of(const std::string& id) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const simdjson::dom::array rows =
             parsed(get("/v1/cases/" + id + "/history").body)["rows"].get_array().value();
         const auto row : rows)
      all.emplace_back(simdjson::minify(row["seq"].value()), row["type"].get_string().value());
    return all;
  }

  TemporaryFolder folder_;
  Timestamp until_ = api::wall_clock() - std::chrono::minutes(1);
  std::vector<simulate::TimedCommand> day_;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<Engine> engine_;
  simdjson::dom::parser parser_;
  std::string json_;
};

TEST_F(WhyOfADay, EachDecisionIsMadeAgainAndLeadsToTheSameEvents) {
  std::size_t asked = 0;
  for (const auto& id : cases()) {
    for (const auto& [seq, type] : events_of(id)) {
      const auto why = get("/v1/cases/" + id + "/why?seq=" + seq);
      ASSERT_EQ(why.status, 200) << why.body;
      EXPECT_EQ(text(why.body, "/decision/remade"), "same") << type << " " << why.body;
      EXPECT_EQ(text(why.body, "/seq"), seq);
      ++asked;
    }
  }
  EXPECT_GT(asked, 200);
}

TEST_F(WhyOfADay, ADueTimeIsToldWithItsDaysAndThePolicysOwnLines) {
  for (const auto& id : cases()) {
    for (const auto& [seq, type] : events_of(id)) {
      if (type != "request.prioritized") continue;
      const auto why = get("/v1/cases/" + id + "/why?seq=" + seq).body;
      EXPECT_EQ(text(why, "/decision/rule/name"), "request.prioritize");
      EXPECT_EQ(text(why, "/decision/choices/0/name"), "priority_matrix");
      EXPECT_THAT(text(why, "/decision/due/0/steps/0/day"), testing::StartsWith("20"));
      EXPECT_THAT(text(why, "/decision/policy"), HasSubstr("first_response: "));
      EXPECT_THAT(text(why, "/decision/policy"), HasSubstr("tz: Asia/Shanghai"));
      EXPECT_EQ(text(why, "/decision/policy_version"), "1");
      return;
    }
  }
  FAIL() << "Nothing was prioritized.";
}

TEST_F(WhyOfADay, ARefusedCommandIsToldWithTheGuardThatBit) {
  std::size_t refused = 0;
  for (const auto& [envelope, expectation] : day_) {
    if (expectation == simulate::Expectation::accepted) continue;
    const auto why = get("/v1/cases/" + envelope.case_id.value + "/why?command_id=" + envelope.id.value);
    ASSERT_EQ(why.status, 200) << why.body;
    EXPECT_EQ(text(why.body, "/decision/remade"), "same") << why.body;
    EXPECT_EQ(text(why.body, "/decision/events"), "[]");
    EXPECT_THAT(text(why.body, "/decision/refusal/message"), testing::StartsWith("Expected to "));
    EXPECT_THAT(text(why.body, "/decision/guards"), HasSubstr(R"("bites":true)"));
    ++refused;
  }
  EXPECT_GT(refused, 0);
}

TEST_F(WhyOfADay, AnAcceptedCommandIsToldByTheEventsThatItLedTo) {
  const auto& first = day_.front().envelope;
  const auto why = get("/v1/cases/" + first.case_id.value + "/why?command_id=" + first.id.value).body;
  EXPECT_EQ(text(why, "/seq"), "1");
  EXPECT_EQ(text(why, "/decision/rule/command_id"), first.id.value);
  const auto nobody = get("/v1/cases/" + first.case_id.value + "/why?command_id=nobodys");
  EXPECT_EQ(nobody.status, 404);
  EXPECT_EQ(text(nobody.body, "/code"), "no_such_command");
}

TEST_F(WhyOfADay, WithoutAQuestionTheLastEventAndTheWayToClosingAreTold) {
  bool seen = false;
  for (const auto& id : cases()) {
    // The clock may bring something between two answers.
    std::string why;
    const auto stands = test::asked_until(
        [&] {
          why = get("/v1/cases/" + id + "/why").body;
          return get("/v1/cases/" + id).body;
        },
        [&](const std::string& body) { return text(body, "/seq") == text(why, "/seq"); });
    EXPECT_EQ(text(why, "/seq"), text(stands, "/seq"));
    const auto status = text(stands, "/status");
    if (status == "closed") {
      EXPECT_EQ(text(why, "/actions"), "[]");
      continue;
    }
    seen = true;
    EXPECT_EQ(text(why, status == "resolved" ? "/actions/0/type" : "/actions/1/type"), "case.close");
    EXPECT_THAT(text(why, "/actions"), HasSubstr(R"("name":"callback_required")"));
  }
  EXPECT_TRUE(seen);
}

TEST_F(WhyOfADay, WhatStoodInTheWayOfAnActionIsToldOfThen) {
  for (const auto& id : cases()) {
    if (text(get("/v1/cases/" + id).body, "/status") != "closed") continue;
    const auto why = "/v1/cases/" + id + "/why?action=case.resolve";
    EXPECT_THAT(text(get(why).body, "/actions/0/refusal"), HasSubstr("closed"));
    const auto then = get(why + "&seq=1").body;
    EXPECT_EQ(text(then, "/seq"), "1") << then;
    EXPECT_THAT(text(then, "/actions/0"), Not(HasSubstr("is closed")));
    return;
  }
  FAIL() << "Nothing was closed.";
}

TEST_F(WhyOfADay, NoGuardIsToldTwiceWithOneValue) {
  for (const auto& id : cases()) {
    for (const auto* action : {"review.score", "case.close", "handoff.request"}) {
      std::set<std::pair<std::string, std::string>> had;
      const auto why = get("/v1/cases/" + id + "/why?action=" + action).body;
      for (const simdjson::dom::array guards =
               parsed(why).at_pointer("/actions/0/guards").get_array().value();
           const auto guard : guards)
        EXPECT_TRUE(
            had.emplace(guard["name"].get_string().value(), guard["value"].get_string().value()).second)
            << why;
    }
  }
}

TEST_F(WhyOfADay, WhenTheCommandIsNotKeptItsEventsTellOfThemselves) {
  const auto id = day_.front().envelope.case_id.value;
  open_log(std::chrono::days(40));
  start_engine();
  EXPECT_EQ(test::asked_until([&] { return engine_->backlog().waiting_for; },
                              [](const std::string& why) { return why.empty(); }),
            "");
  const auto why = test::asked_until(
      [&] { return get("/v1/cases/" + id + "/why?seq=1").body; },
      [&](const std::string& body) { return text(body, "/decision/remade") == "not_kept"; });
  EXPECT_EQ(text(why, "/decision/remade"), "not_kept") << why;
  EXPECT_EQ(text(why, "/decision/guards"), "[]");
  EXPECT_EQ(text(why, "/decision/due/0/kind"), "first_response");
  EXPECT_THAT(get("/v1/cases/" + id + "/diff?from=0&to=1").body, Not(HasSubstr("command_type")));
}

TEST_F(WhyOfADay, ADiffNamesTheTypesOfItsCommandsAndWhatThePolicyOfThenCallsItsValues) {
  const auto id = day_.front().envelope.case_id.value;
  const auto diff = get("/v1/cases/" + id + "/diff?from=0&every=true").body;
  std::size_t named = 0;
  for (const simdjson::dom::array changes = parsed(diff)["changes"].get_array().value();
       const auto change : changes) {
    std::string_view command;
    if (change["command_id"].get(command)) continue;
    const auto sent = std::ranges::find(day_, command, [](const simulate::TimedCommand& each) {
      return std::string_view(each.envelope.id.value);
    });
    ASSERT_NE(sent, day_.end()) << command;
    EXPECT_EQ(change["command_type"].get_string().value(), codec_of(sent->envelope.command).type);
    ++named;
  }
  EXPECT_GT(named, 10U);
  EXPECT_THAT(diff, HasSubstr(R"("field":"status","after":"new","after_label":{"en":"new","zh":"新建"})"));
}

}  // namespace
}  // namespace casetrail::node
