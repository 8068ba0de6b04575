// Whose a request is: by the header of a program, or by the cookie of a browser.
#include "workers/identity/gate.h"

#include <gmock/gmock.h>

#include <fstream>
#include <thread>

#include "events/wire/sha256.h"
#include "tests/support/temporary_folder.h"
#include "workers/identity/credentials.h"

namespace casetrail::identity {
namespace {

using testing::HasSubstr;

constexpr auto kOpenDay = Timestamp{std::chrono::seconds{1'780'000'000}};

std::string holder_entry(const std::string& id, const std::string& token) {
  return "- id: " + id + "\n  actor: agent:" + id +
         "\n  rights: [read]\n  token_sha256: " + sha256_hex(token) + "\n";
}

class GateOfAFile : public testing::Test {
 protected:
  void SetUp() override {
    write("identities:\n" + holder_entry("li", "t-li") + holder_entry("wang", "t-wang"));
    book_ = IdentityBook::open(file(), {.token_sha256 = sha256_hex("t-local"),
                                        .identity = {.id = "local", .department = std::nullopt}})
                .value();
  }
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "identities.yaml"; }
  void write(const std::string& text) const { std::ofstream(file()) << text; }

  /// The id of who asks with this header, `nobody`, or the status of the refusal.
  [[nodiscard]] std::string who(const std::string& name, const std::string& value) const {
    http::HttpRequest request{.method = "GET", .target = "/", .headers = {{name, value}}};
    if (const auto refusal = Gate(*book_).admit(request, kOpenDay)) return std::to_string(refusal->status);
    return request.identity->is_known() ? request.identity->id : "nobody";
  }
  [[nodiscard]] IdentityBook& book() const { return *book_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<IdentityBook> book_;
};

TEST_F(GateOfAFile, KnowsAProgramByItsHeader) {
  EXPECT_EQ(who("authorization", "Bearer t-li"), "li");
  EXPECT_EQ(who("authorization", "bearer   t-wang "), "wang");
  EXPECT_EQ(who("authorization", "Bearer t-local"), "local");
  EXPECT_EQ(who("x-other", "t-li"), "nobody");
  for (const auto* wrong :
       {"Bearer t-zhao", "Bearer ", "Bearer", "Basic t-li", "t-li", "Bearer t-li t-li", ""})
    EXPECT_EQ(who("authorization", wrong), "401") << wrong;
}

TEST_F(GateOfAFile, KnowsABrowserByItsCookieAndTakesADeadOneForNobody) {
  EXPECT_EQ(who("cookie", "casetrail_session=t-li"), "li");
  EXPECT_EQ(who("cookie", "theme=dark; casetrail_session=t-wang; x=1"), "wang");
  for (const auto* none : {"casetrail_session=t-zhao", "casetrail_session=", "casetrail_session",
                           "xcasetrail_session=t-li", ";;", ""})
    EXPECT_EQ(who("cookie", none), "nobody") << none;
}

TEST_F(GateOfAFile, ReadsTheFileAnewWhenItChangesAndKeepsTheOldWhereItCannot) {
  EXPECT_EQ(who("authorization", "Bearer t-li"), "li");
  const auto becomes = [&](const std::string& expected) {
    for (int i = 0; i < 100 && who("authorization", "Bearer t-li") != expected; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return who("authorization", "Bearer t-li");
  };
  write("identities:\n" + holder_entry("wang", "t-wang"));
  EXPECT_EQ(becomes("401"), "401");
  write("identities: [\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  EXPECT_EQ(who("authorization", "Bearer t-wang"), "wang");
  write("identities:\n" + holder_entry("li", "t-li"));
  EXPECT_EQ(becomes("li"), "li");
}

TEST_F(GateOfAFile, AFileThatEverybodyMayWriteIsRefused) {
  std::filesystem::permissions(file(), std::filesystem::perms::others_write,
                               std::filesystem::perm_options::add);
  const auto opened = IdentityBook::open(file(), {});
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error(), HasSubstr("chmod o-w"));
}

TEST(SessionCookie, IsForItsOwnPagesAloneAndUnreadableToScripts) {
  const auto plain = session_cookie({}, "t-li").value;
  for (const auto* part :
       {"casetrail_session=t-li;", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"})
    EXPECT_THAT(plain, HasSubstr(part));
  EXPECT_EQ(plain.find("Secure"), std::string::npos);
  EXPECT_THAT(session_cookie({.headers = {{"x-forwarded-proto", "https"}}}, "t-li").value,
              HasSubstr("; Secure"));
  EXPECT_THAT(session_cookie({.encrypted = true}, "t-li").value, HasSubstr("; Secure"));
  EXPECT_THAT(ended_session_cookie().value, HasSubstr("Max-Age=0"));
}

}  // namespace
}  // namespace casetrail::identity
