// JSON documents put together member by member.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/json_writer.h"
#include "projections/kit/words.h"

namespace casetrail::api {

using Json = std::map<std::string, RawJson>;

[[nodiscard]] inline RawJson text(std::string_view value) { return {to_json(std::string(value))}; }
/// A string, as JSON Schema has it; `bound` stands behind its type.
[[nodiscard]] inline RawJson described(std::string_view meaning, std::string_view bound = "") {
  return {R"({"type":"string")" + std::string(bound) + R"(,"description":)" + text(meaning).text + "}"};
}
[[nodiscard]] inline RawJson object(const Json& members) { return {to_json(members)}; }
/// The same in both languages, and its JSON Schema.
[[nodiscard]] inline RawJson words(const kit::Words& both) {
  return object({{"en", text(both.en)}, {"zh", text(both.zh)}});
}
inline constexpr std::string_view kWordsSchema =
    R"({"type":"object","required":["en","zh"],"properties":{"en":{"type":"string"},"zh":{"type":"string"}}})";
[[nodiscard]] inline RawJson list(const std::vector<RawJson>& elements) { return {to_json(elements)}; }
[[nodiscard]] inline RawJson reference(std::string_view place, std::string_view name) {
  return object({{"$ref", text(std::string(place).append(name))}});
}

}  // namespace casetrail::api
