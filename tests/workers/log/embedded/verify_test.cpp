// Damage anywhere in the embedded log is found and named, and nothing else is.
#include "workers/log/embedded/verify.h"

#include <gmock/gmock.h>

#include <fstream>
#include <random>

#include "events/case/work.h"
#include "tests/support/events_of.h"
#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/keys.h"
#include "workers/log/embedded/look.h"
#include "workers/log/embedded/rows.h"
#include "workers/log/partition.h"

namespace casetrail::embedded {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class EmbeddedVerify : public testing::Test {
 protected:
  static constexpr int kRecords = 6;

  /// Long values, so that each block lies in a file of long values once the log was opened again.
  void SetUp() override {
    std::minstd_rand random;
    auto log = open();
    for (int i = 0; i < kRecords; ++i) {
      std::string value(20'000, '\0');
      for (char& byte : value) byte = static_cast<char>(random());
      ASSERT_TRUE(
          log::append_and_wait(*log, log::Topic::events, 1, {"case", std::move(value), {}, Timestamp{}}));
    }
    ASSERT_TRUE(log::append_and_wait(*log, log::Topic::policy, 0, {"key", "short", {}, Timestamp{}}));
    log.reset();
    open();
  }

  std::unique_ptr<log::EventLog> open() const {
    auto log = std::move(open_embedded_log(options_).value().log);
    EXPECT_TRUE(log->create_topics(2));
    return log;
  }

  VerifiedLog verify() {
    return verify_embedded_log(options_.folder, std::size_t{16} << 20U,
                               [this](auto done, auto total) {
                                 progress_ = {done, total};
                                 return true;
                               })
        .value();
  }

  std::filesystem::path blob() const {
    for (const auto& entry : std::filesystem::directory_iterator(options_.folder))
      if (entry.path().extension() == ".blob") return entry.path();
    throw std::runtime_error("Expected a file of long values, but there is none.");
  }

  static void flip(const std::filesystem::path& path, std::uintmax_t at) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    const auto byte = file.seekg(static_cast<std::streamoff>(at)).get();
    file.seekp(static_cast<std::streamoff>(at)).put(static_cast<char>(byte ^ 1));
  }

