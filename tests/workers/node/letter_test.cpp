// Dead letters have an end on the embedded log, too, be it sealed or not.
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/node/letter_story.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/node/sealing.h"
#include "workers/privacy/master_key.h"

namespace casetrail::node {
namespace {

TEST(DeadLettersOnTheEmbeddedLog, AreRetriedAndDroppedOnceAndStaySoAfterARestartAndOnEveryNode) {
  const TemporaryFolder folder;
  auto opened = embedded::open_embedded_log({.folder = folder.path() / "log"});
  ASSERT_TRUE(opened) << opened.error().what;
  ASSERT_TRUE(opened->log->create_topics(2));
  test::LetterStory(*opened->log, folder.path(), "n1").tell();
}

TEST(DeadLettersOfASealedLog, AreRetriedAndDroppedAlikeAndNoTextOfThemLiesOpen) {
  const TemporaryFolder folder;
  const auto master_key = folder.path() / "master.key";
  ASSERT_TRUE(privacy::create_master_key(master_key));
  const auto open = [&] {
    return std::move(must(embedded::open_embedded_log({.folder = folder.path() / "log"})).log);
  };
  {
    auto plain = open();
    must(plain->create_topics(2));
    const auto log = std::move(
        *sealed(std::move(plain),
                {.master_key = master_key, .stores = folder.path(), .memory = default_memory().keys}));
    test::LetterStory(*log, folder.path(), "n1").tell();
  }
  const auto log = open();
  for (const auto topic : {log::Topic::commands, log::Topic::deadletters}) {
    const auto reader = log->open_reader(topic);
    for (log::Partition partition : {0, 1}) must(reader->start(partition, 0));
    for (auto records = must(reader->read(1000, Duration{0})); !records.empty();
         records = must(reader->read(1000, Duration{0}))) {
      for (const auto& record : records) EXPECT_FALSE(record.message.value.contains("13812341111"));
    }
  }
}

}  // namespace
}  // namespace casetrail::node
