// The kit of the views: tables, histograms, masks and filters.
#include <gmock/gmock.h>

#include <map>

#include "events/wire/party.h"
#include "projections/boards.h"
#include "projections/kit/add_up.h"
#include "projections/kit/filters.h"
#include "projections/kit/histogram.h"
#include "projections/kit/known_codes.h"
#include "projections/kit/mask.h"
#include "projections/kit/table.h"
#include "tests/support/map_rows.h"

namespace casetrail::kit {
namespace {

struct Inner {
  std::int64_t deep = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(deep));
  }
};

struct Tallies {
  std::int64_t plain = 0;
  std::vector<std::int64_t> list;
  Histogram spread;
  Inner inner;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(plain), CEREAL_NVP(list), CEREAL_NVP(spread), CEREAL_NVP(inner));
  }
};

struct Count {
  std::int64_t times = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(times));
  }
};

// A view of one table, so that `MapRows` takes its changes.
class Counts final : public View {
 public:
  explicit Counts(const Rows& rows) : table(rows, 'n') {}
  void apply(const CaseEvent&) override {}
  void write_changes(const RowSink& sink) override { table.write_changes(sink); }

  Table<Count> table;
};

TEST(Table, FindsWhatAnotherOneWrote) {
  MapRows rows;
  Counts first(rows);
  first.table.upsert("a").times = 3;
  rows.take(first);
  Counts second(rows);
  ASSERT_NE(second.table.find("a"), nullptr);
  EXPECT_EQ(second.table.find("a")->times, 3);
  EXPECT_EQ(second.table.find("b"), nullptr);
}

TEST(Table, ErasesARowFromTheStore) {
  MapRows rows;
  Counts counts(rows);
  counts.table.upsert("a");
  rows.take(counts);
  counts.table.erase("a");
  EXPECT_EQ(counts.table.find("a"), nullptr);
  rows.take(counts);
  EXPECT_TRUE(rows.all().empty());
}

TEST(Table, StartsAfreshAfterAnErasure) {
  MapRows rows;
  Counts counts(rows);
  counts.table.upsert("a").times = 3;
  counts.table.erase("a");
  EXPECT_EQ(counts.table.upsert("a").times, 0);
}

TEST(Table, NeverMentionsARowThatCameAndWentBetweenWrites) {
  MapRows rows;
  Counts counts(rows);
  counts.table.upsert("a");
  counts.table.erase("a");
  counts.write_changes([](std::string_view key, auto) { ADD_FAILURE() << key; });
}

TEST(Table, KeepsItsRowsWhenTheyLeaveTheMemory) {
  MapRows rows(2);
  Counts counts(rows);
  for (int round = 0; round < 3; ++round) {
    for (const auto* key : {"a", "b", "c", "d"}) ++counts.table.upsert(key).times;
    rows.take(counts);
  }
  for (const auto* key : {"a", "b", "c", "d"}) EXPECT_EQ(counts.table.find(key)->times, 3) << key;
}

TEST(Table, AsksForNoRowOfACaseThatBegins) {
  MapRows rows;
  Counts counts(rows);
  CaseEvent event;
  event.case_id.value = "a";
  for (event.seq = 1; event.seq <= 2; ++event.seq) ++counts.table.upsert_case(event).times;
  EXPECT_EQ(rows.gets(), 0);
  rows.take(counts);
  Counts later(rows);
  event.seq = 3;
  EXPECT_EQ(++later.table.upsert_case(event).times, 3);
  EXPECT_EQ(rows.gets(), 1);
}

TEST(Table, SaysWhatToDoAboutADamagedRow) {
  try {
    (void)decode_row<Count>("n1", "rubbish");
    FAIL() << "it was read";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(),
                 "Expected the view's row 'n1' to be readable, but its bytes are damaged. "
                 "Rebuild the view from the log.");
  }
}

TEST(Histogram, IsExactBelowSixteen) {
  Histogram histogram;
  for (int value = 1; value <= 10; ++value) histogram.add(value);
  EXPECT_EQ(histogram.percentile(50), 5);
  EXPECT_EQ(histogram.percentile(90), 9);
  EXPECT_EQ(histogram.percentile(100), 10);
}

