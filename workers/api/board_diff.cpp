// Both boards are read page by page; the earlier one is kept in memory.
#include "workers/api/board_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "aggregates/time/moment.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_value.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "projections/boards.h"
#include "projections/history/row_changes.h"
#include "projections/kit/shape.h"
#include "workers/api/api_answers.h"
#include "workers/api/change_event.h"
#include "workers/api/changed_values.h"
#include "workers/api/kept_records.h"
#include "workers/api/routes.h"
#include "workers/http/problem.h"
#include "workers/log/partition.h"

namespace casetrail::api {
namespace {

/// A moment of which everything that was recorded until then has come to the log.
constexpr Duration kSettled{5'000};
/// More of them at once would be hundreds of megabytes.
constexpr std::size_t kMostComparedRows = 100'000;

enum class RowChange { came, went, changed };
constexpr auto enum_names(RowChange) { return std::to_array<std::string_view>({"came", "went", "changed"}); }

/// A cell that differs, and the last event in between that changed it.
struct ChangedCell {
  std::string field;
  std::optional<std::string> before;
  std::optional<std::string> after;
  std::optional<Saying> before_label = {};
  std::optional<Saying> after_label = {};
  std::optional<ChangeEvent> event = {};  ///< absent: time alone

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(field), CEREAL_NVP(before), CEREAL_NVP(after), CEREAL_NVP(before_label),
            CEREAL_NVP(after_label), CEREAL_NVP(event));
  }
};

struct ChangedRow {
  RowChange change{};
  std::string case_id;
  std::optional<std::string> number;
  std::optional<std::string> reference;
  std::optional<std::string> of;     ///< the handoff, callback, review or target, where rows are of those
  std::optional<ChangeEvent> event;  ///< the last one in between that changed the row; absent: time alone
  std::vector<ChangedCell> cells;    ///< of a row that changed

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(change), cereal::make_nvp("case", case_id), CEREAL_NVP(number), CEREAL_NVP(reference),
            CEREAL_NVP(of), CEREAL_NVP(event), CEREAL_NVP(cells));
  }
};

struct BoardDiff {
  std::string view;
  Timestamp from{};
  std::optional<Timestamp> to;
  std::int64_t came = 0;
  std::int64_t went = 0;
  std::int64_t changed = 0;
  std::vector<ChangedRow> rows;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(view), CEREAL_NVP(from), CEREAL_NVP(to), CEREAL_NVP(came), CEREAL_NVP(went),
            CEREAL_NVP(changed), CEREAL_NVP(rows));
  }
};

struct PageOfRows {
  std::vector<RawJson> rows;
  std::optional<std::string> next;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rows), CEREAL_NVP(next));
  }
};

/// What an event changed of the row, as the history has it.
struct CellChange {
  std::string field;
  FoundEvent event;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(field));
    event.serialize(archive);
  }
};

struct EventsBetween {
  std::vector<CellChange> changes;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(changes));
  }
};

using Cells = std::map<std::string, RawJson>;

/// A string as it is, other values as JSON has them; nothing for null.
std::optional<std::string> cell_text(const Cells& cells, const std::string& name) {
  const auto found = cells.find(name);
  if (found == cells.end() || found->second.text == "null") return std::nullopt;
  if (!found->second.text.starts_with('"')) return found->second.text;
  return value_from_json<std::string>(found->second.text);
}

/// Requires: the rows of the board have it.
kit::Kind kind_of(const kit::Shape& shape, std::string_view column) {
  const auto key = [](const kit::Member& member) { return member.of.key; };
  const auto& columns = std::ranges::find(shape.members, kit::kRows.key, key)->members;
  return std::ranges::find(columns, column, key)->of.kind;
}

/// A column, and whose names it holds.
struct ComparedColumn {
  std::string name;
  std::string_view names;
};

class Comparison {
 public:
  Comparison(std::string view, const BoardSpan& span, const kit::BoardQuery& query, ViewDesk& desk,
             log::EventLog& log)
      : span_(span), query_(query), desk_(desk), log_(log), part_(find_shape(view)->part) {
    answer_.view = std::move(view);
    answer_.from = span.from;
    answer_.to = span.to;
    const auto& shape = *find_shape(answer_.view);
    for (auto& column : history::compared_columns(shape))
      compared_.push_back({column, names_in(kind_of(shape, column))});
  }

