// The binary as its users meet it: on the embedded log, with a server and without.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <memory>
#include <thread>

#include "aggregates/time/zone.h"
#include "events/wire/timestamp.h"
#include "tests/support/becomes.h"
#include "tests/support/program.h"
#include "tests/support/raw_client.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tls_pair.h"
#include "workers/http/server.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kRegister =
    R"({"kind":"inquiry","channel":"email","external_ref":"A-1","pii":{"name":"王小明","contacts":["w@example.com"]}})";

/// A data folder of its own, and the binary on it.
class Binary : public ::testing::Test {
 protected:
  [[nodiscard]] test::Ran run(std::vector<std::string> arguments, const std::string& input = {}) const {
    arguments.insert(arguments.begin(), CASETRAIL_BINARY);
    arguments.insert(arguments.end(), {"--data", data()});
    return test::run_program(arguments, input);
  }
  [[nodiscard]] test::Ran register_case(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"submit",      "request.register", "--actor",
                                       "system:shop", "--body",           kRegister};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  /// Returns when it answers.
  [[nodiscard]] std::unique_ptr<test::Background> serve(const std::vector<std::string>& more = {},
                                                        const std::string& listen = "127.0.0.1:0") const {
    std::vector<std::string> arguments{CASETRAIL_BINARY, "serve", "--listen", listen, "--data", data()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    auto server = std::make_unique<test::Background>(arguments, (folder_.path() / "serve.log").string());
    for (int i = 0; i < 500 && !std::filesystem::exists(folder_.path() / "data" / "address"); ++i) {
      std::this_thread::sleep_for(20ms);
    }
    return server;
  }
  [[nodiscard]] std::string log_of_server() const {
    std::ifstream log(folder_.path() / "serve.log");
    return {std::istreambuf_iterator(log), {}};
  }
  /// The first line of the server's answer to `GET /v1/lag` under that name.
  [[nodiscard]] std::string answer_to_host(const std::string& host) const {
    return answer_to("GET /v1/lag", host);
  }
  /// The same of another request; `host` may have more headers behind it.
  [[nodiscard]] std::string answer_to(const std::string& request, const std::string& host) const {
    std::ifstream file(folder_.path() / "data" / "address");
    const std::string address(std::istreambuf_iterator<char>(file), {});
    test::RawClient client(static_cast<std::uint16_t>(std::stoi(address.substr(address.find(':') + 1))));
    client.send(request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    const auto all = client.read_all();
    return all.substr(0, all.find("\r\n"));
  }
  [[nodiscard]] std::string file_of(const std::string& text) const {
    const auto file = folder_.path() / "file";
    std::ofstream(file) << text;
    return file.string();
  }
  [[nodiscard]] std::string data() const { return (folder_.path() / "data").string(); }

 private:
  TemporaryFolder folder_;
};

void expect_contains(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << text;
}

TEST_F(Binary, ACommandIsTakenAndItsCaseShownWithoutAServer) {
  const auto submitted = register_case();
  EXPECT_EQ(submitted.exit_code, 0) << submitted.err;
  expect_contains(submitted.out, "accepted with");
  const auto shown = run({"case", "email:A-1", "--history", "--wide"});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  expect_contains(shown.out, "Registered as inquiry by email under A-1");
  const auto history = run({"board", "history", "--filter", "case=email:A-1", "--json"});
  expect_contains(history.out, "Registered as inquiry by email under A-1");
}

TEST_F(Binary, ADeskDoesThingsByTheFieldsThatEachActionNames) {
  const auto begun =
      run({"do", "new", "register", "--kind", "inquiry", "--channel", "email", "--external-ref", "A-1",
           "--name", "王小明", "--contacts", "w@example.com", "--actor", "system:shop"});
  EXPECT_EQ(begun.exit_code, 0) << begun.err;
  expect_contains(run({"do", "email:A-1", "--lang", "zh"}).out, "request.acknowledge");
  const auto help = run({"do", "email:A-1", "request.acknowledge", "--help"});
  EXPECT_EQ(help.exit_code, 0) << help.err;
  expect_contains(help.out, "\n--channel  ");
  expect_contains(help.out, "casetrail do email:A-1 request.acknowledge --actor agent:li --channel ");
  const auto missing = run({"do", "email:A-1", "request.acknowledge"});
  EXPECT_EQ(missing.exit_code, 2);
  expect_contains(missing.err, "request.acknowledge needs --actor (kind:id, such as agent:li), --channel (");
  const auto done =
      run({"do", "email:A-1", "request.acknowledge", "--channel", "email", "--actor", "agent:li"});
  EXPECT_EQ(done.exit_code, 0) << done.err;
  expect_contains(run({"case", "email:A-1", "--wide"}).out, "The request was acknowledged by email");
}

TEST_F(Binary, ACaseIsListedAndGoesByItsNumber) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto listed = run({"cases", "--channel", "email", "--channel", "phone"});
  EXPECT_EQ(listed.exit_code, 0) << listed.err;
  expect_contains(listed.out, "backlog 1   unassigned 1");
  const auto at = listed.out.find("CT-");
  ASSERT_NE(at, std::string::npos) << listed.out;
  const auto number = listed.out.substr(at, listed.out.find(' ', at) - at);
  expect_contains(run({"case", number}).out, "reference    email:A-1\n");
  const auto acknowledged = run({"submit", "request.acknowledge", "--case", number, "--actor", "agent:li",
                                 "--body", R"({"channel":"email"})"});
  EXPECT_EQ(acknowledged.exit_code, 0) << acknowledged.err;
  expect_contains(run({"cases", "--agent", "nobody"}).out, "No rows.");
  EXPECT_EQ(run({"case", "CT-0001-000000"}).exit_code, 5);
}

TEST_F(Binary, WhatItWritesIsItsOwnersAloneWhateverTheUmask) {
  const auto ran = test::run_program({"/bin/sh", "-c", R"(umask 0; exec "$@")", "sh", CASETRAIL_BINARY,
                                      "submit", "request.register", "--actor", "system:shop", "--body",
                                      kRegister, "--data", data()});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  constexpr auto kOthers = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
  const auto expect_own = [&](const std::filesystem::path& path) {
    EXPECT_EQ(std::filesystem::status(path).permissions() & kOthers, std::filesystem::perms::none) << path;
  };
  expect_own(data());
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data())) expect_own(entry.path());
}

TEST_F(Binary, ACaseIsShownByItsHeadAndHistoryAndAsJsonWithoutTimesThatNeverWere) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto shown = run({"case", "email:A-1"});
  expect_contains(shown.out, "reference    email:A-1\n");
  expect_contains(shown.out, "Registered as inquiry");
  const auto json = run({"case", "email:A-1", "--json"});
  expect_contains(json.out, "registered_at");
  for (const auto* never : {"closed_at", "suspended_at", "1970"})
    EXPECT_EQ(json.out.find(never), std::string::npos) << json.out;
}

TEST_F(Binary, ACaseThatIsNotThereIsNamedAsItWasAskedFor) {
  ASSERT_EQ(register_case().exit_code, 0);
  for (const auto& arguments : {std::vector<std::string>{"case", "email:nope"},
                                {"case", "email:nope", "--history"},
                                {"board", "history", "--filter", "case=email:nope"}}) {
    const auto asked = run(arguments);
    EXPECT_EQ(asked.exit_code, 5);
    EXPECT_EQ(asked.err.find("casetrail: There is no case email:nope (its id would be "), 0U) << asked.err;
  }
}

TEST_F(Binary, ContactsAreShownToWhoSaysWhyAndTheCaseTellsIt) {
  ASSERT_EQ(register_case().exit_code, 0);
  EXPECT_EQ(run({"case", "email:A-1"}).out.find("w@example.com"), std::string::npos);
  const auto shown = run({"do", "email:A-1", "reveal", "--purpose", "call_customer", "--actor", "agent:li"});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  expect_contains(shown.out, "王小明");
  expect_contains(shown.out, "w@example.com");
  ASSERT_EQ(
      run({"do", "email:A-1", "amend", "--contacts", "new@example.com", "--actor", "agent:li"}).exit_code, 0);
  const auto again = run({"do", "email:A-1", "reveal", "--purpose", "call_customer", "--actor", "agent:li"});
  EXPECT_EQ(again.out.find("w@example.com\n"), again.out.find("new@example.com\n") + 2) << again.out;
  expect_contains(run({"case", "email:A-1", "--wide"}).out, "Contacts shown (call customer)");
}

TEST_F(Binary, ACaseIsReplayedAsItStoodAndFieldByField) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto then = run({"replay", "email:A-1", "--seq", "1"});
  EXPECT_EQ(then.exit_code, 0) << then.err;
  expect_contains(then.out, "As of event 1 of ");
  expect_contains(then.out, "status       new\n");
  expect_contains(run({"replay", "email:A-1", "--seq", "1", "--json"}).out, R"("seq":1,)");
  const auto diff = run({"replay", "email:A-1", "--diff", "0", "1"});
  expect_contains(diff.out, "    + status  new\n");
  expect_contains(run({"replay", "email:A-1"}).out,
                  "  Registered as inquiry by email under A-1 for 王**\n    + ");
  expect_contains(run({"replay", "email:A-1", "--held"}).out, "in all");
  expect_contains(run({"replay", "email:A-1", "--held", "--csv"}).out, R"("from","to","seq","department",)");
  const auto early = run({"replay", "email:A-1", "--as-of", "2001-01-01T00:00:00Z"});
  EXPECT_EQ(early.exit_code, 5);
  expect_contains(early.err, "its first event was recorded at");
  EXPECT_EQ(run({"replay", "email:nope"}).exit_code, 5);
  EXPECT_EQ(run({"replay", "email:A-1", "--seq", "1", "--diff", "0", "1"}).exit_code, 2);
}

