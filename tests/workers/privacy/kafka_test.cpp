// A sealed log on a real broker: the port's promises, and what a consumer of another language gets.
#include <gmock/gmock.h>

#include "events/case/privacy.h"
#include "events/case/work.h"
#include "tests/support/events_of.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_reading.h"
#include "tests/support/kafka_topics.h"
#include "tests/support/map_store.h"
#include "tests/support/must.h"
#include "tests/support/random_event.h"
#include "tests/workers/api/event_client.h"
#include "tests/workers/log/conformance.h"
#include "workers/log/kafka/kafka_log.h"
#include "workers/privacy/sealed_log.h"

namespace casetrail::privacy {
namespace {

using log::Topic;
using testing::HasSubstr;
using testing::Not;

std::unique_ptr<log::EventLog> sealed_on_kafka(const kafka::KafkaOptions& options, const Secret& master) {
  return must(seal_log(open_with_topics(options, log::kConformancePartitions), master,
                       [](log::Partition) { return std::make_unique<MapHome>(); }));
}

class SealedKafka final : public log::LogUnderTest {
 public:
  std::unique_ptr<log::EventLog> open() override { return sealed_on_kafka(options_, master_); }
  void recreate() override { delete_topics(options_); }

 private:
  kafka::KafkaOptions options_ = fresh_options(shared_brokers());
  Secret master_ = Secret::random();
};

const auto kSealedKafka =
    testing::Values(log::TestedLog{"SealedKafka", [] { return std::make_unique<SealedKafka>(); }});

using log::LastingLogConformance;
using log::LogConformance;

INSTANTIATE_TEST_SUITE_P(SealedKafka, LogConformance, kSealedKafka);
INSTANTIATE_TEST_SUITE_P(SealedKafka, LastingLogConformance, kSealedKafka);

class SealedOnKafka : public testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> values(log::EventLog& log, Topic topic) const {
    auto all = committed_values(log, topic, 0);
    std::ranges::move(committed_values(log, topic, 1), std::back_inserter(all));
    return all;
  }

  kafka::KafkaOptions options_ = fresh_options(shared_brokers());
  Secret master_ = Secret::random();
  std::unique_ptr<log::EventLog> log_ = sealed_on_kafka(options_, master_);
  std::vector<CaseEvent> history_ = nobody_erased(random_history(11, 30, 600));

  static std::vector<CaseEvent> nobody_erased(std::vector<CaseEvent> history) {
    std::erase_if(history,
                  [](const auto& event) { return event.event.template get_if<CustomerErased>() != nullptr; });
    return history;
  }
};

TEST_F(SealedOnKafka, AnotherProcessReadsWhatWasWritten) {
  test::EventWriter(*log_).write(history_);
  std::multiset<std::string> written;
  for (const auto& event : history_) written.insert(write_event(event).value);
  const auto other = sealed_on_kafka(options_, master_);
  const auto read = values(*other, Topic::events);
  EXPECT_EQ(std::multiset<std::string>(read.begin(), read.end()), written);
}

TEST_F(SealedOnKafka, ConsumersOfAnotherLanguageGetTheSealedForm) {
  auto events = EventsOf("c1").add(MessageReceived{Channel::phone, {"please call 13812341111"}}).events();
  test::EventWriter(*log_).write(events);
  const auto printed = [&](Topic topic) {
    return kafka_tool(options_.brokers,
                      "org.apache.kafka.tools.consumer.ConsoleConsumer --from-beginning --timeout-ms 4000 "
                      "--isolation-level read_committed --topic " +
                          options_.prefix + std::string(name_of(topic)));
  };
  const auto shown = printed(Topic::events);
  EXPECT_THAT(shown, HasSubstr(R"("pii":{"sealed":")"));
  EXPECT_THAT(shown, HasSubstr(R"(","text":""}})"));
  EXPECT_THAT(shown, Not(HasSubstr("13812341111")));
  EXPECT_THAT(printed(Topic::keys), HasSubstr(R"("master_id":")" + std::string(master_.id())));
}

/// Only a null value is taken out by a compaction.
TEST_F(SealedOnKafka, TheKeyOfAnErasedCustomerEndsWithANullAndItsTextsAreEmptyToEverybody) {
  auto story = EventsOf("c1").add(MessageReceived{Channel::phone, {"please call 13812341111"}});
  test::EventWriter(*log_).write(story.add(CustomerErased{}).events());
  const auto keys =
      kafka_tool(options_.brokers,
                 "org.apache.kafka.tools.consumer.ConsoleConsumer --from-beginning --timeout-ms "
                 "4000 --property print.key=true --isolation-level read_committed --topic " +
                     options_.prefix + std::string(name_of(Topic::keys)));
  EXPECT_THAT(keys, HasSubstr("c1\tnull\n"));
  const auto other = sealed_on_kafka(options_, master_);
  for (auto* log : {log_.get(), other.get()})
    EXPECT_THAT(values(*log, Topic::events), testing::Contains(HasSubstr(R"("text":"")")));
}

TEST_F(SealedOnKafka, ATopicOfKeysThatComesLaterLeavesTheLogWhatItWas) {
  const auto plain = open_with_topics(options_, log::kConformancePartitions);
  const auto before = must(plain->identity());
  (void)kafka_tool(options_.brokers, "org.apache.kafka.tools.TopicCommand --delete --topic " +
                                         options_.prefix + std::string(name_of(Topic::keys)));
  EXPECT_FALSE(must(has_keys(*plain)));
  const auto again = open_with_topics(options_, log::kConformancePartitions);
  EXPECT_EQ(must(again->identity()), before);
}

}  // namespace
}  // namespace casetrail::privacy
