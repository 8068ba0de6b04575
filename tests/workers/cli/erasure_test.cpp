// A person is erased, and the bytes of the data folder are searched for them.
#include <gmock/gmock.h>

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

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
namespace fs = std::filesystem;

constexpr auto kRequest =
    R"({"kind":"inquiry","channel":"email","external_ref":"A-1","customer_ref":"C-77","pii":{)"
    R"("name":"欧阳锋","contacts":["13987654321"],"address":"海淀区中关村大街 59 号","service_need":"咖啡机漏水 quartz"}})";

/// As they were said, and what views keep of them.
const std::vector<std::string> kPerson{"欧阳锋", "13987654321", "中关村", "quartz", "139****4321", "欧**"};
/// What a view keeps whole, so that it shows where a search looks.
const std::string kWords = "quartz";

class ErasedPerson : public testing::Test {
 protected:
  ErasedPerson() {
    const auto made = test::run_program({CASETRAIL_BINARY, "keys", "create", key()});
    EXPECT_EQ(made.exit_code, 0) << made.err;
  }

  [[nodiscard]] test::Ran run(std::vector<std::string> arguments, const fs::path& folder = {}) const {
    arguments.insert(arguments.begin(), CASETRAIL_BINARY);
    const auto data = folder.empty() ? data_ : folder;
    arguments.insert(arguments.end(), {"--data", data.string(), "--master-key", key()});
    return test::run_program(arguments);
  }
  void register_person() const {
    const auto registered = run({"submit", "request.register", "--actor", "system:shop", "--body", kRequest});
    ASSERT_EQ(registered.exit_code, 0) << registered.err;
    const auto noted = run({"do", "email:A-1", "work.note.add", "--actor", "agent:li", "--text",
                            "quartz again, call 13987654321"});
    ASSERT_EQ(noted.exit_code, 0) << noted.err;
  }
  [[nodiscard]] test::Ran erase(std::vector<std::string> more = {}, const fs::path& folder = {}) const {
    std::vector<std::string> arguments{"erase", "--customer", "C-77", "--wide"};
    if (more.empty()) more = {"--legal-basis", "customer_request", "--actor", "agent:dpo"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments, folder);
  }
  /// Returns when it answers.
  [[nodiscard]] std::unique_ptr<test::Background> serve(const fs::path& data,
                                                        const std::vector<std::string>& more = {}) const {
    fs::remove(data / "address");
    std::vector<std::string> arguments{CASETRAIL_BINARY, "serve",       "--listen",     "127.0.0.1:0",
                                       "--data",         data.string(), "--master-key", key()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    auto server = std::make_unique<test::Background>(arguments, (folder_.path() / "serve.log").string());
    for (int i = 0; i < 500 && !fs::exists(data / "address"); ++i) std::this_thread::sleep_for(20ms);
    return server;
  }

  /// The files that hold one of `texts`, and which.
  [[nodiscard]] static std::vector<std::string> found(const fs::path& data,
                                                      const std::vector<std::string>& texts) {
    std::vector<std::string> found;
    for (const auto& file : fs::recursive_directory_iterator(data)) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      for (const auto& text : texts) {
        if (bytes.contains(text)) found.push_back(file.path().string() + ": " + text);
      }
    }
    return found;
  }
  /// The same once they had a minute to go.
  [[nodiscard]] static std::vector<std::string> left(const fs::path& data) {
    for (int i = 0; i < 240 && !found(data, kPerson).empty(); ++i) std::this_thread::sleep_for(250ms);
    return found(data, kPerson);
  }
  [[nodiscard]] std::string totals() const {
    const auto json = run({"cases", "--json"}).out;
    const auto begin = json.find("\"totals\"");
    return json.substr(begin, json.find("\"rows\"") - begin);
  }
  static std::vector<std::string> lines_of(const fs::path& file) {
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
  [[nodiscard]] std::string id_of_case() const {
    const auto json = run({"case", "email:A-1", "--json"}).out;
    const std::string name = R"("case_id":")";
    const auto begin = json.find(name) + name.size();
    return json.substr(begin, json.find('"', begin) - begin);
  }
  [[nodiscard]] fs::path backup() const { return folder_.path() / "backup"; }
  [[nodiscard]] fs::path restored() const { return folder_.path() / "restored"; }
  [[nodiscard]] std::string key() const { return (folder_.path() / "master.key").string(); }

  TemporaryFolder folder_;
  fs::path data_ = folder_.path() / "data";
};

