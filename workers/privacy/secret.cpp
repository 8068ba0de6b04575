// A sealed text is the nonce and the ciphertext.
#include "workers/privacy/secret.h"

#include <sodium.h>

#include <algorithm>

#include "events/wire/sodium_start.h"

namespace casetrail::privacy {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;

static_assert(Secret::kBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

using Hash = std::array<unsigned char, Secret::kBytes>;

Hash keyed_hash(const Hash& key, std::string_view text) {
  Hash hash{};
  crypto_generichash(hash.data(), hash.size(), raw(text), text.size(), key.data(), key.size());
  return hash;
}

}  // namespace

Secret::Secret(const Bytes& bytes) : bytes_(bytes) {
  const auto mark = keyed_hash(bytes_, "id");
  std::array<char, kIdDigits + 1> digits{};
  sodium_bin2hex(digits.data(), digits.size(), mark.data(), kIdDigits / 2);
  std::copy_n(digits.begin(), kIdDigits, id_.begin());
}

Secret Secret::random() {
  start_sodium_with_randomness();
  Bytes bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return Secret(bytes);
}

std::optional<Secret> Secret::from(std::string_view bytes) {
  if (bytes.size() != kBytes) return std::nullopt;
  Bytes secret{};
  std::ranges::copy(bytes, secret.begin());
  return Secret(secret);
}

Secret::~Secret() { sodium_memzero(bytes_.data(), bytes_.size()); }

Secret Secret::derived(std::string_view purpose) const { return Secret(keyed_hash(bytes_, purpose)); }

std::string seal(const Secret& key, std::string_view text, std::string_view place) {
  start_sodium_with_randomness();
  std::string sealed(kNonceBytes + text.size() + kTagBytes, '\0');
  randombytes_buf(sealed.data(), kNonceBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + kNonceBytes, nullptr, raw(text), text.size(),
                                             raw(place), place.size(), nullptr, raw(sealed),
                                             raw(key.bytes()));
  return to_base64(sealed);
}

std::optional<std::string> open(const Secret& key, std::string_view sealed, std::string_view place) {
  const auto bytes = from_base64(sealed);
  if (!bytes || bytes->size() < kNonceBytes + kTagBytes) return std::nullopt;
  std::string text(bytes->size() - kNonceBytes - kTagBytes, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      raw(text), nullptr, nullptr, raw(*bytes) + kNonceBytes, bytes->size() - kNonceBytes, raw(place),
      place.size(), raw(*bytes), raw(key.bytes()));
  return failed == 0 ? std::optional(std::move(text)) : std::nullopt;
}

std::string to_base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), kVariant);
  text.pop_back();  // the terminator
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int failed =
      sodium_base642bin(raw(bytes), bytes.size(), text.data(), text.size(), nullptr, &size, &end, kVariant);
  if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace casetrail::privacy
