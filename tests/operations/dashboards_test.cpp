// Dashboards that import anywhere, and whose every panel shows something of a real run.
#include <gtest/gtest.h>
#include <simdjson.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <memory>
#include <thread>

#include "tests/operations/files.h"
#include "tests/operations/scraped_engine.h"
#include "workers/http/client.h"

namespace casetrail::operations {
namespace {

using namespace std::chrono_literals;
namespace dom = simdjson::dom;

struct Expression {
  std::string panel;  ///< `lag: Rebuilds`
  std::string text;
};

std::string text_at(dom::element of, std::string_view pointer) {
  std::string_view text;
  return of.at_pointer(pointer).get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

/// By the name of their file.
std::map<std::string, dom::element> dashboards(std::vector<std::unique_ptr<dom::parser>>& keep) {
  std::map<std::string, dom::element> all;
  for (const auto& file : std::filesystem::directory_iterator(kDeploy / "grafana/dashboards")) {
    keep.push_back(std::make_unique<dom::parser>());
    all[file.path().stem().string()] = keep.back()->load(file.path().string());
  }
  return all;
}

std::vector<Expression> expressions() {
  std::vector<std::unique_ptr<dom::parser>> keep;
  std::vector<Expression> all;
  for (const auto& [name, dashboard] : dashboards(keep)) {
    for (const dom::element panel : dashboard["panels"]) {
      for (const dom::element target : panel["targets"])
        all.push_back({name + ": " + text_at(panel, "/title"), text_at(target, "/expr")});
    }
  }
  return all;
}

/// What Grafana puts in for its variables.
std::string filled_in(std::string expression) {
  for (const auto& [variable, value] : {std::pair<std::string, std::string>{"$__rate_interval", "30s"},
                                        {"$job", "casetrail"},
                                        {"$instance", ".+"},
                                        {"$view", ".+"}}) {
    for (auto at = expression.find(variable); at != std::string::npos; at = expression.find(variable))
      expression.replace(at, variable.size(), value);
  }
  return expression;
}

TEST(Dashboards, AreKnownByAFixedNameAndImportAnywhere) {
  std::vector<std::unique_ptr<dom::parser>> keep;
  const auto all = dashboards(keep);
  EXPECT_EQ(all.size(), 4U);
  for (const auto& [name, dashboard] : all) {
    EXPECT_EQ(text_at(dashboard, "/uid"), "casetrail-" + name);
    EXPECT_GE(std::int64_t(dashboard["schemaVersion"]), 36) << name;
    EXPECT_TRUE(dashboard["id"].error() != simdjson::SUCCESS) << name << " carries the id of a Grafana";
    EXPECT_EQ(text_at(dashboard, "/templating/list/0/type"), "datasource") << name;
    EXPECT_EQ(text_at(dashboard, "/templating/list/1/name"), "job") << name;
    EXPECT_EQ(text_at(dashboard, "/templating/list/2/name"), "instance") << name;
    for (const dom::element variable : dashboard["templating"]["list"]) {
      if (text_at(variable, "/type") != "query") continue;
      EXPECT_EQ(text_at(variable, "/datasource/uid"), "${datasource}") << name;
    }
  }
}

TEST(Dashboards, EachPanelSaysWhatItShowsInWhichUnitAndOfWhichData) {
  std::vector<std::unique_ptr<dom::parser>> keep;
  for (const auto& [name, dashboard] : dashboards(keep)) {
    std::set<std::int64_t> ids;
    for (const dom::element panel : dashboard["panels"]) {
      const auto title = name + ": " + text_at(panel, "/title");
      EXPECT_GT(text_at(panel, "/description").size(), 15U) << title;
      EXPECT_NE(text_at(panel, "/fieldConfig/defaults/unit"), "") << title;
      EXPECT_EQ(text_at(panel, "/datasource/uid"), "${datasource}") << title;
      EXPECT_TRUE(ids.insert(std::int64_t(panel["id"])).second) << title;
      for (const dom::element target : panel["targets"])
        EXPECT_EQ(text_at(target, "/datasource/uid"), "${datasource}") << title;
    }
  }
}

TEST(Dashboards, AskForPublishedMetricsAndLabelsAloneAndForNoOtherCluster) {
  const auto published = published_metrics();
  static const std::regex kSelector(R"(((?:casetrail|process)_\w+)\{([^}]*)\})");
  static const std::regex kLabel(R"((\w+)=~?")");
  for (const auto& [panel, text] : expressions()) {
    for (const auto& metric : metrics_in(text))
      EXPECT_TRUE(published.contains(metric)) << panel << ": " << metric;
    static const std::regex kRate(R"(\brate\([^\[]*\[([^\]]*)\])");
    for (const auto& range : matches(text, kRate)) EXPECT_EQ(range, "$__rate_interval") << panel;
    for (std::sregex_iterator selector(text.begin(), text.end(), kSelector), end; selector != end;
         ++selector) {
      const auto metric = *metrics_in((*selector)[1]).begin();
      const auto labels = matches((*selector)[2], kLabel);
      EXPECT_TRUE(labels.contains("job") && labels.contains("instance")) << panel << ": " << text;
      const auto known = published.contains(metric) ? published.at(metric).metric.labels : std::string();
      for (const auto& label : labels) {
        if (label == "job" || label == "instance") continue;
        EXPECT_NE(("," + known + ",").find("," + label + ","), std::string::npos) << panel << ": " << label;
      }
    }
  }
}

/// Panels that are rightly empty in a run where all is well, and why.
const std::map<std::string, std::string> kEmpty{
    {"lag: Rebuilds", "none runs"},
    {"lag: Time until caught up", "there is no lag, or it does not shrink"},
    {"desk: Answers that are errors", "no request failed"},
    {"desk: Failed requests", "no request failed"},
    {"storage: Oldest snapshot", "everything may be saved"},
    {"storage: Brokers: round trip", "the log is embedded"},
    {"storage: Brokers: failures", "the log is embedded"},
    {"storage: Kafka: bytes", "the log is embedded"},
    {"storage: Kafka: held by open transactions", "the log is embedded"},
};

/// Debian's Prometheus with the configuration that deploy/ ships, but for the target, and scraping each
/// second.
class Prometheus {
 public:
  explicit Prometheus(const http::HttpAddress& target)
      : listen_{"127.0.0.1", free_port()}, client_(http::HttpClient::to(listen_)) {
    auto config = text_of(kDeploy / "prometheus/prometheus.yml");
    config = std::regex_replace(config, std::regex("127\\.0\\.0\\.1:8377"), target.text());
    config = std::regex_replace(config, std::regex("interval: 15s"), "interval: 1s");
    const auto file = folder_.path() / "prometheus.yml";
    std::ofstream(file) << config;
    std::filesystem::copy(kDeploy / "prometheus/casetrail.rules.yaml", folder_.path());
    process_ = std::make_unique<test::Background>(
        std::vector<std::string>{CASETRAIL_PROMETHEUS, "--config.file=" + file.string(),
                                 "--storage.tsdb.path=" + (folder_.path() / "data").string(),
                                 "--web.listen-address=" + listen_.text()},
        (folder_.path() / "log").string());
  }

  /// The answer's JSON; empty when there is none.
  [[nodiscard]] std::string ask(const std::string& target) {
    auto answer = client_->ask({"GET", target, {}, {}}, 10s);
    return answer ? std::move(answer->body) : std::string();
  }
  [[nodiscard]] std::string query(const std::string& expression) {
    return ask("/api/v1/query?query=" + http::percent_encode(expression));
  }
  [[nodiscard]] std::string said() const { return text_of(folder_.path() / "log"); }

 private:
  TemporaryFolder folder_;
  http::HttpAddress listen_;
  std::unique_ptr<http::HttpClient> client_;
  std::unique_ptr<test::Background> process_;
};

struct Result {
  bool success = false;
  std::size_t samples = 0;
  double first = 0;
};
Result result_of(const std::string& json) {
  dom::parser parser;
  dom::element answer;
  if (parser.parse(json).get(answer) != simdjson::SUCCESS || text_at(answer, "/status") != "success")
    return {};
  const dom::array samples = answer["data"]["result"];
  Result result{true, samples.size(), 0};
  if (result.samples > 0) result.first = std::stod(text_at(samples.at(0), "/value/1"));
  return result;
}

TEST(Dashboards, EveryPanelShowsSomethingOfARealRunAndEveryRuleIsEvaluated) {
  const ScrapedEngine engine;
  Prometheus prometheus(engine.process().address());
  constexpr double kScrapes = 6;
  const auto deadline = std::chrono::steady_clock::now() + 120s;
  while (result_of(prometheus.query("count_over_time(casetrail_build_info[2m])")).first < kScrapes) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline) << prometheus.said();
    engine.work();
    std::this_thread::sleep_for(100ms);
  }
  for (const auto& [panel, text] : expressions()) {
    const auto answer = prometheus.query(filled_in(text));
    const auto result = result_of(answer);
    EXPECT_TRUE(result.success) << panel << ": " << text << "\n" << answer;
    EXPECT_TRUE(result.samples > 0 || kEmpty.contains(panel)) << panel << ": " << text;
  }
  const auto rules = prometheus.ask("/api/v1/rules");
  EXPECT_NE(rules.find(R"("health":"ok")"), std::string::npos) << rules;
  EXPECT_EQ(rules.find(R"("health":"err")"), std::string::npos) << rules;
}

TEST(Dashboards, AreProvisionedWithTheDataSourceThatTheyAskFor) {
  const auto folder = kDeploy / "grafana/provisioning";
  const auto source = YAML::LoadFile((folder / "datasources/prometheus.yaml").string())["datasources"][0];
  const auto provider = YAML::LoadFile((folder / "dashboards/casetrail.yaml").string())["providers"][0];
  EXPECT_EQ(source["type"].as<std::string>(), "prometheus");
  EXPECT_EQ(provider["type"].as<std::string>(), "file");
  for (const auto& [value, variable] :
       {std::pair{source["url"].as<std::string>(), "PROMETHEUS_URL"},
        std::pair{provider["options"]["path"].as<std::string>(), "CASETRAIL_DASHBOARDS"}}) {
    EXPECT_EQ(value, std::string("${") + variable + "}");
    EXPECT_NE(text_of(kDeploy / "README.md").find(variable), std::string::npos) << variable;
  }
}

}  // namespace
}  // namespace casetrail::operations
