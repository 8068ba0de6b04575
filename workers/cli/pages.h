// An answer that came in pages, as one.
#pragma once

#include <span>
#include <string>

namespace casetrail::cli {

/// The first of `pages`, with the rows of all of them and the `next` of the last. Requires: each is the JSON
/// of an answer with `rows`, and there is one.
[[nodiscard]] std::string join_pages(std::span<const std::string> pages);

/// What to ask for behind an answer; empty: nothing.
[[nodiscard]] std::string next_of(const std::string& json);

}  // namespace casetrail::cli
