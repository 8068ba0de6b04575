// Describes any type with a `serialize` as JSON Schema draft-07: the published contract, and a store's
// fingerprint.
#pragma once

#include <cereal/cereal.hpp>
#include <string>

#include "events/wire/bounds.h"
#include "events/wire/code.h"
#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"

namespace casetrail {

/// `all`: what is read leniently. `closed`: what is read strictly, with its bounds. `required_only`: what old
/// bytes must have; equal when only optional fields were added.
enum class SchemaScope { all, closed, required_only };

/// Of a code: the catalogue that it is of, and the codes that every company begins with.
[[nodiscard]] inline std::string schema_of_code(const CatalogueType& catalogue) {
  std::string codes;
  for (const auto code : catalogue.codes) {
    if (!codes.empty()) codes += ',';
    append_json_string(code, codes);
  }
  return R"({"type":"string","pattern":"^[a-z0-9_.]{1,48}$","x-catalogue":")" + std::string(catalogue.name) +
         R"(","x-codes":[)" + codes + "]}";
}

/// A cereal archive that looks at types, not at values.
class SchemaWriter : public cereal::OutputArchive<SchemaWriter, cereal::AllowEmptyClassElision> {
 public:
  explicit SchemaWriter(SchemaScope scope) : OutputArchive(this), scope_(scope) {}

  template <class T>
  void field(const char* name) {
    if (is_optional<T> && scope_ == SchemaScope::required_only) return;
    separate(properties_);
    append_json_string(name, properties_);
    properties_.append(":").append(schema_of<T>(scope_));
    if constexpr (!is_optional<T>) {
      separate(required_);
      append_json_string(name, required_);
    }
  }

  template <class T>
  [[nodiscard]] static std::string schema_of(SchemaScope scope) {
    if constexpr (std::is_same_v<T, bool>) {
      return R"({"type":"boolean"})";
    } else if constexpr (NamedEnum<T>) {
      std::string names;
      for (const auto name : enum_names(T{})) {
        separate(names);
        append_json_string(name, names);
      }
      return R"({"type":"string","enum":[)" + names + "]}";
    } else if constexpr (is_code<T>) {
      return schema_of_code(catalogue_type<typename T::KnownCodes>());
    } else if constexpr (std::is_floating_point_v<T>) {
      return R"({"type":"number"})";
    } else if constexpr (std::is_unsigned_v<T>) {
      return R"({"type":"integer","minimum":0})";
    } else if constexpr (std::is_integral_v<T>) {
      return R"({"type":"integer"})";
    } else if constexpr (std::is_same_v<T, std::string>) {
      return scope == SchemaScope::closed ? R"({"type":"string")" + std::string(kTextSchema) + "}"
                                          : R"({"type":"string"})";
    } else if constexpr (std::is_same_v<T, RawJson>) {
      return R"({"type":"object"})";
    } else if constexpr (is_id<T>) {
      return scope == SchemaScope::closed ? R"({"type":"string")" + std::string(kNameSchema) + "}"
                                          : R"({"type":"string","minLength":1})";
    } else if constexpr (std::is_same_v<T, Timestamp>) {
      return R"({"type":"string","format":"date-time"})";
    } else if constexpr (is_optional<T>) {
      return schema_of<typename T::value_type>(scope);
    } else if constexpr (is_vector<T>) {
      return R"({"type":"array","items":)" + schema_of<typename T::value_type>(scope) + "}";
    } else if constexpr (is_map<T>) {
      return R"({"type":"object","additionalProperties":)" + schema_of<typename T::mapped_type>(scope) + "}";
    } else {
      SchemaWriter writer(scope);
      writer(T{});
      return writer.object();
    }
  }

 private:
  static void separate(std::string& list) {
    if (!list.empty()) list += ',';
  }

  [[nodiscard]] std::string object() const {
    auto out = R"({"type":"object","properties":{)" + properties_ + "}";
    if (!required_.empty()) out += R"(,"required":[)" + required_ + "]";
    if (scope_ == SchemaScope::closed) out += R"(,"additionalProperties":false)";
    return out + "}";
  }

  SchemaScope scope_;
  std::string properties_;
  std::string required_;
};

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(SchemaWriter& archive, const cereal::NameValuePair<T>& pair) {
  archive.field<std::remove_cvref_t<T>>(pair.name);
}

}  // namespace casetrail

CEREAL_REGISTER_ARCHIVE(casetrail::SchemaWriter)
