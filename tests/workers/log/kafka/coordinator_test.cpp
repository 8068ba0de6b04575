// A cluster that librdkafka plays in this process: answers that a healthy broker gives only by chance.
#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>  // behind rdkafka.h

#include "tests/support/must.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail::kafka {
namespace {

constexpr std::int16_t kOffsetFetch = 9;  // of the Kafka protocol

class PlayedCluster {
 public:
  PlayedCluster()
      : client_(rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), nullptr, 0)),
        cluster_(rd_kafka_mock_cluster_new(client_, 1)) {
    for (const auto name : enum_names(log::Topic{}))
      rd_kafka_mock_topic_create(cluster_, std::string(name).c_str(), 1, 1);
  }
  ~PlayedCluster() {
    rd_kafka_mock_cluster_destroy(cluster_);
    rd_kafka_destroy(client_);
  }
  PlayedCluster(const PlayedCluster&) = delete;
  PlayedCluster& operator=(const PlayedCluster&) = delete;

  [[nodiscard]] KafkaOptions options() const {
    KafkaOptions options;
    options.brokers = rd_kafka_mock_cluster_bootstraps(cluster_);
    return options;
  }
  void answer_once(std::int16_t request, rd_kafka_resp_err_t error) {
    rd_kafka_mock_push_request_errors(cluster_, request, 1, error);
  }

 private:
  rd_kafka_t* client_;
  rd_kafka_mock_cluster_t* cluster_;
};

/// What librdkafka 2.0.2 makes of this answer to its admin call ends the process.
TEST(KafkaCoordinator, WhenItMovedTheOffsetsOfAGroupAreUnavailableForAMoment) {
  PlayedCluster cluster;
  const auto log = must(open_kafka_log(cluster.options()));
  cluster.answer_once(kOffsetFetch, RD_KAFKA_RESP_ERR_NOT_COORDINATOR);
  EXPECT_EQ(log->group_positions("group", log::Topic::events).error().failure, log::LogFailure::unavailable);
  EXPECT_EQ(must(log->group_positions("group", log::Topic::events)).size(), 1U);
}

}  // namespace
}  // namespace casetrail::kafka
