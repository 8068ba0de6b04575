// The judge of the kill tests, judged: a server that broke a promise in one way is found out.
#include "tests/crash/oracle.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "workers/http/server.h"

namespace casetrail::crash {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// What a server has of the one case that was promised: a command id for every event, in their order.
struct Held {
  std::vector<std::string> commands;
  std::string answer_again = answer("classify", 3, 3);
  int history_status = 200;
  std::size_t first_seq = 1;

  static std::string answer(const std::string& id, int first_seq, int last_seq) {
    return fmt::format(R"({{"command_id":"{}","first_seq":{},"last_seq":{},"token":"0:1"}})", id, first_seq,
                       last_seq);
  }
  [[nodiscard]] std::string history() const {
    std::string rows;
    for (std::size_t i = 0; i < commands.size(); ++i) {
      rows +=
          fmt::format(R"({}{{"seq":{},"command_id":"{}"}})", i == 0 ? "" : ",", first_seq + i, commands[i]);
    }
    return R"({"rows":[)" + rows + "]}";
  }
};

/// It was promised that `register` made events 1 and 2, that `classify` made event 3, and `refused` none.
std::vector<std::string> judge(const Held& held) {
  const auto server = http::HttpServer::start(
      {"127.0.0.1", 0}, {}, [&held](const http::HttpRequest& request, const http::Reply& reply) {
        if (request.method == "POST") return reply({.status = 200, .body = held.answer_again});
        reply({.status = held.history_status, .body = held.history()});
      });
  if (!server) throw std::runtime_error(server.error());
  const Promise promise{
      "case",
      {{"register", "{}", 1, 2, "0:1"}, {"classify", "{}", 3, 3, "0:1"}, {"refused", "{}", 0, 0, "0:2"}}};
  return broken_promises((*server)->address(), {promise});
}

TEST(Oracle, FindsNothingWhereEverythingIsKept) {
  EXPECT_THAT(judge({{"register", "register", "classify"}}), IsEmpty());
}

TEST(Oracle, FindsACommandThatIsLost) {
  EXPECT_THAT(judge({{"register", "register"}}), ElementsAre("classify was answered and is lost"));
}

TEST(Oracle, FindsACaseThatIsLost) {
  EXPECT_THAT(judge({.commands = {}, .history_status = 404}),
              ElementsAre("register was answered and is lost", "classify was answered and is lost"));
}

TEST(Oracle, FindsACommandThatWasTakenTwice) {
  EXPECT_THAT(judge({{"register", "register", "classify", "register", "register"}}),
              testing::Contains("register was taken twice"));
}

TEST(Oracle, FindsAnEventThatIsMissingInTheMiddle) {
  EXPECT_THAT(judge({{"register", "classify"}}),
              ElementsAre("register was answered with other events than it has",
                          "classify was answered with other events than it has"));
}

TEST(Oracle, FindsAGapInTheNumbers) {
  EXPECT_THAT(judge({.commands = {"register", "register", "classify"}, .first_seq = 2}),
              testing::Contains("case has a gap at 1"));
}

TEST(Oracle, FindsEventsOfARefusedCommand) {
  EXPECT_THAT(judge({{"register", "register", "classify", "refused"}}),
              ElementsAre("refused has events that its answer denies"));
}

TEST(Oracle, FindsAnotherAnswerToTheSameCommand) {
  EXPECT_THAT(judge({{"register", "register", "classify"}, Held::answer("classify", 4, 4)}),
              ElementsAre("classify got another answer when it was sent again"));
}

TEST(Oracle, FindsAHistoryThatCannotBeRead) {
  EXPECT_THAT(judge({.commands = {}, .history_status = 503}),
              ElementsAre(HasSubstr("the history of case cannot be read")));
}

}  // namespace
}  // namespace casetrail::crash
