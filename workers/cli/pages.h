// Asks for a list page by page, and joins the pages to one answer.
#pragma once

#include <cstddef>
#include <expected>
#include <limits>
#include <map>
#include <span>
#include <string>

#include "workers/cli/session.h"
#include "workers/http/exchange.h"

namespace casetrail::cli {

/// The first of `pages`, with the rows of all of them and the `next` of the last. Requires: each is the JSON
/// of an answer with `rows`, and there is one.
[[nodiscard]] std::string join_pages(std::span<const std::string> pages);

using Parameters = std::multimap<std::string, std::string>;
/// `?a=1&b=2` of what is not empty.
[[nodiscard]] std::string query_of(const Parameters& parameters);

inline constexpr std::size_t kEveryRow = std::numeric_limits<std::size_t>::max();
/// The answer with its first `limit` rows, asked for in pages. They may show more than one moment. An error
/// is a sentence.
[[nodiscard]] std::expected<http::HttpResponse, std::string> ask_pages(Session& session,
                                                                       const std::string& path,
                                                                       Parameters query, std::size_t limit);

/// The cursor of the page that follows; empty on the last one.
[[nodiscard]] std::string next_of(const std::string& json);

}  // namespace casetrail::cli
