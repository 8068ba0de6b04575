// Which rows a page has to read: the fewest among which are all that the filters leave.
#pragma once

#include <cstdint>
#include <expected>
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

/// Rows among which are all that one filter lets pass.
struct Candidates {
  List list;
  std::string from{};                     ///< of a measured list, the first order
  std::string until{};                    ///< and the first one behind the last; empty: to its end
  std::optional<std::int64_t> passing{};  ///< how many of them pass, where it is known without reading them
};

struct PagePlan {
  Candidates rows;
  std::optional<std::int64_t> matching{};  ///< nothing: they are to be counted
  bool all_match = false;                  ///< none of them needs a look
  std::size_t order_bytes = 0;             ///< of a place in a list that is not measured
  std::size_t limit = 0;
  std::string after{};  ///< the place that the page before ended with
};

/// `more` is what the board knows beside `listed`; `order_bytes` is the length of its orders. An error is a
/// sentence about `after`.
[[nodiscard]] std::expected<PagePlan, std::string> plan_page(const ListReader& lists, const Filters& filters,
                                                             std::vector<Candidates> more,
                                                             std::size_t order_bytes,
                                                             const BoardQuery& query);

/// A place as `next` and `after` have it.
[[nodiscard]] std::string cursor_of(std::string_view place);

}  // namespace casetrail::kit
