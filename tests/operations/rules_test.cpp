// Alerts that can fire, stay silent when nothing is wrong, and say what to do.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>

#include "tests/operations/files.h"
#include "tests/operations/scraped_engine.h"

namespace casetrail::operations {
namespace {

const auto kRules = kDeploy / "prometheus/casetrail.rules.yaml";
constexpr auto kTests = CASETRAIL_ROOT "/tests/operations/alerts.yaml";

YAML::Node alerts() { return YAML::LoadFile(kRules.string())["groups"][0]["rules"]; }

test::Ran promtool(const std::vector<std::string>& arguments) {
  std::vector<std::string> all{CASETRAIL_PROMTOOL};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return test::run_program(all);
}

/// As a reader of Markdown names a heading.
std::string anchor_of(std::string heading) {
  std::ranges::transform(heading, heading.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  std::ranges::replace(heading, ' ', '-');
  return heading;
}

TEST(AlertRules, PassPrometheusOwnCheck) {
  const auto checked = promtool({"check", "rules", kRules.string()});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
}

TEST(AlertRules, AreLoadedByThePrometheusOfTheComposeFile) {
  const TemporaryFolder folder;
  const auto config = YAML::LoadFile((kDeploy / "compose.yaml").string())["configs"]["prometheus"]["content"];
  const std::regex token("/etc/casetrail/identities/prometheus.token");
  const auto here = folder.path() / "prometheus.token";
  std::ofstream(here) << "token\n";
  std::ofstream(folder.path() / "prometheus.yml")
      << std::regex_replace(config.as<std::string>(), token, here.string());
  std::filesystem::copy(kRules, folder.path());
  const auto checked = promtool({"check", "config", (folder.path() / "prometheus.yml").string()});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  EXPECT_NE(checked.out.find("SUCCESS: 1 rule files found"), std::string::npos) << checked.out;
}

TEST(AlertRules, FireWhenTheyShouldAndAreSilentWhenTheyShould) {
  const auto tested = promtool({"test", "rules", kTests});
  EXPECT_EQ(tested.exit_code, 0) << tested.out << tested.err;
}

TEST(AlertRules, EachHasARunInWhichItFiresOneInWhichItDoesNotAndAQuietNight) {
  std::map<std::string, std::set<std::string>> seen;
  for (const auto& run : YAML::LoadFile(kTests)["tests"]) {
    const auto name = run["name"].as<std::string>();
    for (const auto& expected : run["alert_rule_test"]) {
      const auto kind = expected["exp_alerts"].size() > 0         ? "fires"
                        : name.find("night") != std::string::npos ? "sleeps"
                                                                  : "silent";
      seen[expected["alertname"].as<std::string>()].insert(kind);
    }
  }
  for (const auto& alert : alerts()) {
    const auto name = alert["alert"].as<std::string>();
    EXPECT_EQ(seen[name], (std::set<std::string>{"fires", "silent", "sleeps"})) << name;
  }
}

TEST(AlertRules, EachSaysHowBadItIsWhatItMeansAndWhereTheRunbookGoesOn) {
  static const std::regex kHeading("\n## ([^\n]+)");
  std::set<std::string> anchors;
  for (const auto& heading : matches(text_of(kDeploy / "runbook.md"), kHeading))
    anchors.insert("deploy/runbook.md#" + anchor_of(heading));
  for (const auto& alert : alerts()) {
    const auto name = alert["alert"].as<std::string>();
    const auto severity = alert["labels"]["severity"].as<std::string>("");
    EXPECT_TRUE(severity == "warning" || severity == "critical") << name;
    for (const auto* text : {"summary", "description"})
      EXPECT_GT(alert["annotations"][text].as<std::string>("").size(), 20U) << name << " " << text;
    EXPECT_TRUE(anchors.contains(alert["annotations"]["runbook_url"].as<std::string>(""))) << name;
  }
}

TEST(AlertRules, AskForPublishedMetricsAlone) {
  const auto published = published_metrics();
  for (const auto& alert : alerts()) {
    for (const auto& metric : metrics_in(alert["expr"].as<std::string>()))
      EXPECT_TRUE(published.contains(metric)) << alert["alert"] << ": " << metric;
  }
}

/// Each runs to its end and says something.
void run_block(const std::string& settings, const std::string& commands) {
  const auto path =
      "set -euo pipefail\nexport PATH=" + std::filesystem::path(CASETRAIL_BINARY).parent_path().string() +
      ":$PATH\n";
  const auto ran = test::run_program({"/bin/bash", "-c", path + settings + commands});
  EXPECT_EQ(ran.exit_code, 0) << commands << ran.out << ran.err;
  EXPECT_NE(ran.out, "") << commands;
}

/// The only block of `operate.md` that is called so.
std::string block_of(const std::string& name) {
  const std::regex block("```sh " + name + "\n([^`]+)```");
  const auto blocks = matches(text_of(kDeploy / "operate.md"), block);
  EXPECT_EQ(blocks.size(), 1U) << name;
  return blocks.empty() ? "" : *blocks.begin();
}

/// As somebody types them at night: each block of a document in its order, on a node that is well. Tells how
/// many there are.
std::size_t run_blocks_of(const std::string& document) {
  const ScrapedEngine engine;
  const auto text = text_of(kDeploy / document);
  static const std::regex kBlock("```sh\n([^`]+)```");
  const auto settings = "export CASETRAIL_DATA=" + engine.process().data().string() +
                        "\nexport NODE=\"http://$(cat $CASETRAIL_DATA/address)\"\n";
  std::size_t blocks = 0;
  for (std::sregex_iterator block(text.begin(), text.end(), kBlock), end; block != end; ++block) {
    run_block(settings, (*block)[1]);
    ++blocks;
  }
  return blocks;
}

TEST(Runbook, ItsCommandsWork) {
  EXPECT_GE(run_blocks_of("runbook.md"), alerts().size() - 2)
      << "sections that two alerts share have one each";
}

/// Those for root are run in a clean Debian by `deploy/package --check`.
TEST(OperatorsGuide, ItsCommandsWork) { EXPECT_GE(run_blocks_of("operate.md"), 4U); }

/// The second goes on where the first has ended.
TEST(OperatorsGuide, ItsCommandsForSealingWork) {
  const TemporaryFolder folder;
  const auto data = "export CASETRAIL_DATA=" + (folder.path() / "data").string() + "\n";
  run_block(
      data,
      "casetrail submit request.register --actor system:shop --body "
      R"('{"kind":"inquiry","channel":"email","external_ref":"A-1","pii":{"name":"欧阳锋","contacts":[]}}')");
  for (const auto* kind : {"seal", "rewrap"}) run_block(data, block_of(kind));
}

TEST(OperatorsGuide, AnErasedPersonDoesNotComeBackFromYesterdaysBackup) {
  const TemporaryFolder folder;
  const auto data = (folder.path() / "data").string();
  const auto settings =
      "export CASETRAIL_DATA=" + data + " CASETRAIL_BACKUPS=" + folder.path().string() + "\n";
  run_block(settings, "casetrail keys create \"$CASETRAIL_DATA.key\"");
  run_block(
      settings + "export CASETRAIL_MASTER_KEY=\"$CASETRAIL_DATA.key\"\n",
      "casetrail submit request.register --actor system:shop --body "
      R"('{"kind":"inquiry","channel":"email","external_ref":"A-1","pii":{"name":"欧阳锋","contacts":[],)"
      R"("service_need":"quartz"}}')");
  const test::Background server(
      {CASETRAIL_BINARY, "serve", "--listen", "127.0.0.1:0", "--data", data, "--master-key", data + ".key",
       "--erasure-ledger", (folder.path() / "erased").string()},
      (folder.path() / "serve.log").string());
  run_block(settings,
            "for i in $(seq 500); do [ -s \"$CASETRAIL_DATA/address\" ] && break; sleep 0.02; done\n"
            "casetrail backup \"$CASETRAIL_BACKUPS/yesterday\"");
  run_block(settings, block_of("erase"));
  run_block(settings, block_of("restore"));
  run_block(settings,
            "if grep -r -a -l -E 'quartz|欧阳锋' \"$CASETRAIL_DATA.restored\"; then exit 1; fi\n"
            "casetrail case email:A-1 --history --wide --data \"$CASETRAIL_DATA.restored\" "
            "--master-key \"$CASETRAIL_DATA.key\" | tee \"$CASETRAIL_DATA.told\"\n"
            "grep -q 'Personal texts of all earlier events erased' \"$CASETRAIL_DATA.told\"\n"
            "if grep quartz \"$CASETRAIL_DATA.told\"; then exit 1; fi");
}

TEST(OperatorsGuide, NamesSectionsThatTheRunbookHas) {
  static const std::regex kSection("\\b(Casetrail[A-Za-z]+)");
  const auto runbook = text_of(kDeploy / "runbook.md");
  for (const auto& section : matches(text_of(kDeploy / "operate.md"), kSection))
    EXPECT_NE(runbook.find("\n## " + section + "\n"), std::string::npos) << section;
}

}  // namespace
}  // namespace casetrail::operations
