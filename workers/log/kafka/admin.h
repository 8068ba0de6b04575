// Asks the cluster's administration and waits for the answer.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "workers/log/kafka/handle.h"

namespace casetrail::kafka {

using Answer = std::unique_ptr<rd_kafka_event_t, Destroy<rd_kafka_event_destroy>>;
using AdminRequest = std::function<void(const rd_kafka_AdminOptions_t*, rd_kafka_queue_t*)>;

/// `operation` with `request` sent to a queue of its own. `task` names it in the error.
[[nodiscard]] log::LogResult<Answer> ask(rd_kafka_t* client, rd_kafka_admin_op_t operation, Duration timeout,
                                         std::string_view task, const AdminRequest& request);

/// Every group whose name begins with `prefix`, in the order of their names.
[[nodiscard]] log::LogResult<std::vector<log::GroupReport>> list_groups(rd_kafka_t* client,
                                                                        std::string_view prefix,
                                                                        Duration timeout);

/// Unavailable while it has members; without such a group nothing happens.
[[nodiscard]] log::LogResult<void> delete_group(rd_kafka_t* client, const std::string& group,
                                                Duration timeout);

/// Committed offsets of groups that this process need not be a member of. Any thread.
/// Hazard: the admin call for it, ListConsumerGroupOffsets, crashes librdkafka 2.0.2 when the group's
/// coordinator is still loading; a consumer that never subscribes asks the same without it.
class GroupOffsets {
 public:
  explicit GroupOffsets(const KafkaOptions& options) : options_(options) {}

  /// Of all of `partitions`. It waits for no transaction: one that hangs would keep the lag from being told.
  [[nodiscard]] log::LogResult<std::vector<log::GroupPosition>> of(const std::string& group,
                                                                   const std::string& topic,
                                                                   log::Partition partitions);

 private:
  KafkaOptions options_;
  std::mutex mutex_;  ///< guards `clients_`, and one question at a time
  std::map<std::string, Handle> clients_;
};

}  // namespace casetrail::kafka
