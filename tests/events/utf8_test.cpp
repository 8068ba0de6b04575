// Which bytes are text.
#include "events/utf8.h"

#include <gtest/gtest.h>

namespace casetrail {
namespace {

TEST(Utf8, WellFormedTextPasses) { EXPECT_TRUE(is_utf8("déjà 您好 \xF0\x9F\x99\x82")); }

TEST(Utf8, BrokenTextDoesNot) {
  for (const auto* broken : {"\xFF", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE4\xBD"}) {
    EXPECT_FALSE(is_utf8(broken));
  }
}

}  // namespace
}  // namespace casetrail
