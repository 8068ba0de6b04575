// A kill at any moment leaves a store in which all families are of the same moment.
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <random>
#include <thread>

#include "tests/support/temporary_folder.h"
#include "workers/storage/store_folder.h"

namespace casetrail::storage {
namespace {

/// Starts the writer, waits until it has written much, and kills it some milliseconds later.
void write_and_kill(const std::string& folder, std::chrono::milliseconds later) {
  std::array<int, 2> pipe_ends{};
  ASSERT_EQ(pipe(pipe_ends.data()), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
  std::string program = CASETRAIL_STORE_WRITER;
  std::string argument = folder;
  std::array<char*, 3> arguments{program.data(), argument.data(), nullptr};
  pid_t writer = 0;
  ASSERT_EQ(posix_spawn(&writer, program.c_str(), &actions, nullptr, arguments.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  close(pipe_ends[1]);
  char byte = 0;
  EXPECT_EQ(read(pipe_ends[0], &byte, 1), 1) << "the writer ended by itself";
  close(pipe_ends[0]);
  std::this_thread::sleep_for(later);
  kill(writer, SIGKILL);
  int status = 0;
  waitpid(writer, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
}

TEST(StoreKill, AllFamiliesAndThePositionAreOfTheSameMoment) {
  const TemporaryFolder folder;
  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  SCOPED_TRACE("seed " + std::to_string(seed));
  log::Offset before = 0;
  for (int kills = 0; kills < 6; ++kills) {
    write_and_kill(folder.path().string(), std::chrono::milliseconds(random() % 60));
    StorageMemory memory(std::size_t{4} << 20);
    StoreFolder home(folder.path(), "command", 0, {"rows", "more"}, memory);
    const auto opened = home.open({"log", "schema"});
    ASSERT_TRUE(opened) << opened.error().what;
    EXPECT_TRUE(opened->discarded.empty());
    ASSERT_TRUE(opened->position);
    EXPECT_GT(opened->position->next, before);
    before = opened->position->next;
    EXPECT_EQ(opened->store->get(1, "counter").value(), std::to_string(before));
    EXPECT_EQ(opened->store->get(2, "counter").value(), std::to_string(before));
  }
}

}  // namespace
}  // namespace casetrail::storage
