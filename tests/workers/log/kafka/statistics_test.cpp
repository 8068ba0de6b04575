// What clients of librdkafka told stays counted when they are gone.
#include "workers/log/kafka/statistics.h"

#include <gtest/gtest.h>

#include <string>

namespace casetrail::kafka {
namespace {

/// An event as librdkafka writes it, cut to what is looked at and a little more.
std::string told(const std::string& name, const std::string& type, int bytes, int errors = 0) {
  return R"({"name":")" + name + R"(","client_id":"casetrail","type":")" + type + R"(","msg_cnt":3,)" +
         R"("brokers":{"b:9092/1":{"name":"b:9092/1","nodeid":1,"state":"UP","txerrs":)" +
         std::to_string(errors) +
         R"(,"rxerrs":0,"req_timeouts":0,"rtt":{"min":1,"max":9000,"p99":5000},"disconnects":0},)"
         R"("GroupCoordinator":{"nodeid":-1,"txerrs":9,"rxerrs":9,"req_timeouts":9,"rtt":{"p99":9000000},"disconnects":9}},)"
         R"("topics":{"t":{"topic":"t","partitions":{"0":{"partition":0,"ls_offset":40,"hi_offset":42},)"
         R"("1":{"partition":1,"ls_offset":-1001,"hi_offset":-1001},"-1":{"partition":-1,"ls_offset":0,"hi_offset":0}}}},)"
         R"("tx_bytes":)" +
         std::to_string(bytes) + R"(,"rx_bytes":7})";
}

class StatisticsTest : public testing::Test {
 protected:
  Statistics statistics_;
  Statistics::Clock::time_point now_{};
};

TEST_F(StatisticsTest, AreSummedOverTheClientsOfAKind) {
  statistics_.heard(told("casetrail#consumer-1", "consumer", 100), now_);
  statistics_.heard(told("casetrail#consumer-2", "consumer", 50), now_);
  statistics_.heard(told("casetrail#consumer-1", "consumer", 120), now_);
  const auto consumers = statistics_.figures(now_).clients.at("consumer");
  EXPECT_EQ(consumers.now, 2);
  EXPECT_EQ(consumers.sent_bytes, 170);
  EXPECT_EQ(consumers.received_bytes, 14);
  EXPECT_EQ(consumers.queued_messages, 6);
}

TEST_F(StatisticsTest, OfAClientThatIsGoneWhatItCountedStays) {
  statistics_.heard(told("casetrail#consumer-1", "consumer", 100), now_);
  now_ += Statistics::kGone + Statistics::kEvery;
  EXPECT_EQ(statistics_.figures(now_).clients.at("consumer").now, 0);
  statistics_.heard(told("casetrail#consumer-2", "consumer", 1), now_);
  const auto figures = statistics_.figures(now_);
  EXPECT_EQ(figures.clients.at("consumer").now, 1);
  EXPECT_EQ(figures.clients.at("consumer").sent_bytes, 101);
}

TEST_F(StatisticsTest, OfABrokerTellTheLongestRoundTripAndItsFailures) {
  statistics_.heard(told("casetrail#producer-1", "producer", 1, 1), now_);
  statistics_.heard(told("casetrail#producer-1", "producer", 1, 4), now_);
  const auto brokers = statistics_.figures(now_).brokers;
  ASSERT_EQ(brokers.size(), 1U) << "a coordinator is no broker of its own";
  EXPECT_EQ(brokers.at("1").errors, 4);
  EXPECT_EQ(brokers.at("1").round_trip_seconds, 0.005);
}

TEST_F(StatisticsTest, TellBothEndsOfAPartitionWhereTheyAreKnown) {
  statistics_.heard(told("casetrail#consumer-1", "consumer", 1), now_);
  const auto ends = statistics_.figures(now_).ends;
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_EQ(ends.at({"t", 0}).high_watermark, 42);
  EXPECT_EQ(ends.at({"t", 0}).last_stable_offset, 40);
}

TEST_F(StatisticsTest, WhatCannotBeReadIsPassedOver) {
  statistics_.heard("{", now_);
  statistics_.heard(R"({"name":7})", now_);
  EXPECT_TRUE(statistics_.figures(now_).clients.empty());
}

}  // namespace
}  // namespace casetrail::kafka
