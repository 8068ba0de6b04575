// Topics: those of the Kubernetes manifests are what the binary makes, and the operator's guide makes them.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <map>

#include "tests/operations/files.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/program.h"

namespace casetrail::operations {
namespace {

using Settings = std::map<std::string, std::string>;

/// By topic. One broker has one copy: the number in sync is told apart.
std::map<std::string, Settings> in_manifests() {
  std::map<std::string, Settings> all;
  for (const auto& manifest : YAML::LoadAllFromFile((kDeploy / "kubernetes/topics.yaml").string())) {
    auto& settings = all[manifest["metadata"]["name"].as<std::string>()];
    settings["partitions"] = manifest["spec"]["partitions"].as<std::string>();
    for (const auto& setting : manifest["spec"]["config"])
      settings[setting.first.as<std::string>()] = setting.second.as<std::string>();
    EXPECT_EQ(manifest["spec"]["replicas"].as<int>(), 3);
    EXPECT_EQ(settings["min.insync.replicas"], "2");
    settings["min.insync.replicas"] = "1";
  }
  return all;
}

/// `Topic: x … PartitionCount: 8 … Configs: a=1,b=2`
std::map<std::string, Settings> shown_by_kafka(const kafka::KafkaOptions& options) {
  static const std::regex kTopic(R"(Topic: (\S+)\s.*PartitionCount: (\d+)\s.*Configs: (\S+))");
  static const std::regex kSetting("([^,=]+)=([^,]*)");
  const auto text = kafka_tool(options.brokers, "org.apache.kafka.tools.TopicCommand --describe");
  std::map<std::string, Settings> all;
  for (std::sregex_iterator topic(text.begin(), text.end(), kTopic), end; topic != end; ++topic) {
    const auto name = (*topic)[1].str();
    if (!name.starts_with(options.prefix)) continue;
    auto& settings = all[name.substr(options.prefix.size())];
    settings["partitions"] = (*topic)[2];
    const auto configs = (*topic)[3].str();
    for (std::sregex_iterator one(configs.begin(), configs.end(), kSetting); one != end; ++one)
      settings[(*one)[1]] = (*one)[2];
  }
  return all;
}

TEST(KubernetesTopics, AreWhatTheBinaryMakes) {
  const auto options = fresh_options(shared_brokers());
  std::vector<std::string> words{CASETRAIL_BINARY, "topics", "create"};
  for (const auto& word : words_for(options)) words.push_back(word);
  const auto made = test::run_program(words);
  ASSERT_EQ(made.exit_code, 0) << made.out << made.err;
  EXPECT_EQ(shown_by_kafka(options), in_manifests());
}

TEST(OperatorsGuide, ItsCommandsForKafkaWork) {
  const auto options = fresh_options(shared_brokers());
  static const std::regex kBlock("```sh kafka\n([^`]+)```");
  static const std::regex kBrokers("kafka-1:9092");
  const auto blocks = matches(text_of(kDeploy / "operate.md"), kBlock);
  EXPECT_EQ(blocks.size(), 1U);
  for (const auto& commands : blocks) {
    const auto settings =
        "set -euo pipefail\nexport PATH=" + std::filesystem::path(CASETRAIL_BINARY).parent_path().string() +
        ":$PATH CASETRAIL_TOPIC_PREFIX=" + options.prefix + "\n";
    const auto ran = test::run_program(
        {"/bin/bash", "-c", settings + std::regex_replace(commands, kBrokers, options.brokers)});
    EXPECT_EQ(ran.exit_code, 0) << commands << ran.out << ran.err;
    EXPECT_NE(ran.out, "") << commands;
  }
}

}  // namespace
}  // namespace casetrail::operations
