// What is left of a damaged embedded log stays as it is until somebody decides: nothing of it is deleted by a
// start.
#include "workers/log/embedded/remains.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <vector>

#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/embedded/keys.h"
#include "workers/log/embedded/rows.h"

namespace casetrail::embedded {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class EmbeddedRemains : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 2; ++i) {  // so that the manifest is not the first one
      auto log = open();
      ASSERT_TRUE(log->create_topics(2));
      for (const log::Topic topic : {log::Topic::events, log::Topic::events, log::Topic::policy}) {
        ASSERT_TRUE(log::append_and_wait(*log, topic, 0, {"case", "a record", {}, now_}));
      }
    }
  }

  std::unique_ptr<log::EventLog> open() {
    auto opened = open_embedded_log(options_);
    if (!opened) throw std::runtime_error(opened.error().what);
    lost_ = std::move(opened->lost);
    return std::move(opened->log);
  }

  std::string refusal() const {
    const auto opened = open_embedded_log(options_);
    return opened ? std::string() : opened.error().what;
  }

  std::filesystem::path file(const std::string& name) const { return options_.folder / name; }

  std::string manifest() const {
    std::string newest;
    for (const auto& [name, bytes] : files())
      if (name.starts_with("MANIFEST-")) newest = std::max(newest, name);
    return newest;
  }

  /// Every file that RocksDB keeps records or names in, with its bytes.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(options_.folder)) {
      const auto name = entry.path().filename().string();
      if (name.starts_with("LOG") || name == "LOCK") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      files[name] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return files;
  }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(file(name), std::ios::binary | std::ios::trunc) << bytes;
  }

  /// Twice, with and without consent: neither start changes anything.
  void expect_untouched_and(const testing::Matcher<std::string>& what) {
    const auto before = files();
    EXPECT_THAT(refusal(), what);
    options_.loss = EmbeddedLogOptions::Loss::accept;
    EXPECT_THAT(refusal(), what);
    EXPECT_EQ(files(), before);
  }

  void erase_block(log::Topic topic, log::Partition partition, log::Offset last) const {
    auto rows = EmbeddedRows::open(options_.folder, EmbeddedRows::Opening::whole, options_.memory_bytes);
    ASSERT_TRUE(rows);
    const auto key = keys::block(topic, partition, last);
    ASSERT_TRUE((*rows)->write({{}, {{key, key + '\0'}}}));
  }

  /// As it was written before there was a checksum.
  void write_old_marks(const std::vector<log::Offset>& marks) const {
    write("answered",
          std::string(reinterpret_cast<const char*>(marks.data()), marks.size() * sizeof(log::Offset)));
  }

  TemporaryFolder folder_;
  Timestamp now_ = from_epoch_ms(1'700'000'000'000);
  EmbeddedLogOptions options_{.folder = folder_.path() / "log", .now = [this] { return now_; }};
  std::vector<LostOffsets> lost_;
};

TEST_F(EmbeddedRemains, AreLeftAloneWhenCurrentIsMissing) {
  const auto whole = files();
  std::filesystem::remove(file("CURRENT"));
  expect_untouched_and(AllOf(HasSubstr("CURRENT is missing"), HasSubstr("echo " + manifest() + " > "),
                             HasSubstr("Restore the folder from a backup")));
  write("CURRENT", manifest() + "\n");
  EXPECT_EQ(files(), whole);
  EXPECT_EQ(open()->bounds(log::Topic::events, 0)->high, 4);
}

TEST_F(EmbeddedRemains, AreLeftAloneWhenCurrentIsEmptyOrGarbled) {
  for (const auto& garbled : {std::string(), manifest(), std::string(16, '\0')}) {
    write("CURRENT", garbled);
    expect_untouched_and(HasSubstr("CURRENT is empty or damaged"));
  }
}

TEST_F(EmbeddedRemains, AreLeftAloneWhenAFolderStandsInPlaceOfAFile) {
  for (const auto* name : {"CURRENT", "answered"}) {
    const auto whole = files();
    std::filesystem::remove(file(name));
    std::filesystem::create_directory(file(name));
    EXPECT_THAT(refusal(), AllOf(HasSubstr(file(name).string()), HasSubstr("damaged"))) << name;
    std::filesystem::remove(file(name));
    write(name, whole.at(name));
  }
  EXPECT_EQ(open()->bounds(log::Topic::events, 0)->high, 4);
}

