// The topics of the Kubernetes manifests are those that the binary makes, setting by setting.
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

}  // namespace
}  // namespace casetrail::operations