TEST_F(Binary, AnEventAndWhatStandsInTheWayAreExplained) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto why = run({"why", "email:A-1", "--seq", "1"});
  EXPECT_EQ(why.exit_code, 0) << why.err;
  expect_contains(why.out, "request.register");
  expect_contains(why.out,
                  "It led to\n  1  request.registered  Registered as inquiry by email under A-1 for 王**\n");
  expect_contains(why.out, "first_response\n  ");
  EXPECT_EQ(why.out.find("w@example.com"), std::string::npos);
  expect_contains(run({"why", "email:A-1"}).out, "What stands in the way of case.close\n");
  expect_contains(run({"why", "email:A-1", "--action", "case.close", "--json"}).out,
                  R"("name":"status","bites":true)");
  EXPECT_EQ(run({"why", "email:A-1", "--command", "nobodys"}).exit_code, 5);
  const auto then = run({"why", "email:A-1", "--seq", "1", "--action", "case.close"});
  EXPECT_EQ(then.exit_code, 0) << then.err;
  expect_contains(then.out, "What stands in the way of case.close");
  EXPECT_EQ(run({"why", "email:A-1", "--command", "c", "--action", "case.close"}).exit_code, 2);
}

TEST_F(Binary, ACaseIsSteppedThroughByKeysAtATerminal) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto command = std::string(CASETRAIL_BINARY) + " replay email:A-1 --data " + data();
  const auto stepped = test::run_program({"/usr/bin/script", "-qec", command, "/dev/null"}, "j\x1b[Dq");
  EXPECT_EQ(stepped.exit_code, 0) << stepped.out;
  const auto first = stepped.out.find("As of event 1 of ");
  ASSERT_NE(first, std::string::npos) << stepped.out;
  const auto second = stepped.out.find("As of event 2 of ", first);
  ASSERT_NE(second, std::string::npos) << stepped.out;
  EXPECT_NE(stepped.out.find("As of event 1 of ", second), std::string::npos) << stepped.out;
}

TEST_F(Binary, WhatACommandNeedsIsAskedForAtATerminal) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto at_a_terminal = [&](const std::string& words, const std::string& typed) {
    const auto command = std::string(CASETRAIL_BINARY) + " do email:A-1 " + words + " --data " + data();
    return test::run_program({"/usr/bin/script", "-qec", command, "/dev/null"}, typed);
  };
  const auto rated = at_a_terminal("prioritize --lang zh", "agent:li\n\nhigh\nlow\n");
  EXPECT_EQ(rated.exit_code, 0) << rated.out;
  for (const auto* said : {"由谁操作", "影响程度。可选：low 低、", "此项必填。"})
    expect_contains(rated.out, said);
  const auto again = at_a_terminal("prioritize", "agent:li\nhard\nlow\nhigh\n");
  EXPECT_EQ(again.exit_code, 0) << again.out;
  for (const auto* said :
       {"Who does it", "How much is affected. One of low, medium, high.", "but it is 'hard'"})
    expect_contains(again.out, said);
}

TEST_F(Binary, AReviewerSeesTheCardAndIsAskedForItsItems) {
  const auto policy = file_of(
      "roles: {reviewer: [qa]}\nreview: {scorecard: {id: chat, version: 3, items: [{id: greeting, dimension: "
      "empathy, max: 10}, {id: diagnosis, max: 40}]}}\n");
  const auto server = serve({"--policy", policy});
  ASSERT_EQ(register_case().exit_code, 0);
  const auto act = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"do", "email:A-1"});
    const auto done = run(words);
    EXPECT_EQ(done.exit_code, 0) << done.err;
    return done.out;
  };
  (void)act({"classify", "--category", "fault/power", "--actor", "agent:li"});
  (void)act({"prioritize", "--impact", "low", "--urgency", "low", "--actor", "agent:li"});
  (void)act({"assignment.make", "--agent-id", "li", "--department-id", "cs", "--requirements", "look",
             "--cautions", "none", "--basis", "push", "--actor", "agent:li"});
  (void)act({"work.start", "--actor", "agent:li"});
  (void)act({"review.assign", "--kind", "chat", "--reviewer-id", "wang", "--agent-id", "li", "--actor",
             "agent:li"});
  expect_contains(run({"case", "email:A-1", "--wide"}).out, "card of 50 points: greeting 10, diagnosis 40");
  const auto help = act({"review.score", "--help"});
  expect_contains(help, R"('{"score":40,"item":"diagnosis",)");
  expect_contains(help, "--review-id r1 --scorecard.id chat");
  const auto command = std::string(CASETRAIL_BINARY) +
                       " do email:A-1 review.score --actor agent:wang --role qa --data " + data();
  const auto scored = test::run_program({"/usr/bin/script", "-qec", command, "/dev/null"},
                                        "11\n10\n30\nAsk for the serial number\n");
  EXPECT_EQ(scored.exit_code, 0) << scored.out;
  for (const auto* said :
       {"greeting (empathy): points of 10, or n", "Expected 0 to 10, or n, but it is '11'.",
        "What should be done better in diagnosis: ", "accepted with 1 event"})
    expect_contains(scored.out, said);
  EXPECT_EQ(scored.out.find("better in greeting"), std::string::npos);
  EXPECT_EQ(scored.out.find("--improvement-points"), std::string::npos);
  const auto board = run({"board", "review", "--json"}).out;
  expect_contains(board, R"("improvement_points":["diagnosis: Ask for the serial number"])");
}

TEST_F(Binary, ExportsTheSameWithAServerAndWithout) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto exported = [&](const std::string& name, std::vector<std::string> more = {}) {
    const auto file = std::filesystem::path(data()).parent_path() / name;
    more.insert(more.begin(), {"export", "ndjson", "--out", file.string()});
    const auto ran = run(more);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    std::ifstream in(file);
    return std::string(std::istreambuf_iterator(in), {});
  };
  const auto alone = exported("alone");
  expect_contains(alone, R"("name":"王**")");
  expect_contains(exported("shown", {"--show-persons"}), R"("name":"王小明")");
  const auto server = serve();
  EXPECT_EQ(exported("served"), alone);
  const auto nobodys =
      run({"export", "csv", "--out", data() + ".csv", "--filter", "department=moon", "--json"});
  EXPECT_EQ(nobodys.exit_code, 0) << nobodys.err;
  expect_contains(nobodys.out, R"("warnings":["No case was chosen by --filter department=moon: )");
  const auto refused = run({"export", "csv", "--out", data() + "/../x", "--show-persons"});
  EXPECT_EQ(refused.exit_code, 2);
  expect_contains(refused.err, "A server hands out events without persons.");
}

TEST_F(Binary, TellsWhatAnotherPolicyWouldHaveChangedWithAServerAndWithout) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto same = run({"whatif", "--policy", "current"});
  EXPECT_EQ(same.exit_code, 0) << same.err;
  expect_contains(same.out,
                  "Under current, 0 of 1 case would have gone another way.\n1 decision made again.\n");
  const auto file = file_of("sla:\n  P4: {first_response: 5m, next_update: 1h, resolution: 2h}\n");
  const auto csv = data() + ".csv";
  const auto alone = run({"whatif", "--policy", file, "--csv", csv});
  EXPECT_EQ(alone.exit_code, 0) << alone.err;
  expect_contains(alone.out, "Under " + file + ", 1 of 1 case would have gone another way.\n");
  expect_contains(alone.out, "  ~ due.first_response  ");
  expect_contains(
      [&] {
        std::ifstream in(csv);
        return std::string(std::istreambuf_iterator(in), {});
      }(),
      R"("due.first_response","")");
  expect_contains(run({"whatif", "--policy", file, "--json"}).out,
                  R"("changed":1,"decided":1,"taken_over":0)");
  expect_contains(run({"whatif", "--policy", file, "--lang", "zh"}).out, "共 1 个工单中有 1 个结果不同");
  expect_contains(run({"whatif", "--policy", file, "--from", "2100-01-01"}).out, "0 of 0 cases");
  EXPECT_EQ(run({"whatif", "--policy", file, "--limit", "-1"}).exit_code, 2);
  const auto server = serve();
  EXPECT_EQ(run({"whatif", "--policy", file}).out, alone.out);
}

TEST_F(Binary, ComparesTwoMomentsOfABoard) {
  ASSERT_EQ(register_case().exit_code, 0);
  EXPECT_EQ(run({"board", "cases", "--diff", "yesterday"}).exit_code, 2);
  const auto unknown = run({"board", "nothing", "--diff", "2026-01-01T00:00:00Z"});
  EXPECT_EQ(unknown.exit_code, 5) << unknown.err;
  expect_contains(run({"board", "history", "--diff", "2026-01-01T00:00:00Z"}).err, "a board of cases");
}

TEST_F(Binary, AddsUpWhoHadCasesHowLong) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto held = run({"held"});
  EXPECT_EQ(held.exit_code, 0) << held.err;
  expect_contains(held.out, "nobody");
  expect_contains(held.out, "in all");
  const auto csv = run({"held", "--by-department", "--csv"});
  expect_contains(csv.out, "\"department\",\"agent\",\"cases\",\"elapsed_ms\",\"business_ms\"");
  expect_contains(run({"held", "--to", "2020-01-01", "--json"}).out, R"({"cases":0,"elapsed_ms":0)");
  expect_contains(run({"held", "--lang", "zh"}).out, "合计");
  EXPECT_EQ(run({"held", "--filter", "type=handoff."}).exit_code, 2);
  const auto server = serve();
  expect_contains(run({"held", "--by-department"}).out, "in all");
}

