// What is sealed opens with its key and in its place alone.
#include "workers/privacy/secret.h"

#include <gtest/gtest.h>

namespace casetrail::privacy {
namespace {

TEST(Secret, WhatIsSealedOpensAgain) {
  const auto key = Secret::random();
  for (const std::string text : {"", "x", "王小明 13800001111"})
    EXPECT_EQ(open(key, seal(key, text, "case/1"), "case/1"), text);
}

TEST(Secret, TheSameTextIsSealedDifferentlyEachTime) {
  const auto key = Secret::random();
  EXPECT_NE(seal(key, "text", "place"), seal(key, "text", "place"));
}

TEST(Secret, AnotherKeyOpensNothing) {
  EXPECT_FALSE(open(Secret::random(), seal(Secret::random(), "text", "place"), "place"));
}

TEST(Secret, InAnotherPlaceItOpensNothing) {
  const auto key = Secret::random();
  EXPECT_FALSE(open(key, seal(key, "text", "case/1"), "case/2"));
}

TEST(Secret, WhatWasChangedOrCutOpensNothing) {
  const auto key = Secret::random();
  auto bytes = from_base64(seal(key, "text", "place")).value();
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  EXPECT_FALSE(open(key, to_base64(bytes), "place"));
  EXPECT_FALSE(open(key, to_base64(bytes.substr(0, 20)), "place"));
  EXPECT_FALSE(open(key, "no base64!", "place"));
}

TEST(Secret, AKeyThatIsMadeOfAnotherIsAlwaysTheSame) {
  const auto key = Secret::random();
  EXPECT_EQ(key.derived("a").bytes(), key.derived("a").bytes());
  EXPECT_NE(key.derived("a").bytes(), key.derived("b").bytes());
  EXPECT_NE(key.derived("a").bytes(), key.bytes());
}

TEST(Secret, AnIdTellsKeysApart) {
  const auto key = Secret::random();
  EXPECT_EQ(key.id().size(), 16U);
  EXPECT_EQ(key.id(), Secret::from(key.bytes()).value().id());
  EXPECT_NE(key.id(), Secret::random().id());
}

TEST(Secret, OtherThan32BytesAreNoKey) {
  EXPECT_FALSE(Secret::from(""));
  EXPECT_FALSE(Secret::from(std::string(31, 'k')));
}

}  // namespace
}  // namespace casetrail::privacy
