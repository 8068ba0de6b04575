// Pages and filters of the boards, held against the whole board's own rows: over random histories.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "events/case/handoff.h"
#include "events/case/request.h"
#include "projections/boards.h"
#include "projections/kit/histogram.h"
#include "projections/kit/shape.h"
#include "tests/projections/board_test.h"
#include "tests/projections/split_board.h"
#include "tests/support/events_of.h"
#include "tests/support/random_event.h"

namespace casetrail::kit {
namespace {

using Filter = std::pair<std::string, std::string>;

/// What a row says in `field`: a string as it reads, all else as JSON.
std::string text_in(const std::string& row, const std::string& field) {
  simdjson::dom::parser parser;
  std::string_view text;
  if (parser.parse(row)[field].get(text)) return at(row, "/" + field);
  return std::string(text);
}

/// A filter, and the fields of a row one of which has its value.
struct FilterOn {
  std::string name;
  std::vector<std::string> fields;
};

/// Those that look at other fields than the one of their name, or at none as it is shown.
std::vector<std::string> fields_of(std::string_view view, std::string_view filter) {
  static const std::map<std::string, std::vector<std::string>, std::less<>> kFields{
      {"case", {"case", "number", "case_no", "reference"}},
      {"cases/agent", {"assignee", "owner"}},
      {"cases/contact", {}},
      {"cases/customer", {"customer_ref"}},
      {"cases/order", {"order_ref"}},
      {"cases/serial", {"serial_no"}},
      {"follow_up/overdue", {}},
      {"handoff/agent", {"from_agent", "to_agent"}},
      {"handoff/department", {"from_department", "to_department"}}};
  for (const auto& name : {std::string(filter), std::string(view).append("/").append(filter)}) {
    if (const auto found = kFields.find(name); found != kFields.end()) return found->second;
  }
  return {std::string(filter)};
}

/// The filters of a view that leave rows by what they say in a field.
std::vector<FilterOn> filters_of(std::string_view view) {
  const auto& shape = *find_shape(view);
  const auto& columns = std::ranges::find(shape.members, kRows.key, [](const Member& member) {
                          return member.of.key;
                        })->members;
  std::vector<FilterOn> filters;
  for (const auto& filter : shape.filters) {
    auto fields = fields_of(view, filter.name);
    if (fields.empty()) continue;
    const auto column =
        std::ranges::find(columns, fields.front(), [](const Member& member) { return member.of.key; });
    // A number or a moment is a bound.
    if (column == columns.end() || (filter.kind.once && column->of.kind != Kind::flag)) continue;
    filters.push_back({std::string(filter.name), std::move(fields)});
  }
  return filters;
}

FilterValues usual_filter(std::string_view view) {
  if (view == "cases") return {{"status", "in_progress"}};
  if (view == "follow_up") return {{"state", "scheduled"}};
  if (view == "sla") return {{"state", "running"}};
  if (view == "complaints") return {{"open", "true"}};
  if (view == "owners") return {{"state", "handed_over"}};
  if (view == "closed") return {{"reopened", "true"}};
  return {{"state", view == "review" ? "assigned" : "pending"}};
}

std::vector<std::string> passing(const std::vector<std::string>& rows, const FilterOn& filter,
                                 const std::string& value) {
  std::vector<std::string> left;
  for (const auto& row : rows) {
    if (std::ranges::any_of(filter.fields, [&](const auto& field) { return text_in(row, field) == value; }))
      left.push_back(row);
  }
  return left;
}

class EveryBoard : public testing::TestWithParam<std::string_view> {
 protected:
  /// Until one fails, which its seed then names.
  template <class Check>
  static void for_boards(Check&& check) {
    const auto first = std::random_device{}();
    for (std::uint64_t seed = first; seed < first + 12 && !HasFailure(); ++seed) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      check(Board(GetParam(), random_history(seed, 12, 400)));
    }
  }
};

TEST_P(EveryBoard, WhatIsCountedByPeriodsLeavesAllRowsAndReadsNoneForThat) {
  for_boards([&](const Board& board) {
    const auto period = GetParam() == "review" ? "count_by" : "period";
    const auto answer = board.answer({{period, "week"}, {"zone", "Asia/Shanghai"}});
    EXPECT_EQ(rows_of(answer), rows_of(board.answer()));
    EXPECT_EQ(at(answer, "/selected"), "null");
  });
}

TEST_P(EveryBoard, FiltersLeaveTheRowsThatSaySoAndCountThem) {
  std::size_t left = 0;
  for_boards([&](const Board& board) {
    const auto rows = rows_of(board.answer());
    for (const auto& filter : filters_of(GetParam())) {
      std::set<std::string> values;
      for (const auto& row : rows) {
        for (const auto& field : filter.fields) values.insert(text_in(row, field));
      }
      values.erase("null");
      for (const auto& value : values) {
        SCOPED_TRACE(filter.name + "=" + value);
        const auto expected = passing(rows, filter, value);
        const auto answer = board.answer({{filter.name, value}});
        EXPECT_EQ(rows_of(answer), expected);
        EXPECT_EQ(at(answer, "/totals/matching"), std::to_string(expected.size()));
        left += expected.size();
      }
    }
  });
  EXPECT_GT(left, 50);
}

TEST_P(EveryBoard, TwoFiltersLeaveWhatBothLeave) {
  for_boards([&](const Board& board) {
    const auto rows = rows_of(board.answer());
    if (rows.empty()) return;
    const auto filters = filters_of(GetParam());
    for (std::size_t i = 1; i < filters.size(); ++i) {
      const auto& one = filters.at(i - 1);
      const auto& other = filters.at(i);
      const auto first = text_in(rows.back(), one.fields.front());
      const auto second = text_in(rows.back(), other.fields.front());
      if (first == "null" || second == "null") continue;
      SCOPED_TRACE(testing::Message() << one.name << "=" << first << " " << other.name << "=" << second);
      EXPECT_EQ(rows_of(board.answer({{one.name, first}, {other.name, second}})),
                passing(passing(rows, one, first), other, second));
    }
  });
}

TEST_P(EveryBoard, AFilterWithTwoValuesLeavesWhatEitherLeaves) {
  for_boards([&](const Board& board) {
    const auto rows = rows_of(board.answer());
    if (rows.empty()) return;
    for (const auto& filter : filters_of(GetParam())) {
      const auto one = text_in(rows.front(), filter.fields.front());
      const auto other = text_in(rows.back(), filter.fields.back());
      if (one == "null" || other == "null" || one == "true" || one == "false") continue;
      SCOPED_TRACE(testing::Message() << filter.name << "=" << one << "|" << other);
      std::vector<std::string> expected;
      std::ranges::copy_if(rows, std::back_inserter(expected), [&](const std::string& row) {
        return !passing({row}, filter, one).empty() || !passing({row}, filter, other).empty();
      });
      const auto answer = board.answer({{filter.name, one}, {filter.name, other}, {filter.name, one}});
      EXPECT_EQ(rows_of(answer), expected);
      EXPECT_EQ(at(answer, "/totals/matching"), std::to_string(expected.size()));
    }
  });
}

TEST_P(EveryBoard, PagesOfAnyLengthShowEachRowOnceInTheSameOrder) {
  for_boards([&](const Board& board) {
    for (const auto& filters : {FilterValues{}, usual_filter(GetParam())}) {
      const auto whole = board.answer(filters);
      std::vector<std::string> rows;
      BoardQuery query{.now = board.now, .filters = filters, .limit = 1 + rows_of(whole).size() / 4};
      do {
        const auto page = board.answer(query);
        EXPECT_EQ(at(page, "/totals"), at(whole, "/totals"));
        std::ranges::copy(rows_of(page), std::back_inserter(rows));
        query.after = at(page, "/next");
        if (query.after != "missing") query.after = query.after.substr(1, query.after.size() - 2);
      } while (query.after != "missing" && rows.size() <= rows_of(whole).size());
      EXPECT_EQ(rows, rows_of(whole));
      EXPECT_EQ(at(whole, "/next"), "missing");
    }
  });
}

TEST_P(EveryBoard, RefusesAPlaceThatIsNone) {
  const Board board(GetParam(), {});
  const MapRows rows;
  const Rows* partition = &rows;
  const auto answer = find_view(GetParam())->render({&partition, 1}, {.now = kMonday, .after = "0x"});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error(), "Expected 'after' to be the `next` of the page before, but it is '0x'.");
}

