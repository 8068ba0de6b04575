// A store is held against its log before it is used.
#include "workers/storage/store_home.h"

#include <gmock/gmock.h>

#include <chrono>

#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/storage/store_folder.h"

namespace casetrail::storage {
namespace {

TEST(StoreHome, AStoreWhoseLastEventWasGivenUpIsDiscardedWithoutAWait) {
  const TemporaryFolder folder;
  embedded::EmbeddedLogOptions options{.folder = folder.path() / "log"};
  const auto append = [&] {
    auto log = std::move(embedded::open_embedded_log(options).value().log);
    ASSERT_TRUE(log->create_topics(1));
    ASSERT_TRUE(log::append_and_wait(*log, log::Topic::events, 0, {"case", "an event", {}, Timestamp{}}));
  };
  append();
  const TemporaryFolder before;
  std::filesystem::copy(options.folder, before.path() / "log", std::filesystem::copy_options::recursive);
  append();
  // The journal of before, beside what was answered since.
  std::filesystem::copy(options.folder / "answered", before.path() / "log" / "answered",
                        std::filesystem::copy_options::overwrite_existing);
  options.folder = before.path() / "log";
  options.loss = embedded::EmbeddedLogOptions::Loss::accept;
  auto opened = embedded::open_embedded_log(options);
  ASSERT_TRUE(opened) << opened.error().what;
  ASSERT_EQ(opened->lost.size(), 1U);

  StorageMemory memory(std::size_t{8} << 20);
  StoreFolder home(folder.path(), "command", 0, {"rows"}, memory);
  const StoreIdentity identity{opened->log->identity().value(), "schema"};
  StoreBatch batch;
  put_position(batch, {2, 1, "case/2"});
  ASSERT_TRUE(home.open(identity)->store->write(batch));
  const auto started = std::chrono::steady_clock::now();
  const auto checked = open_checked(home, identity, *opened->log, 0);
  ASSERT_TRUE(checked) << checked.error();
  EXPECT_EQ(checked->position, std::nullopt);
  ASSERT_EQ(checked->discarded.size(), 1U);
  EXPECT_EQ(checked->discarded.front().reason, DiscardReason::other_log);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5)) << "ten a store, once";
}

}  // namespace
}  // namespace casetrail::storage
