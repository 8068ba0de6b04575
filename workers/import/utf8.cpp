// The table of well-formed sequences of RFC 3629, section 4.
#include "workers/import/utf8.h"

#include <cstddef>

namespace casetrail {
namespace {

struct Lead {
  std::size_t length;  ///< of the sequence; 0: no sequence begins so
  unsigned char low;   ///< range of the second byte
  unsigned char high;
};

Lead lead_of(unsigned char c) {
  if (c < 0x80) return {1, 0, 0};
  if (c < 0xC2) return {0, 0, 0};
  if (c < 0xE0) return {2, 0x80, 0xBF};
  if (c == 0xE0) return {3, 0xA0, 0xBF};
  if (c == 0xED) return {3, 0x80, 0x9F};
  if (c < 0xF0) return {3, 0x80, 0xBF};
  if (c == 0xF0) return {4, 0x90, 0xBF};
  if (c < 0xF4) return {4, 0x80, 0xBF};
  if (c == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

}  // namespace

bool is_utf8(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = lead_of(byte(at));
    if (lead.length == 0 || at + lead.length > text.size()) return false;
    if (lead.length > 1 && (byte(at + 1) < lead.low || byte(at + 1) > lead.high)) return false;
    for (std::size_t i = 2; i < lead.length; ++i) {
      if ((byte(at + i) & 0xC0) != 0x80) return false;
    }
    at += lead.length;
  }
  return true;
}

}  // namespace casetrail
