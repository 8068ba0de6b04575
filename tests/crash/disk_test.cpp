// What the engine says and does when its disk is full, read-only, damaged or older than its stores: it names
// what happened, and nothing that was answered is lost.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

#include "projections/boards.h"
#include "tests/crash/hardship.h"
#include "tests/crash/load.h"
#include "tests/crash/oracle.h"
#include "tests/support/engine_process.h"
#include "tests/support/temporary_folder.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/exit_code.h"
#include "workers/command/case_rows.h"
#include "workers/projection/partition_position.h"
#include "workers/projection/projection_type.h"
#include "workers/storage/rocks_store.h"

namespace casetrail::crash {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

/// Commands that leave something in every partition.
constexpr std::size_t kSome = 300;
constexpr auto kEnd = 60s;
/// Of an embedded log.
constexpr int kPartitions = 8;

class Disk : public testing::Test {
 protected:
  /// Lets clients work until `commands` are answered, and remembers what they were promised.
  void play(std::size_t commands) {
    Load load(engine_.address(), fmt::format("d{}", loads_++));
    ASSERT_TRUE(load.wait_for(commands)) << engine_.said();
    promise(load.finish());
  }
  void promise(std::vector<Promise> more) { std::ranges::move(more, std::back_inserter(promises_)); }

  /// The same engine, but it saves its stores every few batches; and ends in order.
  void play_and_save(std::size_t commands) {
    constexpr auto kNever = "1000000";
    engine_.launch({CASETRAIL_CRASH_ENGINE, "after_switch", kNever});
    play(commands);
    ASSERT_EQ(engine_.stop(), 0);
  }

  /// `launch` ended by itself, after it said `what`, with the code for what can be mended.
  void expect_refusal(const testing::Matcher<std::string>& what) {
    EXPECT_EQ(engine_.ended_within(kEnd), cli::kUnavailable);
    EXPECT_THAT(engine_.said(), what);
  }

  void expect_everything() {
    engine_.wait_until_ready();
    EXPECT_THAT(broken_promises(engine_.address(), promises_), IsEmpty());
    EXPECT_THAT(differences_from_a_rebuild(data(), {}), IsEmpty());
  }

  [[nodiscard]] std::optional<http::HttpResponse> get(const std::string& target) const {
    auto answer = http::HttpClient::to(engine_.address())->ask({"GET", target, {}, {}}, 10s);
    return answer ? std::optional(*std::move(answer)) : std::nullopt;
  }
  void wait_until_it_answers() const {
    const auto deadline = std::chrono::steady_clock::now() + kEnd;
    while (std::chrono::steady_clock::now() < deadline && !get("/healthz")) std::this_thread::sleep_for(20ms);
  }

  [[nodiscard]] const fs::path& data() const { return folder_.path(); }
  [[nodiscard]] fs::path log() const { return data() / "log"; }
  /// The live store of a role in the words of its folder.
  [[nodiscard]] fs::path store(const std::string& role, int partition) const {
    return data() / "stores" / role / std::to_string(partition) / "live";
  }

  TemporaryFolder folder_;
  EngineProcess engine_{folder_.path(), {}};
  std::vector<Promise> promises_;
  int loads_ = 0;
};

TEST_F(Disk, AWriteThatFailsEndsTheEngineWithASentenceAndNothingAnsweredIsLost) {
  engine_.launch();
  play(kSome);
  engine_.kill();
  engine_.launch(with_files_up_to(8 << 10, CASETRAIL_BINARY));
  expect_refusal(AllOf(HasSubstr(data().string()), HasSubstr("File too large"), HasSubstr("Mend the disk"),
                       HasSubstr("nothing that was answered is lost")));
  engine_.launch();
  expect_everything();
}

TEST_F(Disk, AnEngineThatHasNothingToStoreTakesLittleOfIt) {
  engine_.launch();
  engine_.wait_until_ready();
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(data())) {
    struct stat file{};
    // What is reserved counts: it is in no file's size.
    if (::lstat(entry.path().c_str(), &file) == 0) bytes += static_cast<std::uintmax_t>(file.st_blocks) * 512;
  }
  EXPECT_LT(bytes, std::uintmax_t{20} << 20U);
}

