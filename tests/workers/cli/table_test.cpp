// What a terminal shows lines up.
#include "workers/cli/table.h"

#include <gtest/gtest.h>

namespace casetrail {
namespace {

TEST(Table, ChineseCharactersTakeTwoColumns) {
  EXPECT_EQ(display_width("售后 ab"), 7U);
  EXPECT_EQ(display_width("ü"), 1U);
}

TEST(Table, ColumnsLineUpWhateverTheScript) {
  Table table({"name", "n"});
  table.add({"王小明", "1"});
  table.add({"Ann", "2"});
  EXPECT_EQ(table.text(0), "name    n\n王小明  1\nAnn     2\n");
}

TEST(Table, WideTextIsCutOnACharacter) {
  EXPECT_EQ(cut_to_width("售后服务", 5), "售后…");
  EXPECT_EQ(cut_to_width("abc", 3), "abc");
}

TEST(Table, TheWidestColumnGivesWay) {
  Table table({"a", "b"});
  table.add({"short", std::string(50, 'x')});
  const auto text = table.text(20);
  EXPECT_NE(text.find("short"), std::string::npos);
  EXPECT_NE(text.find("…"), std::string::npos);
}

}  // namespace
}  // namespace casetrail
