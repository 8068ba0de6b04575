// The whole engine on a real broker: when it is ready, when it has to end, and how far behind it says it is.
#include "workers/node/engine.h"

#include <gmock/gmock.h>
#include <simdjson.h>

#include <algorithm>
#include <atomic>
#include <sstream>
#include <thread>

#include "events/wire/json_reader.h"
#include "tests/support/command_desk.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_reading.h"
#include "tests/support/kafka_zombie.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/node/forged_story.h"
#include "tests/workers/node/letter_story.h"
#include "tests/workers/node/quarantine_story.h"
#include "workers/api/reason_texts.h"
#include "workers/api/wall_clock.h"
#include "workers/command/policy_book.h"
#include "workers/log/kafka/kafka_log.h"
#include "workers/log/partition.h"
#include "workers/log/partition_lag.h"

namespace casetrail::node {
namespace {

using testing::HasSubstr;
using testing::Optional;

class EngineOnKafka : public testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<Engine> start(log::EventLog& log, const std::string& folder) {
    auto engine = Engine::start(
        log, {.data = folder_.path() / folder, .node = options_.prefix + "n", .memory = default_memory()});
    EXPECT_TRUE(engine) << engine.error();
    return *std::move(engine);
  }
  /// What `ask` says once it says something that `wanted` likes, or at last.
  template <class Answer, class Wanted>
  static Answer ask_until(const std::function<Answer()>& ask, const Wanted& wanted) {
    const auto deadline = std::chrono::steady_clock::now() + 2 * kPatience;
    auto answer = ask();
    while (!wanted(answer) && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(Duration{20});
      answer = ask();
    }
    return answer;
  }

  kafka::KafkaOptions options_ = fresh_options(shared_brokers());
  std::unique_ptr<log::EventLog> log_ = open_with_topics(options_, 2);
  TemporaryFolder folder_;
};

using Sentence = std::optional<std::string>;

/// What keeps it from being ready; nothing: it is.
Sentence waits_for(Engine& engine) {
  const auto missing = engine.not_ready();
  return missing.empty() ? std::nullopt : Sentence(api::in_one(missing));
}

TEST_F(EngineOnKafka, IsNotReadyWhileAPartitionWaitsForTheEndOfATransactionAndReadyAgainAfter) {
  Zombie stranger(options_, log::Topic::events, 1, "undecided", options_.prefix + "stranger");
  const auto engine = start(*log_, "one");
  const std::function<Sentence()> not_ready = [&] { return waits_for(*engine); };
  const auto waits = ask_until(not_ready, [](const Sentence& why) {
    return why && why->find("open transaction") != std::string::npos;
  });
  EXPECT_THAT(waits, Optional(HasSubstr("Command partition 1 waits: An open transaction")));
  EXPECT_EQ(stranger.commit(), "committed");
  EXPECT_EQ(ask_until(not_ready, [](const Sentence& why) { return !why; }), std::nullopt);
}

TEST_F(EngineOnKafka, IsNotReadyWhenAnotherWriterTookAPartitionAndTakesItAgain) {
  const auto engine = start(*log_, "one");
  const std::function<Sentence()> not_ready = [&] { return waits_for(*engine); };
  ASSERT_EQ(ask_until(not_ready, [](const Sentence& why) { return !why; }), std::nullopt);
  ASSERT_TRUE(log_->open_writer(1)->fence());
  ASSERT_TRUE(log::append_and_wait(*log_, log::Topic::commands, 1, {"case", "{}", {}, from_epoch_ms(1)}));
  EXPECT_NE(ask_until(not_ready, [](const Sentence& why) { return why.has_value(); }), std::nullopt);
  EXPECT_EQ(ask_until(not_ready, [](const Sentence& why) { return !why; }), std::nullopt);
}

TEST_F(EngineOnKafka, IsOverWhenAnotherProcessTakesItsName) {
  const auto first = start(*log_, "one");
  const std::function<Sentence()> not_ready = [&] { return waits_for(*first); };
  ASSERT_EQ(ask_until(not_ready, [](const Sentence& why) { return !why; }), std::nullopt);
  const auto other_log = open_with_topics(options_, 2);
  const auto second = start(*other_log, "two");
  const std::function<Sentence()> over = [&] { return first->over(); };
  EXPECT_THAT(ask_until(over, [](const Sentence& why) { return why.has_value(); }),
              Optional(HasSubstr("remove the file 'node'")));
  EXPECT_THAT(waits_for(*first), Optional(HasSubstr("remove the file 'node'")));
  EXPECT_EQ(second->over(), std::nullopt);
}

TEST_F(EngineOnKafka, ARecordThatStopsItIsPassedOverOnceItIsQuarantined) {
  test::QuarantineStory(*log_, folder_.path(), options_.prefix + "n").tell();
}

TEST_F(EngineOnKafka, DeadLettersAreRetriedAndDroppedOnceAndStaySoAfterARestartAndOnEveryNode) {
  test::LetterStory(*log_, folder_.path(), options_.prefix + "n").tell();
}

TEST_F(EngineOnKafka, BoardsCountTheDaysOfTheZoneThatTheNewestPolicyNames) {
  const auto engine = start(*log_, "one");
  const auto first_day = [&]() -> std::string {
    const auto json = engine->board("cases", {.now = api::wall_clock(), .filters = {{"period", "day"}}});
    if (!json) return json.error().sentence;
    simdjson::dom::parser parser;
    return std::string(parser.parse(*json).at_pointer("/periods/0/begins").get_string().value());
  };
  const auto today_in = [](const std::string& zone) {
    return to_wire(Timestamp(Zone::load(zone)->to_local(api::wall_clock()))).substr(0, 10);
  };
  for (const std::string zone : {"Pacific/Kiritimati", "Etc/GMT+12"}) {  // never the same day
    ASSERT_TRUE(command::publish_policy(*log_, "boards: {tz: " + zone + "}"));
    const auto day =
        ask_until<std::string>(first_day, [&](const auto& told) { return told == today_in(zone); });
    EXPECT_EQ(day, today_in(zone)) << zone;
  }
}

TEST(ForgedOnKafka, EventsCloseTheirCaseForCommandsBoardsAndHistoryAlikeAndNoOther) {
  const auto options = fresh_options(shared_brokers());
  const auto log = open_with_topics(options, 2);
  const auto stranger = open_with_topics(options, 2);
  const TemporaryFolder folder;
  test::ForgedStory(*log, *stranger, folder.path(), options.prefix + "n").tell();
}

/// What two ways to measure say of one group at about the same moment, over all partitions.
struct Compared {
  std::int64_t ours;
  std::int64_t kafkas;
};

class LagOnKafka : public EngineOnKafka {
 protected:
  static constexpr std::string_view kBoards = "casetrail.boards.";

