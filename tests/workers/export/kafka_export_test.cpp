// The same events give the same file, whichever log they lie in.
#include <gmock/gmock.h>

#include "tests/support/kafka_broker.h"
#include "tests/support/random_event.h"
#include "tests/workers/export/exported.h"

namespace casetrail::exports {
namespace {

TEST(KafkaExport, IsThatOfAnyOtherLog) {
  const auto events = random_history(9, 40, 500);
  Exported elsewhere(events);
  const auto log = open_with_topics(fresh_options(shared_brokers()), 4);
  append(*log, events);
  const auto expected = elsewhere.text();
  LogEvents source(*log);
  const auto report = export_events(source, elsewhere.options);
  ASSERT_TRUE(report) << report.error().what;
  EXPECT_EQ(report->contents.events, 500);
  EXPECT_EQ(text_in(elsewhere.options.file), expected);
}

}  // namespace
}  // namespace casetrail::exports
