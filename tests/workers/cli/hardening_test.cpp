// What the linker and the compiler put into the binary against overruns, as readelf shows it. The code's own
// marks are there in optimised presets alone.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>

#include "tests/support/program.h"

namespace casetrail::cli {
namespace {

/// Whether what readelf tells with `option` has a line like `line`.
bool shows(const std::string& option, const std::string& line) {
  const auto told = test::run_program({"/usr/bin/readelf", "--wide", option, CASETRAIL_BINARY});
  EXPECT_EQ(told.exit_code, 0) << told.err;
  return std::regex_search(told.out, std::regex(line));
}

TEST(Binary, IsLoadedAtAnyAddressWithAStackThatIsNoCode) {
  EXPECT_TRUE(shows("--dynamic", R"(FLAGS_1\).*\bPIE\b)"));
  EXPECT_TRUE(shows("--program-headers", R"(GNU_STACK .* RW )"));
}

TEST(Binary, HasNoTableOfFunctionsThatCanBeWritten) {
  EXPECT_TRUE(shows("--program-headers", "GNU_RELRO"));
  EXPECT_TRUE(shows("--dynamic", R"(FLAGS\) +BIND_NOW)"));
}

#if CASETRAIL_HARDENED_CODE

TEST(Binary, GuardsItsStackFrames) { EXPECT_TRUE(shows("--dyn-syms", "UND __stack_chk_fail")); }

TEST(Binary, ChecksTheSizesOfBuffersThatItCopiesInto) {
  EXPECT_TRUE(shows("--dyn-syms", "UND __memcpy_chk"));
}

#if defined(__x86_64__)

TEST(Binary, MarksWhereAnIndirectJumpMayLand) {
  std::ifstream file(CASETRAIL_BINARY, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  constexpr std::string_view kEndbr64 = "\xf3\x0f\x1e\xfa";
  std::size_t marks = 0;
  for (auto at = bytes.find(kEndbr64); at != std::string::npos; at = bytes.find(kEndbr64, at + 1)) ++marks;
  EXPECT_GT(marks, 1000);
}

#endif
#endif

}  // namespace
}  // namespace casetrail::cli
