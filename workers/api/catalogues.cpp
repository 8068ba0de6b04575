// One row a code.
#include "workers/api/catalogues.h"

#include <span>
#include <vector>

#include "workers/api/json_text.h"
#include "workers/api/word_texts.h"

namespace casetrail::api {
namespace {

/// As a command has the field.
std::string_view key_of(IntakeField field) {
  return field == IntakeField::contact ? std::string_view("contacts") : name_of(field);
}

RawJson code_row(std::string_view catalogue, const CatalogueEntry& entry,
                 std::span<const IntakeField> required) {
  Json row{{"code", text(entry.code)}, {"label", words(label_of(entry))}};
  std::vector<RawJson> fields;
  for (const auto field : required) fields.push_back(text(key_of(field)));
  if (!fields.empty()) row["requires"] = list(fields);
  if (entry.retired) row["retired"] = {"true"};
  for (const auto& flag : catalogue_flags()) {
    if (flag.catalogue == catalogue && entry.*flag.value) row[std::string(flag.key)] = {"true"};
  }
  return object(row);
}

}  // namespace

kit::Words label_of(const RoleName& role) {
  return {role.en.empty() ? role.zh : role.en, role.zh.empty() ? role.en : role.zh};
}

kit::Words label_of(const CatalogueEntry& entry) {
  const auto* brought = find_word(entry.code);
  const auto either = [&](std::string_view own, std::string_view other, std::string_view brought_word) {
    if (!own.empty()) return own;
    if (!other.empty()) return other;
    return brought == nullptr ? std::string_view(entry.code) : brought_word;
  };
  return {either(entry.en, entry.zh, brought == nullptr ? "" : brought->en),
          either(entry.zh, entry.en, brought == nullptr ? "" : brought->zh)};
}

std::string catalogues_document(const Policy& policy) {
  std::vector<RawJson> all;
  for (const auto& catalogue : policy.catalogues.all()) {
    const bool are_kinds = catalogue.name == catalogue_name(CaseKind{});
    std::vector<RawJson> codes;
    codes.reserve(catalogue.entries.size());
    for (const auto& entry : catalogue.entries) {
      const auto kind = are_kinds ? Code<CaseKind>::from(entry.code) : std::nullopt;
      codes.push_back(
          code_row(catalogue.name, entry, kind ? policy.required_of(*kind) : std::span<const IntakeField>()));
    }
    all.push_back(object({{"name", text(catalogue.name)}, {"codes", list(codes)}}));
  }
  return object({{"catalogues", list(all)}}).text;
}

std::string catalogues_document_schema() {
  const auto flag = [](std::string_view meaning) {
    return RawJson{R"({"type":"boolean","description":)" + text(meaning).text + "}"};
  };
  Json of_code{{"code", described("as the wire has it", R"(,"pattern":"^[a-z0-9_.]{1,48}$")")},
               {"label", {std::string(kWordsSchema)}},
               {"retired", flag("what was recorded keeps it; no command may use it any more")},
               {"requires",
                {R"({"type":"array","items":{"type":"string"},"description":)" +
                 text("of a kind: fields that a request of it has to fill in").text + "}"}}};
  for (const auto& [key, catalogue, value, meaning] : catalogue_flags())
    of_code[std::string(key)] = flag(meaning);
  const auto code = object({{"type", text("object")},
                            {"required", list({text("code"), text("label")})},
                            {"properties", object(of_code)}});
  const auto catalogue =
      object({{"type", text("object")},
              {"required", list({text("name"), text("codes")})},
              {"properties", object({{"name", described("as `x-catalogue` of a schema names it")},
                                     {"codes", object({{"type", text("array")}, {"items", code}})}})}});
  return object({{"type", text("object")},
                 {"required", list({text("catalogues")})},
                 {"properties",
                  object({{"catalogues", object({{"type", text("array")}, {"items", catalogue}})}})}})
      .text;
}

}  // namespace casetrail::api
