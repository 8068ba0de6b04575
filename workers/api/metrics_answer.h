// What `GET /v1/metrics` answers: the counters and gauges of `/metrics`, for pages and programs that read
// JSON.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail::api {

enum class MetricKind { counter, gauge };
constexpr auto enum_names(MetricKind) { return std::to_array<std::string_view>({"counter", "gauge"}); }

struct MetricSample {
  std::map<std::string, std::string> labels;
  double value = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(labels), CEREAL_NVP(value));
  }
};

struct Metric {
  std::string name;
  std::string help;  ///< a sentence
  MetricKind kind{};
  std::vector<MetricSample> samples;  ///< one for each value of the labels

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(help), CEREAL_NVP(kind), CEREAL_NVP(samples));
  }
};

struct MetricsAnswer {
  std::vector<Metric> metrics;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metrics));
  }
};

}  // namespace casetrail::api
