// What the embedded log does beyond the port: torn tails, retention, one process at a time.
#include "workers/log/embedded/embedded_log.h"

#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <future>
#include <latch>
#include <random>
#include <thread>

#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/keys.h"
#include "workers/log/embedded/rows.h"

namespace casetrail::embedded {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Loss = EmbeddedLogOptions::Loss;
namespace fs = std::filesystem;

class Embedded : public testing::Test {
 protected:
  void open(log::Partition partitions = 1) {
    auto opened = open_embedded_log(options_);
    ASSERT_TRUE(opened) << opened.error().what;
    log_ = std::move(opened->log);
    lost_ = std::move(opened->lost);
    ASSERT_TRUE(log_->create_topics(partitions));
  }

  std::string refusal() {
    const auto opened = open_embedded_log(options_);
    EXPECT_FALSE(opened);
    return opened ? "" : opened.error().what;
  }

  log::Offset append(std::string value, log::Topic topic = log::Topic::commands,
                     log::Partition partition = 0) {
    return log::append_and_wait(*log_, topic, partition, {"case", std::move(value), {}, now_}).value();
  }

  std::vector<std::string> values(log::Topic topic = log::Topic::commands) {
    auto reader = log_->open_reader(topic);
    EXPECT_TRUE(reader->start(0, log_->bounds(topic, 0)->low));
    std::vector<std::string> values;
    const auto records = reader->read(100, Duration{0}).value();
    for (const log::Record& record : records) values.emplace_back(record.message.value);
    return values;
  }

  fs::path journal() const {
    fs::path newest;
    for (const auto& file : fs::directory_iterator(options_.folder)) {
      if (file.path().extension() == ".log" && (newest.empty() || newest < file.path())) newest = file.path();
    }
    return newest;
  }

  /// Of `commands`; the block is the one of its first record alone.
  void damage_first_block(log::Partition partition) const {
    auto rows = EmbeddedRows::open(options_.folder, EmbeddedRows::Opening::whole, options_.memory_bytes);
    ASSERT_TRUE(rows);
    RowsBatch batch;
    batch.puts.emplace_back(keys::block(log::Topic::commands, partition, 0), "no block");
    ASSERT_TRUE((*rows)->write(batch));
  }

  [[nodiscard]] fs::path marks() const { return options_.folder / "answered"; }
  [[nodiscard]] fs::path copied_marks() const { return known() / "answered"; }
  [[nodiscard]] fs::path known() const { return folder_.path() / "log.known"; }
  /// As they are on the disk when a write is cut before it is answered.
  void keep_marks() const {
    fs::copy_file(marks(), folder_.path() / "marks");
    fs::copy_file(copied_marks(), folder_.path() / "copy");
  }
  void bring_back_marks() const {
    fs::copy_file(folder_.path() / "marks", marks(), fs::copy_options::overwrite_existing);
    fs::copy_file(folder_.path() / "copy", copied_marks(), fs::copy_options::overwrite_existing);
  }
  static void damage(const fs::path& file) {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekg(20);
    const char was = static_cast<char>(bytes.get());
    bytes.seekp(20);
    bytes.put(static_cast<char>(was ^ 0x40));
  }

  void tear_off(std::uintmax_t bytes) const { fs::resize_file(journal(), fs::file_size(journal()) - bytes); }

