// What the operating system says of this process, under the names that Prometheus' own clients use.
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

namespace casetrail::node {

/// What the system does not tell has no sample.
void add_process(std::vector<prometheus::MetricFamily>& into);

}  // namespace casetrail::node
