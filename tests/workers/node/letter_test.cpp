// Dead letters have an end on the embedded log, too.
#include "tests/support/temporary_folder.h"
#include "tests/workers/node/letter_story.h"
#include "workers/log/embedded/embedded_log.h"

namespace casetrail::node {
namespace {

TEST(DeadLettersOnTheEmbeddedLog, AreRetriedAndDroppedOnceAndStaySoAfterARestartAndOnEveryNode) {
  const TemporaryFolder folder;
  auto opened = embedded::open_embedded_log({.folder = folder.path() / "log"});
  ASSERT_TRUE(opened) << opened.error().what;
  ASSERT_TRUE(opened->log->create_topics(2));
  test::LetterStory(*opened->log, folder.path(), "n1").tell();
}

}  // namespace
}  // namespace casetrail::node