TEST_F(Binary, WhatIfNamesWhatIsWrongWithThePolicyAndTheCases) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto none = run({"whatif", "--policy", "7"});
  EXPECT_EQ(none.exit_code, 2);
  expect_contains(none.err, "There is no policy version 7 that can be read.");
  const auto faulty = run({"whatif", "--policy", file_of("sla: {P9: {}}\n")});
  EXPECT_EQ(faulty.exit_code, 2);
  const auto type = run({"whatif", "--policy", "current", "--filter", "type=handoff."});
  EXPECT_EQ(type.exit_code, 2);
  expect_contains(type.err, "A case is decided as a whole");
  EXPECT_EQ(run({"whatif"}).exit_code, 2);
}

TEST_F(Binary, WhatAPolicyMaySayIsPrintedAndTheExampleOfAllKeysMayBePublished) {
  expect_contains(run({"policy", "schema"}).out, "https://json-schema.org/draft/2020-12/schema");
  expect_contains(run({"policy", "reference"}).out, "| `handoff.bounce_limit` | a whole number, 1 or more |");
  const auto example = run({"policy", "example"});
  EXPECT_EQ(example.exit_code, 0) << example.err;
  expect_contains(run({"policy", "check", file_of(example.out)}).out, "can be published.");
}

TEST_F(Binary, AnExportNamesWhatIsWrongWithItsFileAndItsTimes) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto nowhere = run({"export", "csv", "--out", data() + "/none/x.csv"});
  EXPECT_EQ(nowhere.exit_code, 2);
  expect_contains(nowhere.err, "Make it, or name another.");
  const auto time = run({"export", "csv", "--out", data() + "/../x", "--from", "yesterday"});
  EXPECT_EQ(time.exit_code, 2);
  expect_contains(time.err, "Expected --from to be a time such as 2026-11-30");
  EXPECT_EQ(run({"export", "csv"}).exit_code, 2);
  const auto later = run({"export", "csv", "--out", data() + "/../x", "--as-of", "2100-01-01"});
  EXPECT_EQ(later.exit_code, 2);
  expect_contains(later.err, "a moment that has passed");
}

TEST_F(Binary, AnExportIsCheckedAgainLaterAndNamesTheFaultsOfAFileThatWasSpoiled) {
  ASSERT_EQ(register_case().exit_code, 0);
  for (const std::string format : {"xes", "ocel-json", "ocel-sqlite", "csv", "ndjson"}) {
    const auto file = data() + "." + format;
    ASSERT_EQ(run({"export", format, "--out", file}).exit_code, 0);
    const auto sound = run({"export", format, "--check", file});
    EXPECT_EQ(sound.exit_code, 0) << sound.out;
    expect_contains(sound.out, "events of 1 case in " + file + ": sound " + format);
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    const auto spoiled = run({"export", format, "--check", file});
    EXPECT_EQ(spoiled.exit_code, 1) << format << spoiled.out;
    expect_contains(spoiled.out, "is not as " + format + " of casetrail should be:\n  ");
    expect_contains(run({"export", format, "--check", file, "--json"}).out, R"("sound":false)");
  }
  EXPECT_EQ(run({"export", "csv", "--check", data() + ".none"}).exit_code, 2);
  EXPECT_EQ(run({"export", "csv", "--check", data() + ".csv", "--out", "x"}).exit_code, 2);
  expect_contains(run({"export", "csv"}).err, "Expected --out and the file to write, or --check");
}

TEST_F(Binary, AFileIsNotTakenForTheDataFolder) {
  const auto file = file_of("dear");
  for (const auto* verb : {"lag", "serve", "verify"}) {
    const auto asked = test::run_program({CASETRAIL_BINARY, verb, "--data", file});
    EXPECT_EQ(asked.exit_code, 3) << verb;
    EXPECT_EQ(asked.err, "casetrail: " + file +
                             " is a file, and the data is kept in a folder. Name that folder with --data.\n");
  }
}

TEST_F(Binary, AServerAnswersTheVerbsOfOthers) {
  const auto server = serve();
  const auto submitted = register_case({"--json"});
  EXPECT_EQ(submitted.exit_code, 0) << submitted.err;
  expect_contains(submitted.out, R"("status":"accepted")");
  expect_contains(run({"case", "email:A-1"}).out, "new");
  expect_contains(run({"board", "handoff", "--json"}).out, R"("cases":1)");
  expect_contains(run({"lag"}).out, "casetrail.boards");
  expect_contains(run({"topics", "check"}).out, "casetrail.commands");
  EXPECT_EQ(server->end(SIGTERM), 0);
  expect_contains(run({"case", "email:A-1"}).out, "new");
}

TEST_F(Binary, AServerIsAskedFromElsewhereByItsUrlOrTheEnvironment) {
  const auto server = serve();
  const auto registered = register_case({"--json"}).out;
  const auto from = registered.find(R"("token":")") + 9;
  const auto token = registered.substr(from, registered.find('"', from) - from);
  std::ifstream file(data() + "/address");
  std::string address;
  ASSERT_TRUE(std::getline(file, address));
  const auto port = address.substr(address.find(':') + 1);
  const auto ask = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"/usr/bin/env", "HOME=/nowhere", CASETRAIL_BINARY});
    return test::run_program(words);
  };
  const auto by_environment = [&](const std::string& url, std::vector<std::string> words) {
    words.insert(words.begin(),
                 {"/usr/bin/env", "HOME=/nowhere", "CASETRAIL_SERVER=" + url, CASETRAIL_BINARY});
    return test::run_program(words);
  };
  expect_contains(ask({"cases", "--server", "http://127.0.0.1:" + port, "--token", token}).out, "backlog 1");
  expect_contains(by_environment("localhost:" + port, {"case", "email:A-1"}).out, "reference    email:A-1");
  const auto submitted = by_environment("http://127.0.0.1:" + port + "/",
                                        {"submit", "request.acknowledge", "--case", "email:A-1", "--actor",
                                         "agent:li", "--body", R"({"channel":"email"})"});
  EXPECT_EQ(submitted.exit_code, 0) << submitted.err;
  for (const auto* verb : {"lag", "deadletters"})
    EXPECT_EQ(by_environment("127.0.0.1:" + port, {verb}).exit_code, 0) << verb;
  expect_contains(by_environment("127.0.0.1:" + port, {"topics", "check"}).out, "casetrail.commands");
  EXPECT_EQ(by_environment("127.0.0.1:" + port, {"events", "quarantined"}).exit_code, 0);
  EXPECT_EQ(by_environment("127.0.0.1:1", {"cases", "--data", data()}).exit_code, 0);
}

TEST_F(Binary, AServerThatCannotBeAskedIsSaidToBeSoWithTheRemedy) {
  const auto ask = [&](const std::string& url) {
    return test::run_program({CASETRAIL_BINARY, "cases", "--server", url});
  };
  const auto refused = ask("http://127.0.0.1:1");
  EXPECT_EQ(refused.exit_code, 3);
  expect_contains(refused.err, "Look at --server or CASETRAIL_SERVER");
  for (const auto* wrong : {"ftp://desk-1", "http://desk-1/board", "http://", "desk-1:many"}) {
    const auto told = ask(wrong);
    EXPECT_EQ(told.exit_code, 2) << wrong;
    expect_contains(told.err, wrong);
  }
  expect_contains(run({"cases", "--server", "http://127.0.0.1:1"}).err, "not both");
  expect_contains(test::run_program({CASETRAIL_BINARY, "verify", "--server", "http://127.0.0.1:1"}).err,
                  "run it where the log is");
}

TEST_F(Binary, LagNamesTheCommandsAndAServerThatIsFrozenIsSaidToBeSo) {
  const auto server = serve();
  ASSERT_EQ(register_case().exit_code, 0);
  // Other partitions may still be taken over, and what is not taken is told with exit code 1.
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  auto told = run({"lag"});
  while (told.exit_code == 1 && std::chrono::steady_clock::now() < deadline) told = run({"lag"});
  EXPECT_EQ(told.exit_code, 0) << told.out << told.err;
  expect_contains(told.out, "casetrail.commands");
  ASSERT_EQ(::kill(server->pid(), SIGSTOP), 0);
  const auto asked = std::chrono::steady_clock::now();
  const auto frozen = run({"lag"});
  EXPECT_LT(std::chrono::steady_clock::now() - asked, 8s);
  ASSERT_EQ(::kill(server->pid(), SIGCONT), 0);
  EXPECT_EQ(frozen.exit_code, 3);
  expect_contains(frozen.err, "Whether it is behind is not known");
  EXPECT_EQ(server->end(SIGTERM), 0);
}

