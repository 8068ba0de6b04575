// What a wrong command line is told: a sentence that names what is wrong and what would be right.
#include "workers/cli/command_line.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "projections/boards.h"
#include "projections/kit/shape.h"
#include "tests/support/temporary_folder.h"
#include "workers/cli/exit_code.h"

namespace casetrail::cli {
namespace {

std::string told(std::vector<const char*> words) {
  words.insert(words.begin(), "casetrail");
  const auto line = read_command_line(static_cast<int>(words.size()), words.data());
  if (line) return "taken";
  EXPECT_EQ(line.error().exit_code, kUsage);
  return line.error().text;
}

TEST(CommandLine, WhatIsMissingIsSaidWithItsMeaning) {
  EXPECT_EQ(
      told({"case"}),
      "casetrail: `casetrail case` needs id: Its number, its id, or channel:reference. `casetrail help case` "
      "explains it.\n");
  EXPECT_EQ(told({"identities", "remove", "li"}),
            "casetrail: `casetrail identities remove` needs --file: The identities file that `casetrail "
            "serve` is given. "
            "`casetrail help identities remove` explains it.\n");
  EXPECT_EQ(
      told({"topics"}),
      "casetrail: Expected a verb after `casetrail topics`: create, check. `casetrail help topics` explains "
      "it.\n");
  EXPECT_EQ(
      told({}).find("casetrail: Expected a verb after `casetrail`: serve, topics, identities, keys, submit"),
      0U);
  EXPECT_EQ(
      told({"board", "handoff", "--limit"}),
      "casetrail: Expected a value after --limit, but there is none. `casetrail help board` explains it.\n");
}

TEST(CommandLine, ACaseIsShownOrWrittenAsAPage) {
  const auto parsed = [](std::vector<const char*> words) {
    words.insert(words.begin(), {"casetrail", "case"});
    const auto line = read_command_line(static_cast<int>(words.size()), words.data());
    EXPECT_TRUE(line) << line.error().text;
    return line ? std::get<verb::Case>(line->verb) : verb::Case();
  };
  EXPECT_EQ(parsed({"email:A-1"}).aspect, verb::CaseAspect::state);
  const auto page = parsed({"export", "email:A-1", "--out", "A-1.html"});
  EXPECT_EQ(page.aspect, verb::CaseAspect::page);
  EXPECT_EQ(page.id, "email:A-1");
  EXPECT_EQ(page.out, "A-1.html");
  EXPECT_EQ(told({"case", "export"}).find("casetrail: `casetrail case export` needs id"), 0U);
}

TEST(CommandLine, AValueThatWillNotDoIsSaidBesideThoseThatWould) {
  EXPECT_EQ(told({"board", "handoff", "--limit", "abc"}),
            "casetrail: --limit: Expected a whole number from 0 to 1000000, but it is 'abc'. "
            "`casetrail help board` explains it.\n");
  EXPECT_EQ(told({"lag", "--log-level", "loud"}),
            "casetrail: --log-level: Expected one of trace, debug, info, warn, error, off, but it is 'loud'. "
            "`casetrail help lag` explains it.\n");
  EXPECT_EQ(told({"serve", "--memory", "abc"}),
            "casetrail: --memory: Expected a whole number from 384 to 16777216, but it is 'abc'. "
            "`casetrail help serve` explains it.\n");
  EXPECT_EQ(told({"serve", "--memory", "-1"}),
            "casetrail: --memory: Expected a whole number from 384 to 16777216, but it is '-1'. "
            "`casetrail help serve` explains it.\n");
  EXPECT_EQ(told({"serve", "--disk-reserve=-5"}).find("casetrail: --disk-reserve: Expected bytes, 0 or more"),
            0U);
  EXPECT_EQ(told({"serve", "--disk-reserve", "much"}),
            "casetrail: --disk-reserve: Expected bytes, such as 67108864 or 64MiB, but it is 'much'. "
            "`casetrail help serve` explains it.\n");
  EXPECT_EQ(told({"lag", "--json=perhaps"}),
            "casetrail: Expected --json to be true or false, but it is 'perhaps'. `casetrail help lag` "
            "explains it.\n");
}

TEST(CommandLine, AZoneOrLanguageThatIsNoneIsSaidBesideWhatIsExpected) {
  EXPECT_EQ(told({"cases", "--tz", "Asia/Shanghai", "--lang", "zh"}), "taken");
  EXPECT_NE(told({"cases", "--tz", "Shanghai"}).find("'Shanghai'"), std::string::npos);
  EXPECT_EQ(
      told({"cases", "--lang", "fr"}),
      "casetrail: --lang: Expected one of en, zh, but it is 'fr'. `casetrail help cases` explains it.\n");
}

TEST(CommandLine, FilesOfServeInTheEnvironmentAreAskedForByServeAlone) {
  const TemporaryFolder folder;
  const auto missing = (folder.path() / "none.yaml").string();
  for (const auto* option : {"--policy", "--identities"}) {
    const auto variable =
        option == std::string_view("--policy") ? "CASETRAIL_POLICY" : "CASETRAIL_IDENTITIES";
    ::setenv(variable, missing.c_str(), 1);
    EXPECT_EQ(told({"topics", "check"}), "taken");
    EXPECT_EQ(told({"identities", "add", "li", "--actor", "agent:li", "--rights", "read", "--file", "f"}),
              "taken");
    EXPECT_EQ(told({"serve"}), std::string("casetrail: ") + option + ": There is no file '" + missing +
                                   "'. `casetrail help serve` explains it.\n");
    ::unsetenv(variable);
  }
}

TEST(CommandLine, AFileThatIsNoneOrAFolderIsSaidToBeSo) {
  const TemporaryFolder folder;
  const auto missing = (folder.path() / "none.yaml").string();
  EXPECT_EQ(
      told({"policy", "check", missing.c_str()}),
      "casetrail: file: There is no file '" + missing + "'. `casetrail help policy check` explains it.\n");
  const auto path = folder.path().string();
  EXPECT_EQ(told({"policy", "check", path.c_str()}),
            "casetrail: file: Expected a file, but '" + path +
                "' is a folder. `casetrail help policy check` explains it.\n");
  EXPECT_EQ(told({"lag", "--config", missing.c_str()}), "casetrail: The file of options '" + missing +
                                                            "' cannot be read. Check its path and rights. "
                                                            "`casetrail help lag` explains it.\n");
  const auto options = folder.path() / "options.toml";
  std::ofstream(options) << "speed = 7\n";
  const auto file = options.string();
  EXPECT_EQ(
      told({"lag", "--config", file.c_str()}),
      "casetrail: The file of options says 'speed', which is no option, or has no value that it may have. "
      "`casetrail help lag` explains it.\n");
}

TEST(CommandLine, HelpOnBoardsNamesEachViewAndEachOfItsFiltersWithItsMeaning) {
  const std::array words{"casetrail", "help", "board"};
  const auto help = read_command_line(static_cast<int>(words.size()), words.data()).error();
  EXPECT_EQ(help.exit_code, kDone);
  for (const auto view : view_names()) {
    EXPECT_NE(help.text.find("Filters of " + std::string(view) + ":\n"), std::string::npos);
    for (const auto& filter : find_shape(view)->filters) {
      const auto at = help.text.find("\n  " + std::string(filter.name) + "  ");
      ASSERT_NE(at, std::string::npos) << filter.name;
    }
  }
  EXPECT_NE(help.text.find("Handoffs that this department is to take."), std::string::npos);
}

TEST(CommandLine, ANodeHasEveryRoleUnlessSomeAreNamed) {
  const auto parsed = [](std::vector<const char*> words) {
    words.insert(words.begin(), {"casetrail", "serve"});
    const auto line = read_command_line(static_cast<int>(words.size()), words.data());
    EXPECT_TRUE(line) << line.error().text;
    return line ? std::get<verb::Serve>(line->verb) : verb::Serve();
  };
  EXPECT_EQ(parsed({}).roles, api::kEveryRole);
  EXPECT_EQ(parsed({"--brokers", "k:9092", "--roles", "boards,commands"}).roles,
            (api::Roles{api::Role::commands, api::Role::boards}));
  const auto answers = parsed({"--brokers", "k:9092", "--roles", "api", "--peers", "http://b:1,https://c"});
  ASSERT_EQ(answers.peers.size(), 2U);
  EXPECT_EQ(answers.peers.at(0).url(), "http://b:1");
  EXPECT_EQ(answers.peers.at(1).url(), "https://c:443");
}

TEST(CommandLine, RolesThatLeaveQuestionsWithoutAnAnswerAreRefused) {
  const auto serve = [](std::vector<const char*> words) {
    words.insert(words.begin(), "serve");
    return told(words);
  };
  EXPECT_TRUE(serve({"--brokers", "k:9092", "--roles", "boards,oracle"})
                  .contains("Expected one of commands, boards, history, api, but it is 'oracle'."));
  EXPECT_TRUE(serve({"--roles", "boards"}).contains("Name the cluster with --brokers"));
  EXPECT_TRUE(serve({"--brokers", "k:9092", "--roles", "api,boards"}).contains("with --peers"));
  EXPECT_TRUE(serve({"--brokers", "k:9092", "--peers", "http://b:1"}).contains("this one would ask nobody"));
  EXPECT_TRUE(serve({"--brokers", "k:9092", "--roles", "boards", "--peers", "http://b:1"})
                  .contains("this one would ask nobody"));
  EXPECT_TRUE(serve({"--brokers", "k:9092", "--roles", "api", "--peers", "ftp://b"}).contains("--peers: "));
}

TEST(CommandLine, AnOptionThatStandsBeforeItsVerbIsToldItsPlace) {
  EXPECT_EQ(told({"--memory", "-1", "serve"}),
            "casetrail: '--memory' stands before the verb that it is of. Put it and its value behind: "
            "`casetrail serve --memory …`.\n");
}

TEST(CommandLine, WhatIsTooMuchIsNamed) {
  EXPECT_EQ(told({"board", "handoff", "more"}),
            "casetrail: There is no place for 'more'. `casetrail help board` explains it.\n");
  EXPECT_EQ(
      told({"board", "handoff", "--limit", "1", "--limit", "2"}),
      "casetrail: Expected --limit once, but it is there more often. `casetrail help board` explains it.\n");
  EXPECT_EQ(told({"replay", "email:A-1", "--diff", "1"}),
            "casetrail: Expected 2 values after --diff, FROM TO. `casetrail help replay` explains it.\n");
  EXPECT_EQ(told({"replay", "email:A-1", "--every"}),
            "casetrail: --every is of --diff: name both. `casetrail help replay` explains it.\n");
  EXPECT_EQ(told({"lag", "--wide", "--json"}),
            "casetrail: Name --wide or --json, not both. `casetrail help lag` explains it.\n");
  EXPECT_EQ(
      told({"lag", "--jsn"}),
      "casetrail: There is no option '--jsn' of `casetrail lag`. Did you mean '--json'? `casetrail help lag` "
      "lists them all.\n");
}

}  // namespace
}  // namespace casetrail::cli
