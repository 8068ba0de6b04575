// The rows of a board, or its periods, as a file for a spreadsheet, as the console saves rows.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "events/wire/csv_line.h"
#include "projections/boards.h"
#include "projections/kit/shape.h"
#include "workers/cli/answer.h"
#include "workers/cli/fields.h"
#include "workers/cli/readable.h"

namespace casetrail::cli {
namespace {

using kit::Kind;
using kit::Member;

/// By which a spreadsheet knows that the file is UTF-8.
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool is_duration(Kind kind) { return kind == Kind::duration || kind == Kind::duration_at_most; }

std::string_view unit_of(Kind kind) {
  if (is_duration(kind)) return " (h)";
  return kind == Kind::share || kind == Kind::points || kind == Kind::ratio ? " (‰)" : "";
}

constexpr std::string_view kPeriods = "periods";

/// At most four decimals, and none that says nothing: `-0.025`.
std::string hours_text(std::int64_t milliseconds) {
  auto text = fmt::format("{:.4f}", static_cast<double>(milliseconds) / 3'600'000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string called(const Display::Names& names, const std::string& id) {
  const auto found = names.find(id);
  return found == names.end() || found->second.empty() ? id : found->second;
}

std::string list_text(const std::vector<std::string>& ids, const Display::Names& names,
                      const Display& display) {
  std::vector<std::string> texts;
  texts.reserve(ids.size());
  for (const auto& id : ids) texts.push_back(called(names, id));
  return fmt::format("{}", fmt::join(texts, display.say(", ", "，")));
}

/// Of an object with a number for each word, those that are not zero.
std::string words_text(const Fields& values, Kind kind, const Display& display) {
  std::vector<std::string> texts;
  for (const auto& word : values.names()) {
    const auto value = values.number(word).value_or(0);
    if (value != 0)
      texts.push_back(display.word(word) + " " +
                      (kind == Kind::shares ? percent_text(value) : std::to_string(value)));
  }
  return fmt::format("{}", fmt::join(texts, display.say(", ", "，")));
}

/// What somebody wrote, or a word of it; numbers and moments are the wire's.
std::string text_cell(const Member& column, const Fields& row, const Display& display) {
  static const Display::Names kNobody;
  const auto key = column.of.key;
  switch (column.of.kind) {
    case Kind::word: return row.text(key).empty() ? "" : display.word(row.text(key));
    case Kind::flag:
      if (row.text(key).empty()) return "";
      return row.is_true(key) ? display.say("yes", "是") : display.say("no", "否");
    case Kind::department: return called(display.departments, row.text(key));
    case Kind::agent: return called(display.agents, row.text(key));
    case Kind::departments: return list_text(row.strings(key), display.departments, display);
    case Kind::agents: return list_text(row.strings(key), display.agents, display);
    case Kind::roles: return list_text(row.strings(key), display.roles, display);
    case Kind::texts: return list_text(row.strings(key), kNobody, display);
    case Kind::counts:
    case Kind::shares: return words_text(row.object(key), column.of.kind, display);
    case Kind::table: return std::to_string(row.objects(key).size());
    case Kind::text:
    case Kind::number:
    case Kind::count:
    case Kind::duration:
    case Kind::duration_at_most:
    case Kind::share:
    case Kind::points:
    case Kind::ratio:
    case Kind::moment:
    case Kind::object:
    case Kind::record: return row.text(key);
  }
  return {};
}

std::string csv_cell(const Member& column, const Fields& row, const Display& display) {
  const auto kind = column.of.kind;
  const auto number = kind == Kind::text ? std::nullopt : row.number(column.of.key);
  if (number) return is_duration(kind) ? hours_text(*number) : std::to_string(*number);
  const auto text = text_cell(column, row, display);
  return kind == Kind::moment ? text : csv_text(text);
}

}  // namespace

std::string board_csv(std::string_view view, const std::string& json, BoardTable asked, BoardColumns columns,
                      const Display& display) {
  const auto* shape = find_shape(view);
  if (shape == nullptr) return json + "\n";
  const Fields board(json);
  const auto key = [](const Member& member) { return member.of.key; };
  const bool has_periods = std::ranges::find(shape->members, kPeriods, key) != shape->members.end();
  const auto table = asked == BoardTable::periods && has_periods ? kPeriods : kit::kRows.key;
  auto shown = std::ranges::find(shape->members, table, key)->members;
  if (columns == BoardColumns::shown)
    std::erase_if(shown, [](const Member& column) { return column.of.screen.rank == 0; });
  std::string file(kByteOrderMark);
  std::string line;
  const auto end_line = [&] {
    file.append(line).append(kCsvLineEnd);
    line.clear();
  };
  for (const auto& column : shown)
    append_csv_cell(std::string(display.of(column.of.label)).append(unit_of(column.of.kind)), line);
  end_line();
  for (const auto& row : board.objects(table)) {
    for (const auto& column : shown) append_csv_cell(csv_cell(column, row, display), line);
    end_line();
  }
  return file;
}

}  // namespace casetrail::cli
