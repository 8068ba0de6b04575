// What a role does beside its workers' steps.
#include "workers/node/roles.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "projections/boards.h"
#include "projections/kit/view.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/projection/boards.h"

namespace casetrail::node {
namespace {

using namespace std::chrono_literals;

TEST(ProjectionRole, StaysAsItIsWhileItIsHeld) {
  const TemporaryFolder folder;
  const auto log = std::move(must(embedded::open_embedded_log({.folder = folder.path() / "log"})).log);
  (void)must(log->create_topics(1));
  (void)must(log::append_and_wait(*log, log::Topic::events, 0, {"case", "{}", {}, from_epoch_ms(1)}));
  std::atomic<bool> held = true;
  storage::StorageMemory memory(std::size_t{64} << 20);
  ProjectionRole role(folder.path(), "boards", memory);
  ASSERT_TRUE(role.start(*log, std::move(projection::projection_types(view_types()).front()), "node", 1,
                         [&] { return held.load(); }));
  const auto next = [&] {
    return role.control()->projection().copies().live->partitions().front()->progress().position.next;
  };
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(next(), 0);
  held = false;
  for (const auto until = std::chrono::steady_clock::now() + 20s;
       next() == 0 && std::chrono::steady_clock::now() < until;)
    std::this_thread::sleep_for(5ms);
  EXPECT_EQ(next(), 1);
}

}  // namespace
}  // namespace casetrail::node
