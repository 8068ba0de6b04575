// What was answered before a backup is in it, what is damaged is named, and nothing half is left anywhere.
#include "workers/node/backup.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <future>
#include <random>
#include <regex>
#include <tuple>

#include "tests/support/temporary_folder.h"
#include "tests/workers/node/quarantine_story.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/embedded/verify.h"
#include "workers/node/backups.h"
#include "workers/node/data_folder.h"
#include "workers/node/engine.h"

namespace casetrail::node {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

/// An engine on a log and a folder of its own.
class BackedUpNode {
 public:
  explicit BackedUpNode(const fs::path& data) {
    log_ = std::move(embedded::open_embedded_log({.folder = data / "log"}).value().log);
    EXPECT_TRUE(log_->create_topics(2));
    engine_ = Engine::start(*log_, {.data = data, .node = "n1", .memory = default_memory()}).value();
    wait_for_views();
  }

  http::HttpResponse ask(http::HttpRequest request) {
    const auto answer = std::make_shared<std::promise<http::HttpResponse>>();
    engine_->api().handle(std::move(request),
                          [answer](http::HttpResponse response) { answer->set_value(std::move(response)); });
    return answer->get_future().get();
  }
  std::string get(const std::string& target) { return ask({.method = "GET", .target = target}).body; }
  http::HttpResponse post(const std::string& target, const std::string& body) {
    return ask({.method = "POST",
                .target = target,
                .headers = {{"content-type", "application/json"}},
                .body = body});
  }
  /// The status of the answer. The same name again is the same command.
  int register_case(const std::string& name) {
    return post("/v1/commands", R"({"type":"request.register","actor":"system:shop","id":")" + name +
                                    R"(","data":{"kind":"inquiry","channel":"email","external_ref":")" +
                                    name + R"(","pii":{"name":"Ann","contacts":[],"symptom":")" +
                                    std::string(6'000, 'x') + R"("}}})")
        .status;
  }
  /// How the backup ended.
  std::string back_up(const fs::path& directory) {
    const auto begun = post("/v1/backups", R"({"directory":")" + directory.string() + R"("})");
    EXPECT_EQ(begun.status, 202) << begun.body;
    return test::asked_until([&] { return get("/v1/backups"); },
                             [](const std::string& status) {
                               return std::regex_search(status,
                                                        std::regex(R"re("stage":"(done|failed|damaged)")re"));
                             });
  }
  void wait_for_views() {
    EXPECT_EQ(test::asked_until([&] { return engine_->backlog().waiting_for; },
                                [](const std::string& why) { return why.empty(); }),
              "");
  }

 private:
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<Engine> engine_;
};

class Backup : public testing::Test {
 protected:
  static bool go_on(api::BackupStage, std::int64_t, std::int64_t) { return true; }

  /// A log with some records, and a backup of it.
  void make() {
    auto log = std::move(embedded::open_embedded_log({.folder = data_ / "log"}).value().log);
    ASSERT_TRUE(log->create_topics(2));
    std::minstd_rand random;
    for (int i = 0; i < 20; ++i) {
      std::string value(9'000, '\0');  // which cannot be packed
      for (char& byte : value) byte = static_cast<char>(random());
      ASSERT_TRUE(
          log::append_and_wait(*log, log::Topic::events, 1, {"case", std::move(value), {}, Timestamp{}}));
    }
    ASSERT_TRUE(DataFolder(data_).node_id());
    ASSERT_TRUE(DataFolder(data_).contact_secret());
    const auto made = make_backup(*log, data_, backup_, 0, from_epoch_ms(5), go_on);
    ASSERT_TRUE(made) << made.error().what;
    EXPECT_EQ(made->records, 20);
  }
  [[nodiscard]] fs::path largest_file() const {
    fs::path largest = backup_ / "manifest.json";
    for (const auto& entry : fs::directory_iterator(backup_ / "data" / "log"))
      if (entry.file_size() > fs::file_size(largest)) largest = entry.path();
    return largest;
  }
  void expect_nothing_was_made() const {
    for (const auto& path : {backup_, fs::path(backup_.string() + ".part"), data_ / "backup.part"})
      EXPECT_FALSE(fs::exists(path)) << path;
  }
  static std::string text_of(const fs::path& file) { return read_file(file).value_or(""); }

  TemporaryFolder folder_;
  fs::path data_ = folder_.path() / "data";
  fs::path backup_ = folder_.path() / "backup";
  fs::path restored_ = folder_.path() / "restored";
};

TEST_F(Backup, OfANodeAtWorkHoldsAllThatWasAnsweredBeforeAndGoesOnWhenRestored) {
  constexpr int kBefore = 30;
  {
    BackedUpNode node(data_);
    for (int i = 0; i < kBefore; ++i) ASSERT_EQ(node.register_case("A-" + std::to_string(i)), 201);
    std::atomic<bool> stop = false;
    const auto writer = std::async(std::launch::async, [&] {
      for (int i = 0; !stop; ++i) EXPECT_EQ(node.register_case("B-" + std::to_string(i)), 201);
    });
    EXPECT_THAT(node.back_up(backup_), HasSubstr(R"("stage":"done")"));
    stop = true;
  }
  const auto manifest = restore_backup(backup_, restored_, go_on);
  ASSERT_TRUE(manifest) << manifest.error().what;
  const auto verified = embedded::verify_embedded_log(restored_ / "log", std::size_t{16} << 20U,
                                                      [](auto, auto) { return true; });
  ASSERT_TRUE(verified);
  EXPECT_TRUE(verified->damage.empty());
  EXPECT_EQ(verified->records, manifest->records);
  EXPECT_EQ(text_of(restored_ / "contact.key"), text_of(data_ / "contact.key"));
  BackedUpNode node(restored_);
  for (int i = 0; i < kBefore; ++i) {
    const auto name = "A-" + std::to_string(i);
    EXPECT_THAT(node.get("/v1/cases/email:" + name), HasSubstr(R"("status":"new")"));
    EXPECT_EQ(node.register_case(name), 200) << "It is known by its id, and nothing is done again.";
  }
  EXPECT_EQ(node.register_case("C-1"), 201);
}

TEST_F(Backup, RestoresBoardsEqualToThoseOfItsMoment) {
  const std::vector<std::string> boards{"/v1/boards/cases?now=2100-01-01T00:00:00Z",
                                        "/v1/boards/follow_up?now=2100-01-01T00:00:00Z",
                                        "/v1/boards/history?case=email:A-1&now=2100-01-01T00:00:00Z"};
  std::vector<std::string> then;
  {
    BackedUpNode node(data_);
    for (const auto* name : {"A-1", "A-2", "A-3"}) ASSERT_EQ(node.register_case(name), 201);
    // What is known of the log's end may be a second old: the boards themselves say when all is there.
    const auto shows_all = [](const std::string& board) {
      return std::ranges::all_of(std::to_array({"email:A-1", "email:A-2", "email:A-3"}),
                                 [&](const char* name) { return board.contains(name); });
    };
    std::ignore = test::asked_until([&] { return node.get(boards[0]); }, shows_all);
    std::ignore =
        test::asked_until([&] { return node.get(boards[2]); },
                          [](const std::string& history) { return history.contains("request.registered"); });
    for (const auto& board : boards) then.push_back(node.get(board));
    EXPECT_THAT(node.back_up(backup_), HasSubstr(R"("stage":"done")"));
    ASSERT_EQ(node.register_case("A-4"), 201);
  }
  ASSERT_TRUE(restore_backup(backup_, restored_, go_on));
  BackedUpNode node(restored_);
  for (std::size_t i = 0; i < boards.size(); ++i) {
    EXPECT_EQ(test::asked_until([&] { return node.get(boards[i]); },
                                [&](const std::string& board) { return board == then[i]; }),
              then[i]);
  }
  EXPECT_THAT(then[0], HasSubstr("email:A-3"));
}

TEST_F(Backup, SaysWhichLogItHoldsUpToWhichOffsets) {
  make();
  EXPECT_THAT(
      text_of(backup_ / "manifest.json"),
      AllOf(HasSubstr(R"("format":1,"casetrail":")"), HasSubstr(R"("made_at":"1970-01-01T00:00:00.005Z")"),
            HasSubstr(R"({"topic":"casetrail.events","partition":1,"first":0,"end":20})"),
            HasSubstr(R"({"path":"contact.key","bytes":64,"sha256":")")));
}

TEST_F(Backup, AFileThatIsDamagedCutShortOrGoneIsNamedAndNothingIsRestored) {
  make();
  const auto file = largest_file();
  const auto whole = text_of(file);
  const auto refused = [&] {
    const auto restored = restore_backup(backup_, restored_, go_on);
    EXPECT_FALSE(fs::exists(restored_));
    if (restored || restored.error().kind != BackupTrouble::Kind::damaged)
      return std::string("It was taken.");
    return restored.error().what;
  };
  auto flipped = whole;
  flipped[flipped.size() / 2] ^= 1;
  std::ofstream(file, std::ios::binary) << flipped;
  EXPECT_THAT(refused(), HasSubstr(file.string() + " has another SHA-256"));
  std::ofstream(file, std::ios::binary) << whole.substr(1);
  EXPECT_THAT(refused(), HasSubstr(file.string() + " has " + std::to_string(whole.size() - 1) + " of its "));
  fs::remove(file);
  fs::remove(backup_ / "data" / "node");
  EXPECT_THAT(refused(), AllOf(HasSubstr(file.string() + " is missing"), HasSubstr("node is missing")));
  std::ofstream(file, std::ios::binary) << whole;
  EXPECT_TRUE(fs::exists(data_ / "log" / file.filename())) << "It is a copy: the log has its own.";
}

TEST_F(Backup, WhoseManifestNamesFilesOfOthersIsDamaged) {
  make();
  for (const auto* path : {"../evil", "log/..", "/tmp/evil", "stores/evil"}) {
    std::ofstream(backup_ / "manifest.json")
        << R"({"format":1,"casetrail":"","made_at":"2026-11-29T00:00:00Z","log":"","records":0,"ends":[],"files":)"
        << R"([{"path":")" << path << R"(","bytes":64,"sha256":""}]})";
    const auto restored = restore_backup(backup_, restored_, go_on);
    ASSERT_FALSE(restored) << path;
    EXPECT_THAT(restored.error().what, HasSubstr(std::string("its manifest names '") + path));
  }
  EXPECT_FALSE(fs::exists(restored_));
}

TEST_F(Backup, IsRestoredIntoAFolderThatIsNewOrEmptyAlone) {
  make();
  const auto full = restore_backup(backup_, data_, go_on);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, BackupTrouble::Kind::unusable);
  EXPECT_THAT(full.error().what, HasSubstr("Expected a folder that is new or empty, but " + data_.string()));
  fs::create_directory(restored_);
  std::ofstream(restored_ / "letter.txt") << "dear";
  EXPECT_FALSE(restore_backup(backup_, restored_, go_on));
  EXPECT_EQ(text_of(restored_ / "letter.txt"), "dear");
  fs::remove(restored_ / "letter.txt");
  EXPECT_TRUE(restore_backup(backup_, restored_, go_on));
}

TEST_F(Backup, OfANewerFormatIsNamedWithWhoMadeIt) {
  make();
  std::ofstream(backup_ / "manifest.json") << R"({"format":2,"casetrail":"9.1","sealed":true})";
  const auto newer = restore_backup(backup_, restored_, go_on);
  ASSERT_FALSE(newer);
  EXPECT_THAT(newer.error().what, HasSubstr("was made by casetrail 9.1 in format 2"));
  std::ofstream(backup_ / "manifest.json") << "{}";
  EXPECT_EQ(restore_backup(backup_, restored_, go_on).error().kind, BackupTrouble::Kind::damaged);
  fs::remove(backup_ / "manifest.json");
  EXPECT_THAT(restore_backup(backup_, restored_, go_on).error().what, HasSubstr("is no backup"));
  EXPECT_FALSE(fs::exists(restored_));
}

TEST_F(Backup, ARestoreThatWasCutShortIsOpenedByNobodyAndBegunAnew) {
  make();
  fs::create_directories(restored_ / "restore.part" / "log");
  fs::create_directories(restored_ / "log");
  std::ofstream(restored_ / "log" / "CURRENT") << "half";
  const auto opened = DataFolder(restored_).lock(Duration{0});
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().what, HasSubstr("Run `casetrail restore` again"));
  ASSERT_TRUE(restore_backup(backup_, restored_, go_on));
  EXPECT_TRUE(DataFolder(restored_).lock(Duration{0}));
  EXPECT_NE(text_of(restored_ / "log" / "CURRENT"), "half");
}

TEST_F(Backup, ThatIsStoppedOrFindsNoRoomLeavesNothing) {
  make();
  fs::remove_all(backup_);
  const auto log = std::move(embedded::open_embedded_log({.folder = data_ / "log"}).value().log);
  for (const auto stage : {api::BackupStage::copying, api::BackupStage::verifying}) {
    const auto stopped = make_backup(*log, data_, backup_, 0, Timestamp{},
                                     [stage](auto at, auto, auto) { return at != stage; });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().what, "It was stopped.");
    expect_nothing_was_made();
  }
  const auto full = make_backup(*log, data_, backup_, std::uint64_t{1} << 60U, Timestamp{}, go_on);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, BackupTrouble::Kind::unavailable);
  EXPECT_THAT(full.error().what, HasSubstr("Disk full: "));
  expect_nothing_was_made();
}

TEST_F(Backup, OfALogThatIsDamagedIsNotKept) {
  make();
  const auto file = data_ / "log" / largest_file().filename();
  fs::remove_all(backup_);
  auto bytes = text_of(file);
  bytes[bytes.size() / 2] ^= 1;
  std::ofstream(file, std::ios::binary) << bytes;
  const auto log = std::move(embedded::open_embedded_log({.folder = data_ / "log"}).value().log);
  const auto made = make_backup(*log, data_, backup_, 0, Timestamp{}, go_on);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, BackupTrouble::Kind::damaged);
  EXPECT_THAT(made.error().what, HasSubstr("casetrail.events/1, offsets "));
  expect_nothing_was_made();
}

TEST_F(Backup, GoesToAFolderThatIsNotThereYetAndNotIntoTheData) {
  fs::create_directories(data_);
  fs::create_directories(backup_ / "x");
  fs::create_directories(restored_.string() + ".part");
  const std::vector<std::pair<fs::path, std::string>> refused{
      {"backup", "Expected the whole path"},
      {folder_.path() / "none" / "b", "There is no folder " + (folder_.path() / "none").string()},
      {backup_, "is there already"},
      {restored_, ".part is there"},
      {data_ / "b", "lies in the data folder itself"}};
  for (const auto& [directory, why] : refused) {
    const auto usable = check_backup_target(directory, data_);
    EXPECT_THAT(usable ? std::string("It may be used.") : usable.error().what, HasSubstr(why));
  }
  EXPECT_TRUE(check_backup_target(folder_.path() / "new", data_));
}

TEST_F(Backup, WhereKafkaKeepsTheLogIsRefusedWithWhatToBackUpThere) {
  fs::create_directories(data_ / "stores");
  const auto log =
      std::move(embedded::open_embedded_log({.folder = folder_.path() / "elsewhere"}).value().log);
  const auto begun = Backups(*log, data_, 0).start(backup_);
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().kind, api::Unanswered::conflict);
  EXPECT_THAT(begun.error().sentence, HasSubstr("with Kafka's own tools"));
}

}  // namespace
}  // namespace casetrail::node
