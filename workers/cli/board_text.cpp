// A board as people read it: a few lines of figures, then the rows that are open.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "projections/boards.h"
#include "projections/kit/selection.h"
#include "projections/kit/shape.h"
#include "workers/cli/answer.h"
#include "workers/cli/fields.h"
#include "workers/cli/readable.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

using kit::Kind;
using kit::Member;

constexpr std::size_t kLeastOfText = 12;

std::string value_text(const Member& member, const Fields& fields, const Display& display) {
  const auto key = member.of.key;
  // Cases of before there were numbers have none.
  if (key == "number" && fields.text(key).empty())
    return fields.text("reference").empty() ? fields.text("case") : fields.text("reference");
  const auto number = fields.number(key);
  switch (member.of.kind) {
    case Kind::duration: return number ? display.duration(*number) : "";
    case Kind::duration_at_most: return number ? "≤ " + display.duration(*number) : "";
    case Kind::share: return number ? percent_text(*number) : "";
    case Kind::points:
      return number ? fmt::format("{}.{} {}", *number / 10, *number % 10, display.of({"points", "百分点"}))
                    : "";
    case Kind::ratio: return number ? fmt::format("{}.{:03}", *number / 1000, *number % 1000) : "";
    case Kind::moment: return display.moment(fields.text(key));
    case Kind::agents:
    case Kind::departments:
    case Kind::roles:
    case Kind::texts: return fmt::format("{}", fmt::join(fields.strings(key), ", "));
    case Kind::word: return display.word(fields.text(key));
    case Kind::text:
    case Kind::agent:
    case Kind::department:
    case Kind::number:
    case Kind::count:
    case Kind::counts:
    case Kind::shares:
    case Kind::flag:
    case Kind::object:
    case Kind::table:
    case Kind::record: return fields.text(key);
  }
  return {};
}

/// A share with its n: `3 of 11 (27.3 %)`, or `27.3 % of 11` where its part is no total. The part alone while
/// there is nothing that it is a share of.
std::string share_text(const Member& share, const Fields& from, const Fields& totals,
                       const Display& display) {
  const auto value = value_text(share, from, display);
  auto part = totals.text(share.of.fraction.part);
  const auto all = totals.text(share.of.fraction.of);
  if (value.empty()) return part;
  if (all.empty()) return part.empty() ? value : part;
  if (display.language == Language::zh)
    return part.empty() ? value + "（共 " + all + "）" : part + "/" + all + " (" + value + ")";
  return part.empty() ? value + " of " + all : part + " of " + all + " (" + value + ")";
}

/// A row of a table among the figures: what it is of, then its shares.
std::string row_item(const Member& table, const Fields& row, const Display& display) {
  const auto& key = table.members.front();
  auto item = fmt::format("{} {}:", display.of(key.of.label), value_text(key, row, display));
  for (const auto& member : table.members) {
    if (member.of.kind == Kind::share) item.append(" ").append(share_text(member, row, row, display));
  }
  return item;
}

/// What is known of one figure: nothing, a value, or a value a word or a row.
std::vector<std::string> items_of(const Member& figure, const Fields& from, const Fields& totals,
                                  const Display& display) {
  std::vector<std::string> items;
  if (figure.of.kind == Kind::table) {
    for (const auto& row : from.objects(figure.of.key)) items.push_back(row_item(figure, row, display));
  } else if (figure.of.kind == Kind::counts) {
    const auto counts = from.object(figure.of.key);
    for (const auto& name : counts.names()) {
      if (counts.number(name).value_or(0) > 0) items.push_back(display.word(name) + " " + counts.text(name));
    }
  } else {
    const auto value = figure.of.kind == Kind::share ? share_text(figure, from, totals, display)
                                                     : value_text(figure, from, display);
    if (!value.empty()) items.push_back(fmt::format("{} {}", display.of(figure.of.label), value));
  }
  return items;
}

/// The items behind a heading, as many a line as fit.
std::string line_of(std::string_view heading, std::size_t indent, const std::vector<std::string>& items,
                    std::size_t width) {
  static constexpr std::size_t kGap = 3;
  auto text = std::string(heading).append(indent - display_width(heading), ' ');
  auto used = indent;
  for (const auto& item : items) {
    const auto wide = display_width(item);
    if (used > indent && width > 0 && used + kGap + wide > width) {
      text.append("\n").append(indent, ' ');
      used = indent;
    }
    if (used > indent) text.append(kGap, ' ');
    used += wide + (used > indent ? kGap : 0);
    text += item;
  }
  return text + "\n";
}

/// The members of a part of the board.
const std::vector<Member>& members_of(const kit::Shape& shape, const kit::Description& part) {
  const auto key = [](const Member& member) { return member.of.key; };
  return std::ranges::find(shape.members, part.key, key)->members;
}

/// A figure, and the object that holds its value.
struct Figure {
  const Member* member;
  const Fields* from;
};

std::vector<Figure> figures_under(const kit::Words& heading, const kit::Shape& shape, const Fields& totals,
                                  const Fields& metrics) {
  std::vector<Figure> figures;
  const auto gather = [&](const kit::Description& part, const Fields& from) {
    for (const auto& member : members_of(shape, part)) {
      if (member.of.screen.heading.en == heading.en) figures.push_back({&member, &from});
    }
  };
  gather(kit::kTotals, totals);
  gather(kit::kMetrics, metrics);
  std::ranges::stable_sort(figures, {}, [](const Figure& of) { return of.member->of.screen.rank; });
  return figures;
}

