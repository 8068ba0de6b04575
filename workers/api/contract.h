// The published contract: JSON Schema of every type, AsyncAPI for Kafka, OpenAPI for HTTP, all made from the
// code.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/type_text.h"
#include "workers/api/json_text.h"

namespace casetrail::api {

/// `commands/handoff.request`, `events/handoff.requested`, …, in the order of their families.
[[nodiscard]] std::vector<std::string> schema_names();

/// Those of a space (`events`) or of a family, in one space or in all: `handoff`, `commands/handoff`.
[[nodiscard]] std::vector<std::string> schema_names_of(std::string_view part);

/// The JSON Schema (draft-07) of a name as above, of its last part alone, or the documents `asyncapi` and
/// `openapi`. Nothing when there is none such.
[[nodiscard]] std::optional<std::string> schema_document(std::string_view name);

/// A type whose records lie in a topic.
struct ContractType {
  std::string_view space;  ///< `events`
  std::string_view type;   ///< `handoff.requested`
  int version;
  const TypeText* text;      ///< what it and its fields mean
  std::string_view example;  ///< its golden file; empty where there is none
  std::string schema;  ///< JSON Schema with title, description and examples; its parts lie in `definitions`
};
[[nodiscard]] const std::vector<ContractType>& contract_types();

/// The type of a name as above, or of its last part alone. Null when there is none such.
[[nodiscard]] const ContractType* find_contract_type(std::string_view name);

/// ` (did you mean 'handoff'?)`, when somebody who wrote `name` may have meant a name, a part of names or a
/// document; else nothing.
[[nodiscard]] std::string schema_hint(std::string_view name);

/// Where a document keeps the parts of its schemas.
inline constexpr std::string_view kParts = "#/components/schemas/";

/// `schema`, its `definitions` moved into `parts`.
[[nodiscard]] RawJson with_parts_in(Json& parts, const std::string& schema);

}  // namespace casetrail::api
