// What dead letters show of the persons in them.
#include "workers/api/masked_json.h"

#include <gmock/gmock.h>

namespace casetrail::api {
namespace {

TEST(MaskedJson, NothingUnderPiiIsLeft) {
  EXPECT_EQ(
      masked_json(
          R"({"kind":"inquiry","pii":{"nmae":"王小明","contacts":["13800138111",{"x":5}],"no":null},"n":1})"),
      R"({"kind":"inquiry","pii":{"nmae":"***","contacts":["***",{"x":"***"}],"no":null},"n":1})");
}

TEST(MaskedJson, WhatStandsElsewhereIsMaskedByTheNameOfItsMember) {
  EXPECT_EQ(
      masked_json(
          R"({"data":{"pi":{"name":"王小明","contacts":["13800138111"],"phone":13800138111},"note":"call 138-0013-8111"}})"),
      R"({"data":{"pi":{"name":"王**","contacts":["138****8111"],"phone":"138****8111"},"note":"call 138-****-8111"}})");
}

TEST(MaskedJson, EverythingElseStays) {
  for (const auto* json : {"{}", "[]", "true", "-1.5", "[1,\"a\",{\"b\":[]},null]"})
    EXPECT_EQ(masked_json(json), json);
}

TEST(MaskedJson, WhatIsNoJsonIsNothing) {
  for (const auto* text : {"", "{", "pii: 13800138111", "{} x", "\xff"})
    EXPECT_FALSE(masked_json(text)) << text;
}

}  // namespace
}  // namespace casetrail::api
