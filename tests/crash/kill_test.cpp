// kill -9 of the engine under load: nothing that was answered is lost, nothing is there twice, and the boards
// are those of a rebuild.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <thread>

#include "tests/crash/crash_point.h"
#include "tests/crash/load.h"
#include "tests/crash/oracle.h"
#include "tests/support/engine_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/number_from.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "workers/http/client.h"

namespace casetrail::crash {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;

constexpr std::uint64_t kKills =
    10;  ///< at random moments on each log, unless CASETRAIL_KILLS says otherwise

/// The point is passed at least so often under a load of some seconds.
int passes_of(CrashPoint point) {
  switch (point) {
    case CrashPoint::after_append:
    case CrashPoint::before_commit:
    case CrashPoint::after_commit:
    case CrashPoint::before_snapshot_batch:
    case CrashPoint::after_snapshot_batch: return 200;
    case CrashPoint::before_checkpoint:
    case CrashPoint::after_checkpoint:
    case CrashPoint::before_view_checkpoint: return 10;
    case CrashPoint::inside_rebuild: return 8;
    case CrashPoint::between_rows_and_offset:
    case CrashPoint::before_switch:
    case CrashPoint::after_switch: break;
  }
  return 1;
}

bool needs_rebuild(CrashPoint point) { return point >= CrashPoint::inside_rebuild; }

enum class Log { embedded, sealed, kafka };

class Kill : public testing::TestWithParam<Log> {
 protected:
  void SetUp() override {
    if (GetParam() == Log::kafka) {
      const auto topics = fresh_options(shared_brokers());
      (void)open_with_topics(topics, 8);
      options_ = words_for(topics);
    }
    if (GetParam() == Log::sealed) {
      const auto key = (keys_.path() / "master.key").string();
      ASSERT_EQ(test::run_program({CASETRAIL_BINARY, "keys", "create", key}).exit_code, 0);
      options_ = {"--master-key", key};
    }
    engine_.emplace(folder_.path(), options_);
  }

  [[nodiscard]] int random(int from, int to) { return std::uniform_int_distribution(from, to)(random_); }

  void wait_for_death() {
    const auto client = http::HttpClient::to(engine_->address());
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (std::chrono::steady_clock::now() < deadline) {
      if (const auto code = engine_->ended_within(200ms)) {
        ASSERT_EQ(code, -SIGKILL) << engine_->said();
        return;
      }
      // One that is under way is not begun again.
      if (rebuilding_)
        static_cast<void>(
            client->ask({"POST", "/v1/rebuilds/handoff", {{"content-type", "application/json"}}, {}}, 1s));
    }
    FAIL() << "The engine never came to this point.";
  }

  void die_at(CrashPoint point) {
    const auto pass = random(1, passes_of(point));
    SCOPED_TRACE(fmt::format("{}, pass {}", name_of(point), pass));
    rebuilding_ = needs_rebuild(point);
    Load load(engine_->address(), fmt::format("p{}", static_cast<int>(point)));
    engine_->launch({CASETRAIL_CRASH_ENGINE, std::string(name_of(point)), std::to_string(pass)});
    ASSERT_NO_FATAL_FAILURE(wait_for_death());
    engine_->launch();
    EXPECT_TRUE(load.wait_for(50)) << engine_->said();
    expect_kept(load.finish());
  }

  /// One after the other, all on the same folder.
  void die_at_each(CrashPoint first, CrashPoint last) {
    SCOPED_TRACE(fmt::format("seed {}", seed_));
    for (auto point = static_cast<int>(first); point <= static_cast<int>(last); ++point)
      ASSERT_NO_FATAL_FAILURE(die_at(static_cast<CrashPoint>(point)));
    expect_boards_of_a_rebuild();
    EXPECT_EQ(engine_->stop(), 0);
  }

