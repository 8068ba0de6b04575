// A record that nobody can read has a way out on the embedded log, too.
#include "tests/support/temporary_folder.h"
#include "tests/workers/node/quarantine_story.h"
#include "workers/log/embedded/embedded_log.h"

namespace casetrail::node {
namespace {

TEST(QuarantineOnTheEmbeddedLog, LetsEveryReaderPassOverARecordThatStopsItNowAndAfterEachRestart) {
  const TemporaryFolder folder;
  auto opened = embedded::open_embedded_log({.folder = folder.path() / "log"});
  ASSERT_TRUE(opened) << opened.error().what;
  ASSERT_TRUE(opened->log->create_topics(2));
  test::QuarantineStory(*opened->log, folder.path(), "n1").tell();
}

}  // namespace
}  // namespace casetrail::node
