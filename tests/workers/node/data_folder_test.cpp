// One holder a folder, and an address that counts only while it is held.
#include "workers/node/data_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/temporary_folder.h"

namespace casetrail::node {
namespace {

using namespace std::chrono_literals;

TEST(DataFolder, ASecondHolderIsToldWhereTheFirstOneServes) {
  const TemporaryFolder temporary;
  DataFolder folder(temporary.path() / "data");
  const auto first = folder.lock(0ms);
  ASSERT_TRUE(first);
  ASSERT_TRUE((*first)->publish({{"127.0.0.1", 1234}, "t-1"}));
  const auto second = folder.lock(0ms);
  ASSERT_FALSE(second);
  ASSERT_TRUE(second.error().holder);
  EXPECT_EQ(second.error().holder->address.text(), "127.0.0.1:1234");
  EXPECT_EQ(second.error().holder->token, "t-1");
}

TEST(DataFolder, AHolderThatDoesNotServeIsWaitedFor) {
  const TemporaryFolder temporary;
  DataFolder folder(temporary.path());
  const auto first = folder.lock(0ms);
  const auto second = folder.lock(50ms);
  ASSERT_FALSE(second);
  EXPECT_FALSE(second.error().holder);
}

TEST(DataFolder, AFolderOfSomebodyElseIsLeftAlone) {
  const TemporaryFolder temporary;
  ASSERT_TRUE(replace_file(temporary.path() / "letter.txt", "dear"));
  const auto refused = DataFolder(temporary.path()).lock(0ms);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("other files"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(temporary.path() / "lock"));
}

TEST(DataFolder, AnAddressThatADeadHolderLeftDoesNotCount) {
  const TemporaryFolder temporary;
  ASSERT_TRUE(replace_file(temporary.path() / "lock", ""));
  ASSERT_TRUE(replace_file(temporary.path() / "address", "127.0.0.1:1\n"));
  DataFolder folder(temporary.path());
  EXPECT_TRUE(folder.lock(0ms));
}

TEST(DataFolder, StoresWithoutTheLogThatTheyWereMadeOfAreALoss) {
  const TemporaryFolder temporary;
  const DataFolder folder(temporary.path());
  std::filesystem::create_directories(temporary.path() / "log" / "lost+found");
  EXPECT_FALSE(folder.lost_log());
  std::filesystem::create_directory(temporary.path() / "stores");
  ASSERT_TRUE(folder.lost_log());
  EXPECT_NE(folder.lost_log()->find("nobody can tell"), std::string::npos);
  ASSERT_TRUE(replace_file(temporary.path() / "log" / "CURRENT", "MANIFEST-000001"));
  EXPECT_FALSE(folder.lost_log());
}

TEST(DataFolder, TheNodeKeepsItsName) {
  const TemporaryFolder temporary;
  const DataFolder folder(temporary.path());
  const auto first = folder.node_id();
  ASSERT_TRUE(first);
  EXPECT_EQ(folder.node_id(), first);
}

TEST(DataFolder, ADamagedNodeFileIsRefusedAndNotUsedAsItIs) {
  const TemporaryFolder temporary;
  for (const auto& name :
       std::vector<std::string>{"n\xff\xfe", "n 1", "n\n1", "../n", std::string(65, 'n')}) {
    ASSERT_TRUE(replace_file(temporary.path() / "node", name + "\n"));
    const auto node = DataFolder(temporary.path()).node_id();
    ASSERT_FALSE(node) << name;
    EXPECT_NE(node.error().find("it is damaged. Restore it"), std::string::npos) << node.error();
  }
}

TEST(DataFolder, OneThatOthersMayLookIntoIsNamedWithTheRemedy) {
  const TemporaryFolder temporary;
  EXPECT_EQ(open_to_others(temporary.path()), std::nullopt);
  for (const auto right : {std::filesystem::perms::others_exec, std::filesystem::perms::group_read}) {
    std::filesystem::permissions(temporary.path(), std::filesystem::perms::owner_all | right);
    EXPECT_NE(open_to_others(temporary.path())->find("chmod -R go= " + temporary.path().string()),
              std::string::npos);
  }
}

TEST(DataFolder, ServesTheKindOfLogThatItHasServedAndNoOther) {
  const TemporaryFolder temporary;
  const DataFolder fresh(temporary.path() / "fresh");
  EXPECT_TRUE(fresh.check_served(LogKind::kafka));
  EXPECT_TRUE(fresh.check_served(LogKind::embedded));

  const DataFolder of_kafka(temporary.path() / "kafka");
  std::filesystem::create_directories(of_kafka.path() / "stores");
  EXPECT_TRUE(of_kafka.check_served(LogKind::kafka));
  EXPECT_NE(of_kafka.check_served(LogKind::embedded).error().find("Name them with --brokers"),
            std::string::npos);

  const DataFolder embedded(temporary.path() / "embedded");
  std::filesystem::create_directories(embedded.path() / "log");
  ASSERT_TRUE(embedded.node_id());
  EXPECT_TRUE(embedded.check_served(LogKind::embedded));
  EXPECT_NE(embedded.check_served(LogKind::kafka).error().find("drop --brokers"), std::string::npos);
  std::filesystem::rename(embedded.path() / "log", embedded.path() / "log.known");
  EXPECT_TRUE(embedded.check_served(LogKind::embedded)) << "what was known of it is there";
}

TEST(DataFolder, TakesAFolderForNoFile) {
  const TemporaryFolder temporary;
  EXPECT_FALSE(read_file(temporary.path()));
}

/// As a user who is nobody's friend, where the test runs as root.
class Stranger {
 public:
  Stranger() { is_root_ = ::geteuid() == 0 && ::seteuid(kNobody) == 0; }
  ~Stranger() { EXPECT_TRUE(!is_root_ || ::seteuid(0) == 0); }
  Stranger(const Stranger&) = delete;
  Stranger& operator=(const Stranger&) = delete;