/// The data folder is a disk of 96 MiB, for the engine alone.
class Full : public Disk {
 protected:
  void SetUp() override {
    if (!disk_.is_mounted()) GTEST_SKIP() << "a file system of its own cannot be mounted here";
  }

  static constexpr std::size_t kFew = 40;
  SmallDisk disk_{folder_.path(), 96};
};

TEST_F(Full, NewCommandsAreRefusedAtTheReserveReadsGoOnAndItResumesByItself) {
  EngineProcess engine(data(), {"--disk-reserve", "24MiB"});
  engine.launch(disk_.under(CASETRAIL_BINARY));
  engine.wait_until_ready();
  Load load(engine.address(), "full");
  ASSERT_TRUE(load.wait_for(kFew)) << engine.said();
  disk_.fill_up_to(std::uintmax_t{16} << 20U);
  EXPECT_THAT(engine.not_ready_for("Disk full"),
              AllOf(HasSubstr("Free space"), HasSubstr("resumes by itself")));
  const auto client = http::HttpClient::to(engine.address());
  const auto refused =
      client->ask({"POST",
                   "/v1/commands",
                   {{"content-type", "application/json"}},
                   R"({"type":"request.acknowledge","case_id":"email:A-1","actor":"agent:li",)"
                   R"("data":{"channel":"email"}})"},
                  10s);
  ASSERT_TRUE(refused) << refused.error();
  EXPECT_EQ(refused->status, 503);
  EXPECT_THAT(refused->body, AllOf(HasSubstr("disk_full"), HasSubstr("24 MiB are kept in reserve")));
  EXPECT_EQ(client->ask({"GET", "/v1/boards/handoff", {}, {}}, 10s)->status, 200);
  EXPECT_THAT(
      client->ask({"GET", "/metrics", {}, {}}, 10s)->body,
      AllOf(HasSubstr("casetrail_disk_free_bytes "), HasSubstr("casetrail_disk_reserve_bytes 25165824")));
  disk_.make_room();
  EXPECT_TRUE(load.wait_for(kFew)) << engine.said();
  promise(load.finish());
  engine.wait_until_ready();
  EXPECT_THAT(broken_promises(engine.address(), promises_), IsEmpty());
  EXPECT_EQ(engine.stop(), 0);
}

