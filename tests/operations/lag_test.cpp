// The lag that /metrics tells is the one that Kafka's own tool shows: idle, under load, and where a view
// stands.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <regex>
#include <sstream>
#include <thread>

#include "tests/operations/scraped_engine.h"
#include "tests/support/kafka_broker.h"
#include "workers/http/client.h"

namespace casetrail::operations {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr log::Partition kPartitions = 4;

struct Lag {
  std::int64_t offset = 0;
  std::int64_t records = 0;

  [[nodiscard]] std::int64_t end() const { return offset + records; }
  bool operator==(const Lag&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Lag& lag) {
  return out << lag.records << " behind at " << lag.offset;
}
/// By group and partition: `casetrail.boards.n1/3`.
using Lags = std::map<std::string, Lag>;

bool eventually(const std::function<bool()>& holds) {
  const auto deadline = Clock::now() + 120s;
  while (!holds()) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(50ms);
  }
  return true;
}

class LagOnKafka : public testing::Test {
 protected:
  LagOnKafka() { engine_.start(); }

  [[nodiscard]] std::string scrape() const {
    return http::HttpClient::to(engine_.address())->ask({"GET", "/metrics", {}, {}}, 30s).value().body;
  }

  /// What the samples of `metric` say of each group and partition; views of one group say the same.
  [[nodiscard]] static std::map<std::string, double> samples(const std::string& text,
                                                             const std::string& metric) {
    const std::regex sample(metric + R"re(\{group="([^"]*)",partition="(\d+)"(?:,view="\w+")?\} (\S+))re");
    std::map<std::string, double> all;
    for (std::sregex_iterator found(text.begin(), text.end(), sample), end; found != end; ++found) {
      const auto where = (*found)[1].str() + "/" + (*found)[2].str();
      const auto value = std::stod((*found)[3]);
      EXPECT_EQ(all.try_emplace(where, value).first->second, value) << metric << " " << where;
    }
    return all;
  }
  [[nodiscard]] Lags told() const {
    const auto text = scrape();
    Lags lags;
    for (const std::string of : {"casetrail_command_", "casetrail_projection_"}) {
      for (const auto& [where, offset] : samples(text, of + "offset"))
        lags[where].offset = static_cast<std::int64_t>(offset);
      for (const auto& [where, records] : samples(text, of + "lag_records"))
        lags[where].records = static_cast<std::int64_t>(records);
    }
    return lags;
  }
  /// Of every group and partition in which there is something.
  [[nodiscard]] Lags shown_by_kafka() const {
    std::istringstream lines(
        kafka_tool(kafka_.brokers,
                   "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand --describe --all-groups"));
    Lags lags;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream columns(line);
      std::string group, topic, partition, current, end, lag;
      columns >> group >> topic >> partition >> current >> end >> lag;
      if (!group.starts_with(kafka_.prefix) || lag == "-") continue;
      lags[group.substr(kafka_.prefix.size()) + "/" + partition] = {std::stoll(current), std::stoll(lag)};
    }
    return lags;
  }
  /// Both say the same of what Kafka's tool knows.
  [[nodiscard]] bool agree() const {
    const auto kafka = shown_by_kafka();
    auto ours = told();
    std::erase_if(ours, [&](const auto& lag) { return !kafka.contains(lag.first); });
    return !kafka.empty() && ours == kafka;
  }

  /// Each case lies in a partition of its own.
  void register_cases(int cases) {
    const auto client = http::HttpClient::to(engine_.address());
    for (int i = 0; i < cases; ++i) {
      const auto answer =
          client->ask({"POST",
                       "/v1/commands",
                       {{"content-type", "application/json"}},
                       R"({"type":"request.register","actor":"system:shop","data":{"kind":"inquiry",)"
                       R"("channel":"email","external_ref":"L-)" +
                           std::to_string(++registered_) + R"(","pii":{"name":"Ann","contacts":[]}}})"},
                      60s);
      ASSERT_TRUE(answer) << answer.error();
      ASSERT_EQ(answer->status, 201) << answer->body;
    }
  }

  kafka::KafkaOptions kafka_ = fresh_options(shared_brokers());
  std::unique_ptr<log::EventLog> log_ = open_with_topics(kafka_, kPartitions);
  TemporaryFolder folder_;
  EngineProcess engine_{folder_.path(), words_for(kafka_)};
  std::atomic<int> registered_ = 0;
};

