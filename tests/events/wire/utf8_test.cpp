// Which bytes are text.
#include "events/wire/utf8.h"

#include <gtest/gtest.h>

namespace casetrail {
namespace {

TEST(Utf8, WellFormedTextPasses) { EXPECT_TRUE(is_utf8("déjà 您好 \xF0\x9F\x99\x82")); }

TEST(Utf8, BrokenTextDoesNot) {
  for (const auto* broken : {"\xFF", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE4\xBD"}) {
    EXPECT_FALSE(is_utf8(broken));
  }
}

TEST(Utf8, EachBrokenByteBecomesOneReplacement) {
  EXPECT_EQ(as_utf8("a\xFF\xFE"
                    "b"),
            "a\uFFFD\uFFFD"
            "b");
  EXPECT_EQ(as_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(as_utf8("您好 \xE4\xBD"), "您好 \uFFFD\uFFFD");
}

TEST(Utf8, IsCutBetweenCharacters) {
  EXPECT_EQ(as_utf8("您好", 6), "您好");
  EXPECT_EQ(as_utf8("您好", 5), "您");
  EXPECT_EQ(as_utf8("\xFF\xFF", 5), "\uFFFD");
}

}  // namespace
}  // namespace casetrail
