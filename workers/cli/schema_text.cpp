// The sentences come from the types' own texts.
#include "workers/cli/schema_text.h"

#include <algorithm>

#include "workers/api/reference.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

std::string list_text(std::string_view title, const TableRows& rows, std::size_t width) {
  return wrapped_table({{std::string(title)}, {""}}, rows, width);
}

std::string fields_text(const std::vector<api::FieldRow>& fields, std::size_t width) {
  TableRows rows;
  for (const auto& field : fields) {
    auto meaning = field.label + ". " + field.meaning;
    if (!field.allowed.empty()) meaning += " Allowed: " + field.allowed + ".";
    rows.push_back({field.path, field.type, field.required ? "yes" : "no", std::move(meaning)});
  }
  return wrapped_table({{"field"}, {"type"}, {"required"}, {"meaning"}}, rows, width);
}

}  // namespace

std::string schemas_text(const std::vector<std::string>& names, std::size_t width) {
  std::string text;
  for (const std::string_view space : {"commands", "events", "outcomes"}) {
    TableRows rows;
    for (const auto& name : names) {
      const auto* type = api::find_contract_type(name);
      if (type != nullptr && type->space == space)
        rows.push_back({std::string(type->type), std::string(type->text->en)});
    }
    if (!rows.empty()) text += (text.empty() ? "" : "\n") + list_text(space, rows, width);
  }
  return text;
}

std::string documents_text(std::size_t width) {
  return list_text("documents",
                   {{"asyncapi", "All records on Kafka, as an AsyncAPI 3 document."},
                    {"openapi", "All routes over HTTP, as an OpenAPI 3 document."},
                    {"reference", "All commands and events with their fields, as one page of Markdown."}},
                   width);
}

std::string schema_text(const api::ContractType& type, std::size_t width) {
  auto text = std::string(type.space).append("/").append(type.type);
  text += ", version " + std::to_string(type.version) + "\n";
  text += in_lines(type.text->en, width) + in_lines(type.text->zh, width);
  const auto fields = api::field_rows(type);
  text += fields.empty() ? "\nNo fields.\n" : "\n" + fields_text(fields, width);
  // On one line, to be copied.
  if (!type.example.empty()) text.append("\nExample:\n").append(type.example).append("\n");
  return text;
}

}  // namespace casetrail::cli
