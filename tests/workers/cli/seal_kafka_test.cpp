// A log on a real broker moves into new topics, in which it is sealed.
#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

#include "events/case/privacy.h"
#include "events/wire/cloud_event.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_reading.h"
#include "tests/support/kafka_topics.h"
#include "tests/support/map_store.h"
#include "tests/support/must.h"
#include "tests/support/program.h"
#include "tests/support/random_event.h"
#include "tests/support/temporary_folder.h"
#include "workers/log/kafka/kafka_log.h"
#include "workers/log/partition.h"
#include "workers/privacy/copy_check.h"
#include "workers/privacy/master_key.h"
#include "workers/privacy/sealed_log.h"

namespace casetrail::cli {
namespace {

using log::Topic;
using testing::HasSubstr;

constexpr log::Partition kTopicsHave = 2;
constexpr log::Offset kTakenBefore = 25'000;

class SealedTopics : public testing::Test {
 protected:
  SealedTopics() {
    const auto log = open_with_topics(from_, kTopicsHave);
    for (const auto& event : random_history(5, 20, 300)) {
      if (event.event.get_if<CustomerErased>() != nullptr) continue;
      const auto partition = log::partition_of(event.case_id.value, kTopicsHave);
      must(log::append_and_wait(*log, Topic::events, partition, write_event(event)));
      ++events_;
    }
    must(log::append_and_wait(*log, Topic::policy, 0, {"policy", "version: 1\n", {}, {}}));
  }

  [[nodiscard]] test::Ran seal() const {
    auto words = words_for(from_);
    words.insert(words.begin(), {CASETRAIL_BINARY, "seal", to_.prefix, "--json", "--master-key", key(),
                                 "--data", (folder_.path() / "data").string()});
    return test::run_program(words);
  }
  [[nodiscard]] std::string key() const { return (folder_.path() / "master.key").string(); }
  [[nodiscard]] std::unique_ptr<log::EventLog> opened(const kafka::KafkaOptions& options) const {
    return must(kafka::open_kafka_log(options));
  }

  TemporaryFolder folder_;
  kafka::KafkaOptions from_ = fresh_options(shared_brokers());
  kafka::KafkaOptions to_ = fresh_options(shared_brokers());
  privacy::Secret master_ = privacy::create_master_key(folder_.path() / "master.key").value();
  std::int64_t events_ = 0;
};

TEST_F(SealedTopics, HoldEachEventAndTheirCommandsBeginWhereTheOldOnesEnd) {
  {
    const auto log = opened(from_);
    must(kafka::begin_kafka_commands(from_, *log, {kTakenBefore, 0}));
  }
  const auto moved = seal();
  ASSERT_EQ(moved.exit_code, 0) << moved.err;
  EXPECT_THAT(moved.out, HasSubstr("\"equal\":" + std::to_string(events_)));
  const auto raw = opened(to_);
  EXPECT_TRUE(privacy::check_nothing_open(*raw));
  EXPECT_FALSE(privacy::is_half_copied(*raw).value());
  const auto commands = must(raw->bounds(Topic::commands));
  EXPECT_EQ(commands[0].low, kTakenBefore);
  EXPECT_EQ(commands[0].high, kTakenBefore);
  EXPECT_EQ(commands[1].high, 0);
  const auto sealed = must(
      privacy::seal_log(opened(to_), master_, [](log::Partition) { return std::make_unique<MapHome>(); }));
  EXPECT_EQ(privacy::compare_copy(*opened(from_), *sealed, [](auto, auto) {}).value(), events_);
  EXPECT_EQ(committed_values(*sealed, Topic::policy, 0), std::vector<std::string>{"version: 1\n"});
  const auto again = seal();
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("holds one. Name another one for the copy."));
}

TEST_F(SealedTopics, ThatWereLeftHalfAreMadeAnew) {
  {
    const auto half = open_with_topics(to_, kTopicsHave);
    must(privacy::mark_half_copied(*half));
    must(log::append_and_wait(*half, Topic::events, 0, {"case-1", "half", {}, {}}));
  }
  const auto moved = seal();
  ASSERT_EQ(moved.exit_code, 0) << moved.err;
  EXPECT_THAT(moved.out, HasSubstr("\"equal\":" + std::to_string(events_)));
}

TEST_F(SealedTopics, AreRefusedWhileSomebodyTakesCommands) {
  const auto log = opened(from_);
  const auto server = must(log->join(std::string(log::kCommandGroup), Topic::commands, std::nullopt));
  poll_until_assigned(*server, kTopicsHave);
  const auto refused = seal();
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("The log is being written"));
}

}  // namespace
}  // namespace casetrail::cli
