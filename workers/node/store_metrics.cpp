// One line a property; all of them are numbers that RocksDB keeps anyway.
#include "workers/node/store_metrics.h"

#include <array>
#include <string>

#include "workers/node/metric_family.h"

namespace casetrail::node {
namespace {

using Of = storage::StoreProperty::Of;

struct StoreMetric {
  const char* name;
  const char* help;
};

constexpr std::size_t kMetrics = 11;

constexpr std::array<storage::StoreProperty, kMetrics> kProperties{{
    {"rocksdb.live-sst-files-size", Of::families},
    {"rocksdb.estimate-num-keys", Of::families},
    {"rocksdb.cur-size-all-mem-tables", Of::families},
    {"rocksdb.num-immutable-mem-table", Of::families},
    {"rocksdb.estimate-table-readers-mem", Of::families},
    {"rocksdb.estimate-pending-compaction-bytes", Of::families},
    {"rocksdb.num-files-at-level0", Of::fullest},
    {"rocksdb.num-running-compactions", Of::database},
    {"rocksdb.num-running-flushes", Of::database},
    {"rocksdb.is-write-stopped", Of::database},
    {"rocksdb.background-errors", Of::database},
}};

constexpr std::array<StoreMetric, kMetrics> kNames{{
    {"casetrail_store_disk_bytes", "Bytes on the disk of the stores of a role, checkpoints not counted."},
    {"casetrail_store_keys", "Keys in the stores of a role, about."},
    {"casetrail_store_write_buffer_bytes", "Memory of what was written and is not on the disk."},
    {"casetrail_store_flushing_write_buffers", "Write buffers that are full and on their way to the disk."},
    {"casetrail_store_table_reader_bytes", "Memory that the open files of the stores take beside the cache."},
    {"casetrail_store_pending_compaction_bytes", "Bytes that compactions have still to rewrite."},
    {"casetrail_store_level0_files",
     "Files at level 0 of the fullest family, summed over the stores of a role."},
    {"casetrail_store_running_compactions", "Compactions that run."},
    {"casetrail_store_running_flushes", "Flushes that run."},
    {"casetrail_store_write_stopped", "Stores whose writes wait, for compactions are too far behind."},
    {"casetrail_store_background_errors", "Errors of flushes and compactions since the stores were opened."},
}};

}  // namespace

void add_stores(const storage::StorageMemory& stores, std::vector<prometheus::MetricFamily>& into) {
  const auto sums = stores.sums(kProperties);
  for (std::size_t i = 0; i < kMetrics; ++i) {
    auto family = gauge(kNames[i].name, kNames[i].help);
    for (const auto& [role, values] : sums) family.add(static_cast<double>(values[i]), {{"store", role}});
    into.push_back(family.take());
  }
  into.push_back(
      gauge("casetrail_store_memory_bytes", "Memory of the block cache and write buffers of all stores.")
          .add(static_cast<double>(stores.used_bytes()))
          .take());
  into.push_back(gauge("casetrail_store_pinned_bytes", "Memory of the block cache that must stay in it now.")
                     .add(static_cast<double>(stores.pinned_bytes()))
                     .take());
}

}  // namespace casetrail::node