TEST_F(Binary, AGroupOfANodeThatIsGoneIsListedAndRetiredAndOneAtWorkIsNot) {
  ASSERT_EQ(register_case().exit_code, 0);
  std::ifstream before(data() + "/node");
  const std::string gone(std::istreambuf_iterator<char>(before), {});
  ASSERT_TRUE(std::filesystem::remove(data() + "/node"));
  const auto server = serve();
  const auto group = "casetrail.boards." + gone.substr(0, gone.find('\n'));
  const auto listed = run({"lag", "--all-groups"});
  EXPECT_EQ(listed.exit_code, 0) << listed.err;
  expect_contains(listed.out, "casetrail groups retire " + group);
  const auto refused = run({"groups", "retire", "casetrail.commands"});
  EXPECT_EQ(refused.exit_code, 1);
  expect_contains(refused.err, "[group_has_members]");
  EXPECT_EQ(run({"groups", "retire", group}).exit_code, 0);
  EXPECT_EQ(run({"lag", "--all-groups", "--json"}).out.find(group), std::string::npos);
  EXPECT_EQ(run({"groups", "retire", group}).exit_code, 5);
  EXPECT_EQ(server->end(SIGTERM), 0);
}

TEST_F(Binary, WhoAsksInAFolderWithoutALogIsToldSoAndLeavesNothingThere) {
  for (const auto& question : std::vector<std::vector<std::string>>{{"lag"},
                                                                    {"board", "handoff"},
                                                                    {"case", "email:A-1"},
                                                                    {"case", "email:A-1", "--history"},
                                                                    {"deadletters"},
                                                                    {"rebuild", "boards"},
                                                                    {"topics", "check"}}) {
    const auto asked = run(question);
    EXPECT_EQ(asked.exit_code, 2) << question.front();
    expect_contains(asked.err, "Expected a folder with a log in it, but " + data() + " has none.");
    EXPECT_FALSE(std::filesystem::exists(data())) << question.front();
  }
}

TEST_F(Binary, AServerIsCalledByItsOwnNamesAlone) {
  const auto server = serve({"--allowed-host", "desk.example", "--allowed-host", "desk.test"});
  for (const auto* name : {"localhost", "127.0.0.1:1", "desk.example", "desk.test:80"})
    EXPECT_EQ(answer_to_host(name), "HTTP/1.1 200 OK") << name;
  EXPECT_EQ(answer_to_host("evil.example"), "HTTP/1.1 421 Misdirected Request");
}

TEST_F(Binary, AServerThatOthersReachAsksWhoTheyAreAndSaysWhatTheyMayCallItBy) {
  const auto open = run({"serve", "--listen", "0.0.0.0:0"});
  EXPECT_EQ(open.exit_code, 2);
  expect_contains(open.err, "--identities FILE");
  EXPECT_FALSE(std::filesystem::exists(data()));
  const auto identities = file_of("");
  ASSERT_EQ(
      run({"identities", "add", "ops", "--actor", "agent:ops", "--rights", "operate", "--file", identities})
          .exit_code,
      0);
  const auto server = serve({"--allowed-host", "desk.example", "--identities", identities}, "0.0.0.0:0");
  EXPECT_EQ(answer_to_host("desk.example"), "HTTP/1.1 401 Unauthorized");
  EXPECT_EQ(answer_to_host("10.1.2.3"), "HTTP/1.1 421 Misdirected Request");
  expect_contains(log_of_server(),
                  "called by localhost, desk.example, 0.0.0.0 alone: other machines need "
                  "--allowed-host NAME");
}

TEST_F(Binary, AServerWithACertificateSpeaksTlsWithItsFolderAndWithWhoTrustsIt) {
  const test::TlsPair pair(10);
  const auto certificate = pair.files().certificate.string();
  const auto alone = run({"serve", "--tls-certificate", certificate});
  EXPECT_EQ(alone.exit_code, 2);
  expect_contains(alone.err, "--tls-certificate and --tls-key belong together");
  const auto other_key = run({"serve", "--tls-certificate", certificate, "--tls-key", certificate});
  EXPECT_EQ(other_key.exit_code, 2);
  expect_contains(other_key.err, "its key, without a passphrase, in PEM, but " + certificate);

  const auto server = serve({"--tls-certificate", certificate, "--tls-key", pair.files().key.string()});
  ASSERT_EQ(register_case().exit_code, 0);
  EXPECT_EQ(run({"deadletters"}).exit_code, 0);
  const auto doctor = run({"doctor", "--json"});
  expect_contains(doctor.out, R"("id":"certificate_ends","severity":"warning")");
  std::ifstream file(data() + "/address");
  std::string url;
  file >> url;
  EXPECT_TRUE(url.starts_with("https://127.0.0.1:")) << url;
  expect_contains(log_of_server(), "serving: address=" + url);

  const auto ask = [&](const std::string& where, const std::vector<std::string>& more) {
    std::vector<std::string> arguments{CASETRAIL_BINARY, "deadletters", "--server", where};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::run_program(arguments);
  };
  EXPECT_EQ(ask(url, {"--ca-file", certificate}).exit_code, 0);
  const auto stranger = ask(url, {});
  EXPECT_EQ(stranger.exit_code, 3);
  expect_contains(stranger.err, "Name its authority with --ca-file FILE.");
  const auto plain = ask("http" + url.substr(5), {});
  EXPECT_EQ(plain.exit_code, 2);
  expect_contains(plain.err, "Ask this server with https://");
}

/// The token out of what `identities add` prints.
std::string token_in(const std::string& printed) {
  const auto begin = printed.find("casetrail_");
  return printed.substr(begin, printed.find_first_of("\"\n", begin) - begin);
}

TEST_F(Binary, AServerThatKnowsIdentitiesAsksForATokenAndTakesTheActorFromIt) {
  const auto identities = file_of("");
  const auto added = run({"identities", "add", "zhang", "--actor", "agent:zhang", "--department", "tech",
                          "--role", "agent", "--rights", "read,command", "--file", identities});
  ASSERT_EQ(added.exit_code, 0) << added.err;
  const auto token = data() + ".token";
  std::ofstream(token) << token_in(added.out) << "\n";
  const auto server = serve({"--identities", identities});

  // Who may read the folder needs no other proof.
  ASSERT_EQ(register_case().exit_code, 0);
  EXPECT_EQ(run({"deadletters"}).exit_code, 0);

  const auto mine = run({"submit", "request.acknowledge", "--case", "email:A-1", "--body",
                         R"({"channel":"email"})", "--token-file", token});
  EXPECT_EQ(mine.exit_code, 0) << mine.err;
  const auto history = run({"case", "email:A-1", "--history", "--json", "--token-file", token});
  expect_contains(history.out, R"("actor":"agent:zhang")");
  const auto others =
      run({"submit", "work.start", "--case", "email:A-1", "--actor", "agent:li", "--token-file", token});
  EXPECT_EQ(others.exit_code, 1);
  expect_contains(others.err, "another_actor");
  const auto lag = run({"lag", "--token-file", token});
  EXPECT_EQ(lag.exit_code, 1);
  expect_contains(lag.err, "the right 'operate'");
  const auto log = log_of_server();
  expect_contains(log, "denied: code=another_actor identity=zhang");
  expect_contains(log, "denied: code=forbidden identity=zhang");
}

TEST_F(Binary, WhatIsDeniedIsInTheLogWithWhoAskedAndWithoutTheToken) {
  const auto identities = file_of("");
  const auto added = run(
      {"identities", "add", "li", "--actor", "agent:li", "--rights", "read,reveal", "--file", identities});
  const auto token = token_in(added.out);
  const auto server = serve({"--identities", identities});
  ASSERT_EQ(register_case().exit_code, 0);
  const auto shown = "\r\nAuthorization: Bearer " + token;
  // There is no such case before the board shows it.
  EXPECT_TRUE(test::becomes([&] {
    return answer_to("GET /v1/cases/email:A-1/contact?access=1", "localhost" + shown) ==
           "HTTP/1.1 403 Forbidden";
  }));
  EXPECT_EQ(answer_to("GET /v1/cases", "evil.example" + shown), "HTTP/1.1 421 Misdirected Request");
  EXPECT_EQ(answer_to("DELETE /v1/session", "localhost\r\nOrigin: http://evil.example" + shown),
            "HTTP/1.1 403 Forbidden");
  const auto log = log_of_server();
  expect_contains(log, "denied: code=access_not_logged identity=li");
  expect_contains(
      log, "denied: code=foreign_host identity=nobody why=\"This server is not known as 'evil.example'");
  expect_contains(log, "denied: code=foreign_page identity=nobody");
  EXPECT_EQ(log.find(token), std::string::npos);
}

TEST_F(Binary, AnIdentityThatIsTakenOutIsNobodysWithinSecondsAndWithoutARestart) {
  const auto identities = file_of("# who may\n");
  const auto add = [&](const char* id) {
    return run({"identities", "add", id, "--actor", std::string("agent:") + id, "--rights", "read", "--file",
                identities, "--json"});
  };
  ASSERT_EQ(add("li").exit_code, 0);
  const auto token = data() + ".token";
  std::ofstream(token) << token_in(add("wang").out);
  const auto server = serve({"--identities", identities});
  const auto exit_code = [&] { return run({"cases", "--token-file", token}).exit_code; };
  EXPECT_EQ(exit_code(), 0);
  ASSERT_EQ(run({"identities", "remove", "wang", "--file", identities}).exit_code, 0);
  for (int i = 0; i < 100 && exit_code() == 0; ++i) std::this_thread::sleep_for(50ms);
  EXPECT_EQ(exit_code(), 1);
  const auto list = run({"identities", "list", "--file", identities});
  expect_contains(list.out, "agent:li");
  EXPECT_EQ(list.out.find("wang"), std::string::npos);

  // What cannot be read leaves those from before in force, and says so.
  ASSERT_EQ(add("zhao").exit_code, 0);
  std::ofstream(identities, std::ios::app) << "rihgts: [\n";
  const auto broken = run({"identities", "list", "--file", identities});
  EXPECT_EQ(broken.exit_code, 1);
  expect_contains(broken.err, "Expected YAML");
}