  TemporaryFolder folder_;
  Timestamp now_ = from_epoch_ms(1'700'000'000'000);
  EmbeddedLogOptions options_{.folder = folder_.path() / "log", .now = [this] { return now_; }};
  std::unique_ptr<log::EventLog> log_;
  std::vector<LostOffsets> lost_;
};

TEST_F(Embedded, WhatIsAnsweredSaysNothingOfLaterTopicsBeforeTheyHoldSomething) {
  const auto answered = options_.folder / "answered";
  const auto size_of = [](std::uintmax_t marks) { return 8 + 8 * marks + 4; };
  open(3);
  append("a");
  EXPECT_EQ(fs::file_size(answered), size_of(4 * 3 + 1)) << "as a version without keys reads and writes it";
  log_.reset();
  open(3);
  append("key", log::Topic::keys, 2);
  EXPECT_EQ(fs::file_size(answered), size_of(5 * 3 + 1));
  log_.reset();
  open(3);
  EXPECT_EQ(log_->bounds(log::Topic::keys, 2)->high, 1);
  EXPECT_EQ(log_->bounds(log::Topic::policy, 0)->high, 0);
  append("head", log::Topic::evidence, 1);
  EXPECT_EQ(fs::file_size(answered), size_of(6 * 3 + 1));
  log_.reset();
  open(3);
  EXPECT_EQ(log_->bounds(log::Topic::keys, 2)->high, 1);
  EXPECT_EQ(log_->bounds(log::Topic::evidence, 1)->high, 1);
}

TEST_F(Embedded, EvidenceThatWasAnsweredBeforeThereWereKeysAndIsGoneIsNamed) {
  open(2);
  append("before", log::Topic::evidence, 0);
  append("after", log::Topic::evidence, 0);
  log_.reset();
  tear_off(10);
  EXPECT_THAT(refusal(), HasSubstr("casetrail.evidence/0 lost up to 1 (offsets 1 to 1)"));
}

TEST_F(Embedded, AKeyThatWasAnsweredAndIsGoneIsNamed) {
  open(2);
  append("before", log::Topic::keys, 1);
  append("after", log::Topic::keys, 1);
  log_.reset();
  tear_off(10);
  EXPECT_THAT(refusal(), HasSubstr("casetrail.keys/1 lost up to 1 (offsets 1 to 1)"));
}

TEST_F(Embedded, ATornTailIsNamedAndTheLogStaysShut) {
  open();
  for (const auto* value : {"a", "b", "c"}) append(value);
  log_.reset();
  tear_off(3);
  EXPECT_THAT(refusal(), HasSubstr("casetrail.commands/0 lost up to 1 (offsets 2 to 2)"));
  EXPECT_THAT(refusal(), HasSubstr("--accept-loss"));
}

TEST_F(Embedded, AnAcceptedLossKeepsTheRestAndGivesNoOffsetTwice) {
  open();
  for (const auto* value : {"a", "b", "c"}) append(value);
  log_.reset();
  tear_off(3);
  options_.loss = Loss::accept;
  open();
  ASSERT_EQ(lost_.size(), 1U);
  EXPECT_EQ(lost_[0].topic, log::Topic::commands);
  EXPECT_EQ(lost_[0].from, 2);
  EXPECT_EQ(lost_[0].until, 3);
  EXPECT_EQ(append("d"), 3);
  EXPECT_THAT(values(), ElementsAre("a", "b", "d"));
  log_.reset();
  options_.loss = Loss::refuse;
  open();
  EXPECT_THAT(lost_, IsEmpty());
}

TEST_F(Embedded, AJournalCutBetweenRecordsIsNoticedToo) {
  open();
  append("a");
  const auto whole = fs::file_size(journal());
  append("b");
  log_.reset();
  fs::resize_file(journal(), whole);
  EXPECT_THAT(refusal(), HasSubstr("lost up to 1 (offsets 1 to 1)"));
}

TEST_F(Embedded, AChangedByteInTheJournalIsNamed) {
  open();
  append("a");
  const auto whole = fs::file_size(journal());
  append("b");
  append("c");
  log_.reset();
  {
    std::fstream file(journal(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(whole) + 20);
    file.put('\x7f');
  }
  EXPECT_THAT(refusal(), HasSubstr("lost up to 2 (offsets 1 to 2)"));
}

TEST_F(Embedded, AWriteThatWasCutBeforeItsAnswerNeedsNoConsent) {
  open();
  append("a");
  keep_marks();
  append("b");
  log_.reset();
  bring_back_marks();
  tear_off(3);
  open();
  EXPECT_THAT(values(), ElementsAre("a"));
  EXPECT_EQ(append("c"), 1);
}

TEST_F(Embedded, AFolderThatWasKilledWhileItWasMadeOpens) {
  ASSERT_TRUE(open_embedded_log(options_));
  fs::resize_file(journal(), 5);
  open();
  EXPECT_EQ(append("a"), 0);
}

TEST_F(Embedded, ALogThatWasKilledBeforeItAnsweredAnybodyNeedsNoConsent) {
  open();
  keep_marks();
  append("promised to nobody");
  log_.reset();
  bring_back_marks();
  tear_off(3);
  open();
  EXPECT_THAT(lost_, IsEmpty());
  EXPECT_THAT(values(), IsEmpty());
}

TEST_F(Embedded, ATornTailWithoutMarksSaysThatNobodyKnowsAndGivesNoOffsetTwice) {
  open();
  append("a");
  append("b");
  log_.reset();
  fs::remove(marks());
  fs::remove(copied_marks());
  tear_off(3);
  EXPECT_THAT(refusal(), HasSubstr("cannot be known"));
  options_.loss = Loss::accept;
  testing::internal::CaptureStdout();
  open();
  EXPECT_THAT(testing::internal::GetCapturedStdout(), HasSubstr("nobody can tell how many records"));
  EXPECT_THAT(lost_, IsEmpty());
  EXPECT_GT(append("c"), 1'000);
  EXPECT_THAT(values(), ElementsAre("a", "c"));
  log_.reset();
  options_.loss = Loss::refuse;
  open();
}

TEST_F(Embedded, WhereTheMarksAreDamagedOrGoneTheirCopyTellsWhatIsLost) {
  for (const bool is_gone : {false, true}) {
    open();
    const auto last = append("a");
    log_.reset();
    if (is_gone)
      fs::remove(marks());
    else
      damage(marks());
    tear_off(3);
    const auto lost = "casetrail.commands/0 lost up to 1 (offsets " + std::to_string(last);
    EXPECT_THAT(refusal(), HasSubstr(lost));
    options_.loss = Loss::accept;
    open();
    ASSERT_EQ(lost_.size(), 1U);
    EXPECT_EQ(append("b"), last + 1);
    log_.reset();
    options_.loss = Loss::refuse;
  }
}

TEST_F(Embedded, DamagedMarksAreNamedAndWhereTheirCopyIsToldBesideThem) {
  open();
  append("a");
  log_.reset();
  damage(marks());
  EXPECT_THAT(refusal(),
              AllOf(HasSubstr("its checksum does not fit its numbers"), HasSubstr("as its copy does")));
  damage(copied_marks());
  EXPECT_THAT(refusal(), HasSubstr("so that nobody can tell"));
  options_.loss = Loss::accept;
  open();
  EXPECT_THAT(values(), ElementsAre("a"));
  EXPECT_GT(append("b"), 1'000);
}

TEST_F(Embedded, AFolderThatWasEmptiedIsNoNewLog) {
  open();
  for (const auto* value : {"a", "b", "c"}) append(value);
  log_.reset();
  fs::remove_all(options_.folder);
  fs::create_directories(options_.folder / "lost+found");
  for (int start = 0; start < 2; ++start)
    EXPECT_THAT(refusal(), AllOf(HasSubstr("is gone, with up to 3 records"), HasSubstr("--accept-loss")));
  EXPECT_FALSE(fs::exists(options_.folder / "CURRENT"));
  options_.loss = Loss::accept;
  open();
  append("d");
  log_.reset();
  options_.loss = Loss::refuse;
  open();
  EXPECT_THAT(values(), ElementsAre("d"));
}

TEST_F(Embedded, AnEarlierLogThatWasPutInItsPlaceIsNamedByWhatItLacks) {
  open();
  append("a");
  log_.reset();
  fs::copy(options_.folder, folder_.path() / "earlier", fs::copy_options::recursive);
  open();
  append("b");
  append("c");
  log_.reset();
  fs::remove_all(options_.folder);
  fs::rename(folder_.path() / "earlier", options_.folder);
  EXPECT_THAT(refusal(), HasSubstr("casetrail.commands/0 lost up to 2 (offsets 1 to 2)"));
  options_.loss = Loss::accept;
  open();
  EXPECT_EQ(append("d"), 3);
}

TEST_F(Embedded, AnotherLogThatWasPutInItsPlaceIsRefused) {
  open();
  append("a");
  log_.reset();
  fs::remove_all(options_.folder);
  fs::rename(known(), folder_.path() / "aside");
  open();
  log_.reset();
  fs::remove_all(known());
  fs::rename(folder_.path() / "aside", known());
  EXPECT_THAT(refusal(), HasSubstr("is gone, with up to 1 records"));
  options_.loss = Loss::accept;
  open();
  log_.reset();
  options_.loss = Loss::refuse;
  open();
}

TEST_F(Embedded, CommandsThatTheGroupTookAreForgottenAfterFourteenDays) {
  open();
  append("old");
  const log::Offset young = append("young");
  auto member = std::move(*log_->join(std::string(log::kCommandGroup), log::Topic::commands, "a"));
  const log::Membership::Position taken[] = {{0, young}};
  ASSERT_TRUE(member->commit(taken));
  member.reset();
  log_.reset();
  now_ += std::chrono::days(15);
  open();
  append("new");
  EXPECT_THAT(values(), ElementsAre("young", "new"));
  EXPECT_EQ(log_->bounds(log::Topic::commands, 0)->low, young);
  EXPECT_EQ(log_->open_reader(log::Topic::commands)->start(0, 0).error().failure,
            log::LogFailure::out_of_range);
}

TEST_F(Embedded, EventsAreKeptForEver) {
  open();
  append("old", log::Topic::events);
  append("old", log::Topic::outcomes);
  log_.reset();
  now_ += std::chrono::days(1000);
  open();
  append("new", log::Topic::outcomes);
  EXPECT_THAT(values(log::Topic::events), ElementsAre("old"));
  EXPECT_THAT(values(log::Topic::outcomes), ElementsAre("new"));
}

TEST_F(Embedded, ARecordBesideADamagedPartitionIsDeliveredBeforeTheError) {
  open(3);
  for (const log::Partition partition : {0, 1, 2}) append("a", log::Topic::commands, partition);
  log_.reset();
  damage_first_block(1);
  open(3);
  auto reader = log_->open_reader(log::Topic::commands);
  for (const log::Partition partition : {0, 1, 2}) ASSERT_TRUE(reader->start(partition, 0));
  const auto records = reader->read(100, Duration{0});
  ASSERT_TRUE(records) << records.error().what;
  EXPECT_EQ(records->size(), 2U);
  EXPECT_EQ(reader->position(0), 1);
  EXPECT_EQ(reader->position(1), 0);
  EXPECT_THAT(reader->read(100, Duration{0}).error().what, HasSubstr("a row is damaged"));
  append("b");
  EXPECT_EQ(reader->read(100, Duration{0})->size(), 1U);
}

TEST_F(Embedded, WhatIsTooMuchAtOnceIsAnsweredAndNobodyWaits) {
  open();
  std::promise<void> busy;
  std::promise<void> go_on;
  log_->append(log::Topic::commands, 0, {"case", "first", {}, now_}, [&](const log::LogResult<log::Offset>&) {
    busy.set_value();
    go_on.get_future().wait();
  });
  busy.get_future().wait();  // the log's thread answers, and writes nothing meanwhile
  std::atomic<int> refused{0};
  std::latch answered(12);
  for (int i = 0; i < 12; ++i) {
    log_->append(log::Topic::commands, 0, {"case", std::string(7 << 20, 'x'), {}, now_},
                 [&](const log::LogResult<log::Offset>& at) {
                   if (!at && at.error().failure == log::LogFailure::unavailable) ++refused;
                   answered.count_down();
                 });
  }
  EXPECT_EQ(refused, 2);
  go_on.set_value();
  answered.wait();
  EXPECT_EQ(append("last"), 11);
}

TEST_F(Embedded, AFolderThatIsHeldIsRefused) {
  open();
  EXPECT_THAT(refusal(), HasSubstr("Another process has the log"));
}

TEST_F(Embedded, TheNumberOfPartitionsIsFixed) {
  open();
  const auto reports = log_->create_topics(4);
  ASSERT_TRUE(reports);
  EXPECT_EQ(log_->partitions(), 1);
  EXPECT_THAT((*reports)[0].problems, ElementsAre(HasSubstr("has 1 partitions, not 4")));
}

TEST_F(Embedded, WithoutTopicsEverythingIsRefusedWithTheRemedy) {
  auto log = std::move(open_embedded_log(options_)->log);
  EXPECT_EQ(log->partitions(), 0);
  EXPECT_FALSE(log->check_topics()->front().exists);
  const auto refused = log::append_and_wait(*log, log::Topic::commands, 0, {"case", "a", {}, now_});
  EXPECT_EQ(refused.error().failure, log::LogFailure::refused);
  EXPECT_THAT(log->join("group", log::Topic::events, "a").error().what, HasSubstr("topics create"));
}

TEST_F(Embedded, ARecordBeyondTheLimitIsRefusedAndItsBatchAborted) {
  open();
  const Message large{"case", std::string(9U << 20U, 'x'), {}, now_};
  EXPECT_EQ(log::append_and_wait(*log_, log::Topic::commands, 0, large).error().failure,
            log::LogFailure::refused);
  auto member = std::move(*log_->join(std::string(log::kCommandGroup), log::Topic::commands, "a"));
  auto writer = log_->open_writer(0);
  ASSERT_TRUE(writer->fence());
  const log::Outgoing batch[] = {{log::Topic::deadletters, large}};
  EXPECT_EQ(writer->commit(batch, 1, member->generation()).outcome, log::CommitOutcome::aborted);
}

class DestroyedKeys : public Embedded {
 protected:
  /// Of letters that repeat nothing, so that no compression takes them apart.
  static std::string secret_of(const std::string& case_id) {
    std::seed_seq seed(case_id.begin(), case_id.end());
    std::mt19937 random(seed);
    std::string letters;
    for (int i = 0; i < 40; ++i) letters += static_cast<char>('!' + random() % 90);
    return letters;
  }

  void commit(const std::vector<std::pair<std::string, std::string>>& keys) {
    std::vector<log::Outgoing> records;
    for (const auto& [case_id, value] : keys)
      records.push_back({log::Topic::keys, {case_id, value, {{"writer", "1"}}, now_}});
    const auto member = log_->join(std::string(log::kCommandGroup), log::Topic::commands, {});
    const auto writer = log_->open_writer(0);
    ASSERT_TRUE(writer->start_fence().get());
    ASSERT_EQ(writer->start_commit(records, 0, (*member)->generation()).get().outcome,
              log::CommitOutcome::committed);
  }
  [[nodiscard]] bool lies_on_disk(const std::string& text) const {
    for (const auto& file : fs::recursive_directory_iterator(options_.folder)) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (bytes.contains(text)) return true;
    }
    return false;
  }
  [[nodiscard]] bool leaves_disk(const std::string& text) const {
    for (int tries = 0; tries < 300 && lies_on_disk(text); ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return !lies_on_disk(text);
  }
};

TEST_F(DestroyedKeys, LeaveTheDiskAndTheOthersStay) {
  open();
  commit({{"c1", secret_of("c1")}, {"c2", secret_of("c2")}});
  ASSERT_TRUE(lies_on_disk(secret_of("c1")));
  commit({{"c1", ""}, {"c1", "a later key of c1"}});
  EXPECT_TRUE(leaves_disk(secret_of("c1")));
  EXPECT_THAT(values(log::Topic::keys), ElementsAre("", secret_of("c2"), "", "a later key of c1"));
  log_.reset();
  open();
  EXPECT_THAT(values(log::Topic::keys), ElementsAre("", secret_of("c2"), "", "a later key of c1"));
}

TEST_F(DestroyedKeys, AmongThousandsLeaveTheDisk) {
  open();
  std::vector<std::pair<std::string, std::string>> keys;
  for (int i = 0; i < 3'000; ++i) {
    const auto case_id = "case " + std::to_string(10'000 + i);
    keys.emplace_back(case_id, secret_of(case_id));
  }
  commit(keys);
  log_.reset();
  open();
  const auto gone = secret_of("case 11500");
  commit({{"case 11500", ""}});
  EXPECT_TRUE(leaves_disk(gone));
  auto reader = log_->open_reader(log::Topic::keys);
  ASSERT_TRUE(reader->start(0, 0));
  std::size_t kept = 0;
  for (auto records = *reader->read(5'000, Duration{0}); !records.empty();
       records = *reader->read(5'000, Duration{0}))
    kept += static_cast<std::size_t>(std::ranges::count_if(
        records, [](const log::Record& record) { return !record.message.value.empty(); }));
  EXPECT_EQ(kept, keys.size() - 1);
}

TEST_F(DestroyedKeys, ThatAreStillOnTheDiskAtTheEndLeaveItAtTheNextStart) {
  open();
  commit({{"c1", secret_of("c1")}});
  commit({{"c1", ""}});
  log_.reset();
  open();
  EXPECT_TRUE(leaves_disk(secret_of("c1")));
}

}  // namespace
}  // namespace casetrail::embedded
