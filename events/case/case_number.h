// The number by which people call a case: short enough to be told on the phone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/timestamp.h"

namespace casetrail {

/// `CT-2611-000123`: the month of `registered_at` (UTC), and `place`, that of the registering command among
/// all commands of the log. A partition counts its own offsets, so that none asks another: `place` is offset
/// x partitions + partition. Deciding again gives the same number. Requires: `place` is 0 or more.
[[nodiscard]] std::string case_number(Timestamp registered_at, std::int64_t place);

/// The number as it is stored, in capitals and with zeros before a short place, when `text` has its form:
/// `ct-2611-123` is CT-2611-000123.
[[nodiscard]] std::optional<std::string> parse_case_number(std::string_view text);

}  // namespace casetrail
