// What a terminal shows lines up and fits.
#include "workers/cli/table.h"

#include <gmock/gmock.h>

#include <sstream>

#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Terminal, ChineseCharactersTakeTwoColumns) {
  EXPECT_EQ(display_width("售后 ab"), 7U);
  EXPECT_EQ(display_width("ü"), 1U);
}

TEST(Terminal, EmojiTakeTwoColumnsHoweverManyCharactersTheyAre) {
  for (const auto* emoji : {"😀", "👩‍👩‍👧", "🇩🇪", "❤️", "👍🏽", "☎️"})
    EXPECT_EQ(display_width(emoji), 2U) << emoji;
  EXPECT_EQ(display_width("☎"), 1U);
  EXPECT_EQ(display_width("한국어"), 6U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("ｱ"), 1U);
  EXPECT_EQ(cut_to_width("👩‍👩‍👧👩‍👩‍👧", 3), "👩‍👩‍👧…");
}

TEST(Terminal, WideTextIsCutOnACharacter) {
  EXPECT_EQ(cut_to_width("售后服务", 5), "售后…");
  EXPECT_EQ(cut_to_width("abc", 3), "abc");
}

TEST(Terminal, TextOfOthersMovesNoCursor) {
  EXPECT_EQ(on_one_line("a\nb\x1b[2Jc\u009bd 售"), "a b [2Jc d 售");
  for (const std::string hidden : {"\u202a", "\u202e", "\u2066", "\u2069", "\u200f", "\u2028", "\u2029",
                                   "\ufeff", "\u007f", "\u0085", "\r", "\t"})
    EXPECT_EQ(on_one_line("a" + hidden + "b"), "a b");
  EXPECT_EQ(on_one_line("a\xff"
                        "b"),
            "a\ufffd"
            "b");
  EXPECT_EQ(on_one_line("👩‍👧"), "👩‍👧");
}

TEST(Terminal, JsonEscapesWhatWouldMoveTheCursor) {
  EXPECT_EQ(with_escapes("{\"a\":\"b\u009bc\u202ed\U000e0001e 售\"}\n"),
            R"({"a":"b\u009bc\u202ed\udb40\udc01e 售"})"
            "\n");
}

TEST(Terminal, LinesBreakBetweenWords) {
  EXPECT_THAT(wrap("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("one two", 0), ElementsAre("one two"));
  EXPECT_THAT(wrap("", 5), ElementsAre(""));
}

TEST(Terminal, AWordThatIsTooLongBreaksOnACharacter) {
  EXPECT_THAT(wrap("abcdef", 4), ElementsAre("abcd", "ef"));
  EXPECT_THAT(wrap("请检测并回复", 5), ElementsAre("请检", "测并", "回复"));
  EXPECT_THAT(wrap("请", 1), testing::SizeIs(testing::Ge(1)));
}

TEST(TextTable, ColumnsLineUpWhateverTheScript) {
  TextTable table({{"name"}, {"n"}});
  table.add({"王小明", "1"});
  table.add({"Ann", "2"});
  EXPECT_EQ(table.text(0), "name    n\n王小明  1\nAnn     2\n");
}

TEST(TextTable, NoLineIsWiderThanItMayBe) {
  TextTable table({{"case", 1}, {"text", 2, 6}, {"more", 3}});
  for (int i = 0; i < 3; ++i)
    table.add({"T26112308", "扫地机器人充不进电，客户要求尽快处理", std::string(20, 'x')});
  for (std::size_t width = 4; width < 90; ++width) {
    std::istringstream lines(table.text(width));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
  }
}

TEST(TextTable, TheLeastImportantColumnGoesFirstAndIsNamed) {
  TextTable table({{"case", 1}, {"owner", 3}, {"state", 2}});
  table.add({"T1", "zhao.na", "pending"});
  EXPECT_EQ(table.text(80), "case  owner    state\nT1    zhao.na  pending\n");
  EXPECT_THAT(table.text(18), HasSubstr("case  state\nT1    pending\n"));
  EXPECT_THAT(table.text(18), HasSubstr("owner"));
  EXPECT_THAT(table.text(18), HasSubstr("Columns hidden:\nowner. Use --wide\n"));
}

TEST(TextTable, OnlyAColumnThatMayBeCutIsCut) {
  TextTable table({{"id", 1}, {"text", 2, 4}});
  table.add({"0123456789", "a long sentence"});
  EXPECT_THAT(table.text(18), HasSubstr("0123456789  a lon…\n"));
}

TEST(TextTable, AColumnWithoutACellIsLeftOutUnlessAllAreAskedFor) {
  TextTable table({{"case"}, {"agent"}});
  table.add({"T1", ""});
  EXPECT_THAT(table.text(80), Not(HasSubstr("agent")));
  EXPECT_THAT(table.text(0), HasSubstr("agent"));
}

}  // namespace
}  // namespace casetrail::cli