TEST(Histogram, IsAtMostAnEighthAbove) {
  for (std::int64_t value = 1; value < (std::int64_t{1} << 40); value = value * 3 + 1) {
    Histogram histogram;
    histogram.add(value);
    EXPECT_GE(histogram.percentile(50), value);
    EXPECT_LE(histogram.percentile(50), value + value / 8);
  }
}

TEST(Histogram, AddsUp) {
  Histogram all;
  Histogram left;
  Histogram right;
  for (int value = 0; value < 1000; value += 7) {
    all.add(value);
    (value % 2 == 0 ? left : right).add(value);
  }
  left.add(right);
  EXPECT_EQ(left.percentile(50), all.percentile(50));
  EXPECT_EQ(left.percentile(90), all.percentile(90));
  EXPECT_EQ(left.count(), all.count());
}

TEST(Histogram, OfNothingHasNoPercentile) { EXPECT_EQ(Histogram().percentile(50), std::nullopt); }

TEST(AddUp, TakesEveryMemberOfARow) {
  Tallies sum{.plain = 1, .list = {1}, .spread = {}, .inner = {5}};
  Tallies row{.plain = 2, .list = {3, 4}, .spread = {}, .inner = {6}};
  row.spread.add(7);
  add_up(sum, row);
  EXPECT_EQ(sum.plain, 3);
  EXPECT_EQ(sum.list, (std::vector<std::int64_t>{4, 4}));
  EXPECT_EQ(sum.spread.percentile(50), 7);
  EXPECT_EQ(sum.inner.deep, 11);
}

TEST(Mask, LeavesTheEndsOfANumber) {
  EXPECT_EQ(mask_contact("13812341111"), "138****1111");
  EXPECT_EQ(mask_contact("+86 138-1234-1111"), "+86 1**-****-1111");
  EXPECT_EQ(mask_contact("88123456"), "881***56");
}

TEST(Mask, LeavesTheDomainOfAnAddress) { EXPECT_EQ(mask_contact("wang.li@example.com"), "w***@example.com"); }

TEST(Mask, LeavesTwoCharactersOfAnotherContact) { EXPECT_EQ(mask_contact("小明同学"), "小明***"); }

TEST(Mask, LeavesWordsAndShortNumbersInText) {
  EXPECT_EQ(mask_contacts_in("淘宝 订单 12345, 13812341111"), "淘宝 订单 12345, 138****1111");
}

TEST(Mask, KnowsNumbersInDigitsOfEveryScriptAndInGroups) {
  for (const auto& [number, masked] : std::map<std::string_view, std::string_view>{
           {"１３８１２３４１１１１", "１３８****１１１１"},
           {"٠١٢٣٤٥٦٧٨", "٠١٢****٧٨"},
           {"138.1234.1111", "138.****.1111"},
           {"138/1234/1111", "138/****/1111"},
           {"138‐1234–1111", "138‐****–1111"},
           {"138_1234_1111", "138_****_1111"},
           {"(138) 1234 - 1111", "(138) **** - 1111"},
           {"（０２１）５５６６－７７８８", "（０２１）****－７７８８"},
           {"138\u200b1234\u202e1111", "138\u200b****\u202e1111"},
           {"①③⑧⓪⓪①③⑧①①①", "①③⑧****⑧①①①"},
           {"❶❸❽⓿⓿❶❸❽❶❶❶", "❶❸❽****❽❶❶❶"},
           {"⑬⑧⓪⓪①③⑧①①①", "⑬⑧****⑧①①①"},
           {"138\u00ad0013\u00ad8111", "138\u00ad****\u00ad8111"},
           {"13\u200d8\u200c\u2060\u00ad\u200b\u2061001\u00ad38111",
            "13\u200d8\u200c\u2060\u00ad\u200b\u2061***\u00ad*8111"},
           {"幺三八零零一二三四五六", "幺三八****三四五六"}})
    EXPECT_EQ(mask_contacts_in(number), masked) << number;
}

