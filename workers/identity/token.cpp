// Randomness is libsodium's.
#include "workers/identity/token.h"

#include <sodium.h>

#include <array>

#include "events/wire/sodium_start.h"

namespace casetrail::identity {
namespace {

constexpr std::string_view kMark = "casetrail_";
constexpr std::size_t kTokenBytes = 32;

}  // namespace

std::string new_token() {
  start_sodium_with_randomness();
  std::array<unsigned char, kTokenBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  constexpr auto kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_ENCODED_LEN(kTokenBytes, kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
  text.pop_back();  // the terminator
  return std::string(kMark) + text;
}

}  // namespace casetrail::identity