 private:
  static constexpr uid_t kNobody = 65'534;
  bool is_root_ = false;
};

TEST(DataFolder, OneOfAnotherUserIsNamedWithThatUserAndTheRemedy) {
  const Stranger stranger;
  for (const auto* path : {"/root", "/root/casetrail", "/root/a/b", "/usr/casetrail"}) {
    DataFolder folder(path);
    EXPECT_FALSE(folder.is_new()) << path;
    const auto lock = folder.lock(0ms);
    ASSERT_FALSE(lock) << path;
    EXPECT_EQ(lock.error().what.find(path[1] == 'r' ? "/root belongs to user root, and user "
                                                    : "/usr belongs to user root"),
              0U)
        << lock.error().what;
    EXPECT_NE(lock.error().what.find("(sudo -u root casetrail …), or name a folder of your own with --data."),
              std::string::npos);
  }
}

TEST(DataFolder, OneThatAnotherUserHasWorkedInIsNamedByThatUsersFile) {
  const TemporaryFolder temporary;
  ASSERT_TRUE(replace_file(temporary.path() / "lock", ""));
  std::filesystem::permissions(temporary.path(), std::filesystem::perms::all);
  std::filesystem::permissions(temporary.path() / "lock", std::filesystem::perms::none);
  const Stranger stranger;
  const auto lock = DataFolder(temporary.path()).lock(0ms);
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().what.find((temporary.path() / "lock").string()), 0U) << lock.error().what;
}

TEST(DataFolder, AFileIsNoFolderAndIsSaidToBeOne) {
  const TemporaryFolder temporary;
  const auto file = temporary.path() / "letter.txt";
  ASSERT_TRUE(replace_file(file, "dear"));
  DataFolder folder(file);
  EXPECT_FALSE(folder.is_new());
  const auto lock = folder.lock(0ms);
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().what,
            file.string() + " is a file, and the data is kept in a folder. Name that folder with --data.");
}

TEST(DataFolder, AFolderThatCannotBeMadeIsAnErrorWithARemedy) {
  DataFolder folder("/proc/casetrail");
  const auto lock = folder.lock(0ms);
  ASSERT_FALSE(lock);
  EXPECT_NE(lock.error().what.find("--data"), std::string::npos);
}

}  // namespace
}  // namespace casetrail::node
