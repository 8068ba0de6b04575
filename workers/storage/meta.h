// The rows of the `meta` family, and what they must say for a store to be used.
#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "workers/storage/store_home.h"

namespace casetrail::storage::meta {

inline constexpr std::string_view kPosition = "position";
/// There while something is to leave the disk.
inline constexpr std::string_view kScrub = "scrub";

/// How far the store got, when it is of `expected`; nothing when it is empty and was marked as of `expected`
/// now; else why it cannot be used.
[[nodiscard]] StoreResult<std::expected<std::optional<StorePosition>, Discarded>> claim(
    Store& store, const StoreIdentity& expected);

}  // namespace casetrail::storage::meta