  http::HttpResponse make() {
    std::map<std::string, Cells> before;
    auto read = each_row(span_.from, [&](std::string key, Cells cells) {
      before.emplace(std::move(key), std::move(cells));
      return before.size() <= kMostComparedRows;
    });
    if (before.size() > kMostComparedRows)
      return http::problem(
          400, "malformed_query",
          fmt::format("Expected a board of at most {} rows, but there are more. Name filters.",
                      kMostComparedRows));
    if (!read) return std::move(read).error();
    read = each_row(span_.to, [&](const std::string& key, const Cells& cells) {
      const auto earlier = before.extract(key);
      if (earlier.empty()) {
        ++answer_.came;
        tell(RowChange::came, cells, {});
      } else if (auto differing = differing_cells(earlier.mapped(), cells); !differing.empty()) {
        ++answer_.changed;
        tell(RowChange::changed, cells, std::move(differing));
      }
      return true;
    });
    if (!read) return std::move(read).error();
    for (const auto& [key, cells] : before) {
      ++answer_.went;
      tell(RowChange::went, cells, {});
    }
    name_commands();
    if (auto failure = name_values()) return *std::move(failure);
    return json_answer(200, to_json(answer_));
  }

 private:
  /// Of the board as of `at`; absent: as it stands. `take` ends it by false.
  template <class Take>
  std::expected<void, http::HttpResponse> each_row(const std::optional<Timestamp>& at, const Take& take) {
    auto query = query_;
    query.limit = kMostRowsOfAPage;
    for (;;) {
      auto json = page(at, query);
      if (!json) return std::unexpected(std::move(json).error());
      PageOfRows read;
      if (const auto error = from_json(*json, read))
        return std::unexpected(http::problem(500, "internal", error->sentence()));
      for (const auto& row : read.rows) {
        auto cells = value_from_json<Cells>(row.text).value_or(Cells());
        auto key =
            cell_text(cells, "case").value_or("") + ' ' + cell_text(cells, std::string(part_)).value_or("");
        if (!take(std::move(key), std::move(cells))) return {};
      }
      if (!read.next || read.rows.empty()) return {};
      query.after = *read.next;
    }
  }

  std::expected<std::string, http::HttpResponse> page(const std::optional<Timestamp>& at,
                                                      const kit::BoardQuery& query) {
    if (!at) {
      auto board = desk_.board(answer_.view, query);
      if (!board) return std::unexpected(answer_of(std::move(board)));
      return *std::move(board);
    }
    auto board = desk_.past_board(answer_.view, *at, query);
    if (!board) return std::unexpected(answer_of(DeskAnswer(std::unexpected(std::move(board).error()))));
    if (!board->is_made) return std::unexpected(answer_of(*std::move(board)));
    return std::move(board->json);
  }

  std::vector<ChangedCell> differing_cells(const Cells& before, const Cells& after) const {
    std::vector<ChangedCell> changes;
    for (const auto& [name, names] : compared_) {
      auto earlier = cell_text(before, name);
      auto later = cell_text(after, name);
      if (earlier != later) changes.push_back({name, std::move(earlier), std::move(later)});
    }
    return changes;
  }

  void tell(RowChange change, const Cells& cells, std::vector<ChangedCell> differing) {
    if (answer_.rows.size() >= query_.limit) return;
    ChangedRow row{.change = change,
                   .case_id = cell_text(cells, "case").value_or(""),
                   .number = cell_text(cells, "number"),
                   .reference = cell_text(cells, "reference"),
                   .of = cell_text(cells, std::string(part_)),
                   .event = {},
                   .cells = std::move(differing)};
    const auto changes = changes_of(row);
    const auto last = [](const FoundEvent* so_far, const CellChange& each) {
      return so_far == nullptr || each.event.seq >= so_far->seq ? &each.event : so_far;
    };
    const FoundEvent* of_row = nullptr;
    std::map<std::string_view, const FoundEvent*> of_field;
    for (const auto& each : changes) {
      of_row = last(of_row, each);
      auto& of_cell = of_field[each.field];
      of_cell = last(of_cell, each);
    }
    const auto partition = log::partition_of(row.case_id, log_.partitions());
    row.event = told(of_row, partition, {answer_.rows.size(), kOfRow});
    for (std::size_t cell = 0; cell < row.cells.size(); ++cell) {
      const auto found = of_field.find(row.cells[cell].field);
      row.cells[cell].event =
          told(found == of_field.end() ? nullptr : found->second, partition, {answer_.rows.size(), cell});
    }
    answer_.rows.push_back(std::move(row));
  }

