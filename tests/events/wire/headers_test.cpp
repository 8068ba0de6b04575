// What was added is found again, however long it is and however often the memory behind it grew.
#include "events/wire/headers.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace casetrail {
namespace {

TEST(Headers, AreReadAsTheyWereAdded) {
  for (const auto size : std::to_array<std::size_t>({0, 1, 14, 15, 16, 100, 127, 128, 129, 5000})) {
    const std::string value(size, 'v');
    Headers headers;
    for (int i = 0; i < 20; ++i) {
      headers.add("ce_name", value);
      headers.add(value, "");
    }
    std::size_t seen = 0;
    for (const auto& header : headers) {
      EXPECT_EQ(header, seen % 2 == 0 ? (HeaderView{"ce_name", value}) : (HeaderView{value, ""})) << size;
      ASSERT_LE(++seen, headers.size()) << size;
    }
    EXPECT_EQ(seen, 40U) << size;
  }
}

}  // namespace
}  // namespace casetrail
