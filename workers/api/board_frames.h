// The pages of a board as frames: whole, and as what has changed since the frame before.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/json_writer.h"
#include "workers/http/stream.h"

namespace casetrail::api {

/// A page in parts that can be compared.
struct PageParts {
  std::map<std::string, RawJson> members;  ///< all but `rows`
  std::vector<RawJson> rows;
};

/// Throws `std::logic_error` when `board` is no JSON object; `rows` may be missing.
[[nodiscard]] PageParts parts_of(std::string_view board);

/// `board` with `frame`, the number of this frame of its page.
[[nodiscard]] http::Frame board_frame(std::string_view board, std::uint64_t frame, std::string_view id);

/// What makes `now`, the page of `frame`, of the page of the frame before: `members` that are new or other,
/// the names of those that are gone (`without`), and `rows`, in their order: `[from, count]` of the rows
/// before, or a row itself.
[[nodiscard]] http::Frame change_frame(const PageParts& before, const PageParts& now, std::uint64_t frame,
                                       std::string_view id);

}  // namespace casetrail::api