/// The number behind `"name":` in JSON.
std::int64_t number_in(const std::string& json, const std::string& name) {
  const auto at = json.find("\"" + name + "\":");
  return at == std::string::npos ? -1 : std::stoll(json.substr(at + name.size() + 3));
}

TEST_F(Binary, ABoardIsShownAsItStoodAtAMomentThatHasPassed) {
  const auto server = serve({"--allow-simulation", "--policy", CASETRAIL_EXAMPLE_POLICY});
  ASSERT_EQ(run({"simulate", "--cases", "60"}).exit_code, 0);
  const auto registered = [&](std::chrono::hours ago) {
    const auto moment = to_wire(std::chrono::floor<Duration>(std::chrono::system_clock::now()) - ago);
    const auto ran = run({"cases", "--as-of", moment, "--limit", "0", "--json"});
    return number_in(ran.out, "registered");
  };
  const auto all = number_in(run({"cases", "--limit", "0", "--json"}).out, "registered");
  EXPECT_EQ(registered(std::chrono::hours(1)), all);
  // The day was played into the last working days, whichever day it is now.
  auto last = all;
  bool grew = false;
  for (int days = 1; days <= 9; ++days) {
    const auto then = registered(std::chrono::days(days));
    EXPECT_LE(then, last);
    grew |= then > 0 && then < all;
    if (then <= 0) break;
    last = then;
  }
  EXPECT_TRUE(grew);
  const auto before = run({"board", "cases", "--as-of", "2020-01-01T00:00:00Z"});
  EXPECT_EQ(before.exit_code, 2);
  expect_contains(before.err, "Nothing was recorded until 2020-01-01");
}

TEST_F(Binary, ASimulatedDayIsTakenByAServerThatAllowsItAndIntoAnEmptyLogAlone) {
  {
    const auto server = serve();
    const auto refused = run({"simulate"});
    EXPECT_EQ(refused.exit_code, 1);
    expect_contains(refused.err, "--allow-simulation");
    ASSERT_EQ(register_case().exit_code, 0);
  }
  const auto server = serve({"--allow-simulation"});
  const auto too_late = run({"simulate", "--cases", "1"});
  EXPECT_EQ(too_late.exit_code, 1);
  expect_contains(too_late.err, "holds commands already");
  const auto too_large = run({"simulate", "--cases", "1000000"});
  EXPECT_EQ(too_large.exit_code, 2);
  expect_contains(too_large.err, "--memory");
}

TEST_F(Binary, AFilterOfABoardIsUsedAndAnUnknownOneIsNamed) {
  EXPECT_EQ(register_case().exit_code, 0);
  EXPECT_EQ(run({"board", "handoff", "--filter", "state=pending"}).exit_code, 0);
  const auto unknown = run({"board", "handoff", "--filter", "nope=1"});
  EXPECT_EQ(unknown.exit_code, 2);
  expect_contains(unknown.err, "nope");
  const auto misspelt = run({"board", "handoff", "--filter", "priority=urgent"});
  EXPECT_EQ(misspelt.exit_code, 2);
  expect_contains(misspelt.err, "P1, P2, P3, P4");
  EXPECT_EQ(run({"board", "handoff", "--filter", "state=pending", "--filter", "state=ruled"}).exit_code, 0);
  const auto twice = run({"board", "handoff", "--filter", "overdue=true", "--filter", "overdue=false"});
  EXPECT_EQ(twice.exit_code, 2);
  expect_contains(twice.err, "'overdue' once, but it is there more than once");
}

TEST_F(Binary, TheMomentOfABoardIsNoTravelInTime) {
  EXPECT_EQ(register_case().exit_code, 0);
  EXPECT_EQ(run({"board", "handoff", "--now", "2999-01-01T00:00:00Z"}).exit_code, 0);
  const auto before = run({"board", "handoff", "--now", "2020-01-01T00:00:00Z"});
  EXPECT_EQ(before.exit_code, 2);
  expect_contains(before.err, "not to lie before the newest event");
  const auto at = run({"board", "handoff", "--at", "2999-01-01T00:00:00Z"});
  EXPECT_EQ(at.exit_code, 2);
  expect_contains(at.err, "--now");
}

TEST_F(Binary, WhatIsWrongWithACommandIsCalledByItsFlag) {
  const auto refused = run({"submit", "request.register", "--actor", "li", "--body", kRegister});
  EXPECT_EQ(refused.exit_code, 2);
  expect_contains(refused.err, "Expected --actor to be kind:id");
}

TEST_F(Binary, WhatWasAnsweredSurvivesAKill) {
  auto server = serve();
  ASSERT_EQ(register_case({"--id", "c-1"}).exit_code, 0);
  server->end(SIGKILL);
  server = serve();
  const auto again = register_case({"--id", "c-1", "--json"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  expect_contains(again.out, R"("repeated":true)");
}

TEST_F(Binary, ARuleThatRefusesIsExitCodeOne) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto refused = run({"submit", "handoff.accept", "--case", "email:A-1", "--actor", "agent:li",
                            "--body", R"({"handoff_id":"h1"})"});
  EXPECT_EQ(refused.exit_code, 1) << refused.out << refused.err;
  expect_contains(refused.err, "Expected");
}

TEST_F(Binary, ABodyThatIsNoJsonIsExitCodeTwo) {
  const auto refused = run({"submit", "request.register", "--actor", "system:shop", "--body", "{"});
  EXPECT_EQ(refused.exit_code, 2);
  expect_contains(refused.err, "--body");
}

TEST_F(Binary, ACaseOrAViewThatIsNotThereIsExitCodeFive) {
  ASSERT_EQ(register_case().exit_code, 0);
  EXPECT_EQ(run({"case", "email:none"}).exit_code, 5);
  const auto unknown = run({"board", "handof"});
  EXPECT_EQ(unknown.exit_code, 5);
  expect_contains(unknown.err, "Unknown view 'handof'. Did you mean 'handoff'? Views: cases, handoff,");
}

TEST_F(Binary, ARebuildGivesTheSameRows) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto rebuilt = run({"rebuild", "handoff"});
  EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.err;
}

TEST_F(Binary, EachRebuildReportsItsOwnRun) {
  const auto server = serve();
  ASSERT_EQ(register_case().exit_code, 0);
  for (const auto* copy : {"(copy 2)", "(copy 3)", "(copy 4)"}) {
    const auto rebuilt = run({"rebuild", copy == std::string("(copy 3)") ? "follow_up" : "handoff"});
    EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.err;
    expect_contains(rebuilt.out, copy);
  }
}

TEST_F(Binary, AnAddressThatIsTakenIsToldBeforeTheLogIsOpened) {
  const auto other =
      http::HttpServer::start({"127.0.0.1", 0}, {}, [](const http::HttpRequest&, const http::Reply&) {
      }).value();
  const auto refused = run({"serve", "--listen", other->address().text()});
  EXPECT_EQ(refused.exit_code, 3);
  expect_contains(refused.err, "--listen");
  EXPECT_FALSE(std::filesystem::exists(data() + "/log"));
}

TEST_F(Binary, ALowSoftLimitOfFileDescriptorsIsRaised) {
  const auto submitted = test::run_program({"/bin/sh", "-c", "ulimit -Sn 64 && exec \"$@\"", "sh",
                                            CASETRAIL_BINARY, "submit", "request.register", "--actor",
                                            "system:shop", "--body", kRegister, "--data", data()});
  EXPECT_EQ(submitted.exit_code, 0) << submitted.err;
}

TEST_F(Binary, ServeRefusesALimitOfFileDescriptorsUnderWhichNobodyWouldGetAnAnswer) {
  const auto refused =
      test::run_program({"/bin/sh", "-c", "ulimit -n 256 && exec \"$@\"", "sh", CASETRAIL_BINARY, "serve",
                         "--listen", "127.0.0.1:0", "--data", data()});
  EXPECT_EQ(refused.exit_code, 3);
  expect_contains(refused.err, "The hard limit of file descriptors is 256");
  expect_contains(refused.err, "need 784");
  EXPECT_FALSE(std::filesystem::exists(data() + "/log"));
}

TEST_F(Binary, NothingOfTheCommandLineMovesTheCursorWhenItIsRefused) {
  for (const auto& words : std::vector<std::vector<std::string>>{{"bo\x1b[2Jard"},
                                                                 {"board", "--bo\x1b[2Jard"},
                                                                 {"cases", "--limit", "\x1b[2J"},
                                                                 {"help", "\x1b[2J"}}) {
    const auto refused = run(words);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_EQ(refused.err.find('\x1b'), std::string::npos) << refused.err;
  }
}

TEST_F(Binary, TheBodyMayComeFromStandardInput) {
  const auto submitted =
      run({"submit", "request.register", "--actor", "system:shop", "--body", "-"}, kRegister);
  EXPECT_EQ(submitted.exit_code, 0) << submitted.err;
}

