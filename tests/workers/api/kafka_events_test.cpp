// The door to the events on Kafka: as on the embedded log, markers and all.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/support/kafka_broker.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/api/event_client.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail::api {
namespace {

using namespace std::chrono_literals;
using test::becomes;

/// What was committed may be read a moment later: a transaction's end is written after it is answered.
Positions whole_end(log::EventLog& log) {
  EXPECT_TRUE(becomes([&] {
    return std::ranges::all_of(log.bounds(log::Topic::events).value(),
                               [](const log::Bounds& of) { return of.stable == of.high; });
  }));
  return place_of(log, FromEnd{}).value().next;
}

/// What an operator does with Kafka's own tool.
void delete_events(const kafka::KafkaOptions& options, const Positions& before) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "offsets.json";
  std::ofstream out(file);
  out << R"({"version":1,"partitions":[)";
  for (const auto* comma = ""; const auto& [partition, offset] : before) {
    out << comma << R"({"topic":")" << options.prefix << "casetrail.events" << R"(","partition":)"
        << partition << R"(,"offset":)" << offset << '}';
    comma = ",";
  }
  out << "]}";
  out.close();
  (void)kafka_tool(options.brokers,
                   "org.apache.kafka.tools.DeleteRecordsCommand --offset-json-file " + file.string());
}

TEST(EventsOnKafka, ArePagedAndFollowedEachOnceThroughAHundredCuts) {
  const auto log = open_with_topics(fresh_options(shared_brokers()), 2);
  test::EventWriter writer(*log);
  const auto before = random_history(5, 20, 1000);
  writer.write(before);
  (void)whole_end(*log);
  EventPages pages(*log);
  const auto page = pages.page(FromStart{}, {}, 1000).value();
  for (const auto& id : test::ids_of(before)) EXPECT_TRUE(page.contains("\"id\":\"" + id + "\"")) << id;

  EventStreams streams(*log, {5ms, 100, std::size_t{4} << 20});
  test::EventFollower follower(streams, FromStart{});
  auto later = random_history(5, 20, 2000);
  later.erase(later.begin(), later.begin() + 1000);
  for (std::ptrdiff_t times = 0; times < 100; ++times) {
    writer.write({later.begin() + times * 10, later.begin() + (times + 1) * 10});
    const auto so_far = follower.ids.size();
    EXPECT_TRUE(becomes([&] {
      follower.take();
      return follower.ids.size() > so_far;
    }));
    follower.come_again();
  }
  EXPECT_TRUE(becomes([&] {
    follower.take();
    return follower.ids.size() >= 2000;
  }));
  EXPECT_EQ(follower.ids.size(), 2000U);
  EXPECT_EQ(std::set(follower.ids.begin(), follower.ids.end()).size(), 2000U);
  EXPECT_EQ(follower.resyncs, 0);
}

TEST(EventsOnKafka, ThatAreNoLongerKeptAreSaidToBeGoneOnceAndTheRestFollows) {
  const auto options = fresh_options(shared_brokers());
  const auto log = open_with_topics(options, 2);
  test::EventWriter writer(*log);
  const auto history = random_history(5, 20, 100);
  writer.write({history.begin(), history.begin() + 60});
  const auto gone = whole_end(*log);
  writer.write({history.begin() + 60, history.end()});
  delete_events(options, gone);

  EventPages pages(*log);
  const Positions begin{{0, 1}, {1, 1}};
  const auto page = pages.page(begin, {}, 1000).value();
  EXPECT_TRUE(page.contains("\"resync\":\"Events from 0:1,1:1 on are no longer all kept.")) << page;
  EventStreams streams(*log, {5ms, 100, std::size_t{4} << 20});
  test::EventFollower follower(streams, begin);
  EXPECT_TRUE(becomes([&] {
    follower.take();
    return follower.ids.size() >= 40;
  }));
  EXPECT_EQ(follower.resyncs, 1);
  EXPECT_EQ(std::set(follower.ids.begin(), follower.ids.end()),
            test::ids_of({history.begin() + 60, history.end()}));
  follower.come_again();
  writer.write(history);
  EXPECT_TRUE(becomes([&] {
    follower.take();
    return follower.ids.size() >= 140;
  }));
  EXPECT_EQ(follower.resyncs, 1);
}

}  // namespace
}  // namespace casetrail::api
