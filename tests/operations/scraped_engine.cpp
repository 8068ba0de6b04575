// The text format is read line by line: the engine writes no more of it than these tests look at.
#include "tests/operations/scraped_engine.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "workers/http/client.h"

namespace casetrail::operations {
namespace {

constexpr std::chrono::seconds kPatience{120};
const std::vector<http::HttpHeader> kJson{{"content-type", "application/json"}};

std::filesystem::path fresh(const std::filesystem::path& folder) {
  std::filesystem::create_directory(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  return folder;
}

http::HttpResponse ask(const http::HttpAddress& address, const http::HttpRequest& request) {
  auto answer = http::HttpClient::to(address)->ask(request, kPatience);
  if (!answer) throw std::runtime_error(answer.error());
  return *std::move(answer);
}

/// `casetrail_x` of `casetrail_x_bucket`, where the family is a histogram.
std::string family_of(const std::string& sample, const std::map<std::string, std::string>& types) {
  for (const std::string end : {"_bucket", "_sum", "_count"}) {
    if (!sample.ends_with(end)) continue;
    const auto family = sample.substr(0, sample.size() - end.size());
    if (types.contains(family) && types.at(family) == "histogram") return family;
  }
  return sample;
}

std::string label_names(const std::string& labels) {
  static const std::regex kLabel(R"((\w+)="(?:[^"\\]|\\.)*")");
  std::set<std::string> names;
  for (std::sregex_iterator label(labels.begin(), labels.end(), kLabel), end; label != end; ++label) {
    if ((*label)[1] != "le") names.insert((*label)[1]);
  }
  std::string text;
  for (const auto& name : names) text.append(text.empty() ? "" : ",").append(name);
  return text;
}

}  // namespace

ScrapedEngine::ScrapedEngine()
    : engine_(fresh(folder_.path() / "data"), {"--policy", CASETRAIL_EXAMPLE_POLICY, "--allow-simulation"}) {
  engine_.start();
  const auto played = ask(engine_.address(), {"POST", "/v1/simulations?cases=60", kJson, {}});
  if (played.status != 200) throw std::runtime_error(played.body);
  work();
}

void ScrapedEngine::work() const {
  const std::string question =
      R"({"type":"work.message.receive","case_id":"5f1d7c3e-0000-4000-8000-000000000000","actor":"system:shop",)"
      R"("data":{"channel":"phone","pii":{"text":"?"}}})";
  const auto refused = ask(engine_.address(), {"POST", "/v1/commands", kJson, question});
  if (refused.status != 409) throw std::runtime_error(refused.body);
  for (const auto* path : {"/v1/boards/handoff", "/v1/cases/email:none", "/v1/none"}) std::ignore = get(path);
}

std::string ScrapedEngine::get(const std::string& target) const {
  return ask(engine_.address(), {"GET", target, {}, {}}).body;
}

std::map<std::string, std::set<Metric>> metrics_of(const std::string& scrape) {
  static const std::regex kSample(R"(([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+)");
  std::map<std::string, std::string> types;
  std::map<std::string, std::set<Metric>> metrics;
  std::istringstream lines(scrape);
  for (std::string line; std::getline(lines, line);) {
    std::smatch sample;
    if (line.starts_with("# TYPE ")) {
      std::istringstream words(line.substr(7));
      std::string name;
      words >> name >> types[name];
    } else if (std::regex_match(line, sample, kSample)) {
      const auto name = family_of(sample[1], types);
      metrics[name].insert({types[name], label_names(sample[2])});
    }
  }
  return metrics;
}

std::map<std::string, Published> published_metrics() {
  std::ifstream file(CASETRAIL_ROOT "/deploy/prometheus/metrics.tsv");
  std::map<std::string, Published> all;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#') || line.empty()) continue;
    std::istringstream cells(line);
    std::string name;
    Published published;
    std::getline(cells, name, '\t');
    std::getline(cells, published.metric.type, '\t');
    std::getline(cells, published.metric.labels, '\t');
    std::getline(cells, published.when);
    if (published.metric.labels == "-") published.metric.labels.clear();
    all[name] = published;
  }
  return all;
}

}  // namespace casetrail::operations