  void SetUp() override {
    engine_ = start(*log_, "one");
    const std::function<Sentence()> not_ready = [&] { return waits_for(*engine_); };
    ASSERT_EQ(ask_until(not_ready, [](const Sentence& why) { return !why; }), std::nullopt);
  }
  [[nodiscard]] std::string boards() const { return std::string(kBoards) + options_.prefix + "n"; }

  void send(int number) {
    auto command = CommandDesk::registration("c" + std::to_string(number), "case-" + std::to_string(number));
    command.occurred_at = api::wall_clock();
    auto message = write_command(command);
    message.timestamp = api::wall_clock();
    const auto partition = log::partition_of(message.key, log_->partitions());
    log_->append(log::Topic::commands, partition, std::move(message),
                 [this](const log::LogResult<log::Offset>&) { ++sent_; });
  }
  [[nodiscard]] api::LagAnswer lag() const {
    api::LagAnswer answer;
    EXPECT_FALSE(from_json(*engine_->lag(), answer));
    return answer;
  }
  /// -1 where a partition's is not known.
  static std::int64_t sum_of(const std::vector<log::PartitionLag>& rows, const std::string& group) {
    std::int64_t sum = 0;
    for (const auto& row : rows) {
      if (row.group == group && !row.lag) return -1;
      if (row.group == group) sum += *row.lag;
    }
    return sum;
  }
  /// As every tool of Kafka takes it: the end of the log less what the group has committed.
  [[nodiscard]] std::int64_t committed_lag(const std::string& group, log::Topic topic) {
    const auto positions = log_->group_positions(group, topic).value();
    const auto ends = log_->bounds(topic).value();
    std::int64_t sum = 0;
    for (const auto& [partition, committed] : positions)
      sum += ends[static_cast<std::size_t>(partition)].high - committed.value_or(0);
    return sum;
  }
  /// What Kafka's own tool prints.
  [[nodiscard]] std::int64_t printed_lag(const std::string& group) const {
    const auto name = options_.prefix + group;
    std::istringstream lines(
        kafka_tool(options_.brokers,
                   "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand --describe --group " + name));
    std::int64_t sum = 0;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream columns(line);
      std::string of, topic, partition, current, end, lag;
      columns >> of >> topic >> partition >> current >> end >> lag;
      if (of == name && lag != "-") sum += std::stoll(lag);
    }
    return sum;
  }
  [[nodiscard]] Compared compared(const std::string& group, log::Topic topic) {
    const auto answer = lag();
    return {sum_of(topic == log::Topic::commands ? answer.commands : answer.partitions, group),
            committed_lag(group, topic)};
  }
  [[nodiscard]] Compared settled(const std::string& group, log::Topic topic) {
    const std::function<Compared()> compare = [&] { return compared(group, topic); };
    return ask_until(compare, [](const Compared& both) { return both.ours == both.kafkas; });
  }
  [[nodiscard]] std::int64_t lag_of_boards() { return sum_of(lag().partitions, boards()); }
  void expect_nothing_behind(const std::string& group, log::Topic topic) {
    const std::function<Compared()> compare = [&] { return compared(group, topic); };
    const auto idle = ask_until(compare, [](const Compared& both) { return both.ours + both.kafkas == 0; });
    EXPECT_EQ(idle.ours, 0) << group;
    EXPECT_EQ(idle.kafkas, 0) << group;
  }

