// An engine with something to tell: a simulated day, answers and refusals.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/engine_process.h"
#include "tests/support/temporary_folder.h"

namespace casetrail::operations {

/// On the embedded log. Has played a small day and worked once.
class ScrapedEngine {
 public:
  ScrapedEngine();

  /// Sends a command that is refused, and reads: a board, a case that is not there, what is no route.
  void work() const;
  /// Prometheus' text, as a scrape gets it.
  [[nodiscard]] std::string scrape() const { return get("/metrics"); }
  [[nodiscard]] std::string get(const std::string& target) const;
  [[nodiscard]] const EngineProcess& process() const { return engine_; }

 private:
  TemporaryFolder folder_;
  EngineProcess engine_;
};

struct Metric {
  std::string type;
  std::string labels;  ///< their names in order, with commas between them

  auto operator<=>(const Metric&) const = default;
};
/// What a scrape holds, by name, with a sample each; `le` of a histogram is not told.
[[nodiscard]] std::map<std::string, std::set<Metric>> metrics_of(const std::string& scrape);

struct Published {
  Metric metric;
  std::string when;  ///< `always`, or why only sometimes
};
/// deploy/prometheus/metrics.tsv
[[nodiscard]] std::map<std::string, Published> published_metrics();

}  // namespace casetrail::operations
