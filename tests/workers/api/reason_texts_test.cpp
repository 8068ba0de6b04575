// Every reason for which a node does not do its work is said in both languages.
#include "workers/api/reason_texts.h"

#include <gmock/gmock.h>

#include <set>

#include "events/wire/reflect.h"

namespace casetrail::api {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

log::Reason whole_reason(log::ReasonCode code) {
  return {.code = code,
          .worker = "boards",
          .about = "CT-7",
          .partition = 3,
          .offset = 41,
          .records = 12,
          .percent = 97,
          .seconds = 61,
          .seconds_left = 5,
          .detail = "It was met."};
}

std::vector<log::ReasonCode> every_code() {
  std::vector<log::ReasonCode> all;
  for (std::size_t i = 0; i < enum_names(log::ReasonCode{}).size(); ++i)
    all.push_back(static_cast<log::ReasonCode>(i));
  return all;
}

std::string zh_of(const log::Reason& reason) { return rows_of({reason}).front().zh; }

TEST(ReasonTexts, EveryReasonIsASentenceInBothLanguages) {
  for (const auto code : every_code()) {
    const auto row = rows_of({whole_reason(code)}).front();
    EXPECT_THAT(row.en, EndsWith(".")) << name_of(code);
    EXPECT_THAT(row.zh, EndsWith("。")) << name_of(code);
    EXPECT_THAT(row.zh, Not(HasSubstr("It was met."))) << name_of(code) << " says English among Chinese.";
  }
}

TEST(ReasonTexts, ChineseNamesThePlaceThatEnglishNames) {
  for (const auto code : every_code()) {
    const auto row = rows_of({whole_reason(code)}).front();
    for (const auto* figure : {"12", "61", "97"})
      EXPECT_EQ(row.en.contains(figure), row.zh.contains(figure)) << name_of(code) << ' ' << figure;
    EXPECT_TRUE(!row.en.contains("artition 3") || row.zh.contains("分区 3")) << name_of(code);
  }
}

TEST(ReasonTexts, WhatIsNotKnownIsLeftOut) {
  log::Reason behind{.code = log::ReasonCode::commands_behind, .partition = 1, .records = 9};
  EXPECT_EQ(in_one({behind}), "Command partition 1 has 9 commands to take.");
  EXPECT_EQ(zh_of(behind), "命令分区 1 有 9 条命令待处理。");
  behind.seconds_left = 32;
  EXPECT_EQ(zh_of(behind), "命令分区 1 有 9 条命令待处理，约剩 32 秒。");
}

TEST(ReasonTexts, OfManyTheFirstAreNamedAndTheRestCounted) {
  const log::Reason one{.code = log::ReasonCode::log_unreachable, .detail = "A."};
  EXPECT_EQ(in_one({}), "");
  EXPECT_EQ(in_one({one, one}), "A. A.");
  EXPECT_THAT(in_one(std::vector<log::Reason>(11, one)), EndsWith("A. And 3 more."));
}

}  // namespace
}  // namespace casetrail::api