  std::atomic<int> sent_ = 0;
  std::unique_ptr<Engine> engine_;
};

TEST_F(LagOnKafka, IsWhatKafkasToolsSayUnderLoadIdleAndWithAStoppedView) {
  // As much is sent before each sample, however fast the machine is just now.
  constexpr std::size_t kSamples = 20;
  constexpr int kBurst = 250;
  constexpr int kMostInFlight = 2'000;
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::int64_t> apart;
  std::vector<std::int64_t> hidden;
  int number = 0;
  while (apart.size() < kSamples) {
    for (const auto end = number + kBurst; number < end; ++number) send(number);
    while (number - sent_ > kMostInFlight) std::this_thread::sleep_for(Duration{1});
    const auto kafkas = committed_lag(boards(), log::Topic::events);
    const auto ours = sum_of(lag().partitions, boards());
    apart.push_back(std::abs(kafkas - ours));
    if (ours == 0) hidden.push_back(kafkas);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  expect_nothing_behind(std::string(log::kCommandGroup), log::Topic::commands);
  expect_nothing_behind(boards(), log::Topic::events);
  std::int64_t events = 0;
  for (const auto all = log_->bounds(log::Topic::events).value(); const auto& bounds : all)
    events += bounds.high;
  std::ranges::nth_element(apart, apart.begin() + static_cast<std::ptrdiff_t>(apart.size() / 2));
  // A batch holds what comes in a second at most.
  const auto batch = static_cast<std::int64_t>(static_cast<double>(events) / took.count());
  EXPECT_LT(apart[apart.size() / 2], batch);
  const auto beyond = std::ranges::count_if(hidden, [&](std::int64_t behind) { return behind > batch; });
  EXPECT_LE(beyond, static_cast<std::ptrdiff_t>(apart.size()) / 10);

  ASSERT_TRUE(
      log::append_and_wait(*log_, log::Topic::events, 0, {"case", "{}", {{"casetrail-writer", "99"}}, {}}));
  for (const auto end = number + 500; number < end; ++number) send(number);
  const std::function<std::string()> stopped = [&] { return lag().partitions.at(0).stopped; };
  EXPECT_THAT(ask_until(stopped, [](const std::string& why) { return !why.empty(); }),
              HasSubstr("Upgrade this binary"));
  expect_nothing_behind(std::string(log::kCommandGroup), log::Topic::commands);
  const auto behind = settled(boards(), log::Topic::events);
  EXPECT_EQ(behind.ours, behind.kafkas);
  EXPECT_GT(behind.ours, 0);
  // The other partition may still be on its way when both agree for the first time.
  const std::function<Compared()> print = [&] { return Compared{printed_lag(boards()), lag_of_boards()}; };
  const auto printed = ask_until(print, [](const Compared& both) { return both.ours == both.kafkas; });
  EXPECT_EQ(printed.ours, printed.kafkas);
}

}  // namespace
}  // namespace casetrail::node
