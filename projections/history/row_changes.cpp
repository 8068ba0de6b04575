// Renders the row behind each event and compares its cells.
#include "projections/history/row_changes.h"

#include <algorithm>
#include <cereal/cereal.hpp>
#include <map>
#include <optional>
#include <utility>

#include "events/wire/json_reader.h"
#include "events/wire/json_value.h"
#include "projections/boards.h"
#include "projections/history/case_head.h"
#include "projections/kit/memory_rows.h"

namespace casetrail::history {
namespace {

using Cells = std::map<std::string, RawJson>;

struct RowsOfPage {
  std::vector<RawJson> rows;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rows));
  }
};

/// A string as it is, other values as JSON has them; nothing for null.
std::optional<std::string> text_in(const Cells& cells, const std::string& column) {
  const auto found = cells.find(column);
  if (found == cells.end() || found->second.text == "null") return std::nullopt;
  if (!found->second.text.starts_with('"')) return found->second.text;
  return value_from_json<std::string>(found->second.text);
}

/// The row as it stands in `rows`; no cells where it is not on the board.
Cells row_in(const kit::Rows& rows, const BoardRow& row, const kit::BoardQuery& query) {
  const kit::Rows* partition = &rows;
  const auto board = row.view->answer({&partition, 1}, query);
  RowsOfPage page;
  if (!board || from_json(*board, page)) return {};
  const std::string part(row.view->shape().part);
  for (const auto& one : page.rows) {
    auto cells = value_from_json<Cells>(one.text).value_or(Cells());
    if (part.empty() || text_in(cells, part) == row.part) return cells;
  }
  return {};
}

}  // namespace

BoardRow parse_board_row(std::string_view text) {
  const auto end = std::min(text.find('/'), text.size());
  BoardRow row{.view = find_view(text.substr(0, end)), .part = {}};
  if (end < text.size()) row.part = text.substr(end + 1);
  return row;
}

std::vector<std::string> compared_columns(const kit::Shape& shape) {
  std::vector<std::string> compared;
  for (const auto& member : shape.members) {
    if (member.of.key != kit::kRows.key) continue;
    for (const auto& column : member.members) {
      const bool goes_by_clock = column.of.kind == kit::Kind::duration;
      if (!goes_by_clock && column.of.key != "seq") compared.emplace_back(column.of.key);
    }
  }
  return compared;
}

std::vector<Change> row_changes_between(const CaseRows& of, std::int64_t from, std::int64_t to,
                                        const BoardRow& row, const kit::BoardQuery& as_asked) {
  const auto columns = compared_columns(row.view->shape());
  const auto ignored = row.view->ignored_events();
  kit::BoardQuery query{
      .now = as_asked.now, .filters = {{"case", of.id.value}}, .settings = as_asked.settings};
  kit::MemoryRows rows;
  const auto view = row.view->open(rows);
  std::vector<Change> changes;
  std::optional<Cells> before;
  of.for_each(0, [&](std::int64_t seq, const EventRow& event) {
    if (seq > to) return false;
    if (seq > from && !before) before = row_in(rows, row, query);
    const auto happened = event_in(of.id, seq, event);
    view->apply(happened);
    rows.take(*view);
    // A board is rendered and read for it: not of what changes nothing on it.
    if (seq <= from || std::ranges::find(ignored, happened.event.codec().type) != ignored.end()) return true;
    auto after = row_in(rows, row, query);
    for (const auto& column : columns) {
      auto earlier = text_in(*before, column);
      auto later = text_in(after, column);
      if (earlier != later)
        changes.push_back({column, std::move(earlier), std::move(later), seq, event, {}, {}});
    }
    before = std::move(after);
    return true;
  });
  return changes;
}

}  // namespace casetrail::history