INSTANTIATE_TEST_SUITE_P(Views, EveryBoard, testing::ValuesIn(board_names()),
                         [](const auto& view) { return std::string(view.param); });

std::string count_of(const std::vector<std::string>& rows, const std::string& field,
                     const std::string& value) {
  return std::to_string(passing(rows, {field, {field}}, value).size());
}

TEST(BoardTotals, OfHandoffsAreThoseOfItsRows) {
  for (std::uint64_t seed = 1; seed < 12; ++seed) {
    const Board board("handoff", random_history(seed, 12, 400));
    const auto answer = board.answer();
    const auto rows = rows_of(answer);
    EXPECT_EQ(at(answer, "/totals/open"), std::to_string(rows.size()));
    EXPECT_EQ(at(answer, "/totals/overdue"), count_of(rows, "overdue", "true"));
    EXPECT_EQ(at(answer, "/totals/disputed"), count_of(rows, "state", "disputed"));
    Histogram ages;
    for (const auto& row : rows) {
      if (const auto state = text_in(row, "state"); state == "pending" || state == "ruled")
        ages.add(std::stoll(text_in(row, "waiting_ms")));
    }
    for (const auto& [metric, percent] :
         {std::pair("pending_age_p50_ms", 50), std::pair("pending_age_p90_ms", 90)}) {
      const auto age = ages.percentile(percent);
      EXPECT_EQ(text_in(at(answer, "/metrics"), metric), age ? std::to_string(*age) : "null");
    }
  }
}

