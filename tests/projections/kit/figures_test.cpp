// A figure that says which rows it counts is the number of the rows that its filters leave.
#include <map>
#include <set>
#include <utility>

#include "events/case/event.h"
#include "projections/kit/shape.h"
#include "tests/projections/split_board.h"
#include "tests/support/random_event.h"

namespace casetrail::kit {
namespace {

using simdjson::dom::element;

/// What the figures of a board count, by their names, and the filters that are to leave as many rows.
struct Figure {
  std::string name;
  std::int64_t count;
  FilterValues filters;
};

/// `own` is the word, or the first member of the row, that the figure is of; `row` has the other members.
FilterValues filters_of(const Member& member, std::string_view own, const FilterValues& asked = {},
                        std::optional<element> row = {}) {
  FilterValues filters;
  for (const auto& [filter, value, named, as_asked] : member.of.leads_to.filters()) {
    if (as_asked) {
      for (auto [one, end] = asked.equal_range(std::string(filter)); one != end; ++one) filters.insert(*one);
    } else if (!named.empty()) {
      filters.emplace(filter, (*row)[named].get_string().value());
    } else {
      filters.emplace(filter, value.empty() ? own : value);
    }
  }
  return filters;
}

/// Of a row of a table, whose first member tells what it is of.
void gather_row(const Member& table, element row, const FilterValues& asked, std::vector<Figure>& figures) {
  for (const auto& member : table.members) {
    if (!member.of.leads_to.told()) continue;
    const auto own = row[table.members.front().of.key].get_string().value();
    figures.push_back({std::string(table.of.key).append("/").append(member.of.key),
                       row[member.of.key].get_int64().value(), filters_of(member, own, asked, row)});
  }
}

void gather(const std::vector<Member>& members, element values, std::vector<Figure>& figures,
            const FilterValues& asked = {}) {
  for (const auto& member : members) {
    const std::string name(member.of.key);
    const auto value = values[name].value();
    if (member.of.kind == Kind::table) {
      for (const simdjson::dom::array all = value.get_array().value(); const auto row : all)
        gather_row(member, row, asked, figures);
    } else if (member.of.leads_to.told() && member.of.kind == Kind::counts) {
      for (const simdjson::dom::object all = value.get_object().value(); const auto [word, count] : all)
        figures.push_back({name, count.get_int64().value(), filters_of(member, word)});
    } else if (member.of.leads_to.told()) {
      figures.push_back({name, value.get_int64().value(), filters_of(member, {})});
    }
  }
}

/// `asked` is the query that `answer` answers.
std::vector<Figure> figures_in(std::string_view view, const std::string& answer,
                               const FilterValues& asked = {}) {
  std::vector<Figure> figures;
  simdjson::dom::parser parser;
  const auto board = parser.parse(answer).value();
  for (const auto& part : find_shape(view)->members) {
    if (part.of.key == "totals") gather(part.members, board["totals"].value(), figures);
    if (part.of.kind == Kind::table && part.of.key != "rows") gather({part}, board, figures, asked);
  }
  return figures;
}

std::string text_of(const FilterValues& filters) {
  std::string text;
  for (const auto& [name, value] : filters) text.append("&").append(name).append("=").append(value);
  return text;
}

/// A text as it reads.
std::string word_at(const std::string& answer, std::string_view pointer) {
  simdjson::dom::parser parser;
  return std::string(parser.parse(answer).at_pointer(pointer).get_string().value());
}

class FiguresOf : public testing::TestWithParam<std::string_view> {
 protected:
  /// Looked at when much is open, when most has been closed for days, and at a moment that a row tells of.
  template <class Check>
  static void for_boards(std::uint64_t count, Check&& check) {
    for (std::uint64_t seed = 1; seed <= count && !HasFailure(); ++seed) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      Board board(GetParam(), random_history(seed, 30, 900));
      board.now = kMonday + std::chrono::hours(1 + seed % 4 * 250);
      if (seed % 2 == 0) board.now = moment_on(board).value_or(board.now);
      check(board);
    }
  }

