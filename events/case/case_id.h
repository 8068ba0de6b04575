// How a case gets its id.
#pragma once

#include <string_view>

#include "events/wire/ids.h"
#include "events/wire/party.h"

namespace casetrail {

/// The case of an external reference: UUIDv5 (RFC 9562) of `channel:reference` in casetrail's own namespace,
/// so that the same request from the same shop is the same case, whoever sends it.
[[nodiscard]] CaseId case_id_of(const Code<Channel>& channel, std::string_view reference);

/// 1 to 64 letters, digits or - _ . : as case ids are parts of paths and of store keys, but neither `.` nor
/// `..`, which paths lose. A sender may choose one of its own where there is no reference.
[[nodiscard]] bool is_case_id(std::string_view text);

/// True for the 36 characters of a UUID in lower case.
[[nodiscard]] bool is_uuid(std::string_view text);

}  // namespace casetrail
