// Asks the cluster's administration and waits for the answer.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "workers/log/kafka_handle.h"

namespace casetrail::kafka {

using Answer = std::unique_ptr<rd_kafka_event_t, Destroy<rd_kafka_event_destroy>>;
using AdminRequest = std::function<void(const rd_kafka_AdminOptions_t*, rd_kafka_queue_t*)>;

/// `operation` with `request` sent to a queue of its own. `task` names it in the error.
[[nodiscard]] LogResult<Answer> ask(rd_kafka_t* client, rd_kafka_admin_op_t operation, Duration timeout,
                                    std::string_view task, const AdminRequest& request);

/// The committed offsets of `group` on all of `partitions`, waiting out pending transactions.
[[nodiscard]] LogResult<std::vector<GroupPosition>> group_offsets(rd_kafka_t* client,
                                                                  const std::string& group,
                                                                  const std::string& topic,
                                                                  Partition partitions, Duration timeout);

}  // namespace casetrail::kafka
