// BLAKE2b with 16 bytes of output (RFC 7693).
#include "events/wire/digest.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

#include "events/wire/sodium_start.h"

namespace casetrail {

std::string digest_of(std::initializer_list<std::string_view> texts) {
  start_sodium();
  std::array<unsigned char, 16> hash{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  for (const auto text : texts) {
    std::array<unsigned char, sizeof(std::uint64_t)> size{};
    const std::uint64_t length = text.size();
    std::memcpy(size.data(), &length, sizeof length);
    crypto_generichash_update(&state, size.data(), size.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  crypto_generichash_final(&state, hash.data(), hash.size());

  std::array<char, 2 * hash.size() + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return {hex.data(), hex.size() - 1};
}

std::uint32_t first_32_bits(std::string_view digest) {
  std::uint32_t number = 0;
  std::from_chars(digest.data(), digest.data() + std::min<std::size_t>(digest.size(), 8), number, 16);
  return number;
}

}  // namespace casetrail
