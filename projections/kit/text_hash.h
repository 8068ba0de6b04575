// The hash of text for maps that are asked with views of their keys.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace casetrail::kit {

/// Not `noexcept`: only then libstdc++ keeps each hash beside its key, and compares keys, which lie elsewhere
/// in memory, when their hashes are equal.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

}  // namespace casetrail::kit
