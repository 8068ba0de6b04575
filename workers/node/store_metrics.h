// What RocksDB says of the stores, under names of ours.
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

#include "workers/storage/rocks_store.h"

namespace casetrail::node {

void add_stores(const storage::StorageMemory& stores, std::vector<prometheus::MetricFamily>& into);

}  // namespace casetrail::node
