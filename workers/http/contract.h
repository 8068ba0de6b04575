// The published contract: JSON Schema of every type, AsyncAPI for Kafka, OpenAPI for HTTP, all made from the
// code.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workers/http/json_text.h"

namespace casetrail {

/// `commands/handoff.request`, `events/handoff.requested`, …, in the order of their families.
[[nodiscard]] std::vector<std::string> schema_names();

/// The JSON Schema (draft-07) of a name as above, of its last part alone, or the documents `asyncapi` and
/// `openapi`. Nothing when there is none such.
[[nodiscard]] std::optional<std::string> schema_document(std::string_view name);

/// A type whose records lie in a topic.
struct ContractType {
  std::string_view space;  ///< `events`
  std::string_view type;   ///< `handoff.requested`
  int version;
  std::string schema;  ///< JSON Schema with title, description and examples; its parts lie in `definitions`
};
[[nodiscard]] const std::vector<ContractType>& contract_types();

/// Where a document keeps the parts of its schemas.
inline constexpr std::string_view kParts = "#/components/schemas/";

/// `schema`, its `definitions` moved into `parts`.
[[nodiscard]] RawJson with_parts_in(Json& parts, const std::string& schema);

}  // namespace casetrail
