// Keys and signatures are told in hex digits.
#include "workers/evidence/signature.h"

#include <sodium.h>

#include <algorithm>

#include "events/wire/sodium_start.h"

namespace casetrail::evidence {
namespace {

constexpr std::size_t kIdDigits = 16;
using Signature = std::array<unsigned char, crypto_sign_BYTES>;

static_assert(PublicKey::kBytes == crypto_sign_PUBLICKEYBYTES && crypto_sign_SEEDBYTES == 32 &&
              crypto_sign_SECRETKEYBYTES == 64);

template <std::size_t N>
std::string hex_of(const std::array<unsigned char, N>& bytes) {
  std::array<char, 2 * N + 1> digits{};
  sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
  return {digits.data(), 2 * N};
}

template <std::size_t N>
std::optional<std::array<unsigned char, N>> bytes_of(std::string_view hex) {
  std::array<unsigned char, N> bytes{};
  std::size_t length = 0;
  if (hex.size() != 2 * N ||
      sodium_hex2bin(bytes.data(), bytes.size(), hex.data(), hex.size(), nullptr, &length, nullptr) != 0)
    return std::nullopt;
  return length == N ? std::optional(bytes) : std::nullopt;
}

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::optional<PublicKey> PublicKey::from_text(std::string_view hex) {
  const auto bytes = bytes_of<kBytes>(hex);
  return bytes ? std::optional(PublicKey(*bytes)) : std::nullopt;
}

std::string PublicKey::text() const { return hex_of(bytes_); }

std::string PublicKey::id() const { return text().substr(0, kIdDigits); }

bool PublicKey::confirms(std::string_view text, std::string_view signature) const {
  const auto bytes = bytes_of<crypto_sign_BYTES>(signature);
  return bytes && crypto_sign_verify_detached(bytes->data(), raw(text), text.size(), bytes_.data()) == 0;
}

SigningKey::SigningKey(const Seed& seed) {
  PublicKey::Bytes half{};
  crypto_sign_seed_keypair(half.data(), secret_.data(), seed.data());
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

SigningKey SigningKey::random() {
  start_sodium_with_randomness();
  Seed seed{};
  randombytes_buf(seed.data(), seed.size());
  return SigningKey(seed);
}

std::optional<SigningKey> SigningKey::from_text(std::string_view hex) {
  const auto seed = bytes_of<kSeedBytes>(hex);
  return seed ? std::optional(SigningKey(*seed)) : std::nullopt;
}

std::string SigningKey::text() const {
  Seed seed{};
  std::copy_n(secret_.begin(), seed.size(), seed.begin());
  return hex_of(seed);
}

PublicKey SigningKey::public_key() const {
  PublicKey::Bytes half{};
  std::copy_n(secret_.begin() + kSeedBytes, half.size(), half.begin());
  return PublicKey(half);
}

std::string SigningKey::sign(std::string_view text) const {
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, raw(text), text.size(), secret_.data());
  return hex_of(signature);
}

}  // namespace casetrail::evidence
