// A fingerprint of texts: BLAKE2b, behind which libsodium stays.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace casetrail {

/// 128 bits in 32 hex digits. The border between two texts counts: {"ab", "c"} and {"a", "bc"} differ.
[[nodiscard]] std::string digest_of(std::initializer_list<std::string_view> texts);

}  // namespace casetrail