  TemporaryFolder folder_;
  EmbeddedLogOptions options_{.folder = folder_.path() / "log"};
  std::pair<std::int64_t, std::int64_t> progress_;
};

TEST_F(EmbeddedVerify, ASoundLogIsReadToItsEnd) {
  const auto verified = verify();
  EXPECT_THAT(verified.damage, IsEmpty());
  EXPECT_EQ(verified.records, kRecords + 1);
  EXPECT_EQ(progress_, std::pair(std::int64_t{kRecords + 1}, std::int64_t{kRecords + 1}));
}

TEST_F(EmbeddedVerify, WhoLooksBesideTheWriterIsToldWhereDamageBegins) {
  flip(blob(), 20'000 * 5 / 2);
  const auto look = LogLook::open(options_.folder, std::size_t{16} << 20U);
  ASSERT_TRUE(look) << look.error().what;
  std::vector<log::Offset> offsets;
  const auto read = look->read(log::Topic::events, 1, 0, kRecords,
                               [&](log::Offset offset, const MessageView&) { offsets.push_back(offset); });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().failure, log::LogFailure::refused);
  EXPECT_THAT(read.error().what, HasSubstr("casetrail.events/1 cannot be read from offset 2 on"));
  EXPECT_THAT(offsets, testing::ElementsAre(0, 1));
}

TEST_F(EmbeddedVerify, AFlippedBitIsNamedByItsOffsetAndFileAndTheRestIsRead) {
  flip(blob(), 20'000 * 5 / 2);
  const auto verified = verify();
  ASSERT_EQ(verified.damage.size(), 1U);
  const auto& damage = verified.damage.front();
  EXPECT_EQ(damage.topic, "casetrail.events");
  EXPECT_EQ(damage.partition, 1);
  EXPECT_EQ(damage.from, 2);
  EXPECT_EQ(damage.until, 3);
  EXPECT_EQ(damage.file, blob().string());
  EXPECT_EQ(verified.records, kRecords);
  auto log = open();
  auto reader = log->open_reader(log::Topic::events);
  ASSERT_TRUE(reader->start(1, 2));
  EXPECT_THAT(reader->read(1, Duration{0}).error().what,
              testing::AllOf(HasSubstr("casetrail.events/1 cannot be read from offset 2 on"),
                             HasSubstr("casetrail verify")));
}

TEST_F(EmbeddedVerify, AFileThatIsGoneCutShortOrNoiseIsNamed) {
  const auto file = blob();
  const auto bytes = std::filesystem::file_size(file);
  const auto files = [this] {
    std::string named;
    for (const auto& damage : verify().damage) named += damage.file + " " + damage.what + "\n";
    return named;
  };
  const TemporaryFolder sound;
  std::filesystem::copy(file, sound.path() / "blob");
  std::filesystem::resize_file(file, bytes / 2);
  EXPECT_THAT(files(), HasSubstr(file.string() + " it has "));
  std::ofstream(file, std::ios::binary | std::ios::trunc) << std::string(bytes, 'x');
  EXPECT_EQ(verify().records, 1) << files();
  EXPECT_THAT(files(), testing::Not(IsEmpty()));
  std::filesystem::remove(file);
  EXPECT_THAT(files(), HasSubstr(file.string() + " No such file"));
  std::filesystem::copy(sound.path() / "blob", file);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(EmbeddedVerify, RecordsThatAreGoneAreNamedUnlessTheyWereGivenUp) {
  const auto key = keys::block(log::Topic::events, 1, 3);
  const auto behind = keys::block(log::Topic::events, 1, 5);
  ASSERT_TRUE((*EmbeddedRows::open(options_.folder, EmbeddedRows::Opening::whole, std::size_t{16} << 20U))
                  ->write({{}, {{key, behind}}}));
  const auto verified = verify();
  ASSERT_EQ(verified.damage.size(), 1U);
  EXPECT_EQ(verified.damage.front().from, 3);
  EXPECT_EQ(verified.damage.front().until, 5);
  ASSERT_TRUE((*EmbeddedRows::open(options_.folder, EmbeddedRows::Opening::whole, std::size_t{16} << 20U))
                  ->write({{{keys::lost(log::Topic::events, 1, 3), keys::number(5)}}, {}}));
  EXPECT_THAT(verify().damage, IsEmpty());
}

TEST_F(EmbeddedVerify, AFolderWithoutACurrentIsDamageAndStaysAsItIs) {
  std::filesystem::remove(options_.folder / "CURRENT");
  const auto verified = verify();
  ASSERT_EQ(verified.damage.size(), 1U);
  EXPECT_THAT(verified.damage.front().what, HasSubstr("CURRENT is missing"));
  EXPECT_TRUE(std::filesystem::exists(blob()));
}

TEST_F(EmbeddedVerify, AnEventThatLiesInAnotherPartitionThanItsCaseIsNamed) {
  auto log = open();
  const auto event = write_event(EventsOf("case-1").add(WorkStarted{}).events().front());
  const auto home = log::partition_of(event.key, 2);
  ASSERT_TRUE(log::append_and_wait(*log, log::Topic::events, home, event));
  const auto offset = log::append_and_wait(*log, log::Topic::events, 1 - home, event);
  ASSERT_TRUE(offset);
  log.reset();
  const auto verified = verify();
  EXPECT_EQ(verified.records, kRecords + 3);
  ASSERT_EQ(verified.damage.size(), 1U);
  const auto& damage = verified.damage.front();
  EXPECT_EQ(damage.partition, 1 - home);
  EXPECT_EQ(std::pair(damage.from, damage.until), std::pair(*offset, *offset + 1));
  EXPECT_EQ(damage.what, "it names case case-1, which belongs to partition " + std::to_string(home));
}

TEST_F(EmbeddedVerify, AFirstEventOfNoCommandIsNamed) {
  auto event = EventsOf("case-1").add(WorkStarted{}).events().front();
  event.command_offset = -1;
  ASSERT_TRUE(
      log::append_and_wait(*open(), log::Topic::events, log::partition_of("case-1", 2), write_event(event)));
  const auto verified = verify();
  ASSERT_EQ(verified.damage.size(), 1U);
  EXPECT_THAT(verified.damage.front().what, HasSubstr("first event of case case-1, and names no command"));
}

}  // namespace
}  // namespace casetrail::embedded
