// What is done to a case from a terminal, through the engine in this process.
#include "workers/cli/do.h"

#include <gmock/gmock.h>

#include "tests/support/temporary_folder.h"
#include "workers/cli/exit_code.h"

namespace casetrail::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct Done {
  int exit_code;
  std::string out;
  std::string err;
};

/// An engine on a folder of its own, and a case.
class Do : public testing::Test {
 protected:
  Done run(std::vector<std::string> words, const Ask& ask = {}, const std::vector<std::string>& more = {}) {
    words.insert(words.begin(), {"casetrail", "do"});
    words.insert(words.end(), more.begin(), more.end());
    std::vector<const char*> argv;
    for (const auto& word : words) argv.push_back(word.c_str());
    const auto line = read_command_line(static_cast<int>(argv.size()), argv.data());
    if (!line) return {line.error().exit_code, "", line.error().text};
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const auto code = act(*line, std::get<verb::Do>(line->verb), *session_, ask);
    return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
  }
  Done begin() {
    return run({"new", "register", "--kind", "inquiry", "--channel", "email", "--external-ref", "A-1",
                "--name", "王小明", "--contacts", "w@example.com", "--actor", "system:shop"});
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Session> session_ =
      open_session({.data = folder_.path() / "data", .brokers = {}, .kafka_config = {}}, NoLog::begin)
          .value();
};

TEST_F(Do, ACaseIsBegunAndListedWithWhatItAllowsAndRefuses) {
  const auto begun = begin();
  EXPECT_EQ(begun.exit_code, kDone) << begun.err;
  EXPECT_THAT(begun.out, AllOf(StartsWith("accepted with "), HasSubstr("  now      new, CT-")));
  const auto allowed = run({"email:A-1"});
  EXPECT_EQ(allowed.exit_code, kDone) << allowed.err;
  EXPECT_THAT(allowed.out,
              AllOf(StartsWith("email:A-1 is new, at event "), HasSubstr("request.classify"),
                    HasSubstr("Classify the request"), HasSubstr("more are refused now; --all tells why."),
                    Not(HasSubstr("\nhandoff.accept"))));
  const auto all = run({"email:A-1", "--all"});
  EXPECT_THAT(all.out, AllOf(HasSubstr("refused now"), HasSubstr("\nhandoff.accept"), HasSubstr("]\n")));
  EXPECT_THAT(
      run({"email:A-1", "--lang", "zh"}).out,
      AllOf(HasSubstr("email:A-1：新建，第 "), HasSubstr("现在可用的操作"), Not(HasSubstr("Classify"))));
  EXPECT_EQ(run({"email:nope"}).exit_code, kNotFound);
}

TEST_F(Do, AnActionIsDoneByFlagsOfItsFieldsAndSeenByWhoLooksNext) {
  ASSERT_EQ(begin().exit_code, kDone);
  const auto done = run({"email:A-1", "request.acknowledge", "--channel=email", "--actor", "agent:li"});
  EXPECT_EQ(done.exit_code, kDone) << done.err;
  EXPECT_THAT(run({"email:A-1", "--all"}).out, HasSubstr("Expected"));
  const auto json = run({"email:A-1", "classify", "--category", "fault/power", "--difficulty", "2", "--actor",
                         "agent:li", "--json"});
  EXPECT_THAT(json.out, HasSubstr(R"("status":"accepted")")) << json.err;
  EXPECT_THAT(run({"email:A-1"}).out, StartsWith("email:A-1 is new, at event 4."));
}

TEST_F(Do, WhatIsMissingIsNamedAtOnceWhereNobodyCanBeAsked) {
  ASSERT_EQ(begin().exit_code, kDone);
  const auto told = run({"email:A-1", "prioritize", "--json"});
  EXPECT_EQ(told.exit_code, kUsage);
  EXPECT_THAT(told.err, HasSubstr("request.prioritize needs --actor (kind:id, such as agent:li), "
                                  "--impact (low, medium, high), --urgency (low, medium, high)."));
}

TEST_F(Do, WhatIsMissingIsAskedForUntilItWillDo) {
  ASSERT_EQ(begin().exit_code, kDone);
  std::vector<std::string> answers{"agent:li", "", "high", "hard", "low"};
  std::string asked;
  const auto done = run({"email:A-1", "prioritize"}, [&](const std::string& question) {
    asked += question;
    const auto answer = answers.front();
    answers.erase(answers.begin());
    return std::optional(answer);
  });
  EXPECT_EQ(done.exit_code, kDone) << done.err;
  EXPECT_TRUE(answers.empty());
  EXPECT_THAT(asked,
              AllOf(HasSubstr("such as agent:li"), HasSubstr("--impact: "), HasSubstr("It is needed.\n"),
                    HasSubstr("but it is 'hard'"), HasSubstr("--urgency: ")));
  const auto left = run({"email:A-1", "classify"}, [](const std::string&) { return std::nullopt; });
  EXPECT_EQ(left.exit_code, kUsage);
}

TEST_F(Do, IsAskedInOneLanguageWithWhatMayBeChosen) {
  ASSERT_EQ(begin().exit_code, kDone);
  std::vector<std::string> answers{"agent:li", "", "hgih", "high", "low"};
  std::string asked;
  const auto done = run({"email:A-1", "prioritize", "--lang", "zh"}, [&](const std::string& question) {
    asked += question;
    const auto answer = answers.front();
    answers.erase(answers.begin());
    return std::optional(answer);
  });
  EXPECT_EQ(done.exit_code, kDone) << done.err;
  EXPECT_THAT(asked, AllOf(HasSubstr("由谁操作"), HasSubstr("影响程度。可选：low 低、medium 中、high 高。\n"),
                           HasSubstr("此项必填。"), HasSubstr("“hgih”不在可选值之内。是否指“high”？"),
                           Not(HasSubstr("How "))));
}

TEST_F(Do, NobodyIsAskedForTheFieldsOfWhatTheCaseRefuses) {
  ASSERT_EQ(begin().exit_code, kDone);
  const auto refused = run({"email:A-1", "handoff.accept", "--actor", "agent:li"},
                           [](const std::string& question) -> std::optional<std::string> {
                             ADD_FAILURE() << question;
                             return std::nullopt;
                           });
  EXPECT_EQ(refused.exit_code, kRefused);
  EXPECT_THAT(refused.err, HasSubstr("]\n"));
}

TEST_F(Do, WhyIsSaidInChineseWhereChineseIsAskedFor) {
  ASSERT_EQ(begin().exit_code, kDone);
  EXPECT_THAT(run({"email:A-1", "--all", "--lang", "zh"}).out,
              AllOf(HasSubstr("没有待接收的这项移交。"), Not(HasSubstr("Expected"))));
  EXPECT_EQ(run({"email:A-1", "handoff.accept", "--actor", "agent:li", "--lang", "zh"}).err,
            "casetrail: 没有待接收的这项移交。 [no_pending_handoff]\n");
  const auto late = run({"email:A-1", "classify", "--category", "fault/power", "--difficulty", "9", "--actor",
                         "agent:li", "--lang", "zh"});
  EXPECT_THAT(late.err, AllOf(StartsWith("casetrail: "), HasSubstr("。（Expected "), HasSubstr("]）\n")));
  EXPECT_THAT(run({"email:nope", "--lang", "zh"}).err, StartsWith("casetrail: 没有这个工单"));
}

TEST_F(Do, ARefusalTellsTimesOnTheClocksOfThePerson) {
  ASSERT_EQ(begin().exit_code, kDone);
  const std::vector<std::string> by_li{"--actor", "agent:li"};
  ASSERT_EQ(run({"email:A-1", "classify", "--category", "fault/power"}, {}, by_li).exit_code, kDone);
  ASSERT_EQ(run({"email:A-1", "prioritize", "--impact", "low", "--urgency", "low"}, {}, by_li).exit_code,
            kDone);
  ASSERT_EQ(run({"email:A-1", "assignment.make", "--agent-id", "li", "--department-id", "cs",
                 "--requirements", "look", "--cautions", "none", "--basis", "push"},
                {}, by_li)
                .exit_code,
            kDone);
  ASSERT_EQ(run({"email:A-1", "work.start"}, {}, by_li).exit_code, kDone);
  const auto refused = run({"email:A-1", "work.suspend", "--reason-code", "waiting_parts", "--review-at",
                            "2020-01-01T00:00:00Z", "--customer-informed", "--text", "parts"},
                           {}, by_li);
  EXPECT_EQ(refused.exit_code, kRefused) << refused.err;
  EXPECT_THAT(refused.err, testing::ContainsRegex(R"(between now and 20[0-9-]+ [0-9:]+\.)"));
}

TEST_F(Do, OfTwoPeopleTheSecondOverwritesNothing) {
  ASSERT_EQ(begin().exit_code, kDone);
  const auto meanwhile = [&](const std::string&) {
    testing::internal::GetCapturedStdout();
    testing::internal::GetCapturedStderr();
    EXPECT_EQ(
        run({"email:A-1", "request.acknowledge", "--channel", "email", "--actor", "agent:wu"}).exit_code,
        kDone);
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    return std::optional<std::string>("fault/power");
  };
  const auto late = run({"email:A-1", "classify", "--difficulty", "1", "--actor", "agent:li"}, meanwhile);
  EXPECT_EQ(late.exit_code, kRefused);
  EXPECT_THAT(late.err, AllOf(HasSubstr("[stale_version]"), HasSubstr("look at it, and do it again")));
}

TEST_F(Do, WhatTheEngineSaysAgainstAFieldIsSaidOfItsFlag) {
  const auto refused = run({"new", "register", "--kind", "inquiry", "--channel", "email", "--external-ref",
                            "", "--name", "n", "--contacts", "[]", "--actor", "system:shop"});
  EXPECT_EQ(refused.exit_code, kUsage);
  EXPECT_THAT(refused.err, HasSubstr("Expected --external-ref to be"));
  EXPECT_THAT(run({"new", "register", "--knd", "inquiry"}).err, HasSubstr("Did you mean '--kind'?"));
  EXPECT_EQ(run({"email:A-1", "sing"}).exit_code, kNotFound);
}

}  // namespace
}  // namespace casetrail::cli
