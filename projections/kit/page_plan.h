// Which rows a page has to read: the fewest among which are all that the filters leave.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/kit/filters.h"
#include "projections/kit/list_reader.h"

namespace casetrail::kit {

/// All rows of a board, in its order.
[[nodiscard]] List all_rows();
/// The rows of the cases whose own number this is.
[[nodiscard]] List rows_of_number(std::string_view case_no);

/// Rows among which are all that one filter lets pass, or all that some let pass together.
struct Candidates {
  std::vector<List> lists;
  std::vector<std::vector<List>> also{};  ///< they stand in one of each of these, too
  bool in_order = true;  ///< they stand in the board's own order; else they are gathered and sorted
  std::string from{};    ///< of one measured list, the first order
  std::string until{};   ///< and the first one after the last; empty: to its end
  std::optional<std::int64_t> passing{};  ///< how many of them pass, where it is known without reading them
  std::ptrdiff_t told = 1;                ///< filters that they speak for
};

/// The rows of a measured list whose moment is not before that of one filter and before that of the other;
/// nothing when neither is asked for.
[[nodiscard]] std::vector<Candidates> candidates_between(const List& measured, const Filters& filters,
                                                         std::string_view since, std::string_view until);

/// So many rows at most that filters leave are read only to be summed up.
inline constexpr std::int64_t kMostSummed = 5'000;

/// How a board keeps its lists.
struct Listing {
  std::size_t order_bytes;       ///< of the board's own order
  bool filters_in_order = true;  ///< the lists of filters have that order; else one of `kMeasuredBytes`
  /// Where the rows stand that a filter of this list lets pass; `all`, without a value, holds every row.
  /// None: the query is not to be answered from such lists.
  std::function<std::vector<List>(std::string_view name, std::string_view value)> lists =
      [](std::string_view name, std::string_view value) { return std::vector{list_of(name, value)}; };
};

struct PagePlan {
  Candidates rows;
  std::optional<std::int64_t> matching{};  ///< nothing: they are to be counted
  bool all_match = false;                  ///< none of them needs a look
  bool reads_all = false;       ///< every row that the filters leave is read, not those of the page alone
  std::size_t order_bytes = 0;  ///< of a place in the board's own order
  std::size_t filter_order_bytes = 0;  ///< of a place in the list of a filter
  std::size_t limit = 0;
  std::string after{};  ///< the place that the page before ended with
};

/// `more` is what the board knows beside the lists of its filters. An error is a sentence about `after`.
[[nodiscard]] std::expected<PagePlan, std::string> plan_page(const ListReader& lists, const Filters& filters,
                                                             std::vector<Candidates> more,
                                                             const Listing& listing, const BoardQuery& query);

/// In the order of their places.
void read_candidates(const ListReader& lists, const Candidates& rows, std::string_view after,
                     const ListReader::OnFound& on_found);

/// A place as `next` and `after` have it.
[[nodiscard]] std::string cursor_of(std::string_view place);

}  // namespace casetrail::kit