  void die_at_a_random_moment(const Load& load) {
    const bool at_work = random(1, 4) > 1;
    if (at_work) {
      ASSERT_TRUE(load.wait_for(static_cast<std::size_t>(random(1, 100)))) << engine_->said();
    }
    // Else while it starts.
    std::this_thread::sleep_for(std::chrono::milliseconds(at_work ? random(0, 20) : random(0, 500)));
    engine_->kill();
    engine_->launch();
  }

  void expect_kept(const std::vector<Promise>& promises) {
    engine_->wait_until_ready();
    EXPECT_FALSE(promises.empty());
    EXPECT_THAT(broken_promises(engine_->address(), promises), IsEmpty());
  }

  /// Finds what any kill since the start did to the rows: they are never made anew but by a rebuild that is
  /// equal.
  void expect_boards_of_a_rebuild() const {
    EXPECT_THAT(differences_from_a_rebuild(folder_.path(), options_), IsEmpty());
  }

  const unsigned seed_ = std::random_device{}();
  std::mt19937 random_{seed_};
  TemporaryFolder folder_;
  TemporaryFolder keys_;
  std::vector<std::string> options_;
  std::optional<EngineProcess> engine_;
  bool rebuilding_ = false;
};

static_assert(enum_names(CrashPoint{}).size() == static_cast<std::size_t>(CrashPoint::after_switch) + 1,
              "Expected the last of these tests to end with the last point.");

TEST_P(Kill, AroundACommitLosesAndDoublesNothing) {
  die_at_each(CrashPoint::after_append, CrashPoint::after_commit);
}

TEST_P(Kill, AroundASnapshotLosesAndDoublesNothing) {
  die_at_each(CrashPoint::before_snapshot_batch, CrashPoint::after_checkpoint);
}

TEST_P(Kill, WhileRowsAreKeptLosesAndDoublesNothing) {
  die_at_each(CrashPoint::before_view_checkpoint, CrashPoint::between_rows_and_offset);
}

TEST_P(Kill, InARebuildLosesAndDoublesNothing) {
  die_at_each(CrashPoint::inside_rebuild, CrashPoint::after_switch);
}

TEST_P(Kill, AtRandomMomentsLosesAndDoublesNothing) {
  SCOPED_TRACE(fmt::format("seed {}", seed_));
  Load load(engine_->address(), "r");
  engine_->launch();
  const auto kills = number_from("CASETRAIL_KILLS").value_or(kKills);
  for (std::uint64_t i = 0; i < kills; ++i) ASSERT_NO_FATAL_FAILURE(die_at_a_random_moment(load));
  ASSERT_TRUE(load.wait_for(1)) << engine_->said();
  expect_kept(load.finish());
  expect_boards_of_a_rebuild();
  EXPECT_EQ(engine_->stop(), 0);
}

std::string words_of(const testing::TestParamInfo<Log>& log) {
  switch (log.param) {
    case Log::embedded: return "OnTheEmbeddedLog";
    case Log::sealed: return "OnASealedLog";
    case Log::kafka: return "OnKafka";
  }
  std::unreachable();
}

INSTANTIATE_TEST_SUITE_P(Logs, Kill, testing::Values(Log::embedded, Log::sealed, Log::kafka), words_of);

bool holds(const std::string& bytes, std::string_view name) {
  return ::memmem(bytes.data(), bytes.size(), name.data(), name.size()) != nullptr;
}

TEST(CrashPoints, AreInNoBinaryButTheOneOfThisTest) {
  const auto bytes_of = [](const char* file) {
    std::string bytes(std::filesystem::file_size(file), '\0');
    std::ifstream(file, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return bytes;
  };
  // Preset dev keeps the code of the binary in shared libraries; the seam is in this one.
  const auto real = bytes_of(CASETRAIL_BINARY) + bytes_of(CASETRAIL_CLI_LIBRARY);
  const auto ours = bytes_of(CASETRAIL_CRASH_ENGINE);
  for (const auto name : enum_names(CrashPoint{})) {
    EXPECT_FALSE(holds(real, name)) << name;
    EXPECT_TRUE(holds(ours, name)) << name;
  }
}

}  // namespace
}  // namespace casetrail::crash
