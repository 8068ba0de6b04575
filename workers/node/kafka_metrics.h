// What librdkafka tells, under names of ours.
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

namespace casetrail::node {

/// No samples where there is no Kafka.
void add_kafka(std::vector<prometheus::MetricFamily>& into);

}  // namespace casetrail::node