 private:
  static std::optional<Timestamp> moment_on(const Board& board) {
    const std::string_view field = GetParam() == "follow_up" ? "not_before" : "due";
    simdjson::dom::parser parser;
    const auto answer = board.answer();
    std::string_view moment;
    if (parser.parse(answer)["rows"].at(0)[field].get(moment)) return std::nullopt;
    return parse_timestamp(moment);
  }
};

TEST_P(FiguresOf, RowsAreTheNumberOfTheRowsThatTheyLeadTo) {
  std::set<std::string> counted;
  std::set<std::string> told;
  for_boards(300, [&](const Board& board) {
    for (const auto& [name, count, filters] : figures_in(GetParam(), board.answer())) {
      SCOPED_TRACE(name + " " + text_of(filters));
      told.insert(name);
      if (count > 0) counted.insert(name);
      const auto answer = board.answer(filters);
      EXPECT_EQ(std::ssize(rows_of(answer)), count);
      EXPECT_EQ(at(answer, "/totals/matching"), std::to_string(count));
    }
  });
  EXPECT_EQ(counted, told) << "a figure of " << GetParam() << " counts nothing in any history";
  EXPECT_GE(told.size(), 4);
}

TEST(FiguresOfSla, OfAPeriodAreTheNumberOfTheRowsThatTheyLeadToWhateverElseIsAsked) {
  std::int64_t counted = 0;
  for (std::uint64_t seed = 1; seed <= 20 && !testing::Test::HasFailure(); ++seed) {
    Board board("sla", random_history(seed, 30, 900));
    board.now = kMonday + std::chrono::hours(1 + seed % 4 * 100);
    const auto department = word_at(board.answer(), "/departments/0/department");
    for (const auto& more :
         {FilterValues{}, FilterValues{{"department", department}, {"zone", "Asia/Tokyo"}}}) {
      FilterValues asked{{"period", "day"}};
      asked.insert(more.begin(), more.end());
      for (const auto& [name, count, filters] : figures_in("sla", board.answer(asked), asked)) {
        if (!name.starts_with("periods/")) continue;
        SCOPED_TRACE(name + " " + text_of(filters));
        EXPECT_EQ(std::ssize(rows_of(board.answer(filters))), count);
        counted += count;
      }
    }
  }
  EXPECT_GT(counted, 0);
}

void expect_known(std::string_view view, const Member& member) {
  for (const auto& part : member.members) expect_known(view, part);
  if (!member.of.leads_to.told()) return;
  const auto known = find_shape(view)->filters;
  for (const auto& asked : member.of.leads_to.filters())
    EXPECT_NE(std::ranges::find(known, asked.filter, &FilterType::name), known.end()) << member.of.key;
}

TEST_P(FiguresOf, LeadToRowsByFiltersOfTheirView) {
  for (const auto& part : find_shape(GetParam())->members) expect_known(GetParam(), part);
}

/// Of what happened so far, rows may have left the board since.
TEST_P(FiguresOf, OfWhatHappenedLeadToEventsOfTheirTypes) {
  const auto check = [](const Member& member, const auto& again) -> void {
    for (const auto& part : member.members) again(part, again);
    if (!member.of.leads_to.are_events()) return;
    const auto filters = member.of.leads_to.filters();
    ASSERT_EQ(filters.front().filter, "type") << member.of.key;
    for (const auto& asked : filters) {
      if (asked.filter != "type") continue;
      EXPECT_TRUE(std::ranges::any_of(event_codecs(), [&](const TypeCodec* codec) {
        return codec->type == asked.value;
      })) << member.of.key;
    }
  };
  for (const auto& part : find_shape(GetParam())->members) check(part, check);
}

TEST_P(FiguresOf, SelectedRowsAreThoseThatBothFiltersLeave) {
  std::int64_t selected = 0;
  bool are_pairs = false;  // all figures of a board may lead to values of one filter
  for_boards(12, [&](const Board& board) {
    const auto whole = board.answer();
    for (const auto& [name, count, filters] : figures_in(GetParam(), whole)) {
      if (filters.size() != 1 || count == 0 || name.contains('/')) continue;
      const auto answer = board.answer(filters);
      for (const auto& [other, all, also] : figures_in(GetParam(), whole)) {
        const auto sum = at(answer, "/selected/" + other);
        if (sum == "missing" || also.contains(filters.begin()->first)) continue;
        SCOPED_TRACE(text_of(filters) + " and " + text_of(also));
        are_pairs = true;
        auto both = filters;
        both.insert(also.begin(), also.end());
        EXPECT_EQ(at(board.answer(both), "/totals/matching"), sum);
        selected += std::stoll(sum);
      }
      EXPECT_EQ(at(answer, "/selected/rows"), at(answer, "/totals/matching"));
    }
    EXPECT_EQ(at(whole, "/selected"), "null");
  });
  EXPECT_EQ(selected > 0, are_pairs);
}

INSTANTIATE_TEST_SUITE_P(Views, FiguresOf, testing::ValuesIn(board_names()),
                         [](const auto& view) { return std::string(view.param); });

}  // namespace
}  // namespace casetrail::kit