TEST_F(EmbeddedRemains, AreLeftAloneWhenCurrentNamesAManifestThatIsGone) {
  write("CURRENT", "MANIFEST-999999\n");
  expect_untouched_and(HasSubstr("names a manifest that is not there"));
}

TEST_F(EmbeddedRemains, AreLeftAloneWhenNoManifestIsLeft) {
  std::filesystem::remove(file(manifest()));
  std::filesystem::remove(file("CURRENT"));
  expect_untouched_and(HasSubstr("no manifest in it either"));
}

TEST_F(EmbeddedRemains, AreLeftAloneBesideTheManifestOfANewLog) {
  const std::vector<std::string> needed{"default", "passing"};
  EXPECT_TRUE(check_families(options_.folder, needed, needed));
  EXPECT_THAT(check_families(options_.folder, {"default"}, needed).error(),
              AllOf(HasSubstr("that of a new log"), HasSubstr("Restore the folder from a backup")));
  EXPECT_TRUE(check_families(folder_.path(), {"default"}, needed)) << "killed while it was made";
}

TEST(EmbeddedFolder, OfALogThatWasKilledBeforeItHadACurrentOpens) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "MANIFEST-000001") << "half";
  std::ofstream(folder.path() / "IDENTITY") << "half";
  EXPECT_TRUE(open_embedded_log({.folder = folder.path()}));
}

TEST_F(EmbeddedRemains, OfEventsThatDoNotBeginAtTheirFirstOffsetAreNamed) {
  erase_block(log::Topic::events, 0, 0);
  erase_block(log::Topic::policy, 0, 0);
  EXPECT_THAT(refusal(), AllOf(HasSubstr("casetrail.events/0 lost up to 1 (offsets 0 to 0)"),
                               HasSubstr("casetrail.policy/0 lost up to 1 (offsets 0 to 0)"),
                               HasSubstr("up to 2 in all"), HasSubstr("--accept-loss")));
  options_.loss = EmbeddedLogOptions::Loss::accept;
  EXPECT_EQ(open()->bounds(log::Topic::events, 0)->high, 4);
  EXPECT_EQ(lost_.size(), 2U);
  options_.loss = EmbeddedLogOptions::Loss::refuse;
  open();
  EXPECT_THAT(lost_, IsEmpty()) << "given up once";
}

TEST_F(EmbeddedRemains, OfAPartitionThatHasNothingLeftAreCounted) {
  for (const log::Offset last : {0, 1, 2, 3}) erase_block(log::Topic::events, 0, last);
  EXPECT_THAT(refusal(), HasSubstr("casetrail.events/0 lost up to 4 (offsets 0 to 3)"));
}

TEST_F(EmbeddedRemains, OfTheMarksAreNamedAsDamageOfTheirFile) {
  auto marks = files()["answered"];
  marks[20] = static_cast<char>(marks[20] ^ 0x40);
  write("answered", marks);
  EXPECT_THAT(refusal(), AllOf(HasSubstr(file("answered").string()), HasSubstr("its checksum does not fit"),
                               HasSubstr("--accept-loss"), Not(HasSubstr("offsets"))));
  options_.loss = EmbeddedLogOptions::Loss::accept;
  EXPECT_EQ(open()->bounds(log::Topic::events, 0)->high, 4);
  options_.loss = EmbeddedLogOptions::Loss::refuse;
  EXPECT_THAT(refusal(), IsEmpty()) << "written anew";
}

TEST_F(EmbeddedRemains, OfMarksWithoutAChecksumAreReadAndOnesThatCannotBeAreNamed) {
  write_old_marks(std::vector<log::Offset>(9, 0));
  EXPECT_THAT(refusal(), IsEmpty());
  for (const log::Offset absurd :
       {log::Offset{-1}, log::Offset{1} << 62U, std::numeric_limits<log::Offset>::max()}) {
    std::vector<log::Offset> marks(9, 0);
    marks[3] = absurd;
    write_old_marks(marks);
    EXPECT_THAT(refusal(), HasSubstr("it names offsets that no log reaches")) << absurd;
  }
  write_old_marks(std::vector<log::Offset>(13, 1));
  EXPECT_THAT(refusal(), HasSubstr("it names partitions that the log has not"));
  write("answered", "12345");
  EXPECT_THAT(refusal(), HasSubstr("cut off within a number"));
}

}  // namespace
}  // namespace casetrail::embedded
