// Where `pii` lies in a value, and what stays of it.
#include "workers/privacy/personal.h"

#include <gtest/gtest.h>

namespace casetrail::privacy {
namespace {

constexpr std::string_view kPii = R"({"name":"王 \"小\" {明}","contacts":["138","139"]})";
constexpr std::string_view kKeyId = "0123456789abcdef";

std::string value_with(std::string_view pii) {
  return R"({"channel":"wechat","pii":)" + std::string(pii) + R"(,"number":"A1"})";
}

TEST(Personal, IsFoundWhereItLies) {
  const auto value = value_with(kPii);
  EXPECT_EQ(open_personal(value), kPii);
  EXPECT_EQ(open_personal(value)->data(), value.data() + value.find(kPii));
}

TEST(Personal, IsFoundBehindBlanks) {
  const std::string value = "  {\"a\": 1, \"pii\" : {\"text\" : \"x\"} }";
  EXPECT_TRUE(open_personal(value)->starts_with(R"({"text" : "x"})"));
}

TEST(Personal, OnlyOfTheRootCounts) {
  EXPECT_FALSE(open_personal(R"({"data":{"pii":{"text":"x"}}})"));
  EXPECT_FALSE(open_personal(R"({"text":"\"pii\":{\"text\":\"x\"}"})"));
  EXPECT_FALSE(open_personal(R"({"pii":"text"})"));
  EXPECT_FALSE(open_personal(R"({"pii":null})"));
  EXPECT_FALSE(open_personal(R"("pii")"));
  EXPECT_FALSE(open_personal(R"({"pii":{)"));
  EXPECT_FALSE(open_personal(""));
}

TEST(Personal, SealedItKeepsItsShapeAlone) {
  EXPECT_EQ(sealed_form(kKeyId, "c2VhbGVk", kPii),
            R"({"sealed":"0123456789abcdef:c2VhbGVk","name":"","contacts":["",""]})");
  EXPECT_EQ(sealed_form(kKeyId, "c2VhbGVk", R"({"a":{"b":"x"},"n":17,"t":true})"),
            R"({"sealed":"0123456789abcdef:c2VhbGVk","a":{"b":""},"n":null,"t":null})");
  EXPECT_EQ(sealed_form(kKeyId, "c2VhbGVk", "{}"), R"({"sealed":"0123456789abcdef:c2VhbGVk"})");
}

TEST(Personal, WhatWasSealedIsFoundAgain) {
  const auto value = value_with(sealed_form(kKeyId, "c2VhbGVk", kPii));
  const auto found = sealed_personal(value).value();
  EXPECT_EQ(found.key_id, kKeyId);
  EXPECT_EQ(found.text, "c2VhbGVk");
  EXPECT_EQ(found.shape, R"("name":"","contacts":["",""])");
  EXPECT_EQ(with_part(value, found.whole, kPii), value_with(kPii));
  EXPECT_FALSE(open_personal(value)) << "nothing is sealed twice";
}

TEST(Personal, AShapeOfNothingIsEmpty) {
  const auto value = value_with(sealed_form(kKeyId, "c2VhbGVk", "{}"));
  EXPECT_EQ(sealed_personal(value)->shape, "");
}

TEST(Personal, ATextThatSaysSoIsNotSealed) {
  EXPECT_FALSE(sealed_personal(R"({"text":"{\"pii\":{\"sealed\":\"0123456789abcdef:eA==\"}}"})"));
  EXPECT_FALSE(sealed_personal(R"({"map":{"x\"pii":{"sealed":"0123456789abcdef:eA=="}}})"));
  EXPECT_FALSE(sealed_personal(value_with(kPii)));
  EXPECT_FALSE(sealed_personal(R"({"pii":{"sealed":"short"}})"));
  EXPECT_FALSE(sealed_personal(R"({"pii":{"sealed":"0123456789abcdef:eA==)"));
  EXPECT_FALSE(sealed_personal(R"("pii":{"sealed":"0123456789abcdef:eA=="})"));
}

}  // namespace
}  // namespace casetrail::privacy
