// Whether bytes are UTF-8, and how they are made so.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casetrail {

/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The first `most` bytes of `bytes` as text, whole characters only; each byte that is no UTF-8 becomes
/// U+FFFD.
[[nodiscard]] std::string as_utf8(std::string_view bytes, std::size_t most = std::string::npos);

}  // namespace casetrail
