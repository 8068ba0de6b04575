// The single writers of partitions.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "workers/log/kafka/shared_transaction.h"

namespace casetrail::kafka {

/// Those of one thread share transactions.
class Writers {
 public:
  [[nodiscard]] std::unique_ptr<log::PartitionWriter> open(const KafkaOptions& options,
                                                           log::Partition partition);

 private:
  std::mutex mutex_;
  std::map<std::thread::id, std::weak_ptr<SharedTransaction>> shared_;
};

}  // namespace casetrail::kafka
