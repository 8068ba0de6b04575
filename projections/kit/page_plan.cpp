// Weighs the lists that a query could read.
#include "projections/kit/page_plan.h"

#include <algorithm>
#include <array>
#include <limits>
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

std::int64_t count_of(const ListReader& lists, const std::vector<List>& all) {
  std::int64_t rows = 0;
  for (const auto& list : all) rows += lists.count(list);
  return rows;
}

std::int64_t count_of(const ListReader& lists, const Candidates& rows) {
  if (rows.from.empty() && rows.until.empty()) return count_of(lists, rows.lists);
  const auto& list = rows.lists.front();
  const auto end = rows.until.empty() ? lists.count(list) : lists.count_before(list, rows.until);
  return end - (rows.from.empty() ? 0 : lists.count_before(list, rows.from));
}

/// The rows that one filter lets pass. One value's list is exact; rows may stand in those of two values.
Candidates candidates_of(const ListReader& lists, const Filters::Asked& asked, const Listing& listing) {
  Candidates rows{.lists = {}, .in_order = listing.filters_in_order};
  for (const auto& value : asked.values) {
    for (auto& list : listing.lists(asked.type->list, value)) rows.lists.push_back(std::move(list));
  }
  if (asked.values.size() == 1 && asked.type->list == asked.type->name)
    rows.passing = count_of(lists, rows.lists);
  return rows;
}

}  // namespace

List all_rows() { return list_of("all"); }

List rows_of_number(std::string_view case_no) { return list_of("case_no", case_no); }

std::expected<PagePlan, std::string> plan_page(const ListReader& lists, const Filters& filters,
                                               std::vector<Candidates> more, const Listing& listing,
                                               const BoardQuery& query) {
  auto after = place_of(query.after);
  if (!after)
    return std::unexpected("Expected 'after' to be the `next` of the page before, but it is '" + query.after +
                           "'.");
  const auto every_row = listing.lists("all", {});
  const auto all = count_of(lists, every_row);
  PagePlan plan{.rows = {.lists = every_row},
                .order_bytes = listing.order_bytes,
                .filter_order_bytes = listing.filters_in_order ? listing.order_bytes : kMeasuredBytes,
                .limit = query.limit,
                .after = *std::move(after)};
  const auto choosing =
      std::ranges::count_if(filters.asked(), [](const auto& asked) { return !asked.type->kind.leaves_all; });
  if (choosing == 0) {
    plan.matching = all;
    plan.all_match = true;
    return plan;
  }
  for (const auto& asked : filters.asked()) {
    if (asked.type->list.empty() || asked.values.front() == "false") continue;
    if (auto rows = candidates_of(lists, asked, listing); !rows.lists.empty())
      more.push_back(std::move(rows));
  }
  auto fewest = every_row.empty() ? std::numeric_limits<std::int64_t>::max() : all + 1;
  for (auto& rows : more) {
    const auto count = count_of(lists, rows);
    if (count >= fewest) continue;
    fewest = count;
    plan.rows = std::move(rows);
  }
  plan.reads_all = fewest <= kMostSummed || !filters.values("case").empty();
  if (plan.reads_all || choosing > 1 || !plan.rows.passing) return plan;
  plan.matching = plan.rows.passing;
  const bool gathers = !plan.rows.in_order;
  plan.all_match = !gathers;
  // The more of all rows pass, the sooner a page of them is found in the board's own order.
  if (gathers && !every_row.empty() && fewest * fewest > static_cast<std::int64_t>(plan.limit) * all)
    plan.rows = {.lists = every_row};
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
