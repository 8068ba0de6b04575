// What an operator asks of a node at work.
#include <gmock/gmock.h>

#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

class NodesDesk : public fuzz::StoryDesk {
 public:
  DeskAnswer start_backup(const std::string& directory) override {
    if (directory == "/new") return R"({"run":1})";
    return std::unexpected(DeskFailure{Unanswered::conflict, "One is under way."});
  }
};

TEST(Health, ABackupIsBegunByItsDirectory) {
  test::Desk<NodesDesk> desk;
  const auto post = [&](const std::string& body) {
    return desk.ask({.method = "POST",
                     .target = "/v1/backups",
                     .headers = {{"content-type", "application/json"}},
                     .body = body});
  };
  EXPECT_EQ(post(R"({"directory":"/new"})").status, 202);
  EXPECT_EQ(post(R"({"directory":"/old"})").status, 409);
  EXPECT_EQ(post(R"({})").status, 422);
  EXPECT_EQ(desk.get("/v1/backups").status, 200);
}

}  // namespace
}  // namespace casetrail::api
