// What a schema says, put into words.
#include "workers/api/reference.h"

#include <optional>

#include "aggregates/case/refusal_texts.h"
#include "events/wire/json_reader.h"

namespace casetrail::api {
namespace {

using simdjson::dom::element;

std::string text_at(element schema, std::string_view member) {
  std::string_view text;
  return schema[member].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::optional<std::int64_t> number_at(element schema, std::string_view member) {
  std::int64_t number = 0;
  if (schema[member].get(number) != simdjson::SUCCESS) return std::nullopt;
  return number;
}

/// `1 to 5`, `0 or more`, `1 to 200 characters`; nothing when neither is given.
std::string range(std::optional<std::int64_t> least, std::optional<std::int64_t> most,
                  std::string_view unit) {
  if (!least && !most) return {};
  auto text = std::to_string(least.value_or(0));
  text += most ? " to " + std::to_string(*most) : " or more";
  return text.append(unit);
}

void append(std::string& list, std::string_view more) {
  if (!list.empty() && !more.empty()) list += ", ";
  list += more;
}

class Table {
 public:
  explicit Table(element root) : root_(root) { add("", root); }

  [[nodiscard]] std::vector<FieldRow> take() { return std::move(rows_); }

 private:
  void add(const std::string& prefix, element object) {
    simdjson::dom::object properties;
    if (object["properties"].get(properties) != simdjson::SUCCESS) return;
    for (const auto& [name, property] : properties) {
      const auto path = prefix + std::string(name);
      rows_.push_back({path, type_of(property), is_required(object, name), allowed_of(property),
                       text_at(property, "description"), text_at(property, "title"), choices_of(property),
                       catalogue_of(property)});
      const auto meant = meant_by(property);
      element items;
      if (meant["items"].get(items) == simdjson::SUCCESS)
        add(path + "[].", meant_by(items));
      else
        add(path + ".", meant);
    }
  }

  /// The schema itself, or the part of the whole that it refers to.
  [[nodiscard]] element meant_by(element schema) const {
    const auto reference = text_at(schema, "$ref");
    return reference.empty() ? schema : root_.at_pointer(reference.substr(1)).value();
  }

  [[nodiscard]] std::string type_of(element schema) const {
    const auto meant = meant_by(schema);
    auto type = text_at(meant, "type");
    if (type == "array") return "list of " + type_of(meant["items"]);
    if (type == "boolean") return "true/false";
    if (type != "string") return type;
    return text_at(meant, "format") == "date-time" ? "time" : "text";
  }

  [[nodiscard]] std::vector<std::string> choices_of(element schema) const {
    const auto meant = meant_by(schema);
    element items;
    if (meant["items"].get(items) == simdjson::SUCCESS) return choices_of(items);
    std::vector<std::string> choices;
    simdjson::dom::array names;
    if (meant["enum"].get(names) == simdjson::SUCCESS || meant["x-codes"].get(names) == simdjson::SUCCESS) {
      for (const auto name : names) choices.emplace_back(std::string_view(name));
    }
    return choices;
  }

  /// That a code is of, or those in a list are; empty for what is no code.
  [[nodiscard]] std::string catalogue_of(element schema) const {
    const auto meant = meant_by(schema);
    element items;
    if (meant["items"].get(items) == simdjson::SUCCESS) return catalogue_of(items);
    return std::string(text_at(meant, "x-catalogue"));
  }

  [[nodiscard]] std::string allowed_of(element schema) const {
    const auto meant = meant_by(schema);
    const auto type = text_at(meant, "type");
    std::string allowed;
    if (const auto choices = choices_of(meant); type != "array" && !choices.empty()) {
      for (const auto& choice : choices) append(allowed, choice);
      if (const auto catalogue = catalogue_of(meant); !catalogue.empty())
        append(allowed, "or another of the policy's catalogue `" + catalogue + "`");
    } else if (type == "array") {
      allowed = range(number_at(meant, "minItems"), std::nullopt, " elements");
      const auto each = allowed_of(meant["items"]);
      if (!each.empty()) append(allowed, "each " + each);
    } else if (type == "string") {
      allowed = range(number_at(meant, "minLength"), number_at(meant, "maxLength"), " characters");
    } else {
      allowed = range(number_at(meant, "minimum"), number_at(meant, "maximum"), "");
    }
    return allowed;
  }

  static bool is_required(element object, std::string_view name) {
    simdjson::dom::array required;
    if (object["required"].get(required) != simdjson::SUCCESS) return false;
    for (const auto one : required)
      if (std::string_view(one) == name) return true;
    return false;
  }

  element root_;
  std::vector<FieldRow> rows_;
};

std::string section_of(const ContractType& type) {
  std::string section = "\n### ";
  section.append(type.type).append("\n\n").append(type.text->en).append("\n").append(type.text->zh);
  section += "\n";
  const auto rows = field_rows(type);
  if (rows.empty()) return section;
  section += "\n| field | type | required | allowed | meaning | 中文 |\n|---|---|---|---|---|---|\n";
  for (const auto& row : rows) {
    section.append("| `").append(row.path).append("` | ").append(row.type);
    section.append(row.required ? " | yes | " : " | no | ").append(row.allowed);
    section.append(" | ").append(row.meaning).append(" | ").append(row.label).append(" |\n");
  }
  return section;
}

std::string refusals_section() {
  std::string section =
      "\n## Refusals\n\n"
      "The codes with which a command is refused, in its outcome. The sentence of an outcome also names ids, "
      "dates and "
      "numbers.\n\n"
      "| code | sentence | 中文 |\n|---|---|---|\n";
  for (const auto& [code, escape, en, zh] : refusal_texts()) {
    section.append("| `").append(code).append("` | ").append(en);
    section.append(" | ").append(zh).append(" |\n");
  }
  return section;
}

}  // namespace

std::vector<FieldRow> field_rows(const ContractType& type) {
  simdjson::dom::parser parser;
  return Table(parser.parse(simdjson::padded_string(type.schema)).value()).take();
}

std::string reference_page() {
  std::string page =
      "# Commands and events\n\n"
      "Made from the code by `casetrail schema reference > events/REFERENCE.md`; a test keeps it true.\n\n"
      "A field that is not required may be absent. The fields of an object within an object are required "
      "when "
      "that object is there.\n";
  for (const std::string_view space : {"commands", "events"}) {
    page += space == "commands" ? "\n## Commands\n" : "\n## Events\n";
    for (const auto& type : contract_types())
      if (type.space == space) page += section_of(type);
  }
  page += refusals_section();
  return page;
}

}  // namespace casetrail::api