TEST(BoardTotals, OfCallbacksAreThoseOfItsRows) {
  std::int64_t callable = 0;
  for (std::uint64_t seed = 1; seed < 12; ++seed) {
    Board board("follow_up", random_history(seed, 12, 600));
    const auto first = text_in(rows_of(board.answer()).front(), "not_before");
    board.now = parse_timestamp(first).value();
    const auto answer = board.answer();
    const auto rows = rows_of(answer);
    EXPECT_EQ(at(answer, "/totals/on_board"), std::to_string(rows.size()));
    EXPECT_EQ(at(answer, "/totals/callable_now"), count_of(rows, "callable_now", "true"));
    callable += std::stoll(at(answer, "/totals/callable_now"));
  }
  EXPECT_GT(callable, 0);
}

/// So many cases whose handoff waits, one registered a second.
std::vector<CaseEvent> waiting_handoffs(int cases) {
  std::vector<CaseEvent> all;
  for (int i = 0; i < cases; ++i) {
    RequestRegistered registered;
    registered.external_ref = "SR-" + std::to_string(i);
    HandoffRequested requested;
    requested.handoff_id.value = "h1";
    requested.from.department_id.value = "desk";
    requested.to.department_id.value = "tech-" + std::to_string(i % 100);
    requested.accept_by = kMonday + std::chrono::seconds(60 * i);
    auto events = EventsOf("case-" + std::to_string(i), kMonday + std::chrono::seconds(i))
                      .add(registered)
                      .add(requested)
                      .events();
    std::ranges::move(events, std::back_inserter(all));
  }
  return all;
}

int cost_of(const Board& board, const BoardQuery& query) {
  const auto before = board.read();
  EXPECT_NE(board.answer(query), "{}");
  return board.read() - before;
}