TEST_F(ErasedPerson, IsInNoFileOfTheDataFolderAlsoWhenTheServerIsKilled) {
  register_person();
  const auto before = totals();
  auto server = serve(data_);
  // Until a view has kept its rows.
  for (int i = 0; i < 120 && found(data_, {kWords}).empty(); ++i) std::this_thread::sleep_for(250ms);
  ASSERT_FALSE(found(data_, {kWords}).empty());
  const auto erased = erase();
  EXPECT_EQ(erased.exit_code, 0) << erased.out << erased.err;
  EXPECT_THAT(erased.out, HasSubstr("erased"));
  server->end(SIGKILL);
  server = serve(data_);
  EXPECT_THAT(left(data_), testing::IsEmpty());
  EXPECT_EQ(totals(), before);
  const auto shown = run({"case", "email:A-1", "--history", "--wide"});
  EXPECT_THAT(shown.out, HasSubstr("Personal texts of all earlier events erased (customer request)"));
  EXPECT_THAT(shown.out, Not(HasSubstr(kWords)));
  EXPECT_EQ(server->end(SIGTERM), 0);
  EXPECT_EQ(run({"keys", "export", "email:A-1"}).exit_code, 5);
  std::ifstream said(folder_.path() / "serve.log");
  EXPECT_THAT(std::string(std::istreambuf_iterator<char>(said), {}), Not(HasSubstr(kWords)));
}

TEST_F(ErasedPerson, HasNoContactsToBeShown) {
  register_person();
  ASSERT_EQ(erase().exit_code, 0);
  const auto revealed =
      run({"do", "email:A-1", "contact.reveal", "--actor", "agent:li", "--purpose", "call_customer"});
  EXPECT_EQ(revealed.exit_code, 5);
  EXPECT_THAT(revealed.err, HasSubstr("were erased at"));
}

TEST_F(ErasedPerson, IsPreviewedMaskedAndNothingChanges) {
  register_person();
  const auto preview = erase({"--preview"});
  EXPECT_EQ(preview.exit_code, 0) << preview.err;
  EXPECT_THAT(preview.out, HasSubstr("request.registered.name"));
  EXPECT_THAT(preview.out, HasSubstr("work.note.added.text"));
  EXPECT_THAT(preview.out, Not(HasSubstr("欧")));
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}).out, HasSubstr(kWords));
}

TEST_F(ErasedPerson, WaitsForTheReleaseOfAHold) {
  register_person();
  ASSERT_EQ(run({"do", "email:A-1", "privacy.hold.place", "--actor", "agent:dpo", "--reason", "lawsuit 7"})
                .exit_code,
            0);
  const auto ledger = folder_.path() / "ledger";
  const auto waiting =
      erase({"--legal-basis", "customer_request", "--actor", "agent:dpo", "--ledger", ledger.string()});
  EXPECT_EQ(waiting.exit_code, 1);
  EXPECT_THAT(waiting.out, HasSubstr("lawsuit 7"));
  std::string listed;
  EXPECT_TRUE(std::getline(std::ifstream(ledger), listed)) << "its erasure comes without this verb";
  EXPECT_THAT(run({"cases", "--erasure", "waiting", "--wide"}).out, HasSubstr("A-1"));
  ASSERT_EQ(run({"do", "email:A-1", "privacy.hold.release", "--actor", "agent:dpo", "--reason", "settled"})
                .exit_code,
            0);
  EXPECT_THAT(run({"cases", "--erasure", "erased"}).out, HasSubstr("A-1"));
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}).out, Not(HasSubstr(kWords)));
}

TEST_F(ErasedPerson, OfABackupThatIsRestoredIsErasedAgainByTheLedger) {
  register_person();
  const auto ledger = folder_.path() / "ledger";
  ASSERT_EQ(run({"backup", backup().string()}).exit_code, 0);
  ASSERT_EQ(erase({"--legal-basis", "customer_request", "--actor", "agent:dpo", "--ledger", ledger.string()})
                .exit_code,
            0);
  const auto refused = run({"restore", backup().string()}, restored());
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("--erased FILE"));
  EXPECT_FALSE(fs::exists(restored()));
  const auto done = run({"restore", backup().string(), "--erased", ledger.string()}, restored());
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("1 cases were erased again"));
  EXPECT_THAT(found(restored(), kPerson), testing::IsEmpty()) << "before anybody could open it";
  EXPECT_EQ(run({"keys", "export", "email:A-1"}, restored()).exit_code, 5);
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}, restored()).out,
              AllOf(HasSubstr("system:restore"), Not(HasSubstr(kWords))));
  const auto server = serve(restored());
  EXPECT_THAT(left(restored()), testing::IsEmpty());
}

TEST_F(ErasedPerson, OfABackupIsErasedAgainByTheLedgerThatTheServerKept) {
  register_person();
  auto server = serve(data_, {"--erasure-ledger", (folder_.path() / "kept").string()});
  ASSERT_EQ(run({"backup", backup().string()}).exit_code, 0);
  ASSERT_EQ(run({"do", "email:A-1", "privacy.hold.place", "--actor", "agent:dpo", "--reason", "lawsuit 7"})
                .exit_code,
            0);
  ASSERT_EQ(erase().exit_code, 1) << "it waits";
  EXPECT_THAT(lines_of(folder_.path() / "kept"), testing::IsEmpty());
  ASSERT_EQ(run({"do", "email:A-1", "privacy.hold.release", "--actor", "agent:dpo", "--reason", "settled"})
                .exit_code,
            0);
  EXPECT_THAT(lines_of(folder_.path() / "kept"), SizeIs(1)) << "the engine erased, and no verb";
  server->end(SIGTERM);
  const auto done = run({"restore", backup().string()}, restored());
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("1 cases were erased again"));
  EXPECT_EQ(run({"keys", "export", "email:A-1"}, restored()).exit_code, 5);
  EXPECT_THAT(lines_of(folder_.path() / "kept"), SizeIs(2)) << "the restored folder has the same ledger";
}