std::string figures_text(const kit::Shape& shape, const Fields& board, const Display& display) {
  const auto totals = board.object(kit::kTotals.key);
  const auto metrics = board.object(kit::kMetrics.key);
  std::size_t indent = 0;
  for (const auto& heading : shape.headings)
    indent = std::max(indent, display_width(display.of(heading)) + 2);
  std::string text;
  for (const auto& heading : shape.headings) {
    std::vector<std::string> items;
    for (const auto& [figure, from] : figures_under(heading, shape, totals, metrics)) {
      for (auto& item : items_of(*figure, *from, totals, display)) items.push_back(std::move(item));
    }
    if (!items.empty()) text += line_of(display.of(heading), indent, items, display.width);
  }
  return text;
}

/// The totals of what the filters leave, those that count something; nothing without filters.
std::string selected_text(const kit::Shape& shape, const Fields& board, const Display& display) {
  const auto sums = board.object(kit::kSelected.key);
  if (sums.empty()) return {};
  std::vector<std::string> items;
  for (const auto& sum : members_of(shape, kit::kSelected)) {
    if (sums.number(sum.of.key).value_or(0) > 0)
      items.push_back(fmt::format("{} {}", display.of(sum.of.label), sums.text(sum.of.key)));
  }
  const auto heading = display.of(kit::kSelected.label);
  return line_of(heading, display_width(heading) + 2, items, display.width);
}

/// A value, a share with its n.
std::string cell_text(const Member& column, const Fields& row, const Display& display) {
  return column.of.kind == Kind::share ? share_text(column, row, row, display)
                                       : value_text(column, row, display);
}

std::string rows_text(const std::vector<Member>& columns, const std::vector<Fields>& rows,
                      const Display& display) {
  std::vector<const Member*> shown;
  std::vector<TableColumn> titles;
  for (const auto& column : columns) {
    const auto& screen = column.of.screen;
    if (screen.rank == 0) continue;
    shown.push_back(&column);
    titles.push_back(
        {std::string(display.of(column.of.label)), screen.rank, screen.may_be_cut ? kLeastOfText : 0});
  }
  TextTable table(std::move(titles));
  for (const auto& row : rows) {
    std::vector<std::string> cells;
    cells.reserve(shown.size());
    for (const auto* column : shown) cells.push_back(cell_text(*column, row, display));
    table.add(std::move(cells));
  }
  return table.text(display.width, display.language);
}

/// What those are called whom the columns of these kinds name; their ids keep the columns narrow, and are
/// what filters take.
std::string names_text(std::string_view title, const Display::Names& names, std::initializer_list<Kind> kinds,
                       const std::vector<Member>& columns, const std::vector<Fields>& rows,
                       const Display& display) {
  std::set<std::string> ids;
  for (const auto& column : columns) {
    if (column.of.screen.rank == 0 || std::ranges::find(kinds, column.of.kind) == kinds.end()) continue;
    for (const auto& row : rows) {
      ids.insert(row.text(column.of.key));
      for (auto& id : row.strings(column.of.key)) ids.insert(std::move(id));
    }
  }
  std::string told;
  for (const auto& id : ids) {
    if (const auto name = names.find(id); name != names.end())
      told.append(told.empty() ? "" : display.say("; ", "；")).append(id + " " + name->second);
  }
  return told.empty() ? told : in_lines(on_one_line(std::string(title) + told), display.width);
}

/// The tables beside the rows that a screen shows.
std::string tables_text(const kit::Shape& shape, const Fields& board, const Display& display) {
  std::string text;
  for (const auto& member : shape.members) {
    if (member.of.kind != Kind::table || member.of.screen.rank == 0) continue;
    const auto rows = board.objects(member.of.key);
    if (!rows.empty()) text += rows_text(member.members, rows, display) + "\n";
  }
  return text;
}

}  // namespace

std::string board_text(std::string_view view, const std::string& json, const Display& display) {
  const auto* shape = find_shape(view);
  if (shape == nullptr) return json + "\n";
  const Fields board(json);
  auto text = figures_text(*shape, board, display) + selected_text(*shape, board, display);
  if (!text.empty()) text += "\n";
  text += tables_text(*shape, board, display);
  const auto rows = board.objects(kit::kRows.key);
  const auto matching = board.object(kit::kTotals.key).number(kit::kMatching.key).value_or(std::ssize(rows));
  if (matching == 0) return text.append(display.of({"No rows.\n", "没有记录。\n"}));
  if (!rows.empty()) text += rows_text(members_of(*shape, kit::kRows), rows, display);
  if (std::ssize(rows) < matching)
    text += display.language == Language::zh ? fmt::format("显示 {} 行，共 {} 行；--limit {} 显示全部。\n",
                                                           rows.size(), matching, matching)
                                             : fmt::format("{} of {}; --limit {} shows all.\n", rows.size(),
                                                           counted(matching, "row"), matching);
  const auto columns = members_of(*shape, kit::kRows);
  text += names_text(display.say("Departments: ", "部门："), display.departments,
                     {Kind::department, Kind::departments}, columns, rows, display);
  text += names_text(display.say("People: ", "人员："), display.agents, {Kind::agent, Kind::agents}, columns,
                     rows, display);
  text += names_text(display.say("Roles: ", "角色："), display.roles, {Kind::roles}, columns, rows, display);
  const auto tells_time = [](const Member& column) {
    return column.of.kind == Kind::moment && column.of.screen.rank > 0;
  };
  if (std::ranges::any_of(members_of(*shape, kit::kRows), tells_time))
    text += display.language == Language::zh ? "时间：" + display.zone_name() + "。\n"
                                             : "Times: " + display.zone_name() + ".\n";
  return text;
}

}  // namespace casetrail::cli
