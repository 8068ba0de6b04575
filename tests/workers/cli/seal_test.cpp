// A company ran in the open, and moves into a sealed log: nothing of it is lost, and nothing can be read.
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/partition.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace fs = std::filesystem;

constexpr auto kPersonInTheOpen =
    R"({"kind":"inquiry","channel":"email","external_ref":"A-1","customer_ref":"C-77","pii":{)"
    R"("name":"欧阳锋","contacts":["13987654321"],"address":"海淀区中关村大街 59 号","service_need":"咖啡机漏水 quartz"}})";

class SealedMove : public testing::Test {
 protected:
  SealedMove() {
    const auto made = test::run_program({CASETRAIL_BINARY, "keys", "create", key()});
    EXPECT_EQ(made.exit_code, 0) << made.err;
  }

  [[nodiscard]] static test::Ran run(std::vector<std::string> arguments,
                                     const std::vector<std::string>& log) {
    arguments.insert(arguments.begin(), CASETRAIL_BINARY);
    arguments.insert(arguments.end(), log.begin(), log.end());
    return test::run_program(arguments);
  }
  [[nodiscard]] std::vector<std::string> open() const { return {"--data", data_.string()}; }
  [[nodiscard]] std::vector<std::string> sealed() const {
    return {"--data", copy_.string(), "--master-key", key()};
  }
  [[nodiscard]] test::Ran seal(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{"seal", copy_.string(), "--master-key", key()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments, open());
  }
  void register_person(const std::string& command = "c-1") const {
    const auto registered = run(registration(command), open());
    ASSERT_EQ(registered.exit_code, 0) << registered.err;
  }
  [[nodiscard]] static std::vector<std::string> registration(const std::string& command) {
    return {"submit", "request.register", "--actor",       "system:shop", "--id",
            command,  "--body",           kPersonInTheOpen};
  }
  [[nodiscard]] static std::vector<std::string> another(const std::string& case_id) {
    return {"submit",  "request.register",
            "--actor", "system:shop",
            "--case",  case_id,
            "--body",  R"({"kind":"inquiry","channel":"phone","pii":{"name":"赵","contacts":[]}})"};
  }
  /// Returns when it answers.
  [[nodiscard]] std::unique_ptr<test::Background> serve(const std::vector<std::string>& log,
                                                        std::vector<std::string> more = {}) const {
    fs::remove(fs::path(log[1]) / "address");
    more.insert(more.begin(), {CASETRAIL_BINARY, "serve", "--listen", "127.0.0.1:0"});
    more.insert(more.end(), log.begin(), log.end());
    auto server = std::make_unique<test::Background>(more, (folder_.path() / "serve.log").string());
    for (int i = 0; i < 500 && !fs::exists(fs::path(log[1]) / "address"); ++i)
      std::this_thread::sleep_for(20ms);
    return server;
  }
  /// A day of cases under the rules of the example.
  void play_a_day() const {
    auto server = serve(open(), {"--policy", CASETRAIL_EXAMPLE_POLICY, "--allow-simulation"});
    const auto played = run({"simulate", "--cases", "60"}, open());
    ASSERT_EQ(played.exit_code, 0) << played.err;
    EXPECT_EQ(server->end(SIGTERM), 0);
  }
  /// A record that was no command, as the engine puts it aside.
  void bury(const std::string& text) const {
    const auto opened = embedded::open_embedded_log({.folder = data_ / "log"});
    ASSERT_TRUE(opened);
    ASSERT_TRUE(log::append_and_wait(*opened->log, log::Topic::deadletters, 0, {"A-1", text, {}, now()}));
  }
  /// As they stood at `moment`, for clocks run on; without the offsets that they cover, which are those of
  /// their log.
  [[nodiscard]] std::vector<std::string> boards(Timestamp moment, const std::vector<std::string>& log) const {
    // A moment of the past is 5 s ago or more.
    std::this_thread::sleep_until(std::chrono::sys_time<Duration>(moment) + 6s);
    const auto server = serve(log);
    while (run({"lag"}, log).exit_code != 0) std::this_thread::sleep_for(50ms);
    std::vector<std::string> all;
    for (const auto* view :
         {"cases", "handoff", "follow_up", "review", "sla", "complaints", "owners", "closed"}) {
      auto& json = all.emplace_back(
          run({"board", view, "--as-of", to_wire(moment), "--limit", "100000", "--json"}, log).out);
      const auto from = json.find(R"("offsets":{)");
      if (from != std::string::npos) json.erase(from, json.find('}', from) - from);
    }
    EXPECT_EQ(server->end(SIGTERM), 0);
    return all;
  }
  /// The files of the log in `data`, and of its keys, that hold `text`.
  [[nodiscard]] static std::vector<std::string> found(const fs::path& data, const std::string& text) {
    std::vector<std::string> found;
    for (const auto& file : fs::recursive_directory_iterator(data)) {
      const auto path = file.path().string();
      if (!file.is_regular_file() || !(path.contains("/log/") || path.contains("/stores/keys/"))) continue;
      std::ifstream in(file.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (bytes.contains(text)) found.push_back(file.path().string());
    }
    return found;
  }
  /// What the master key made of the key of the only case.
  [[nodiscard]] std::string wrapped_keys() const {
    const auto opened = embedded::open_embedded_log({.folder = copy_ / "log"});
    const auto reader = opened->log->open_reader(log::Topic::keys);
    for (log::Partition partition = 0; partition < opened->log->partitions(); ++partition)
      EXPECT_TRUE(reader->start(partition, 0));
    const auto records = reader->read(1, Duration{1'000});
    const std::string value(records->front().message.value);
    constexpr std::string_view kBefore = R"("wrapped":")";
    return value.substr(value.find(kBefore) + kBefore.size(), 24);
  }
  [[nodiscard]] static Timestamp now() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  }
  [[nodiscard]] std::string key() const { return (folder_.path() / "master.key").string(); }

  TemporaryFolder folder_;
  fs::path data_ = folder_.path() / "data";
  fs::path copy_ = folder_.path() / "sealed";
};

TEST_F(SealedMove, ShowsTheSameBoardsAndHoldsNoTextInTheOpen) {
  play_a_day();
  register_person();
  const auto moment = now();
  const auto moved = seal({"--json"});
  ASSERT_EQ(moved.exit_code, 0) << moved.err;
  EXPECT_THAT(moved.out, HasSubstr(R"("policies":1)"));
  const auto before = boards(moment, open());
  const auto after = boards(moment, sealed());
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_THAT(before[i], HasSubstr("\"totals\""));
    EXPECT_TRUE(after[i] == before[i]) << before[i].substr(0, 60);
  }
  for (const auto* text : {"欧阳锋", "13987654321", "中关村", "quartz"}) {
    EXPECT_THAT(found(data_, text), Not(IsEmpty())) << text;
    EXPECT_THAT(found(copy_, text), IsEmpty()) << text;
  }
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}, sealed()).out, HasSubstr("quartz"));
  const auto verified = run({"verify"}, {"--data", copy_.string()});
  EXPECT_EQ(verified.exit_code, 0) << verified.out;
  EXPECT_THAT(verified.out, HasSubstr("the chain is whole"));
}