TEST_F(LagOnKafka, IsNothingWhenIdleInRecordsAndSecondsOfEachViewAndPartition) {
  register_cases(40);
  EXPECT_TRUE(eventually([&] { return agree(); })) << testing::PrintToString(told()) << "\n"
                                                   << testing::PrintToString(shown_by_kafka());
  EXPECT_EQ(told().size(), 3U * kPartitions) << "commands, boards and history";
  for (const auto& [where, lag] : told()) EXPECT_EQ(lag.records, 0) << where;
  const auto text = scrape();
  for (const auto* metric : {"casetrail_command_lag_seconds", "casetrail_projection_partition_lag_seconds"}) {
    const auto seconds = samples(text, metric);
    EXPECT_GE(seconds.size(), std::size_t{kPartitions}) << metric;
    for (const auto& [where, value] : seconds) EXPECT_EQ(value, 0) << metric << " " << where;
  }
}

TEST_F(LagOnKafka, UnderLoadLiesWhereKafkaSawTheGroupsBetweenTwoScrapes) {
  register_cases(20);
  ASSERT_TRUE(eventually([&] { return agree(); }));
  std::jthread load([this](const std::stop_token& stop) {
    while (!stop.stop_requested()) register_cases(1);
  });
  const auto before = told();
  Lags kafka;
  const auto within = [](const Lags& low, const Lags& high) {
    return std::ranges::all_of(high, [&](const auto& entry) {
      const auto found = low.find(entry.first);
      return found == low.end() ||
             (found->second.offset <= entry.second.offset && found->second.end() <= entry.second.end());
    });
  };
  const auto moved = [&] {
    kafka = shown_by_kafka();
    return within(before, kafka) && std::ranges::all_of(before, [&](const auto& entry) {
             return kafka.contains(entry.first) && kafka.at(entry.first).offset > entry.second.offset;
           });
  };
  EXPECT_TRUE(eventually(moved)) << testing::PrintToString(before) << "\n" << testing::PrintToString(kafka);
  EXPECT_TRUE(eventually([&] { return within(kafka, told()); })) << testing::PrintToString(kafka) << "\n"
                                                                 << testing::PrintToString(told());
}

TEST_F(LagOnKafka, OfAViewThatStandsGrowsAsKafkaSeesItAndNoOtherDoes) {
  register_cases(20);
  constexpr log::Partition kStopped = 2;
  // A record of a newer casetrail.
  const auto record =
      log::append_and_wait(*log_, log::Topic::events, kStopped,
                           {"somebody", "{}", {{"casetrail-writer", "99"}}, from_epoch_ms(1)});
  ASSERT_TRUE(record) << record.error().what;
  ASSERT_TRUE(eventually([&] {
    return scrape().find("casetrail_projection_stopped_partitions{worker=\"boards\"} 1") != std::string::npos;
  }));
  register_cases(40);
  EXPECT_TRUE(eventually([&] { return agree(); })) << testing::PrintToString(told()) << "\n"
                                                   << testing::PrintToString(shown_by_kafka());
  const auto is_stopped = [&](const std::string& where) {
    return !where.starts_with("casetrail.commands") && where.ends_with("/" + std::to_string(kStopped));
  };
  for (const auto& [where, lag] : told()) {
    if (is_stopped(where)) {
      EXPECT_EQ(lag.offset, *record) << where;
      EXPECT_GT(lag.records, 1) << where;
    } else {
      EXPECT_EQ(lag.records, 0) << where;
    }
  }
  const auto metric = "casetrail_projection_partition_lag_seconds";
  const auto first = samples(scrape(), metric);
  EXPECT_TRUE(eventually([&] {
    const auto now = samples(scrape(), metric);
    return std::ranges::all_of(now, [&](const auto& entry) {
      return is_stopped(entry.first) ? entry.second > first.at(entry.first) + 1 : entry.second == 0;
    });
  })) << testing::PrintToString(first);
}

TEST_F(LagOnKafka, WhatTheClientsOfKafkaTellIsThereAndPublished) {
  const auto published = published_metrics();
  for (const auto& [name, entry] : published) {
    if (entry.when != "sometimes: on Kafka") continue;
    EXPECT_TRUE(eventually([&] {
      const auto scraped = metrics_of(scrape());
      return scraped.contains(name) && *scraped.at(name).begin() == entry.metric;
    })) << name;
  }
}

}  // namespace
}  // namespace casetrail::operations