TEST(Mask, KnowsGroupsOfANumberWhateverStandsBetweenThem) {
  for (const auto* joint :
       {",", ":", ";", "~", "|", "*", "=", "，", "：", "、", "\u2027", ", ", "，　", "+", "!"}) {
    const auto text = std::string("call 138").append(joint).append("0013").append(joint).append("8111 now");
    const auto masked = std::string("call 138").append(joint).append("****").append(joint).append("8111 now");
    EXPECT_EQ(mask_contacts_in(text), masked) << joint;
  }
}

TEST(Mask, LeavesMomentsAmountsAndLists) {
  for (const auto* text : {"at 12:30:45", "1,234.50", "1,234,567.50", "1920*1080", "2024, 2025",
                           "steps 1, 2, 3, 4, 5, 6, 7", "A=100; B=200; C=30", "order 12345, order 67890"})
    EXPECT_EQ(mask_contacts_in(text), text);
}

TEST(Mask, KnowsAddressesThatAreSpelledOut) {
  EXPECT_EQ(mask_contacts_in("write to b at example.org"), "write to *** at example.org");
  EXPECT_EQ(mask_contacts_in("wang.li (at) example.org."), "w*** (at) example.org.");
  EXPECT_EQ(mask_contacts_in("we meet at noon. ok"), "we meet at noon. ok");
}

TEST(Mask, KnowsAddressesWhoseSignsStandBetweenBlanks) {
  for (const auto& [text, masked] : std::map<std::string_view, std::string_view>{
           {"ann @ example . com", "a*** @ example . com"},
           {"ann . lee @ example . co . uk please", "a*** @ example . co . uk please"},
           {"ann @ example.com", "a*** @ example.com"},
           {"ann@example . com", "a***@example . com"},
           {"an\u00adn@exam\u00adple.com", "a***@exam\u00adple.com"},
           {"ann at example . org", "a*** at example . org"}})
    EXPECT_EQ(mask_contacts_in(text), masked) << text;
  for (const auto* text : {"we meet @ noon", "they are @ home. It rains", "3 pieces @ 4.50"})
    EXPECT_EQ(mask_contacts_in(text), text);
}

TEST(Mask, KnowsAddressesByEveryAtSign) {
  EXPECT_EQ(mask_contacts_in("mail wang.li＠example.com now"), "mail w***＠example.com now");
  EXPECT_EQ(mask_contacts_in("ｗａｎｇ@example.com"), "ｗ***@example.com");
  EXPECT_EQ(mask_contacts_in("x@example.com"), "***@example.com");
}

TEST(Mask, CutsWhatIsNamedAsAContact) {
  for (const auto& [text, masked] : std::map<std::string_view, std::string_view>{
           {"add QQ: 12345 please", "add QQ: *** please"},
           {"QQ号12345", "QQ号***"},
           {"微信：wangxiaoming，谢谢", "微信：***，谢谢"},
           {"WeChat wang_li", "WeChat ***"},
           {"电话 12345", "电话 ***"},
           {"vx annbee", "vx ***"},
           {"wx: ann_1999", "wx: ***"},
           {"加wx annbee", "加wx ***"},
           {"加微信 wangxiaoming 谢谢", "加微信 *** 谢谢"},
           {"telegram @annbee", "telegram @***"},
           {"微信 app", "微信 app"},
           {"the phone is broken, by wechat yesterday", "the phone is broken, by wechat yesterday"},
           {"the phone: no sound", "the phone: no sound"}})
    EXPECT_EQ(mask_contacts_in(text), masked) << text;
}

TEST(Mask, CutsWhatStandsBesideTheNumberOfAContact) {
  EXPECT_EQ(mask_contact("王小明 13812341111"), "*** 138****1111");
  EXPECT_EQ(mask_contact("12345"), "12***");
  EXPECT_EQ(mask_contact("QQ: 12345"), "QQ: ***");
  EXPECT_EQ(mask_contact("小明"), "***");
}

