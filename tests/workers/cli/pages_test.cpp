// Pages of one answer become the answer that one page would have been.
#include "workers/cli/pages.h"

#include <gtest/gtest.h>

#include <array>

namespace casetrail::cli {
namespace {

TEST(Pages, JoinedAreTheOneLongAnswer) {
  const std::array<std::string, 3> pages{
      R"({"view":"x","totals":{"matching":3},"rows":[{"a":"rows"},{"a":2}],"next":"0f","matrix":[]})",
      R"({"view":"x","totals":{"matching":3},"rows":[{"a":[3]}],"next":"1f","matrix":[]})",
      R"({"view":"x","totals":{"matching":3},"rows":[],"matrix":[]})"};
  EXPECT_EQ(join_pages(pages),
            R"({"view":"x","totals":{"matching":3},"rows":[{"a":"rows"},{"a":2},{"a":[3]}],"matrix":[]})");
  EXPECT_EQ(
      join_pages(std::span(pages).first(2)),
      R"({"view":"x","totals":{"matching":3},"rows":[{"a":"rows"},{"a":2},{"a":[3]}],"next":"1f","matrix":[]})");
  EXPECT_EQ(join_pages(std::span(pages).last(1)), pages.back());
}

TEST(Pages, TellWhatComesBehindThem) {
  EXPECT_EQ(next_of(R"({"rows":[],"next":"0f"})"), "0f");
  EXPECT_EQ(next_of(R"({"rows":[]})"), "");
}

}  // namespace
}  // namespace casetrail::cli
