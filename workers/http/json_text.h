// JSON documents put together member by member.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "events/json_writer.h"

namespace casetrail {

using Json = std::map<std::string, RawJson>;

[[nodiscard]] inline RawJson text(std::string_view value) { return {to_json(std::string(value))}; }
[[nodiscard]] inline RawJson object(const Json& members) { return {to_json(members)}; }
[[nodiscard]] inline RawJson list(const std::vector<RawJson>& elements) { return {to_json(elements)}; }
[[nodiscard]] inline RawJson reference(std::string_view place, std::string_view name) {
  return object({{"$ref", text(std::string(place).append(name))}});
}

}  // namespace casetrail
