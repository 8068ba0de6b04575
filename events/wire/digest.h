// A fingerprint of texts: BLAKE2b, behind which libsodium stays.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace casetrail {

/// 128 bits in 32 hex digits. The border between two texts counts: {"ab", "c"} and {"a", "bc"} differ.
[[nodiscard]] std::string digest_of(std::initializer_list<std::string_view> texts);

/// The first 32 bits of a digest, as a number.
[[nodiscard]] std::uint32_t first_32_bits(std::string_view digest);

}  // namespace casetrail