TEST_F(Binary, ADoctorAsksTheNodeElseLooksAtTheFolderAndChangesNothing) {
  EXPECT_EQ(run({"doctor"}).exit_code, 2) << "There is no log.";
  ASSERT_EQ(register_case().exit_code, 0);
  const auto alone = run({"doctor", "--json"});
  EXPECT_EQ(alone.exit_code, 0) << alone.out;
  expect_contains(alone.out,
                  R"({"looked_at":"folder","findings":[{"id":"folder_readable_by_others","severity":"ok")");
  std::filesystem::permissions(data(), std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  const auto server = serve();
  auto served = run({"doctor"});
  for (int i = 0; i < 100 && served.out.contains("starting"); ++i) served = run({"doctor"});
  EXPECT_EQ(served.exit_code, 1);
  expect_contains(served.out, "folder_readable_by_others");
  expect_contains(served.out, "warning   policy_missing");
  expect_contains(served.out, "0 errors, 2 warnings, ");
}

TEST_F(Binary, ABackupIsMadeBesideAServerAndWithoutAndRestoredElsewhere) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto folder = std::filesystem::path(data()).parent_path();
  const auto alone = run({"backup", (folder / "alone").string()});
  EXPECT_EQ(alone.exit_code, 0) << alone.err;
  expect_contains(alone.out, "The backup is in " + (folder / "alone").string());
  const auto server = serve();
  const auto served = run({"backup", (folder / "served").string(), "--json"});
  EXPECT_EQ(served.exit_code, 0) << served.err;
  expect_contains(served.out, R"("stage":"done")");
  const auto again = run({"backup", (folder / "served").string()});
  EXPECT_EQ(again.exit_code, 2);
  expect_contains(again.err, "is there already");
  for (const auto* name : {"alone", "served"}) {
    const auto to = (folder / (std::string(name) + "-data")).string();
    const std::vector<std::string> restore{CASETRAIL_BINARY, "restore", (folder / name).string(), "--data",
                                           to};
    const auto restored = test::run_program(restore);
    EXPECT_EQ(restored.exit_code, 0) << restored.err;
    expect_contains(restored.out, to + " holds the log as it was at ");
    expect_contains(test::run_program({CASETRAIL_BINARY, "case", "email:A-1", "--data", to}).out,
                    "email:A-1");
    EXPECT_EQ(test::run_program({CASETRAIL_BINARY, "verify", "--data", to}).exit_code, 0);
    EXPECT_EQ(test::run_program(restore).exit_code, 2);
  }
}

TEST_F(Binary, TheEventsAreCheckedToBeThoseThatWereWrittenAndThoseOfAnEarlierDay) {
  const auto heads = data() + ".heads";
  {
    const auto server = serve();
    ASSERT_EQ(register_case().exit_code, 0);
    EXPECT_EQ(server->end(SIGTERM), 0);
  }
  const auto first = run({"verify", "--keep-heads", heads});
  EXPECT_EQ(first.exit_code, 0) << first.out << first.err;
  expect_contains(first.out, "linked each to the one before it; the chain is whole.");
  std::filesystem::remove(data() + "/address");
  {
    const auto server = serve();
    ASSERT_EQ(run({"do", "email:A-1", "work.note.add", "--text", "more", "--actor", "agent:li"}).exit_code,
              0);
    EXPECT_EQ(server->end(SIGTERM), 0);
  }
  const auto later = run({"verify", "--heads", heads, "--json"});
  EXPECT_EQ(later.exit_code, 0) << later.out << later.err;
  expect_contains(later.out, R"("broken":0,"breaks":[])");
  std::ifstream kept(heads);
  std::string line;
  std::getline(kept, line);
  std::ofstream(heads) << line.substr(0, line.find(' ')) << " 99999 " << std::string(32, 'a') << '\n';
  const auto cut = run({"verify", "--heads", heads});
  EXPECT_FALSE(cut.out.contains("No heads:")) << cut.out;
  EXPECT_EQ(cut.exit_code, 1);
  expect_contains(cut.out, "the end is missing: the chain was at number 99999 when it was kept");
  EXPECT_EQ(run({"verify", "--heads", file_of("dear")}).exit_code, 2);
}

TEST_F(Binary, OneCaseIsVerifiedBesideAServerAndWithoutOne) {
  {
    const auto server = serve();
    ASSERT_EQ(register_case().exit_code, 0);
    const auto checked = run({"verify", "email:A-1"});
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
    expect_contains(checked.out, "Its events follow each other without a gap.");
    expect_contains(checked.out, "the chain is whole.");
    EXPECT_EQ(run({"verify", "email:A-2"}).exit_code, 5);
    EXPECT_EQ(run({"verify", "email:A-1", "--all"}).exit_code, 2);
    const auto all = run({"verify", "--all"});
    EXPECT_EQ(all.exit_code, 0) << all.out << all.err;
    expect_contains(all.out, "The log is served: chains are checked, but not its files");
    expect_contains(all.out, "the chain is whole.");
    EXPECT_EQ(server->end(SIGTERM), 0);
  }
  const auto listed = run({"cases"}).out;
  const auto at = listed.find("CT-");
  ASSERT_NE(at, std::string::npos) << listed;
  const auto by_number = run({"verify", listed.substr(at, listed.find(' ', at) - at), "--json"});
  EXPECT_EQ(by_number.exit_code, 0) << by_number.out << by_number.err;
  expect_contains(by_number.out, R"("command":"same")");
  expect_contains(by_number.out, R"("problems":[],"chain":{"linked":)");
  EXPECT_EQ(run({"verify", "CT-0001-000000"}).exit_code, 5);
}

TEST_F(Binary, HeadsAreSignedAndCheckedWithThePublicKey) {
  const auto key = data() + ".evidence";
  const auto heads = data() + ".ndjson";
  const auto made = run({"evidence", "key", "--out", key});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  expect_contains(made.out, key + ".pub");
  EXPECT_EQ(run({"evidence", "key", "--out", key}).exit_code, 2);
  EXPECT_EQ(run({"serve", "--evidence-file", heads}).exit_code, 2);
  EXPECT_EQ(run({"serve", "--evidence-key", key + ".pub"}).exit_code, 2);
  {
    const auto server = serve({"--evidence-key", key, "--evidence-file", heads});
    ASSERT_EQ(register_case().exit_code, 0);
    expect_contains(run({"doctor"}).out, "Heads of the chains of events are signed");
    EXPECT_EQ(server->end(SIGTERM), 0);
  }
  const auto unchecked = run({"verify", "--heads", heads});
  EXPECT_EQ(unchecked.exit_code, 0) << unchecked.out << unchecked.err;
  expect_contains(unchecked.out, "1 head met by the chain; signatures were not checked");
  const auto whole = run({"verify", "--heads", heads, "--public-key", key + ".pub"});
  EXPECT_EQ(whole.exit_code, 0) << whole.out << whole.err;
  expect_contains(whole.out, "1 head met by the chain; every signature is true.");
  ASSERT_EQ(run({"evidence", "key", "--out", key + "2"}).exit_code, 0);
  const auto strange = run({"verify", "--public-key", key + "2.pub", "--json"});
  EXPECT_EQ(strange.exit_code, 1);
  expect_contains(strange.out, "which is not one of those that are named");
}

TEST_F(Binary, ABackupWhereKafkaKeepsTheLogSaysWhatToBackUpThere) {
  const auto refused = run({"backup", data() + "-backup", "--brokers", "127.0.0.1:1"});
  EXPECT_EQ(refused.exit_code, 2);
  expect_contains(refused.err, "with Kafka's own tools");
  EXPECT_EQ(run({"restore", data() + "-backup"}).exit_code, 2);
}

TEST_F(Binary, ASecondServerIsToldWhereTheFirstOneIs) {
  const auto server = serve();
  const auto second = run({"serve", "--listen", "127.0.0.1:0"});
  EXPECT_EQ(second.exit_code, 3);
  expect_contains(second.err, "is served at 127.0.0.1:");
}

TEST_F(Binary, AFolderThatServedKafkaIsNotOpenedWithoutBrokersAndNothingInItIsTouched) {
  std::filesystem::create_directories(data() + "/stores/command/0");
  std::ofstream(data() + "/node") << "n1\n";
  for (const std::vector<std::string>& verb :
       {std::vector<std::string>{"serve", "--listen", "127.0.0.1:0"}, {"lag"}, {"topics", "check"}}) {
    const auto refused = run(verb);
    EXPECT_EQ(refused.exit_code, 2) << refused.err;
    expect_contains(refused.err, "has served Kafka");
    expect_contains(refused.err, data() + "/log back first");
  }
  EXPECT_TRUE(std::filesystem::exists(data() + "/stores/command/0"));
  EXPECT_FALSE(std::filesystem::exists(data() + "/log"));
}

TEST_F(Binary, AFolderWithALogOfItsOwnIsNotServedFromKafka) {
  ASSERT_EQ(register_case().exit_code, 0);
  const auto refused = run({"lag", "--brokers", "127.0.0.1:1"});
  EXPECT_EQ(refused.exit_code, 2) << refused.err;
  expect_contains(refused.err, "holds an embedded log");

  const auto server = serve();
  const auto beside_a_server = run({"lag", "--brokers", "127.0.0.1:1"});
  EXPECT_EQ(beside_a_server.exit_code, 2) << beside_a_server.out;
  expect_contains(beside_a_server.err, "holds an embedded log");
}

