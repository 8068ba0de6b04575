// A board whose cases lie in several partitions, and its rows.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/projections/board_test.h"

namespace casetrail::kit {

/// A board over three partitions.
class Board {
 public:
  Board(std::string_view view, const std::vector<CaseEvent>& events) : view_(view) {
    std::array<std::vector<CaseEvent>, 3> split;
    for (const auto& event : events) split.at(std::hash<CaseId>{}(event.case_id) % 3).push_back(event);
    for (const auto& part : split) partitions_.push_back(fold(view, part));
  }

  [[nodiscard]] std::string answer(const BoardQuery& query) const {
    std::vector<const Rows*> rows;
    rows.reserve(partitions_.size());
    for (const auto& partition : partitions_) rows.push_back(&partition);
    const auto json = find_view(view_)->render(rows, query);
    EXPECT_TRUE(json) << (json ? "" : json.error());
    return json.value_or("{}");
  }
  [[nodiscard]] std::string answer(FilterValues filters = {}) const {
    return answer({.now = now, .filters = std::move(filters), .limit = 1'000'000});
  }
  /// How many rows were read since the board was made.
  [[nodiscard]] int read() const {
    int rows = got();
    for (const auto& partition : partitions_) rows += partition.scanned();
    return rows;
  }
  /// And of these, how many by their key.
  [[nodiscard]] int got() const {
    int rows = 0;
    for (const auto& partition : partitions_) rows += partition.gets();
    return rows;
  }

  Timestamp now = kMonday + std::chrono::days(1);

 private:
  std::string_view view_;
  std::vector<MapRows> partitions_;
};

/// The views that show rows of all cases.
inline std::vector<std::string_view> board_names() {
  std::vector<std::string_view> names;
  for (const auto& view : view_types()) {
    if (view.worker == "boards") names.push_back(view.name);
  }
  return names;
}

/// The rows of an answer, each as JSON.
inline std::vector<std::string> rows_of(const std::string& json) {
  simdjson::dom::parser parser;
  simdjson::dom::array rows;
  std::vector<std::string> all;
  if (parser.parse(json)["rows"].get(rows)) return all;
  for (const auto row : rows) all.push_back(simdjson::minify(row));
  return all;
}

}  // namespace casetrail::kit
