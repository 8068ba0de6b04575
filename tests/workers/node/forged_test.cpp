// A forged event closes its case everywhere alike, on the embedded log.
#include "tests/support/temporary_folder.h"
#include "tests/workers/node/forged_story.h"
#include "workers/log/embedded/embedded_log.h"

namespace casetrail::node {
namespace {

TEST(ForgedOnTheEmbeddedLog, EventsCloseTheirCaseForCommandsBoardsAndHistoryAlikeAndNoOther) {
  const TemporaryFolder folder;
  auto opened = embedded::open_embedded_log({.folder = folder.path() / "log"});
  ASSERT_TRUE(opened) << opened.error().what;
  ASSERT_TRUE(opened->log->create_topics(2));
  test::ForgedStory(*opened->log, *opened->log, folder.path(), "n1").tell();
}

}  // namespace
}  // namespace casetrail::node