TEST_F(Binary, PersonalTextsAreSealedWithAMasterKeyAndShownAsBefore) {
  const auto key = data() + ".key";
  const auto made = run({"keys", "create", key});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  expect_contains(made.out, "Keep a copy of it apart from the log");
  ASSERT_EQ(register_case({"--master-key", key}).exit_code, 0);
  const auto shown = run({"case", "email:A-1", "--history", "--wide", "--master-key", key});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  expect_contains(shown.out, "王**");
  const auto exported =
      run({"export", "csv", "--out", data() + ".csv", "--show-persons", "--master-key", key});
  EXPECT_EQ(exported.exit_code, 0) << exported.err;
  const auto revealed = run({"do", "email:A-1", "reveal", "--purpose", "call_customer", "--actor", "agent:li",
                             "--master-key", key});
  EXPECT_EQ(revealed.exit_code, 0) << revealed.err;
  expect_contains(revealed.out, "王小明");
  const auto of_the_case = run({"keys", "export", "email:A-1", "--master-key", key});
  EXPECT_EQ(of_the_case.exit_code, 0) << of_the_case.err;
  expect_contains(of_the_case.out, R"("key_id":")");
  EXPECT_EQ(run({"keys", "export", "email:B-2", "--master-key", key}).exit_code, 5);
  EXPECT_EQ(run({"keys", "export", "email:A-1"}).exit_code, 2);
  const auto server = serve({"--master-key", key});
  expect_contains(run({"case", "email:A-1", "--history", "--wide"}).out, "王**");
}

TEST_F(Binary, ABackupOfASealedLogIsOpenedByItsMasterKeyAlone) {
  const auto key = data() + ".key";
  ASSERT_EQ(run({"keys", "create", key}).exit_code, 0);
  std::filesystem::permissions(key, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  const auto registered = register_case({"--master-key", key});
  ASSERT_EQ(registered.exit_code, 0);
  expect_contains(registered.err, "others may read the master key");
  const auto server = serve({"--master-key", key});
  ASSERT_EQ(run({"backup", data() + ".backup"}).exit_code, 0);
  const std::string restored = data() + ".restored";
  ASSERT_EQ(test::run_program(
                {CASETRAIL_BINARY, "restore", data() + ".backup", "--without-ledger", "--data", restored})
                .exit_code,
            0);
  const auto shown = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{CASETRAIL_BINARY, "case", "email:A-1", "--wide", "--data", restored};
    words.insert(words.end(), more.begin(), more.end());
    return test::run_program(words);
  };
  EXPECT_EQ(shown({}).exit_code, 2);
  expect_contains(shown({"--master-key", key}).out, "王**");
}

TEST_F(Binary, ASealedLogIsRefusedWithoutItsMasterKeyAndWithAnother) {
  const auto key = data() + ".key";
  ASSERT_EQ(run({"keys", "create", key}).exit_code, 0);
  ASSERT_EQ(register_case({"--master-key", key}).exit_code, 0);
  const std::vector<std::vector<std::string>> verbs{{"serve", "--listen", "127.0.0.1:0"},
                                                    {"case", "email:A-1"},
                                                    {"export", "csv", "--out", data() + ".csv"}};
  ASSERT_EQ(run({"keys", "create", key + "2"}).exit_code, 0);
  for (auto verb : verbs) {
    const auto without = run(verb);
    EXPECT_EQ(without.exit_code, 2) << verb.front();
    expect_contains(without.err, "Name its master key with --master-key FILE");
    verb.insert(verb.end(), {"--master-key", key + "2"});
    const auto with_another = run(verb);
    EXPECT_EQ(with_another.exit_code, 2) << verb.front();
    expect_contains(with_another.err, "Name the other one with --master-key");
  }
  for (const std::vector<std::string>& verb : {std::vector<std::string>{"verify"}, {"topics", "check"}})
    EXPECT_EQ(run(verb).exit_code, 0) << "reads no text";
}

TEST_F(Binary, AMasterKeyIsNeverOverwrittenAndAFileThatIsNoneIsRefused) {
  const auto key = data() + ".key";
  ASSERT_EQ(run({"keys", "create", key}).exit_code, 0);
  const auto again = run({"keys", "create", key});
  EXPECT_EQ(again.exit_code, 2);
  expect_contains(again.err, "Name another one");
  for (const auto& file : {file_of("no key\n"), data() + ".none"}) {
    const auto refused = register_case({"--master-key", file});
    EXPECT_EQ(refused.exit_code, 2) << refused.err;
    expect_contains(refused.err, file);
  }
}

TEST_F(Binary, HelpExplainsEveryVerbWithExamples) {
  for (const std::string verb : {"serve", "topics", "keys", "submit", "do", "case", "board", "import", "lag",
                                 "rebuild", "deadletters", "schema", "simulate", "policy"}) {
    const auto help = test::run_program({CASETRAIL_BINARY, "help", verb});
    EXPECT_EQ(help.exit_code, 0) << verb;
    expect_contains(help.out, "casetrail " + verb);
    expect_contains(help.out, "Examples:");
  }
  expect_contains(test::run_program({CASETRAIL_BINARY, "help", "import", "csv"}).out, "--mapping");
  expect_contains(test::run_program({CASETRAIL_BINARY, "help", "bord"}).err, "'board'");
  expect_contains(test::run_program({CASETRAIL_BINARY, "help"}).out, "Exit codes:");
}

TEST_F(Binary, AVerbThatIsNotThereIsExitCodeTwo) { EXPECT_EQ(run({"sing"}).exit_code, 2); }

TEST_F(Binary, AMisspeltVerbIsNamedWithTheOneThatWasMeant) {
  const auto refused = run({"bord", "handoff"});
  EXPECT_EQ(refused.exit_code, 2);
  expect_contains(refused.err, "no verb 'bord'");
  expect_contains(refused.err, "'board'");
}

TEST_F(Binary, AMisspeltOptionIsNamedWithTheOneThatWasMeant) {
  const auto refused = run({"board", "handoff", "--flter", "overdue=true"});
  EXPECT_EQ(refused.exit_code, 2);
  expect_contains(refused.err,
                  "casetrail: There is no option '--flter' of `casetrail board`. Did you mean '--filter'?");
}

TEST_F(Binary, AnOptionOfTheConfigurationFileThatNobodyKnowsIsExitCodeTwo) {
  const auto refused = run({"lag", "--config", file_of("brokerz = \"kafka:9092\"\n")});
  EXPECT_EQ(refused.exit_code, 2);
  expect_contains(refused.err, "brokerz");
}

TEST_F(Binary, APolicyOrMappingThatIsNoneIsExitCodeTwoAndNamed) {
  const auto file = file_of("nonsense: [\n");
  const auto served = run({"serve", "--listen", "127.0.0.1:0", "--policy", file});
  EXPECT_EQ(served.exit_code, 2);
  expect_contains(served.err, file);
  const auto imported = run({"import", "csv", file, "--mapping", file});
  EXPECT_EQ(imported.exit_code, 2);
  expect_contains(imported.err, file);
  const auto empty = file_of("");
  expect_contains(run({"import", "csv", empty, "--mapping", empty}).err, "the mapping is empty");
}

TEST_F(Binary, APolicyIsCheckedWithoutDataAndEachFaultIsNamed) {
  const auto good = run({"policy", "check", CASETRAIL_EXAMPLE_POLICY});
  EXPECT_EQ(good.exit_code, 0) << good.err;
  expect_contains(good.out, "can be published");
  const auto file = file_of("handoff:\n  bounce_limits: 3\nsla: {P1: {resolution: 0m}}\n");
  const auto bad = run({"policy", "check", file});
  EXPECT_EQ(bad.exit_code, 1);
  expect_contains(bad.out, "line 2: Expected one of ");
  expect_contains(bad.out, "line 3: Expected 'sla.P1.resolution' to be more than 0");
  const auto json = run({"policy", "check", file, "--json"});
  EXPECT_EQ(json.exit_code, 1);
  expect_contains(json.out, R"("faults":[{"line":2,"column":3,"path":"handoff.bounce_limits")");
  EXPECT_EQ(run({"policy", "check", file + ".none"}).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(data()));
  const auto served =
      run({"serve", "--listen", "127.0.0.1:0", "--policy", file_of("handoff: {bounce_limit: 0}\n")});
  EXPECT_EQ(served.exit_code, 2);
  expect_contains(served.err, "line 1: Expected 'handoff.bounce_limit' to be more than 0");
}

TEST_F(Binary, WhatAPolicyChangesIsToldBeforeItIsPublishedAndThen) {
  const std::string two = "handoff: {bounce_limit: 2}\n";
  const auto before = file_of(two);
  EXPECT_EQ(serve({"--policy", before})->end(SIGTERM), 0);
  EXPECT_EQ(log_of_server().find("policy changed"), std::string::npos);
  const auto after = before + ".next";
  std::ofstream(after) << "handoff: {bounce_limit: 3}\n";
  EXPECT_EQ(run({"policy", "diff", before, after}).out, "handoff.bounce_limit: 2 -> 3\n");
  expect_contains(run({"policy", "diff", before, after, "--json"}).out,
                  R"({"changes":[{"path":"handoff.bounce_limit","before":"2","after":"3"}]})");
  EXPECT_EQ(serve({"--policy", after})->end(SIGTERM), 0);
  expect_contains(log_of_server(), "policy changed: handoff.bounce_limit: 2 -> 3");
}

