// Families of samples for Prometheus, put together when they are asked for.
#pragma once

#include <prometheus/metric_family.h>

#include <map>
#include <string>
#include <utility>

#include "workers/log/counters.h"

namespace casetrail::node {

using Labels = std::map<std::string, std::string>;

/// Samples of one name, added one by one.
class Family {
 public:
  Family(const std::string& name, const std::string& help, prometheus::MetricType type) {
    family_.name = name;
    family_.help = help;
    family_.type = type;
  }

  Family& add(double value, const Labels& labels = {}) {
    auto& metric = sample(labels);
    family_.type == prometheus::MetricType::Counter ? metric.counter.value = value
                                                    : metric.gauge.value = value;
    return *this;
  }
  Family& add(const log::Counter& counter, const Labels& labels = {}) {
    return add(static_cast<double>(counter.value()), labels);
  }
  /// Nothing has no sample.
  template <class Optional>
  Family& add_if(const Optional& value, const Labels& labels = {}) {
    if (value) add(static_cast<double>(*value), labels);
    return *this;
  }
  Family& add(const log::DurationHistogram& histogram, const Labels& labels = {}) {
    auto& into = sample(labels).histogram;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < log::DurationHistogram::kBounds.size(); ++i) {
      below += histogram.count(i);
      into.bucket.push_back({below, log::DurationHistogram::kBounds[i]});
    }
    into.sample_count = below + histogram.count(log::DurationHistogram::kBounds.size());
    into.sample_sum = histogram.sum();
    return *this;
  }
  [[nodiscard]] prometheus::MetricFamily take() { return std::move(family_); }

 private:
  prometheus::ClientMetric& sample(const Labels& labels) {
    auto& metric = family_.metric.emplace_back();
    for (const auto& [name, value] : labels) metric.label.push_back({name, value});
    return metric;
  }

  prometheus::MetricFamily family_;
};

inline Family counter(const std::string& name, const std::string& help) {
  return {name, help, prometheus::MetricType::Counter};
}
inline Family gauge(const std::string& name, const std::string& help) {
  return {name, help, prometheus::MetricType::Gauge};
}
inline Family histogram(const std::string& name, const std::string& help) {
  return {name, help, prometheus::MetricType::Histogram};
}

}  // namespace casetrail::node
