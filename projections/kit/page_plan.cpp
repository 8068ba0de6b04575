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

/// What the lists of filters have in common is all that they leave together. Reads these lists; nothing when
/// it is known without that.
std::optional<Candidates> common_of(const ListReader& lists, std::vector<Candidates> exact) {
  if (exact.empty() || (exact.size() == 1 && exact.front().passing)) return std::nullopt;
  Candidates common = std::move(exact.front());
  common.told = std::ssize(exact);
  for (auto one = exact.begin() + 1; one != exact.end(); ++one) common.also.push_back(std::move(one->lists));
  common.passing = 0;
  read_candidates(lists, common, {}, [&](const ListReader::Found&) {
    ++*common.passing;
    return true;
  });
  return common;
}

}  // namespace

List all_rows() { return list_of("all"); }

List rows_of_number(std::string_view case_no) { return list_of("case_no", case_no); }

std::vector<Candidates> candidates_between(const List& measured, const Filters& filters,
                                           std::string_view since, std::string_view until) {
  const auto from = filters.moment(since);
  const auto to = filters.moment(until);
  if (!from && !to) return {};
  return {{.lists = {measured},
           .in_order = false,
           .from = from ? order_of(*from) : std::string(),
           .until = to ? order_of(*to) : std::string()}};
}

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
  std::vector<Candidates> exact;
  for (const auto& asked : filters.asked()) {
    if (asked.type->list.empty() || asked.values.front() == "false") continue;
    auto rows = candidates_of(lists, asked, listing);
    if (rows.lists.empty()) continue;
    if (asked.type->list == asked.type->name) exact.push_back(rows);
    more.push_back(std::move(rows));
  }
  auto fewest = every_row.empty() ? std::numeric_limits<std::int64_t>::max() : all + 1;
  for (auto& rows : more) {
    const auto count = count_of(lists, rows);
    if (count >= fewest) continue;
    fewest = count;
    plan.rows = std::move(rows);
  }
  const auto is_few = [&] { return fewest <= kMostSummed || !filters.values("case").empty(); };
  if (!is_few()) {
    if (auto common = common_of(lists, std::move(exact)); common && *common->passing <= fewest) {
      fewest = *common->passing;
      plan.rows = *std::move(common);
    }
  }
  plan.reads_all = is_few();
  if (plan.reads_all || choosing > plan.rows.told || !plan.rows.passing) return plan;
  plan.matching = plan.rows.passing;
  plan.all_match = plan.rows.in_order;
  // The more of all rows pass, the sooner a page of them is found in the board's own order: to gather reads
  // each of them, to walk begins to read each list.
  const auto read = plan.rows.in_order ? std::ssize(plan.rows.lists) : fewest;
  if (!every_row.empty() && read * fewest > static_cast<std::int64_t>(plan.limit) * all) {
    plan.rows = {.lists = every_row};
    plan.all_match = false;
  }
  return plan;
}

void read_candidates(const ListReader& lists, const Candidates& rows, std::string_view after,
                     const ListReader::OnFound& on_found) {
  if (rows.also.empty()) return lists.read(rows.lists, after, on_found);
  auto each = rows.also;
  each.push_back(rows.lists);
  lists.read_common(each, after, on_found);
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