TEST_F(SealedMove, GoesOnWhereItWas) {
  register_person();
  const auto first = run(registration("c-1"), open()).out;
  ASSERT_EQ(seal().exit_code, 0);
  EXPECT_EQ(run(registration("c-1"), sealed()).out, first) << "an id that comes again gets its first answer";
  const auto other = run(another("case-2"), sealed());
  EXPECT_EQ(other.exit_code, 0) << other.err;
  EXPECT_EQ(run({"verify", "email:A-1"}, {"--data", copy_.string()}).exit_code, 0);
  const auto erased = run(
      {"erase", "--customer", "C-77", "--legal-basis", "customer_request", "--actor", "agent:dpo", "--wide"},
      sealed());
  EXPECT_EQ(erased.exit_code, 0) << erased.out << erased.err;
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}, sealed()).out, Not(HasSubstr("quartz")));
}

TEST_F(SealedMove, GivesNoNumberOfACaseTwice) {
  const std::string first = "case-1";
  auto beside = first;
  while (beside == first || log::partition_of(beside, 8) != log::partition_of(first, 8)) beside += "x";
  ASSERT_EQ(run(another(first), open()).exit_code, 0);
  ASSERT_EQ(seal().exit_code, 0);
  ASSERT_EQ(run(another(beside), sealed()).exit_code, 0);
  const auto json = run({"cases", "--json"}, sealed()).out;
  const auto at = json.find("CT-");
  ASSERT_NE(at, std::string::npos);
  const auto number = json.substr(at, json.find('"', at) - at);
  EXPECT_EQ(json.find(number, at + 1), std::string::npos) << json;
}

TEST_F(SealedMove, IsRefusedWithARemedy) {
  const auto nothing = seal();
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("Expected a folder with a log in it"));
  register_person();
  EXPECT_THAT(run({"seal", copy_.string()}, open()).err, HasSubstr("Name it with --master-key FILE"));
  EXPECT_EQ(run({"seal", data_.string(), "--master-key", key()}, open()).exit_code, 2);
  EXPECT_THAT(run({"seal", (data_ / "in").string(), "--master-key", key()}, open()).err,
              HasSubstr("not the log's own"));
  ASSERT_EQ(run(registration("c-1"), {"--data", copy_.string()}).exit_code, 0);
  const auto full = seal();
  EXPECT_EQ(full.exit_code, 2);
  EXPECT_THAT(full.err, HasSubstr("Expected a place without a log"));
}

