// The published contract: JSON Schema of every type, AsyncAPI for Kafka, OpenAPI for HTTP, all made from the
// code.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail {

/// `commands/handoff.request`, `events/handoff.requested`, …, in the order of their families.
[[nodiscard]] std::vector<std::string> schema_names();

/// The JSON Schema (draft-07) of a name as above, of its last part alone, or the documents `asyncapi` and
/// `openapi`. Nothing when there is none such.
[[nodiscard]] std::optional<std::string> schema_document(std::string_view name);

}  // namespace casetrail
