// What a ledger says, and which folder keeps one.
#include "workers/node/erasure_ledger.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

namespace casetrail::node {
namespace {

class Ledger : public testing::Test {
 protected:
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "erased";
};

TEST_F(Ledger, TellsEachCaseOnceWithItsLastErasure) {
  ASSERT_TRUE(add_to_ledger(file_, {"b", from_epoch_ms(2'000)}));
  ASSERT_TRUE(add_to_ledger(file_, {"a", std::nullopt}));
  ASSERT_TRUE(add_to_ledger(file_, {"b", from_epoch_ms(1'000)}));
  ASSERT_TRUE(add_to_ledger(file_, {"b", std::nullopt}));
  EXPECT_THAT(read_ledger(file_).value(),
              testing::ElementsAre(LedgerEntry{"a", std::nullopt}, LedgerEntry{"b", from_epoch_ms(2'000)}));
}

TEST_F(Ledger, GoesOnBehindALineThatAKillCutShort) {
  std::ofstream(file_) << "a 1970-01-01T00:00:01Z\nb 19";
  ASSERT_TRUE(add_to_ledger(file_, {"c", std::nullopt}));
  EXPECT_THAT(read_ledger(file_).value(),
              testing::ElementsAre(LedgerEntry{"a", from_epoch_ms(1'000)}, LedgerEntry{"b", std::nullopt},
                                   LedgerEntry{"c", std::nullopt}));
}

TEST_F(Ledger, ThatIsNotThereIsNotTakenForAnEmptyOne) {
  EXPECT_THAT(read_ledger(file_).error(), testing::HasSubstr("--erased FILE"));
  EXPECT_FALSE(read_ledger(folder_.path()));
}

TEST_F(Ledger, OfAFolderIsTheOneThatWasNamedLast) {
  EXPECT_EQ(ledger_of(folder_.path()), std::nullopt);
  ASSERT_TRUE(name_ledger(folder_.path(), "/srv/one"));
  ASSERT_TRUE(name_ledger(folder_.path(), file_));
  EXPECT_EQ(ledger_of(folder_.path()), file_);
}

}  // namespace
}  // namespace casetrail::node
