// Membership in a consumer group through a client that never fetches.
#pragma once

#include <memory>
#include <string>

#include "workers/log/kafka/handle.h"

namespace casetrail::kafka {

using GroupMetadata =
    std::unique_ptr<rd_kafka_consumer_group_metadata_t, Destroy<rd_kafka_consumer_group_metadata_destroy>>;

/// What `send_offsets_to_transaction` wants to see: group, generation and member of one moment.
class KafkaGeneration final : public log::Generation {
 public:
  explicit KafkaGeneration(rd_kafka_consumer_group_metadata_t* metadata) : metadata_(metadata) {}
  [[nodiscard]] const rd_kafka_consumer_group_metadata_t* native() const { return metadata_.get(); }

 private:
  GroupMetadata metadata_;
};

[[nodiscard]] log::LogResult<std::unique_ptr<log::Membership>> join_group(
    const KafkaOptions& options, const std::string& group, log::Topic topic,
    const std::optional<std::string>& member);

}  // namespace casetrail::kafka
