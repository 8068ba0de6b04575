// The layout of RFC 9562, section 5.7.
#include "workers/api/uuid_v7.h"

#include <array>
#include <random>
#include <string_view>

namespace casetrail::api {

std::string uuid_v7(Timestamp now) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  thread_local std::random_device device;
  std::array<std::uint8_t, 16> id{};
  const auto ms = static_cast<std::uint64_t>(epoch_ms(now));
  for (std::size_t i = 0; i < 6; ++i) id[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  for (std::size_t i = 6; i < id.size(); ++i) id[i] = static_cast<std::uint8_t>(device());
  id[6] = static_cast<std::uint8_t>((id[6] & 0x0fU) | 0x70U);
  id[8] = static_cast<std::uint8_t>((id[8] & 0x3fU) | 0x80U);
  std::string text;
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kHex[id[i] >> 4];
    text += kHex[id[i] & 15U];
  }
  return text;
}

}  // namespace casetrail::api
