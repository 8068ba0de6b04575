// JSON of strangers without the persons in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casetrail::api {

/// `json` with stars for every value under a member `pii`, and every other text masked by the name of its
/// member. Nothing when it is no JSON.
[[nodiscard]] std::optional<std::string> masked_json(std::string_view json);

}  // namespace casetrail::api
