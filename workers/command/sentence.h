// What an answer or a dead letter says, whatever the record held that it quotes.
#pragma once

#include <string>
#include <string_view>

namespace casetrail {

/// The first 1 KiB of `text`, whole characters only; each byte that is no UTF-8 becomes U+FFFD.
[[nodiscard]] std::string as_sentence(std::string_view text);

}  // namespace casetrail