TEST_F(ErasedPerson, IsNotErasedTwiceOfABackupThatKnows) {
  register_person();
  const auto ledger = folder_.path() / "ledger";
  ASSERT_EQ(erase({"--legal-basis", "customer_request", "--actor", "agent:dpo", "--ledger", ledger.string()})
                .exit_code,
            0);
  ASSERT_EQ(
      run({"do", "email:A-1", "work.note.add", "--actor", "agent:li", "--text", "amber, later"}).exit_code,
      0);
  ASSERT_EQ(run({"backup", backup().string()}).exit_code, 0);
  std::ofstream(ledger, std::ios::app) << "00000000-0000-4000-8000-000000000000 2026-01-01T00:00:00Z\n";
  const auto done = run({"restore", backup().string(), "--erased", ledger.string()}, restored());
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out,
              HasSubstr("0 cases were erased again and have no key any more, 1 had been erased before "
                        "the backup, 1 are not in it"));
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}, restored()).out, HasSubstr("amber, later"));
}

TEST_F(ErasedPerson, UnderAHoldInTheBackupIsNamedAndWaits) {
  register_person();
  ASSERT_EQ(run({"do", "email:A-1", "privacy.hold.place", "--actor", "agent:dpo", "--reason", "lawsuit 7"})
                .exit_code,
            0);
  ASSERT_EQ(run({"backup", backup().string()}).exit_code, 0);
  std::ofstream(folder_.path() / "ledger") << id_of_case() << '\n';
  const auto done =
      run({"restore", backup().string(), "--erased", (folder_.path() / "ledger").string()}, restored());
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.out, HasSubstr("under a legal hold"));
  ASSERT_EQ(run({"do", "email:A-1", "privacy.hold.release", "--actor", "agent:dpo", "--reason", "settled"},
                restored())
                .exit_code,
            0);
  EXPECT_EQ(run({"keys", "export", "email:A-1"}, restored()).exit_code, 5);
}

TEST_F(ErasedPerson, OfABackupComesBackOnlyWhereSomebodySaysSo) {
  register_person();
  ASSERT_EQ(run({"backup", backup().string()}).exit_code, 0);
  EXPECT_EQ(run({"restore", backup().string(), "--erased", "/nowhere/ledger"}, restored()).exit_code, 2);
  const auto done = run({"restore", backup().string(), "--without-ledger"}, restored());
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}, restored()).out, HasSubstr(kWords));
}

TEST_F(ErasedPerson, IsNotErasedWhileTheServersLedgerCannotBeWritten) {
  register_person();
  const auto ledger = folder_.path() / "kept";
  const auto server = serve(data_, {"--erasure-ledger", ledger.string()});
  fs::remove(ledger);
  fs::create_directory(ledger);
  EXPECT_NE(erase().exit_code, 0);
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}).out, HasSubstr(kWords));
  fs::remove(ledger);
  for (int i = 0; i < 240 && lines_of(ledger).empty(); ++i) std::this_thread::sleep_for(250ms);
  EXPECT_THAT(lines_of(ledger), testing::Not(testing::IsEmpty())) << "it happens once it can be kept";
  EXPECT_EQ(run({"serve", "--listen", "127.0.0.1:0", "--erasure-ledger", "/nowhere/ledger"},
                folder_.path() / "other")
                .exit_code,
            2);
}

TEST_F(ErasedPerson, IsNotErasedWhereTheLedgerCannotBeWritten) {
  register_person();
  const auto refused =
      erase({"--legal-basis", "customer_request", "--actor", "agent:dpo", "--ledger", "/nowhere/ledger"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("nothing was erased"));
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}).out, HasSubstr(kWords));
}

TEST_F(ErasedPerson, OfALogInTheOpenIsRefused) {
  const auto open = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), CASETRAIL_BINARY);
    arguments.insert(arguments.end(), {"--data", data_.string()});
    return test::run_program(arguments);
  };
  ASSERT_EQ(open({"submit", "request.register", "--actor", "system:shop", "--body", kRequest}).exit_code, 0);
  const auto refused =
      open({"erase", "email:A-1", "--wide", "--legal-basis", "customer_request", "--actor", "agent:dpo"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.out, HasSubstr("lie in the open"));
}

}  // namespace
}  // namespace casetrail::cli