  /// Where its command is to be named later: the row, or a cell of it.
  struct Place {
    std::size_t row;
    std::size_t cell;
  };

  std::optional<ChangeEvent> told(const FoundEvent* event, log::Partition partition, Place place) {
    if (event == nullptr) return std::nullopt;
    if (event->command_id && event->offset >= 0) commands_[partition].emplace(event->offset, place);
    return ChangeEvent(*event);
  }

  void name_commands() {
    for (const auto& [partition, events] : commands_) {
      std::set<log::Offset> offsets;
      for (const auto& [offset, place] : events) offsets.insert(offset);
      for (auto& [offset, type] : command_types(log_, partition, offsets)) {
        const auto [first, last] = events.equal_range(offset);
        for (auto at = first; at != last; ++at) {
          auto& row = answer_.rows[at->second.row];
          (at->second.cell == kOfRow ? row.event : row.cells[at->second.cell].event)->command_type = type;
        }
      }
    }
  }

  /// An answer where the policies cannot be read.
  std::optional<http::HttpResponse> name_values() {
    auto policies = desk_.policies();
    if (!policies) return answer_of(DeskAnswer(std::unexpected(std::move(policies).error())));
    const auto& then = naming_policy(**policies, span_.from);
    const auto& later = span_.to ? naming_policy(**policies, *span_.to) : (*policies)->newest();
    for (auto& row : answer_.rows) {
      for (auto& cell : row.cells) {
        const auto names = std::ranges::find(compared_, cell.field, &ComparedColumn::name)->names;
        if (cell.before) cell.before_label = called(*cell.before, names, then);
        if (cell.after) cell.after_label = called(*cell.after, names, later);
      }
    }
    return std::nullopt;
  }

  std::vector<CellChange> changes_of(const ChangedRow& row) {
    kit::BoardQuery query{.now = span_.to.value_or(query_.now),
                          .filters = {{"case", row.case_id},
                                      {"state", "true"},
                                      {"since", to_wire(span_.from)},
                                      {"row", answer_.view + (row.of ? '/' + *row.of : std::string())}}};
    if (span_.to) query.filters.emplace("as_of", to_wire(*span_.to));
    const auto history = desk_.board_of_case("history", CaseId{row.case_id}, query);
    EventsBetween read;
    if (!history || from_json(*history, read)) return {};
    return std::move(read.changes);
  }

  const BoardSpan& span_;
  const kit::BoardQuery& query_;
  ViewDesk& desk_;
  log::EventLog& log_;
  std::string_view part_;
  std::vector<ComparedColumn> compared_;
  static constexpr auto kOfRow = static_cast<std::size_t>(-1);

  /// By partition: where the events lie whose commands are to be named.
  std::map<log::Partition, std::multimap<log::Offset, Place>> commands_;
  BoardDiff answer_;
};

}  // namespace

std::expected<Timestamp, std::string> settled_moment(std::string_view name, const std::string& text,
                                                     Timestamp now) {
  const auto moment = parse_timestamp(text);
  if (!moment)
    return std::unexpected(
        fmt::format("Expected '{}' to be {}, but it is '{}'.", name, kMomentExpected, text));
  if (*moment > now - kSettled)
    return std::unexpected(fmt::format(
        "Expected '{}' to be 5 s ago or more, but it is {}. The board as it stands now is without it.", name,
        text));
  return *moment;
}

std::expected<BoardSpan, std::string> board_span(const std::multimap<std::string, std::string>& query,
                                                 Timestamp now) {
  const auto asked = query.find("from");
  if (asked == query.end())
    return std::unexpected("Expected 'from', the moment to compare with, but it is missing.");
  const auto from = settled_moment("from", asked->second, now);
  if (!from) return std::unexpected(from.error());
  BoardSpan span{.from = *from, .to = {}};
  if (const auto until = query.find("to"); until != query.end()) {
    const auto to = settled_moment("to", until->second, now);
    if (!to) return std::unexpected(to.error());
    if (*to < *from) return std::unexpected("Expected 'from' to be before 'to'.");
    span.to = *to;
  }
  return span;
}

http::HttpResponse board_diff_answer(const std::string& view, const BoardSpan& span,
                                     const kit::BoardQuery& query, ViewDesk& desk, log::EventLog& log) {
  return Comparison(view, span, query, desk, log).make();
}

std::string board_diff_schema() { return PublishedSchema::of<BoardDiff>(); }

}  // namespace casetrail::api
