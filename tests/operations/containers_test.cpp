// Image, compose file and manifests ask for nothing that the binary, the tree or one another do not have.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <sstream>

#include "tests/operations/files.h"
#include "tests/operations/known_words.h"
#include "tests/support/temporary_folder.h"

namespace casetrail::operations {
namespace {

const auto kDockerfile = text_of(kDeploy / "Dockerfile");

YAML::Node compose() { return YAML::LoadFile((kDeploy / "compose.yaml").string()); }

/// The image as its version is called.
std::string image() { return std::string(version()).replace(version().find(' '), 1, ":"); }

std::vector<YAML::Node> manifests(const std::string& kind) {
  std::vector<YAML::Node> found;
  for (const auto& file : std::filesystem::directory_iterator(kDeploy / "kubernetes")) {
    for (auto& manifest : YAML::LoadAllFromFile(file.path().string())) {
      if (manifest["kind"].as<std::string>() == kind) found.push_back(manifest);
    }
  }
  return found;
}
YAML::Node pod() { return manifests("StatefulSet").at(0)["spec"]["template"]["spec"]; }
YAML::Node container() { return pod()["containers"][0]; }

/// What a variable is set to; empty where it comes from the pod.
std::map<std::string, std::string> environment() {
  std::map<std::string, std::string> all;
  for (const auto& variable : container()["env"])
    all[variable["name"].as<std::string>()] = variable["value"].as<std::string>("");
  return all;
}

std::map<std::string, std::string> variables_of_image() {
  static const std::regex kVariable(R"((CASETRAIL_[A-Z_]+)=(\S+))");
  std::map<std::string, std::string> all;
  for (std::sregex_iterator found(kDockerfile.begin(), kDockerfile.end(), kVariable), end; found != end;
       ++found)
    all[(*found)[1]] = (*found)[2];
  return all;
}

/// The data folder lies in it and is the user's alone, whatever the volume's rights are.
std::string volume_of_image() {
  return std::filesystem::path(variables_of_image()["CASETRAIL_DATA"]).parent_path().string();
}

std::string user_of_image() {
  static const std::regex kUser(R"(\nUSER (\d+):\1\n)");
  return *matches(kDockerfile, kUser).begin();
}

TEST(Image, HasVariablesAndARouteOfHealthThatTheBinaryKnows) {
  const auto variables = variables_of_image();
  EXPECT_EQ(variables.size(), 4U);
  for (const auto& [name, value] : variables) EXPECT_TRUE(knows_variable(name)) << name;
  static const std::regex kAsked("GET (/[a-z]+) HTTP");
  const auto asked = matches(kDockerfile, kAsked);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_TRUE(knows_route(*asked.begin())) << *asked.begin();
  EXPECT_NE(kDockerfile.find("-t " + image()), std::string::npos) << image();
}

TEST(Image, WritesItsVolumeAsAUserWithoutRights) {
  EXPECT_NE(kDockerfile.find("VOLUME " + volume_of_image() + "\n"), std::string::npos);
  EXPECT_NE(kDockerfile.find("useradd --system --uid " + user_of_image() + " "), std::string::npos);
}

TEST(Compose, StartsTheBinaryWithOptionsAndVariablesThatItKnows) {
  std::size_t engines = 0;
  for (const auto& service : compose()["services"]) {
    if (service.second["image"].as<std::string>() != image()) continue;
    ++engines;
    for (const auto& word : service.second["command"]) {
      const auto text = word.as<std::string>();
      EXPECT_TRUE(!text.starts_with("--") || knows_option(text)) << text;
    }
    for (const auto& variable : service.second["environment"])
      EXPECT_TRUE(knows_variable(variable.first.as<std::string>())) << variable.first;
    EXPECT_TRUE(service.second["read_only"].as<bool>()) << service.first;
  }
  EXPECT_EQ(engines, 3U);
}

TEST(Compose, MakesATokenForPrometheusOnceWhereTheEngineAndPrometheusLook) {
  const TemporaryFolder folder;
  const auto service = compose()["services"]["identities"];
  auto variables = variables_of_image();
  const auto place = std::filesystem::path(variables["CASETRAIL_IDENTITIES"]);
  EXPECT_EQ(service["working_dir"].as<std::string>(), place.parent_path());
  const auto script = "export PATH=" + std::filesystem::path(CASETRAIL_BINARY).parent_path().string() +
                      ":$PATH CASETRAIL_IDENTITIES=" + (folder.path() / place.filename()).string() + "\ncd " +
                      folder.path().string() + "\n" + service["command"][0].as<std::string>();
  std::vector<std::string> words;
  for (const auto& word : service["entrypoint"]) words.push_back(word.as<std::string>());
  words.front() = "/bin/bash";
  words.push_back(script);
  for (int time = 0; time < 2; ++time) {
    const auto ran = test::run_program(words);
    EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  }
  const auto token = text_of(folder.path() / "prometheus.token");
  EXPECT_TRUE(std::regex_match(token, std::regex("[A-Za-z0-9_-]{40,}\n"))) << token;
  const auto config = YAML::Load(compose()["configs"]["prometheus"]["content"].as<std::string>());
  EXPECT_EQ(config["scrape_configs"][0]["authorization"]["credentials_file"].as<std::string>(),
            place.parent_path() / "prometheus.token");
}

TEST(Compose, MountsWhatTheTreeHas) {
  for (const auto& service : compose()["services"]) {
    for (const auto& volume : service.second["volumes"]) {
      const auto source = volume.as<std::string>().substr(0, volume.as<std::string>().find(':'));
      EXPECT_TRUE(source.starts_with('.') ? std::filesystem::exists(kDeploy / source)
                                          : compose()["volumes"][source].IsDefined())
          << service.first << ": " << source;
    }
  }
}

TEST(Compose, RunsTheKafkaThatTheTestsRun) {
  static const std::regex kVersion("\nreadonly VERSION=(\\S+)");
  EXPECT_EQ(compose()["services"]["kafka"]["image"].as<std::string>(),
            "apache/kafka:" + *matches(text_of(kDeploy / "kafka"), kVersion).begin());
}

TEST(Compose, PrometheusAsksTheEngineByANameThatItKnowsUnderTheJobOfTheAlerts) {
  const auto services = compose()["services"];
  const auto config = YAML::Load(compose()["configs"]["prometheus"]["content"].as<std::string>());
  const auto shipped = YAML::LoadFile((kDeploy / "prometheus/prometheus.yml").string());
  const auto job = config["scrape_configs"][0];
  EXPECT_EQ(job["job_name"].as<std::string>(), shipped["scrape_configs"][0]["job_name"].as<std::string>());
  EXPECT_EQ(config["rule_files"][0].as<std::string>(), shipped["rule_files"][0].as<std::string>());
  const auto names = services["casetrail"]["environment"]["CASETRAIL_ALLOWED_HOST"].as<std::string>();
  EXPECT_EQ(job["static_configs"][0]["targets"][0].as<std::string>(), names + ":8377");
  EXPECT_TRUE(services[names].IsDefined());
}

TEST(Compose, GrafanaHasTheVariablesOfItsProvisioning) {
  static const std::regex kVariable(R"(\$\{(\w+)\})");
  const auto grafana = compose()["services"]["grafana"]["environment"];
  for (const auto* file : {"datasources/prometheus.yaml", "dashboards/casetrail.yaml"}) {
    for (const auto& name : matches(text_of(kDeploy / "grafana/provisioning" / file), kVariable))
      EXPECT_TRUE(grafana[name].IsDefined()) << name;
  }
}

TEST(Kubernetes, StartsTheImageWithVariablesThatTheBinaryKnows) {
  EXPECT_EQ(container()["image"].as<std::string>(), image());
  for (const auto& [name, value] : environment())
    EXPECT_TRUE(name == "POD_IP" || knows_variable(name)) << name;
  EXPECT_FALSE(pod()["enableServiceLinks"].as<bool>());
}

TEST(Kubernetes, ProbesRoutesThatTheBinaryHasOnThePortOfTheImage) {
  for (const auto* probe : {"startupProbe", "livenessProbe", "readinessProbe"}) {
    const auto path = container()[probe]["httpGet"]["path"].as<std::string>();
    EXPECT_TRUE(knows_route(path)) << probe << " " << path;
  }
  const auto port = container()["ports"][0]["containerPort"].as<std::string>();
  EXPECT_NE(kDockerfile.find("EXPOSE " + port + "\n"), std::string::npos) << port;
  for (const auto& service : manifests("Service"))
    EXPECT_EQ(service["spec"]["ports"][0]["port"].as<std::string>(), port);
}

TEST(Kubernetes, WritesOneVolumeAsTheUserOfTheImage) {
  const auto security = pod()["securityContext"];
  for (const auto* who : {"runAsUser", "runAsGroup", "fsGroup"})
    EXPECT_EQ(security[who].as<std::string>(), user_of_image()) << who;
  EXPECT_TRUE(container()["securityContext"]["readOnlyRootFilesystem"].as<bool>());
  std::map<std::string, std::string> mounted;
  for (const auto& mount : container()["volumeMounts"])
    mounted[mount["name"].as<std::string>()] = mount["mountPath"].as<std::string>();
  EXPECT_EQ(mounted["data"], volume_of_image());
}

TEST(Kubernetes, LaysRulesAndIdentitiesWhereTheImageLooksForThem) {
  auto variables = variables_of_image();
  EXPECT_EQ(container()["volumeMounts"][1]["mountPath"].as<std::string>() + "/policy.yaml",
            variables["CASETRAIL_POLICY"]);
  const auto sources = pod()["volumes"][0]["projected"]["sources"];
  EXPECT_EQ(container()["volumeMounts"][1]["mountPath"].as<std::string>() + "/" +
                sources[1]["secret"]["items"][0]["path"].as<std::string>(),
            variables["CASETRAIL_IDENTITIES"]);
}

TEST(Kubernetes, LeavesTheProcessMoreMemoryThanItTakes) {
  EXPECT_GT(std::stoi(container()["resources"]["limits"]["memory"].as<std::string>()),
            std::stoi(environment().at("CASETRAIL_MEMORY")));
}

TEST(Kubernetes, HasEachTopicOnceOnTheKafkaThatTheNodesAsk) {
  std::set<std::string> topics;
  for (const auto& topic : manifests("KafkaTopic")) {
    topics.insert(topic["metadata"]["name"].as<std::string>());
    const auto cluster = topic["metadata"]["labels"]["strimzi.io/cluster"].as<std::string>();
    EXPECT_EQ(environment().at("CASETRAIL_BROKERS"), cluster + "-kafka-bootstrap:9092");
  }
  const auto document = YAML::Load(says({"schema", "asyncapi"}));
  std::set<std::string> published;
  for (const auto& channel : document["channels"])
    published.insert(channel.second["address"].as<std::string>());
  EXPECT_EQ(topics, published);
}

}  // namespace
}  // namespace casetrail::operations
