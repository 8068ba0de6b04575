// BLAKE2b of 128 bits through libsodium; every part goes in behind its length.
#include "workers/import/row_identity.h"

#include <sodium.h>

#include <array>
#include <string_view>

namespace casetrail {
namespace {

class Digest {
 public:
  Digest() { crypto_generichash_init(&state_, nullptr, 0, kSize); }

  Digest& add(std::string_view text) {
    std::array<unsigned char, 8> size{};
    for (std::size_t i = 0; i < size.size(); ++i) {
      size[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(text.size()) >> (8 * i));
    }
    crypto_generichash_update(&state_, size.data(), size.size());
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return *this;
  }

  std::string hex() {
    std::array<unsigned char, kSize> bytes{};
    crypto_generichash_final(&state_, bytes.data(), bytes.size());
    std::string text(2 * kSize + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    return text;
  }

 private:
  static constexpr std::size_t kSize = 16;
  crypto_generichash_state state_;
};

}  // namespace

std::string row_digest(const Mapping& mapping, const std::vector<std::string>& fields) {
  Digest digest;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!mapping.rewritten.contains(i)) digest.add(fields[i]);
  }
  return digest.hex();
}

CommandId row_command_id(const Mapping& mapping, const std::string& case_number, const std::string& digest,
                         std::int64_t ordinal) {
  Digest id;
  id.add(mapping.source).add(case_number).add(digest).add(std::to_string(ordinal));
  return {"import:" + mapping.source + ":" + id.hex()};
}

}  // namespace casetrail
