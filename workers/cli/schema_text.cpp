// The sentences come from the types' own texts.
#include "workers/cli/schema_text.h"

#include <algorithm>

#include "workers/api/reference.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string wrapped(std::string_view text, std::size_t width) {
  std::string lines;
  for (const auto& line : wrap(text, width)) lines += line + "\n";
  return lines;
}

/// A table whose last cells are broken into lines that find room behind the first `columns` columns.
std::string table_text(std::vector<TableColumn> titles, const Rows& rows, std::size_t columns,
                       std::size_t width) {
  static constexpr std::size_t kGap = 2;
  static constexpr std::size_t kNarrowest = 24;
  std::size_t used = 0;
  for (std::size_t i = 0; i < columns; ++i) {
    auto widest = display_width(titles[i].title);
    for (const auto& row : rows) widest = std::max(widest, display_width(row[i]));
    used += widest + kGap;
  }
  const auto room = width == 0 ? 0 : std::max(width - std::min(used, width), kNarrowest);
  TextTable table(std::move(titles));
  for (auto row : rows) {
    for (const auto& line : wrap(row.back(), room)) {
      row.back() = line;
      table.add(row);
      row.assign(row.size(), "");
    }
  }
  return table.text(width);
}

std::string list_text(std::string_view title, const Rows& rows, std::size_t width) {
  return table_text({{std::string(title)}, {""}}, rows, 1, width);
}

std::string fields_text(const std::vector<api::FieldRow>& fields, std::size_t width) {
  Rows rows;
  for (const auto& field : fields) {
    auto meaning = field.label + ". " + field.meaning;
    if (!field.allowed.empty()) meaning += " Allowed: " + field.allowed + ".";
    rows.push_back({field.path, field.type, field.required ? "yes" : "no", std::move(meaning)});
  }
  return table_text({{"field"}, {"type"}, {"required"}, {"meaning"}}, rows, 3, width);
}

}  // namespace

std::string schemas_text(const std::vector<std::string>& names, std::size_t width) {
  std::string text;
  for (const std::string_view space : {"commands", "events", "outcomes"}) {
    Rows rows;
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
  text += wrapped(type.text->en, width) + wrapped(type.text->zh, width);
  const auto fields = api::field_rows(type);
  text += fields.empty() ? "\nNo fields.\n" : "\n" + fields_text(fields, width);
  // On one line, to be copied.
  if (!type.example.empty()) text.append("\nExample:\n").append(type.example).append("\n");
  return text;
}

}  // namespace casetrail::cli