TEST_F(SealedMove, OfALogThatIsSealedAlreadyIsRefused) {
  register_person();
  ASSERT_EQ(seal().exit_code, 0);
  const auto again = run({"seal", (folder_.path() / "third").string()}, sealed());
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("sealed from its first text on"));
  const auto other = (folder_.path() / "other.key").string();
  ASSERT_EQ(test::run_program({CASETRAIL_BINARY, "keys", "create", other}).exit_code, 0);
  const auto wrong =
      run({"seal", (folder_.path() / "third").string()}, {"--data", copy_.string(), "--master-key", other});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("sealed with the master key"));
}

TEST_F(SealedMove, WaitsForTheServerToBeStopped) {
  register_person();
  const auto server = serve(open());
  const auto served = seal();
  EXPECT_EQ(served.exit_code, 3);
  EXPECT_THAT(served.err, HasSubstr("a server holds"));
  EXPECT_EQ(server->end(SIGTERM), 0);
  EXPECT_EQ(seal().exit_code, 0);
}

TEST_F(SealedMove, ThatIsKilledIsOpenedByNobodyAndBegunAnew) {
  play_a_day();
  register_person();
  const auto moment = now();
  bool was_half = false;
  for (const auto patience : {20ms, 60ms, 120ms, 200ms, 300ms, 400ms, 600ms, 800ms}) {
    test::Background sealing(
        {CASETRAIL_BINARY, "seal", copy_.string(), "--data", data_.string(), "--master-key", key()},
        (folder_.path() / "seal.log").string());
    std::this_thread::sleep_for(patience);
    if (sealing.end(SIGKILL) == 0) break;
    const auto asked = run({"cases"}, sealed());
    const bool refused = asked.err.contains("is not finished");
    EXPECT_TRUE(refused || !fs::exists(copy_ / "log") || asked.exit_code == 0) << asked.err;
    if (refused) {
      const auto verified = run({"verify"}, sealed());
      EXPECT_EQ(verified.exit_code, 1) << "what was copied is whole, and is not all";
      EXPECT_THAT(verified.out, HasSubstr("is not finished"));
    }
    was_half = was_half || refused;
    if (!refused) fs::remove_all(copy_);
  }
  EXPECT_TRUE(was_half) << "no kill came while it copied";
  const auto moved = seal();
  ASSERT_EQ(moved.exit_code, 0) << moved.err;
  EXPECT_TRUE(boards(moment, sealed()) == boards(moment, open()));
}

TEST_F(SealedMove, ChangesItsMasterKeyAndTheOldOneOpensNothing) {
  register_person();
  ASSERT_EQ(seal().exit_code, 0);
  const auto wrapped = wrapped_keys();
  ASSERT_THAT(found(copy_, wrapped), Not(IsEmpty()));
  const auto next = (folder_.path() / "next.key").string();
  EXPECT_EQ(run({"keys", "rewrap", next}, sealed()).exit_code, 2) << "there is none yet";
  ASSERT_EQ(test::run_program({CASETRAIL_BINARY, "keys", "create", next}).exit_code, 0);
  EXPECT_EQ(run({"keys", "rewrap", key()}, sealed()).exit_code, 2) << "it is the same";
  const auto changed = run({"keys", "rewrap", next, "--json"}, sealed());
  ASSERT_EQ(changed.exit_code, 0) << changed.err;
  EXPECT_THAT(changed.out, HasSubstr(R"("keys":1)"));
  EXPECT_THAT(found(copy_, wrapped), IsEmpty());
  EXPECT_THAT(run({"cases"}, sealed()).err, HasSubstr("sealed with the master key"));
  const std::vector<std::string> anew{"--data", copy_.string(), "--master-key", next};
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}, anew).out, HasSubstr("quartz"));
  EXPECT_THAT(run({"keys", "rewrap", next}, anew).err, HasSubstr("it is the same"));
}

TEST_F(SealedMove, AsksWhatBecomesOfDeadLetters) {
  register_person();
  bury("quartz, and no JSON");
  const auto asked = seal();
  EXPECT_EQ(asked.exit_code, 2);
  EXPECT_THAT(asked.err, HasSubstr("--dead-letters drop"));
  const auto dropped = seal({"--dead-letters", "drop", "--json"});
  EXPECT_EQ(dropped.exit_code, 0) << dropped.err;
  EXPECT_THAT(dropped.out, HasSubstr(R"("dead_letters":0)"));
  EXPECT_THAT(found(copy_, "quartz"), IsEmpty());
  fs::remove_all(copy_);
  EXPECT_THAT(seal({"--dead-letters", "keep", "--json"}).out, HasSubstr(R"("dead_letters":1)"));
}

}  // namespace
}  // namespace casetrail::cli
