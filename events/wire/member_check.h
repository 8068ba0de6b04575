// Whether JSON says anything twice, for who passes it on before its type is known.
#pragma once

#include <optional>
#include <string_view>

#include "events/wire/decode_error.h"

namespace casetrail {

/// A member that is there more than once, in whatever object of `json`; nothing when each is there once.
/// Requires: well-formed JSON.
[[nodiscard]] std::optional<DecodeError> check_once(std::string_view json);

}  // namespace casetrail