// So many are overdue, or of one department, that they are not summed up.
TEST(BoardPage, CostsTheRowsThatItShowsHoweverManyThereAre) {
  constexpr int kRows = 6'000;
  const Board board("handoff", waiting_handoffs(kRows));
  const BoardQuery page{.now = kMonday + std::chrono::hours(101), .limit = 50};
  EXPECT_LT(cost_of(board, page), kRows / 2);
  auto third = page;
  for (int i = 0; i < 2; ++i) {
    const auto next = at(board.answer(third), "/next");
    third.after = next.substr(1, next.size() - 2);
  }
  EXPECT_LT(cost_of(board, third), kRows / 2);
  for (const auto& [name, value] :
       {Filter("to_department", "tech-7"), Filter("from_department", "desk"), Filter("state", "disputed"),
        Filter("owner", "nobody"), Filter("overdue", "true"), Filter("department", "desk"),
        Filter("case", "SR-77")}) {
    auto filtered = page;
    filtered.filters.emplace(name, value);
    EXPECT_LT(cost_of(board, filtered), kRows / 2) << name;
  }
}

/// So many cases, every other one a complaint; of the others, and of a few complaints, each came by
/// telephone.
std::vector<CaseEvent> mixed_cases(int cases) {
  std::vector<CaseEvent> all;
  for (int i = 0; i < cases; ++i) {
    RequestRegistered registered;
    registered.external_ref = "SR-" + std::to_string(i);
    registered.kind = i % 2 == 0 ? CaseKind::complaint : CaseKind::inquiry;
    registered.channel = i % 2 == 1 || i % 100 == 0 ? Channel::phone : Channel::email;
    auto events = EventsOf("case-" + std::to_string(i), kMonday + std::chrono::seconds(i * 7919 % cases))
                      .add(registered)
                      .events();
    std::ranges::move(events, std::back_inserter(all));
  }
  return all;
}

// Lists that are too long to be read row by row are read for what they have in common.
TEST(BoardPage, WideFiltersTogetherLeaveWhatEachLeavesAndCountIt) {
  constexpr int kRows = 10'100;
  const Board board("cases", mixed_cases(kRows));
  const auto rows_of_pages = [&](const FilterValues& filters, int pages) {
    std::vector<std::map<std::string, std::string>> rows;
    simdjson::dom::parser parser;
    BoardQuery query{.now = board.now, .filters = filters, .limit = 700};
    while (pages-- > 0) {
      const auto page = board.answer(query);
      for (const auto row : parser.parse(page)["rows"]) {
        auto& texts = rows.emplace_back();
        for (const auto* field : {"case", "kind", "channel", "status"})
          texts[field] = std::string_view(row[field]);
      }
      const auto next = at(page, "/next");
      if (next == "missing") break;
      query.after = next.substr(1, next.size() - 2);
    }
    return rows;
  };
  const auto all = rows_of_pages({}, kRows);
  ASSERT_EQ(all.size(), kRows);
  for (const auto& filters : {FilterValues{{"kind", "complaint"}, {"channel", "phone"}},
                              FilterValues{{"kind", "complaint"}, {"channel", "email"}, {"status", "new"}},
                              FilterValues{{"channel", "phone"}, {"channel", "email"}, {"kind", "inquiry"}},
                              FilterValues{{"kind", "complaint"}, {"status", "new"}, {"text", "sr-"}}}) {
    SCOPED_TRACE(testing::PrintToString(filters));
    auto expected = all;
    std::erase_if(expected, [&](auto& row) {
      return std::ranges::any_of(filters, [&](const auto& filter) {
        const auto [from, end] = filters.equal_range(filter.first);
        return filter.first != "text" &&
               std::none_of(from, end, [&](const auto& one) { return row[one.first] == one.second; });
      });
    });
    const auto rows = rows_of_pages(filters, 2);
    EXPECT_GT(rows.size(), 50);
    EXPECT_TRUE(std::ranges::equal(rows, std::span(expected).first(rows.size())));
    const auto page = board.answer({.now = board.now, .filters = filters, .limit = 0});
    EXPECT_EQ(at(page, "/totals/matching"), std::to_string(expected.size()));
  }
  const auto before = board.got();
  (void)board.answer({.now = board.now, .filters = {{"kind", "complaint"}, {"status", "new"}}, .limit = 50});
  EXPECT_LT(board.got() - before, 1'000);
}

}  // namespace
}  // namespace casetrail::kit
