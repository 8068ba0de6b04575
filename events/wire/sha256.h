// SHA-256 of bytes that were cut, so that the whole can be told from another.
#pragma once

#include <string>
#include <string_view>

namespace casetrail {

/// 64 hex digits in lower case.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace casetrail
