// The door to the events on Kafka: as on the embedded log, markers and all.
#include <gtest/gtest.h>

#include "tests/support/kafka_broker.h"
#include "tests/workers/api/event_client.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail::api {
namespace {

using namespace std::chrono_literals;
using test::becomes;

TEST(EventsOnKafka, ArePagedAndFollowedEachOnceThroughTenCuts) {
  const auto log = open_with_topics(fresh_options(shared_brokers()), 2);
  test::EventWriter writer(*log);
  const auto before = random_history(5, 20, 1000);
  writer.write(before);
  EventPages pages(*log);
  const auto page = pages.page(FromStart{}, {}, 1000).value();
  for (const auto& id : test::ids_of(before)) EXPECT_TRUE(page.contains("\"id\":\"" + id + "\"")) << id;

  EventStreams streams(*log, {5ms, 100, std::size_t{4} << 20});
  test::EventFollower follower(streams, FromStart{});
  auto later = random_history(5, 20, 2000);
  later.erase(later.begin(), later.begin() + 1000);
  for (std::ptrdiff_t times = 0; times < 10; ++times) {
    writer.write({later.begin() + times * 100, later.begin() + (times + 1) * 100});
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

}  // namespace
}  // namespace casetrail::api
