// The keys of heads as files.
#include "workers/evidence/key_file.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

namespace casetrail::evidence {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class EvidenceKeyFile : public testing::Test {
 protected:
  TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "evidence.key";
};

TEST_F(EvidenceKeyFile, IsReadAsItWasMadeWithItsPublicHalfBeside) {
  const auto made = create_signing_key(file_);
  ASSERT_TRUE(made) << made.error();
  EXPECT_EQ(read_signing_key(file_).value().text(), made->text());
  EXPECT_EQ(read_public_key(public_file_of(file_)).value().text(), made->public_key().text());
}

TEST_F(EvidenceKeyFile, MayBeReadByItsOwnerAlone) {
  ASSERT_TRUE(create_signing_key(file_));
  EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(EvidenceKeyFile, ThatIsThereIsNotWrittenOver) {
  ASSERT_TRUE(create_signing_key(file_));
  EXPECT_THAT(create_signing_key(file_).error(), HasSubstr("already"));
  fs::remove(file_);
  EXPECT_THAT(create_signing_key(file_).error(), HasSubstr("evidence.key.pub already"));
}

TEST_F(EvidenceKeyFile, OfTheOtherHalfOrOfSomethingElseIsRefused) {
  ASSERT_TRUE(create_signing_key(file_));
  EXPECT_THAT(read_signing_key(public_file_of(file_)).error(), HasSubstr("evidence key --out"));
  EXPECT_THAT(read_public_key(file_).error(), HasSubstr("FILE.pub"));
  EXPECT_THAT(read_public_key(folder_.path() / "none").error(), HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace casetrail::evidence