TEST(Mask, LeavesTheFirstCharacterOfAName) {
  EXPECT_EQ(mask_name("王小明"), "王**");
  EXPECT_EQ(mask_name("王"), "**");
  EXPECT_EQ(mask_name("e\u0301mile"), "e\u0301**");
  EXPECT_EQ(mask_name("e\u0301"), "**");
  EXPECT_EQ(mask_name(""), "");
}

constexpr FilterType kKnown[] = {{"kind", filter::text},
                                 {"open", filter::flag},
                                 {"bounces", filter::number<0, 9>},
                                 {"priority", filter::word<Priority>},
                                 {"since", filter::moment}};

std::string objection(const std::string& name, const std::string& value) {
  const auto answer = Filters::read({{name, value}}, kKnown);
  return answer ? "none" : answer.error();
}

TEST(Filters, SayWhatAValueMustBe) {
  EXPECT_EQ(objection("open", "yes"), "Expected the filter 'open' to be true or false, but it is 'yes'.");
  EXPECT_EQ(objection("priority", "urgent"),
            "Expected the filter 'priority' to be one of P1, P2, P3, P4, but it is 'urgent'.");
  EXPECT_EQ(objection("bounces", "2x"),
            "Expected the filter 'bounces' to be a whole number from 0 to 9, but it is '2x'.");
  EXPECT_NE(objection("since", "today"), "none");
}

TEST(Filters, TakeTheCodesThatThePolicyKnowsOrARowHas) {
  static constexpr FilterType kChannel[] = {
      {.name = "channel", .kind = filter::code<Channel>, .list = "channel"}};
  auto catalogues = std::make_shared<Catalogues>();
  catalogues->put("channel", {.code = "livestream", .en = "Live stream"});
  catalogues->put("channel", {.code = "fax", .retired = true});
  MapRows rows;
  rows.take(*find_view("cases")->open(rows));
  const Rows* partition = &rows;
  const ListReader lists({&partition, 1});
  const auto objection = objection_to_codes({.zone = {}, .catalogues = catalogues}, lists);
  for (const auto* known : {"livestream", "fax", "phone"})
    EXPECT_TRUE(Filters::read({{"channel", known}}, kChannel, objection)) << known;
  const auto unknown = Filters::read({{"channel", "livesteam"}}, kChannel, objection);
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error(), testing::HasSubstr("such as 'livestream', but it is 'livesteam'"));
  EXPECT_TRUE(Filters::read({{"channel", "livesteam"}}, kChannel));
  EXPECT_FALSE(Filters::read({{"channel", "Live stream"}}, kChannel));
}

TEST(Filters, TakeTheEdgesOfARangeAndNothingBeyond) {
  EXPECT_EQ(objection("bounces", "0"), "none");
  EXPECT_EQ(objection("bounces", "9"), "none");
  EXPECT_NE(objection("bounces", "10"), "none");
  EXPECT_NE(objection("bounces", "-1"), "none");
}

TEST(Filters, AskForACostlyValueOnlyWhenTheFilterWasAsked) {
  const auto filters = Filters::read({{"kind", "shift"}}, kKnown);
  ASSERT_TRUE(filters);
  EXPECT_FALSE(filters->passes("kind", [] { return std::string("vendor"); }));
  EXPECT_TRUE(filters->passes("priority", []() -> std::string { throw std::logic_error("not asked"); }));
  EXPECT_TRUE(filters->passes_flag("open", []() -> bool { throw std::logic_error("not asked"); }));
}

TEST(Filters, LetEverythingPassThatWasNotAsked) {
  const auto filters = Filters::read({{"kind", "shift"}}, kKnown);
  ASSERT_TRUE(filters);
  EXPECT_TRUE(filters->passes("kind", std::string("shift")));
  EXPECT_FALSE(filters->passes("kind", std::string("vendor")));
  EXPECT_FALSE(filters->passes("kind", std::optional<std::string>()));
  EXPECT_TRUE(filters->passes_flag("open", false));
}

}  // namespace
}  // namespace casetrail::kit
