// Topics that are deleted and created again are another log: what was made of the old one is discarded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/crash/load.h"
#include "tests/crash/oracle.h"
#include "tests/support/engine_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_topics.h"
#include "tests/support/temporary_folder.h"

namespace casetrail::crash {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class RecreatedTopics : public testing::Test {
 protected:
  void SetUp() override {
    create_topics();
    engine_.start();
    play("old");
  }

  void create_topics() const { (void)open_with_topics(topics_, 8); }

  void recreate_topics() const {
    delete_topics(topics_);
    create_topics();
  }

  void play(const std::string& run) {
    Load load(engine_.address(), run);
    ASSERT_TRUE(load.wait_for(200)) << engine_.said();
    promises_ = load.finish();
  }

  /// What was promised on these topics is there, and nothing of the old ones is on a board.
  void expect_only_the_new_ones() {
    engine_.wait_until_ready();
    play("new");
    EXPECT_THAT(broken_promises(engine_.address(), promises_), IsEmpty());
    EXPECT_THAT(differences_from_a_rebuild(folder_.path(), words_for(topics_)), IsEmpty());
    EXPECT_EQ(engine_.stop(), 0) << engine_.said();
  }

  const kafka::KafkaOptions topics_ = fresh_options(shared_brokers());
  TemporaryFolder folder_;
  EngineProcess engine_{folder_.path(), words_for(topics_)};
  std::vector<Promise> promises_;
};

TEST_F(RecreatedTopics, AreNoticedAtTheStart) {
  ASSERT_EQ(engine_.stop(), 0);
  recreate_topics();
  engine_.start();
  EXPECT_THAT(engine_.said(), HasSubstr("reason=other_log"));
  expect_only_the_new_ones();
}

TEST_F(RecreatedTopics, UnderARunningEngineKeepItFromBeingReadyUntilItIsStartedAgain) {
  recreate_topics();
  EXPECT_THAT(engine_.not_ready_for("Command partition"), HasSubstr("Command partition")) << engine_.said();
  EXPECT_EQ(engine_.stop(), 0) << engine_.said();
  engine_.start();
  expect_only_the_new_ones();
}

}  // namespace
}  // namespace casetrail::crash