TEST_F(Full, WhenOthersTakeTheReserveTooItWaitsReadsGoOnAndItResumesByItself) {
  EngineProcess engine(data(), {"--disk-reserve", "12MiB"});
  engine.launch(disk_.under(CASETRAIL_BINARY));
  engine.wait_until_ready();
  Load load(engine.address(), "gone");
  ASSERT_TRUE(load.wait_for(kFew)) << engine.said();
  disk_.fill_up_to(0);
  // Every store is saved every ten seconds.
  const auto deadline = std::chrono::steady_clock::now() + kEnd;
  while (engine.said().find("waits for room") == std::string::npos &&
         std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(100ms);
  EXPECT_THAT(engine.said(), HasSubstr("the disk is full. Free space; it goes on by itself."));
  const auto client = http::HttpClient::to(engine.address());
  const auto refused =
      client->ask({"POST", "/v1/rebuilds/handoff", {{"content-type", "application/json"}}, {}}, 10s);
  ASSERT_TRUE(refused) << refused.error();
  EXPECT_THAT(refused->body, AllOf(HasSubstr("disk_full"), HasSubstr("12 MiB are kept in reserve")));
  const auto past =
      client->ask({"GET", "/v1/boards/handoff?as_of=" + to_wire(api::wall_clock() - 10s), {}, {}}, 10s);
  ASSERT_TRUE(past) << past.error();
  EXPECT_THAT(past->body, HasSubstr("disk_full"));
  for (const auto* path : {"/v1/boards/handoff", "/v1/lag", "/metrics"})
    EXPECT_EQ(client->ask({"GET", path, {}, {}}, 10s)->status, 200);
  disk_.make_room();
  EXPECT_TRUE(load.wait_for(kFew)) << engine.said();
  promise(load.finish());
  engine.wait_until_ready();
  EXPECT_THAT(broken_promises(engine.address(), promises_), IsEmpty());
  EXPECT_EQ(
      client->ask({"POST", "/v1/rebuilds/handoff", {{"content-type", "application/json"}}, {}}, 10s)->status,
      202);
  EXPECT_EQ(engine.stop(), 0) << engine.said();
}

/// Nothing makes it smaller.
std::string noise(std::size_t bytes) {
  std::mt19937 random{7};
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text(bytes, ' ');
  for (auto& letter : text) letter = kLetters[random() % kLetters.size()];
  return text;
}

TEST_F(Full, TheReserveIsEnoughForWhatWasAcceptedUnlessItIsNamed) {
  EngineProcess engine(data(), {});
  engine.launch(disk_.under(CASETRAIL_BINARY));
  engine.wait_until_ready();
  const auto client = http::HttpClient::to(engine.address());
  const auto need = noise(std::size_t{400} << 10U);
  int status = 0;
  for (int n = 0; n < 200 && status != 503; ++n) {
    const auto answer = client->ask(
        {"POST",
         "/v1/commands",
         {{"content-type", "application/json"}},
         fmt::format(
             R"({{"type":"request.register","actor":"agent:li","data":{{"kind":"inquiry","channel":"email",)"
             R"("external_ref":"N-{}","pii":{{"name":"Ann","contacts":["a@example.org"],"service_need":"{}"}}}}}})",
             n, need)},
        60s);
    ASSERT_TRUE(answer) << answer.error() << engine.said();
    status = answer->status;
  }
  EXPECT_EQ(status, 503);
  EXPECT_EQ(client->ask({"GET", "/v1/cases/email:N-0", {}, {}}, 60s)->status, 200);
  EXPECT_EQ(engine.stop(), 0) << engine.said();
}

TEST_F(Full, WithoutAReserveTheEngineEndsWithASentenceAtTheStartTooAndNothingAnsweredIsLost) {
  EngineProcess engine(data(), {"--disk-reserve", "0"});
  engine.launch(disk_.under(CASETRAIL_BINARY));
  engine.wait_until_ready();
  Load load(engine.address(), "brim");
  ASSERT_TRUE(load.wait_for(kFew)) << engine.said();
  disk_.fill_up_to(0);
  EXPECT_EQ(engine.ended_within(kEnd), cli::kUnavailable) << engine.said();
  EXPECT_THAT(engine.said(), AllOf(HasSubstr("The disk is full. Free space and start again"),
                                   HasSubstr("nothing that was answered is lost")));
  disk_.fill_up_to(0);
  engine.launch(disk_.under(CASETRAIL_BINARY));
  EXPECT_EQ(engine.ended_within(kEnd), cli::kUnavailable) << engine.said();
  EXPECT_THAT(engine.said(), HasSubstr("Free space"));
  disk_.make_room();
  engine.launch(disk_.under(CASETRAIL_BINARY));
  engine.wait_until_ready();
  EXPECT_TRUE(load.wait_for(kFew));
  promise(load.finish());
  EXPECT_THAT(broken_promises(engine.address(), promises_), IsEmpty());
}

/// The files of a store in a lasting order.
std::vector<fs::path> files_of(const fs::path& store) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(store)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

void flip_a_byte(const fs::path& path) {
  const auto middle = static_cast<std::streamoff>(fs::file_size(path) / 2);
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  const auto byte = file.seekg(middle).get();
  file.clear();
  file.seekp(middle).put(static_cast<char>(byte ^ 0x40));
}

std::size_t times(std::string_view what, const std::string& text) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

/// In the file of that number; how many.
std::size_t flip_in(const fs::path& store, std::size_t file) {
  if (!fs::exists(store)) return 0;
  const auto files = files_of(store);
  if (file >= files.size() || fs::file_size(files[file]) == 0) return 0;
  flip_a_byte(files[file]);
  return 1;
}

TEST_F(Disk, AFlippedByteInAnyFileOfAStoreIsMendedByTheNextStart) {
  play_and_save(kSome / 3);
  const TemporaryFolder sound;
  fs::copy(data() / "stores", sound.path(), fs::copy_options::recursive);
  std::size_t flips = 1;
  std::size_t discarded = 0;
  // Each role has its files alike in every partition: eight of them lose a byte at the same time.
  for (std::size_t round = 0; flips > 0; ++round) {
    SCOPED_TRACE(fmt::format("round {}", round));
    fs::remove_all(data() / "stores");
    fs::copy(sound.path(), data() / "stores", fs::copy_options::recursive);
    flips = 0;
    for (const auto* role : {"command", "boards.1", "history.1"}) {
      for (int partition = 0; partition < kPartitions; ++partition) {
        const auto file = round * kPartitions + static_cast<std::size_t>(partition);
        flips += flip_in(store(role, partition), file);
        if (round % 2 == 0) continue;  // their checkpoints are sound
        for (const auto* copy : {"checkpoint.1", "checkpoint.2"})
          flips += flip_in(store(role, partition).parent_path() / copy, file);
      }
    }
    if (flips == 0) break;
    // What nobody reads, nobody finds.
    engine_.launch();
    wait_until_it_answers();
    std::ignore = broken_promises(engine_.address(), promises_);
    for (const auto* view : {"handoff", "follow_up", "review"})
      std::ignore = get(fmt::format("/v1/boards/{}", view));
    discarded += times("failed: Corruption", engine_.said());
    ASSERT_EQ(engine_.stop(), 0) << engine_.said();
    engine_.launch();
    expect_everything();
    discarded += times("failed: Corruption", engine_.said());
    ASSERT_EQ(engine_.stop(), 0) << engine_.said();
  }
  EXPECT_GT(discarded, 10U) << "manifests and tables";
}

TEST_F(Disk, ADamagedRowThatABoardMeetsKeepsTheEngineFromBeingReady) {
  play_and_save(kSome);
  engine_.launch();
  engine_.wait_until_ready();
  for (int partition = 0; partition < kPartitions; ++partition) {
    for (const auto& file : files_of(store("history.1", partition))) {
      if (file.extension() == ".sst") flip_a_byte(file);
    }
  }
  EXPECT_THAT(broken_promises(engine_.address(), promises_), testing::Not(IsEmpty()));
  EXPECT_THAT(engine_.not_ready_for("View group casetrail.history"), HasSubstr("when you start again"));
  ASSERT_EQ(engine_.stop(), 0);
  engine_.launch();
  expect_everything();
}

TEST_F(Disk, AReadOnlyLogIsNamedAndServesAgainOnceItCanBeWritten) {
  engine_.launch();
  play(kSome);
  engine_.kill();
  {
    const ReadOnly log_folder(log());
    engine_.launch(bound_by_permissions(CASETRAIL_BINARY));
    expect_refusal(
        AllOf(HasSubstr(log().string()), HasSubstr("Permission denied"), HasSubstr("start again")));
  }
  engine_.launch();
  expect_everything();
}

TEST_F(Disk, ReadOnlyStoresAreNamedAndServeAgainOnceTheyCanBeWritten) {
  engine_.launch();
  play(kSome);
  engine_.kill();
  {
    const ReadOnly stores(data() / "stores");
    engine_.launch(bound_by_permissions(CASETRAIL_BINARY));
    expect_refusal(AllOf(HasSubstr((data() / "stores").string()), HasSubstr("Permission denied"),
                         HasSubstr("make the folder writable, and start again")));
  }
  engine_.launch();
  expect_everything();
}

TEST_F(Disk, AnEarlierLogUnderNewerStoresIsRefusedAndWithConsentServedWithoutThem) {
  engine_.launch();
  play(kSome);
  ASSERT_EQ(engine_.stop(), 0);
  const TemporaryFolder backup;
  fs::copy(log(), backup.path(), fs::copy_options::recursive);
  const auto promised = promises_;
  engine_.launch();
  play(kSome);
  ASSERT_EQ(engine_.stop(), 0);
  fs::remove_all(log());
  fs::copy(backup.path(), log(), fs::copy_options::recursive);
  promises_ = promised;

  engine_.launch();
  expect_refusal(AllOf(HasSubstr("Records that the log in"), HasSubstr("casetrail.commands/"),
                       HasSubstr("--accept-loss")));
  EngineProcess consenting(data(), {"--accept-loss"});
  consenting.launch();
  consenting.wait_until_ready();
  EXPECT_THAT(broken_promises(consenting.address(), promises_), IsEmpty());
  EXPECT_THAT(consenting.said(), HasSubstr("offsets are lost: topic=casetrail.commands"));
}

TEST_F(Disk, ALogThatWasEmptiedIsNoNewOne) {
  engine_.launch();
  play(kSome);
  ASSERT_EQ(engine_.stop(), 0);
  const TemporaryFolder aside;
  fs::rename(log(), aside.path() / "log");
  fs::create_directory(log());
  engine_.launch();
  expect_refusal(AllOf(HasSubstr("is gone, with up to"), HasSubstr("--accept-loss")));
  const auto known = data() / "log.known";
  fs::rename(known, aside.path() / "known");
  engine_.launch();
  expect_refusal(AllOf(HasSubstr((data() / "stores").string() + " was made of it"),
                       HasSubstr("nobody can tell"), HasSubstr("--accept-loss")));
  fs::rename(aside.path() / "known", known);
  fs::remove(log());
  engine_.launch();
  expect_refusal(AllOf(HasSubstr("is gone, with up to"), HasSubstr("--accept-loss")));
  fs::remove(log());
  fs::rename(aside.path() / "log", log());
  engine_.launch();
  expect_everything();
}

TEST_F(Disk, ASnapshotOfANewerVersionIsDiscardedAndRebuilt) {
  play_and_save(kSome);
  std::map<std::string, std::vector<std::string>> families{{"command", command::command_families()}};
  for (const auto& type : projection::projection_types(view_types()))
    families[type.name + ".1"] = projection::family_names(type);
  storage::StorageMemory memory(std::size_t{16} << 20);
  for (auto& [role, names] : families) {
    names.insert(names.begin(), "meta");
    for (int partition = 0; partition < kPartitions; ++partition) {
      const auto opened =
          storage::RocksStore::open(store(role, partition), names, memory, storage::Verification::as_read);
      ASSERT_TRUE(opened) << opened.error().what;
      storage::StoreBatch batch;
      batch.put(storage::kMetaFamily, "format", "2");
      ASSERT_TRUE((*opened)->write(batch));
    }
  }
  engine_.launch();
  expect_everything();
  EXPECT_THAT(
      engine_.said(),
      AllOf(HasSubstr("snapshot discarded, reason=newer_version"), HasSubstr("a newer version wrote 2"),
            HasSubstr("boards copy 1, partition 0: "), HasSubstr("history copy 1, partition 0: ")));
}

/// The newest journal of the embedded log, whose tail a kill may tear.
class TornTail : public Disk {
 protected:
  void SetUp() override {
    engine_.launch();
    play(kSome);
    engine_.kill();
    for (const auto& entry : fs::directory_iterator(log())) {
      if (entry.path().extension() == ".log") journal_ = std::max(journal_, entry.path());
    }
    whole_ = fs::file_size(journal_);
    fs::copy(journal_, data() / "whole.log");
    fs::resize_file(journal_, whole_ - whole_ / 10);
  }

  void expect_shut() {
    engine_.launch();
    expect_refusal(AllOf(HasSubstr("Records that the log in " + log().string() + " has answered are gone"),
                         HasSubstr("lost up to"), HasSubstr("casetrail.events/"),
                         HasSubstr("restore the folder from a backup, or start with --accept-loss")));
  }

  fs::path journal_;
  std::uintmax_t whole_ = 0;
};

TEST_F(TornTail, IsNamedAndTheLogStaysShutUntilItIsWholeAgain) {
  expect_shut();
  expect_shut();
  fs::copy(data() / "whole.log", journal_, fs::copy_options::overwrite_existing);
  engine_.launch();
  expect_everything();
}

TEST_F(TornTail, OpensWithConsentAndOnlyTheTailIsLost) {
  expect_shut();
  std::size_t answers = 0;
  for (const auto& promise : promises_) answers += promise.answers.size();
  EngineProcess consenting(data(), {"--accept-loss"});
  consenting.start();
  EXPECT_THAT(consenting.said(), HasSubstr("offsets are lost: topic=casetrail.events partition="));
  EXPECT_EQ(consenting.stop(), 0);

  engine_.launch();
  engine_.wait_until_ready();
  for (auto& promise : promises_) {
    // Their commands are lost with the tail: nothing would ever cover them.
    for (auto& answer : promise.answers) answer.token.clear();
  }
  const auto lost = broken_promises(engine_.address(), promises_);
  EXPECT_THAT(lost, testing::Not(IsEmpty()));
  EXPECT_LT(lost.size(), answers / 2);
  promises_.clear();
  play(kSome);
  expect_everything();
}

}  // namespace
}  // namespace casetrail::crash
