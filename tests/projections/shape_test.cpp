// What a view says of its board is what it writes: every member, in its order, of its kind.
#include "projections/kit/shape.h"

#include <algorithm>
#include <set>

#include "tests/projections/board_test.h"
#include "tests/support/random_event.h"

namespace casetrail {
namespace {

using kit::Kind;
using kit::Member;
using simdjson::dom::element;

const kit::Shape& shape_of(const kit::ViewType& view) { return *find_shape(view.name); }

/// A board on which almost every member has something to show.
std::string full_board(const kit::ViewType& view, std::uint64_t seed) {
  auto history = random_history(seed, 150, 15'000);
  if (seed % 3 == 0) {  // all of it by clocks
    for (auto& event : history) event.command_id.value.clear();
  }
  kit::BoardQuery query{.now = kMonday + std::chrono::days(400), .limit = 10'000};
  if (view.name == "history")
    query.filters = {
        {"case", history.front().case_id.value}, {"state", "true"}, {"since", "1"}, {"held", "true"}};
  if (seed % 2 != 0) return board(view.name, fold(view.name, history), query);
  if (view.name != "history") {
    query.now = kMonday + std::chrono::days(60);
    query.filters = {{"case", history.front().case_id.value},
                     {view.name == "review" ? "count_by" : "period", "month"}};
  }
  if (view.name == "cases") {
    query.filters.erase("case");
    query.filters.emplace("closed_since", to_wire(kMonday));
  }
  return board(view.name, fold(view.name, history), query);
}

bool is_of(Kind kind, element value) {
  switch (kind) {
    case Kind::agent:
    case Kind::department:
    case Kind::text:
    case Kind::word: return value.is_string();
    case Kind::moment: return value.is_string() && parse_timestamp(value.get_string().value());
    case Kind::number:
    case Kind::count:
    case Kind::duration:
    case Kind::duration_at_most:
    case Kind::share:
    case Kind::points:
    case Kind::ratio: return value.is_int64();
    case Kind::flag: return value.is_bool();
    case Kind::agents:
    case Kind::departments:
    case Kind::roles:
    case Kind::texts:
    case Kind::table: return value.is_array();
    case Kind::counts:
    case Kind::shares:
    case Kind::object: return value.is_object();
    case Kind::record: return value.is_object() || value.is_array();
  }
  return false;
}

/// The members whose values are there, by their paths.
using Seen = std::set<std::string>;

void check(const Member& member, element value, const std::string& path, Seen& seen);

void check_object(const std::vector<Member>& members, element value, const std::string& path, Seen& seen) {
  std::vector<std::string> written;
  for (const simdjson::dom::object all = value.get_object().value(); const auto field : all)
    written.emplace_back(field.key);
  std::vector<std::string> described;
  described.reserve(members.size());
  for (const auto& member : members) described.emplace_back(member.of.key);
  ASSERT_EQ(written, described) << path;
  for (const auto& member : members) check(member, value[member.of.key].value(), path, seen);
}

/// What a case waits for is a word, or the department that is to take it.
bool is_word(const Member& member) {
  const bool has_words = member.schema.contains("\"enum\"") || member.schema.contains("\"x-codes\"");
  return (has_words && !member.schema.contains("items")) || member.of.key == "waiting_for";
}

void check(const Member& member, element value, const std::string& path, Seen& seen) {
  const auto at = path + "/" + std::string(member.of.key);
  if (value.is_null()) {
    EXPECT_TRUE(member.nullable) << at;
    return;
  }
  seen.insert(at);
  EXPECT_TRUE(is_of(member.of.kind, value)) << at << " is " << simdjson::minify(value);
  EXPECT_EQ(member.of.kind == Kind::word, is_word(member)) << at;
  if (member.of.kind == Kind::object && !member.members.empty())
    check_object(member.members, value, at, seen);
  if (member.of.kind != Kind::table) return;
  EXPECT_FALSE(member.members.empty()) << at;
  for (const simdjson::dom::array all = value.get_array().value(); const auto row : all)
    check_object(member.members, row, at, seen);
}

void gather(const std::vector<Member>& members, const std::string& path, Seen& paths) {
  for (const auto& member : members) {
    const auto at = path + "/" + std::string(member.of.key);
    paths.insert(at);
    gather(member.members, at, paths);
  }
}

TEST(Shape, ARowIsKnownByItsCaseAndThePartThatItIsAbout) {
  for (const auto& view : view_types()) {
    if (view.name == "history") continue;
    const auto& part = view.shape().part;
    const auto rows = fold(view.name, random_history(3, 40, 4'000));
    std::set<std::string> known;
    simdjson::dom::parser parser;
    const auto json = board(view.name, rows, {.now = kMonday + std::chrono::days(60), .limit = 10'000});
    for (const simdjson::dom::array all = parser.parse(json)["rows"].get_array().value();
         const auto row : all) {
      auto key = std::string(row["case"].get_string().value());
      if (!part.empty()) key += " " + simdjson::minify(row[part].value());
      EXPECT_TRUE(known.insert(key).second) << view.name << ": " << key;
    }
    EXPECT_GT(known.size(), 3U) << view.name;
  }
}

TEST(Shape, DescribesEveryMemberThatABoardWritesAndNoOther) {
  for (const auto& view : view_types()) {
    Seen seen;
    // A history is that of one case, which has a hundred events only.
    const std::uint64_t seeds = view.name == "history" ? 12 : 6;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      const auto json = full_board(view, seed);
      simdjson::dom::parser parser;
      check_object(shape_of(view).members, parser.parse(json).value(), std::string(view.name), seen);
    }
    Seen described;
    gather(shape_of(view).members, std::string(view.name), described);
    for (const auto& path : described) EXPECT_TRUE(seen.contains(path)) << path << " never has a value";
  }
}

void expect_words(const kit::Words& label, const std::string& of) {
  EXPECT_FALSE(label.en.empty()) << of;
  EXPECT_FALSE(label.zh.empty()) << of;
}

void expect_sentence(std::string_view text, const std::string& of) {
  EXPECT_TRUE(text.size() > 1 && text.ends_with('.')) << of << ": " << text;
}

void expect_described(const std::vector<Member>& members, const std::string& path) {
  for (const auto& [of, schema, nullable, within] : members) {
    const auto at = path + "/" + std::string(of.key);
    expect_words(of.label, at);
    expect_sentence(of.meaning, at);
    EXPECT_EQ(schema.empty(), !within.empty()) << at;
    expect_described(within, at);
  }
}

TEST(Shape, EveryMemberAndFilterHasALabelInBothLanguagesAndAMeaning) {
  for (const auto& view : view_types()) {
    const auto& shape = shape_of(view);
    expect_words(shape.label, std::string(view.name));
    expect_sentence(shape.meaning.en, std::string(view.name));
    EXPECT_TRUE(shape.meaning.zh.ends_with("。")) << view.name;
    expect_described(shape.members, std::string(view.name));
    for (const auto& filter : shape.filters) {
      expect_words(filter.label, std::string(filter.name));
      expect_sentence(filter.meaning, std::string(filter.name));
    }
  }
}

const Member& part_of(const kit::ViewType& view, std::string_view key) {
  const auto key_of = [](const Member& member) { return member.of.key; };
  return *std::ranges::find(shape_of(view).members, key, key_of);
}

TEST(Shape, AFigureStandsUnderAHeadingOfItsViewAtAPlaceOfItsOwn) {
  for (const auto& view : view_types()) {
    std::set<std::pair<std::string_view, int>> places;
    for (const auto& of : {part_of(view, "totals"), part_of(view, "metrics")}) {
      for (const auto& figure : of.members) {
        const auto& screen = figure.of.screen;
        if (screen.rank == 0) continue;
        expect_words(screen.heading, std::string(figure.of.key));
        const auto found = std::ranges::find(shape_of(view).headings, screen.heading.en, &kit::Words::en);
        EXPECT_NE(found, shape_of(view).headings.end()) << figure.of.key;
        EXPECT_TRUE(places.emplace(screen.heading.en, screen.rank).second) << figure.of.key;
      }
    }
  }
}

TEST(Shape, AShareOnAScreenSaysOfHowMany) {
  for (const auto& view : view_types()) {
    for (const auto& metric : part_of(view, "metrics").members) {
      const auto& screen = metric.of.screen;
      // A score is points of points, not a share of so many things.
      if (metric.of.kind != Kind::share || screen.rank == 0 || screen.heading.en == "score") continue;
      EXPECT_FALSE(metric.of.fraction.of.empty()) << view.name << "/" << metric.of.key;
    }
  }
}

TEST(Shape, AShareIsAShareOfTotals) {
  for (const auto& view : view_types()) {
    const auto& totals = part_of(view, "totals").members;
    const auto is_total = [&](std::string_view key) {
      return key.empty() || std::ranges::any_of(totals, [&](const Member& of) { return of.of.key == key; });
    };
    for (const auto& metric : part_of(view, "metrics").members) {
      EXPECT_TRUE(is_total(metric.of.fraction.part)) << metric.of.key;
      EXPECT_TRUE(is_total(metric.of.fraction.of)) << metric.of.key;
    }
  }
}

}  // namespace
}  // namespace casetrail
