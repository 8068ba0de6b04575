// The file of the master key: made once, read by its owner.
#include "workers/privacy/master_key.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

namespace casetrail::privacy {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class MasterKey : public testing::Test {
 protected:
  std::expected<Secret, std::string> read_of(std::string_view text) {
    std::ofstream(file_) << text;
    return read_master_key(file_);
  }

  TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "master.key";
};

TEST_F(MasterKey, WhatWasMadeIsRead) {
  const auto made = create_master_key(file_).value();
  EXPECT_EQ(read_master_key(file_).value().bytes(), made.bytes());
}

TEST_F(MasterKey, IsItsOwnersAlone) {
  ASSERT_TRUE(create_master_key(file_));
  EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(MasterKey, IsNeverOverwritten) {
  const auto made = create_master_key(file_).value();
  EXPECT_THAT(create_master_key(file_).error(), HasSubstr("already"));
  EXPECT_EQ(read_master_key(file_).value().bytes(), made.bytes());
}

TEST_F(MasterKey, AFolderThatIsNotThereIsNamed) {
  EXPECT_THAT(create_master_key(folder_.path() / "none" / "master.key").error(),
              HasSubstr("Check its folder"));
}

TEST_F(MasterKey, AMissingFileIsRefused) {
  EXPECT_THAT(read_master_key(file_).error(), HasSubstr("cannot be read"));
}

TEST_F(MasterKey, AnotherFileIsRefused) {
  for (const auto* text :
       {"\n", "casetrail_master_\n", "casetrail_master_c2hvcnQ=\n", "casetrail_master_!\n", "a token\n"})
    EXPECT_THAT(read_of(text).error(), HasSubstr("no master key")) << text;
}

}  // namespace
}  // namespace casetrail::privacy
