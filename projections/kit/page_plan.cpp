// Weighs the lists that a query could read.
#include "projections/kit/page_plan.h"

#include <array>
#include <utility>

namespace casetrail::kit {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

std::optional<std::string> place_of(std::string_view cursor) {
  if (cursor.size() % 2 != 0) return std::nullopt;
  std::string place;
  for (std::size_t i = 0; i < cursor.size(); i += 2) {
    const auto high = kDigits.find(cursor[i]);
    const auto low = kDigits.find(cursor[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    place += static_cast<char>(high * 16 + low);
  }
  return place;
}

std::int64_t count_of(const ListReader& lists, const Candidates& rows) {
  if (rows.list.measured == Measure::no) return lists.count(rows.list);
  const auto end = rows.until.empty() ? lists.count(rows.list) : lists.count_before(rows.list, rows.until);
  return end - (rows.from.empty() ? 0 : lists.count_before(rows.list, rows.from));
}

}  // namespace

List all_rows() { return list_of("all"); }

List rows_of_number(std::string_view case_no) { return list_of("case_no", case_no); }

std::expected<PagePlan, std::string> plan_page(const ListReader& lists, const Filters& filters,
                                               std::vector<Candidates> more, std::size_t order_bytes,
                                               const BoardQuery& query) {
  auto after = place_of(query.after);
  if (!after)
    return std::unexpected("Expected 'after' to be the `next` of the page before, but it is '" + query.after +
                           "'.");
  const auto all = lists.count(all_rows());
  PagePlan plan{.rows = {.list = all_rows()},
                .order_bytes = order_bytes,
                .limit = query.limit,
                .after = *std::move(after)};
  if (filters.asked().empty()) {
    plan.matching = all;
    plan.all_match = true;
    return plan;
  }
  for (const auto& [type, value] : filters.asked()) {
    if (type->list.empty() || value == "false") continue;
    Candidates rows{.list = list_of(type->list, value)};
    if (type->list == type->name) rows.passing = lists.count(rows.list);
    more.push_back(std::move(rows));
  }
  auto fewest = all + 1;
  for (auto& rows : more) {
    const auto count = count_of(lists, rows);
    if (count >= fewest) continue;
    fewest = count;
    plan.rows = std::move(rows);
  }
  if (filters.asked().size() > 1 || !plan.rows.passing) return plan;
  plan.matching = plan.rows.passing;
  const bool gathers = plan.rows.list.measured == Measure::yes;
  plan.all_match = !gathers;
  // The more of all rows pass, the sooner a page of them is found in the board's own order.
  if (gathers && fewest * fewest > static_cast<std::int64_t>(plan.limit) * all)
    plan.rows = {.list = all_rows()};
  return plan;
}

std::string cursor_of(std::string_view place) {
  std::string cursor;
  for (const char byte : place) {
    cursor += kDigits[static_cast<unsigned char>(byte) / 16];
    cursor += kDigits[static_cast<unsigned char>(byte) % 16];
  }
  return cursor;
}

}  // namespace casetrail::kit