TEST_F(Binary, PoliciesThatWerePublishedAreListedShownAndCompared) {
  EXPECT_EQ(run({"policy", "show"}).exit_code, 2) << "no log";
  const std::string first = "departments:\n  - {id: cs, name: 客服部}\n";
  const std::string second = first + "boards: {tz: Asia/Shanghai}\n";
  ASSERT_EQ(serve({"--policy", file_of(first)})->end(SIGTERM), 0);
  std::filesystem::remove(data() + "/address");
  const auto server = serve({"--policy", file_of(second)});
  expect_contains(run({"policy", "versions", "--json"}).out, R"("published_at":"20)");
  EXPECT_EQ(run({"policy", "show", "1"}).out, first);
  EXPECT_EQ(run({"policy", "show"}).out, second);
  const auto listed = run({"policy", "versions"}).out;
  expect_contains(listed, "in force  Asia/Shanghai");
  expect_contains(listed, "replaced  Etc/UTC");
  expect_contains(run({"policy", "diff", "1", "2"}).out, "boards.tz");
  expect_contains(run({"policy", "diff", "current", file_of(first)}).out, "boards.tz");
  const auto none = run({"policy", "show", "7"});
  EXPECT_EQ(none.exit_code, 5);
  expect_contains(none.err, "policy versions");
  EXPECT_EQ(run({"policy", "diff", "seven", "1"}).exit_code, 2);
}

TEST_F(Binary, ACodeOfTheCompanyIsListedTakenLabelledAndFilteredByAndAnotherIsNot) {
  const auto server =
      serve({"--policy", file_of("catalogues:\n"
                                 "  channel: [{code: livestream, en: Live stream, zh: 直播间}]\n"
                                 "  kind: [{code: inquiry, retired: true}]\n")});
  expect_contains(run({"policy", "codes", "channel", "--lang", "zh"}).out, "livestream    直播间");
  expect_contains(run({"policy", "codes"}).out, "retired");
  EXPECT_EQ(run({"policy", "codes", "chanel"}).exit_code, 2);
  const auto register_by = [&](const std::string& channel, const std::string& kind) {
    return run({"do", "new", "request.register", "--channel", channel, "--kind", kind, "--external-ref",
                "A-1", "--name", "Ann", "--contacts", "ann@example.com", "--actor", "agent:li"});
  };
  const auto misspelt = register_by("livesteam", "complaint");
  EXPECT_EQ(misspelt.exit_code, 2);
  expect_contains(misspelt.err, "livestream");
  EXPECT_EQ(register_by("livestream", "inquiry").exit_code, 2) << "retired";
  EXPECT_EQ(register_by("livestream", "complaint").exit_code, 0);
  const auto refused = run({"submit", "request.acknowledge", "--case", "livestream:A-1", "--actor",
                            "agent:li", "--body", R"({"channel":"livesteam"})"});
  EXPECT_EQ(refused.exit_code, 1);
  expect_contains(refused.err, "did you mean 'livestream'?");
  expect_contains(run({"cases", "--channel", "livestream", "--wide"}).out, "livestream:A-1");
  expect_contains(run({"case", "livestream:A-1", "--lang", "zh"}).out, "直播间");
  const auto unknown = run({"cases", "--channel", "livesteam"});
  EXPECT_EQ(unknown.exit_code, 2);
  expect_contains(unknown.err, "catalogue 'channel', such as 'livestream'");
}

TEST_F(Binary, TimesAreThoseOfThePolicysZoneOrOfTheOneThatIsAskedForAndJsonIsUtc) {
  const auto server = serve({"--policy", file_of("boards: {tz: Asia/Shanghai}\n")});
  ASSERT_EQ(register_case().exit_code, 0);
  const auto day_of = [&](const std::string& zone) { return run({"case", "email:A-1", "--tz", zone}).out; };
  expect_contains(run({"case", "email:A-1"}).out, "when (Asia/Shanghai)");
  expect_contains(day_of("UTC"), "when (UTC)");
  ASSERT_EQ(run({"submit", "callback.schedule", "--case", "email:A-1", "--actor", "agent:li", "--body",
                 R"({"purpose":"agreed_call"})"})
                .exit_code,
            0);
  expect_contains(run({"board", "follow_up"}).out, "Times: Asia/Shanghai.");
  const auto json = run({"case", "email:A-1", "--json"}).out;
  const auto at = json.find(R"("registered_at":")") + 17;
  const auto registered = *parse_timestamp(json.substr(at, json.find('"', at) - at));
  for (const std::string zone : {"Asia/Shanghai", "America/New_York"}) {
    const auto local = to_wire(Timestamp(Zone::load(zone)->to_local(registered)));
    expect_contains(day_of(zone), "registered   " + local.substr(0, 10) + " " + local.substr(11, 5));
  }
  EXPECT_EQ(run({"case", "email:A-1", "--json", "--tz", "Asia/Shanghai", "--lang", "zh"}).out, json);
  const auto chinese = run({"case", "email:A-1", "--lang", "zh"}).out;
  expect_contains(chinese, "时间 (Asia/Shanghai)");
  expect_contains(chinese, "状态         新建\n");
  const auto refused = run({"cases", "--tz", "Moon/Base"});
  EXPECT_EQ(refused.exit_code, 2);
  expect_contains(refused.err, "Moon/Base");
}

TEST_F(Binary, APolicyThatSaysNothingIsRefusedAndNoPolicyIsTold) {
  const auto served =
      run({"serve", "--listen", "127.0.0.1:0", "--policy", file_of("# all is commented out\n")});
  EXPECT_EQ(served.exit_code, 2);
  expect_contains(served.err, "take every rule away");
  const auto server = serve();
  EXPECT_EQ(server->end(SIGTERM), 0);
  expect_contains(log_of_server(), "there are no rules: no policy was published");
}

TEST_F(Binary, SchemaExplainsTheTypeThatWasAskedWithATableOfItsFields) {
  const auto type = run({"schema", "request.classify", "--wide"}).out;
  EXPECT_TRUE(type.starts_with("commands/request.classify, version 1\nClassify the request")) << type;
  expect_contains(type, "\nfield ");
  expect_contains(type, "Allowed: 1 to 5.");
  expect_contains(type, "\nExample:\n{\"category\":\"fault/power\"");
  EXPECT_EQ(run({"schema", "commands/request.classify", "--wide"}).out, type);
  expect_contains(run({"schema", "request.classify", "--json"}).out, R"("$schema")");
}

TEST_F(Binary, SchemaListsCommandsAndEventsApart) {
  const auto all = run({"schema"}).out;
  const auto events = all.find("\nevents\n");
  EXPECT_TRUE(all.starts_with("commands\nrequest.register ")) << all;
  expect_contains(all, "  Register a request");
  ASSERT_NE(events, std::string::npos) << all;
  EXPECT_GT(all.find("\nrequest.registered "), events);
  expect_contains(all, "\ndocuments\nasyncapi ");
  const auto json = run({"schema", "--json"}).out;
  expect_contains(json, R"("commands/request.register")");
  expect_contains(json, R"("events/request.registered")");
}

TEST_F(Binary, SchemaListsAFamily) {
  const auto family = run({"schema", "handoff"});
  EXPECT_EQ(family.exit_code, 0) << family.err;
  EXPECT_TRUE(family.out.starts_with("commands\nhandoff.request ")) << family.out;
  expect_contains(family.out, "\nevents\nhandoff.requested ");
  EXPECT_EQ(family.out.find("\ncase."), std::string::npos) << family.out;
  EXPECT_EQ(run({"schema", "commands/handoff"}).out.find("events"), std::string::npos);
  expect_contains(run({"schema", "handoff", "--json"}).out, R"({"schemas":["commands/handoff.request",)");
}

TEST_F(Binary, SchemaNamesTheTypeThatWasMeant) {
  const std::pair<const char*, const char*> misspelt[] = {{"handof.request", "handoff.request"},
                                                          {"handof", "handoff"},
                                                          {"event", "events"},
                                                          {"asyncap", "asyncapi"}};
  for (const auto& [written, meant] : misspelt) {
    const auto ran = run({"schema", written});
    EXPECT_EQ(ran.exit_code, 5);
    expect_contains(ran.err, std::string("did you mean '") + meant + "'?");
  }
  const auto nothing = run({"schema", "nothing"});
  EXPECT_EQ(nothing.exit_code, 5);
  EXPECT_EQ(nothing.err.find("did you mean"), std::string::npos) << nothing.err;
}

TEST_F(Binary, ATrialMeasuresAndLeavesNothingBehind) {
  const auto trial = run({"bench", "--commands", "1000", "--json"});
  EXPECT_EQ(trial.exit_code, 0) << trial.err;
  for (const auto* row : {"alone.p50", "commands", "half.p99", "fresh.p50", "boards"})
    expect_contains(trial.out, std::string(R"({"row":")") + row);
  EXPECT_FALSE(std::filesystem::exists(data() + ".bench"));
  EXPECT_FALSE(std::filesystem::exists(data()));
}

TEST_F(Binary, ATrialThatIsInterruptedLeavesNothingBehind) {
  test::Background trial({CASETRAIL_BINARY, "bench", "--commands", "1000000", "--data", data()},
                         data() + ".err");
  for (int i = 0; i < 500 && !std::filesystem::exists(data() + ".bench/engine"); ++i)
    std::this_thread::sleep_for(20ms);
  std::this_thread::sleep_for(500ms);
  EXPECT_EQ(trial.end(SIGINT), 130);
  EXPECT_FALSE(std::filesystem::exists(data() + ".bench"));
}

TEST_F(Binary, ATrialIsRefusedWhereAnotherOneWasCutShort) {
  std::filesystem::create_directory(data() + ".bench");
  const auto trial = run({"bench"});
  EXPECT_EQ(trial.exit_code, 3);
  expect_contains(trial.err, "Remove it and start again.");
}

}  // namespace
}  // namespace casetrail::cli
