// A type as it is published: JSON Schema draft-07 in which structs and enums have names, and a message and
// its fields say what they mean.
#pragma once

#include <algorithm>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/wire/bounds.h"
#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"
#include "events/wire/schema_writer.h"
#include "events/wire/type_text.h"

namespace casetrail {

/// `Party` of `casetrail::Party`: the name of a struct or an enum that no template makes.
template <class T>
[[nodiscard]] constexpr std::string_view plain_name() {
  std::string_view name = __PRETTY_FUNCTION__;
  name.remove_prefix(name.find("T = ") + 4);
  name = name.substr(0, name.find_first_of(";]"));
  return name.substr(name.rfind(':') + 1);
}

/// A cereal archive that looks at types. What holds nothing else is described by `SchemaWriter`.
class PublishedSchema : public cereal::OutputArchive<PublishedSchema, cereal::AllowEmptyClassElision> {
 public:
  /// Structs and enums within it lie in its `definitions`, by their names.
  template <class T>
  [[nodiscard]] static std::string of(SchemaScope scope = SchemaScope::all) {
    Parts parts;
    auto schema =
        PublishedSchema(scope, parts, {kBounds<T>.begin(), kBounds<T>.end()}, &kText<T>).members_of<T>();
    if (parts.empty()) return schema;
    std::map<std::string, RawJson> definitions;
    for (auto& [name, part] : parts) definitions.emplace(name, RawJson{std::move(part)});
    schema.back() = ',';
    return schema + R"("definitions":)" + to_json(definitions) + "}";
  }

  template <class T>
  void field(const char* name) {
    name_ = name;
    properties_.emplace_back(name, explained(bounded(describe<T>())));
    if constexpr (!is_optional<T>) required_.emplace_back(name);
  }

 private:
  using Parts = std::map<std::string, std::string>;

  /// `text` is null where nobody says what the type means.
  PublishedSchema(SchemaScope scope, Parts& parts, std::vector<Bound> bounds, const TypeText* text)
      : OutputArchive(this), scope_(scope), parts_(parts), bounds_(std::move(bounds)), text_(text) {}

  template <class T>
  static constexpr bool is_leaf = std::is_arithmetic_v<T> || is_id<T> || std::is_same_v<T, std::string> ||
                                  std::is_same_v<T, Timestamp> || std::is_same_v<T, RawJson>;

  template <class T>
  [[nodiscard]] std::string describe() {
    if constexpr (is_optional<T>) {
      return describe<typename T::value_type>();
    } else if constexpr (is_vector<T>) {
      return R"({"type":"array","items":)" + describe<typename T::value_type>() + "}";
    } else if constexpr (is_map<T>) {
      return R"({"type":"object","additionalProperties":)" + describe<typename T::mapped_type>() + "}";
    } else if constexpr (is_leaf<T>) {
      return leaf<T>();
    } else {
      return part<T>();
    }
  }

  template <class T>
  [[nodiscard]] std::string leaf() const {
    auto schema = SchemaWriter::schema_of<T>(scope_);
    const auto with = [&](std::string_view more) {
      schema.back() = ',';
      schema.append(more).append("}");
    };
    if constexpr (std::is_same_v<T, RawJson>) with(R"("additionalProperties":true)");
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>)
      with(sizeof(T) <= sizeof(std::int32_t) ? R"("format":"int32")" : R"("format":"int64")");
    return schema;
  }

  template <class T>
  [[nodiscard]] static constexpr std::string_view name_of_part() {
    if constexpr (is_code<T>)
      return plain_name<typename T::KnownCodes>();
    else
      return plain_name<T>();
  }

  template <class T>
  [[nodiscard]] std::string part() {
    constexpr bool is_word = NamedEnum<T> || is_code<T>;
    std::string name(name_of_part<T>());
    // What is read strictly is another type than what is read leniently.
    if (!is_word && scope_ == SchemaScope::closed) name += "InCommand";
    if (const auto [at, is_new] = parts_.try_emplace(name); is_new) {
      if constexpr (is_word)
        at->second = SchemaWriter::schema_of<T>(scope_);
      else
        at->second = PublishedSchema(scope_, parts_, bounds_within(), text_within()).members_of<T>();
    }
    return R"({"$ref":"#/definitions/)" + name + "\"}";
  }

  template <class T>
  [[nodiscard]] std::string members_of() {
    (*this)(T{});
    std::string properties;
    for (const auto& [name, schema] : properties_)
      properties.append(properties.empty() ? "" : ",").append(to_json(name)).append(":").append(schema);
    auto out = R"({"type":"object","properties":{)" + properties + "}";
    if (text_ != nullptr && !text_->en.empty()) out += R"(,"description":)" + to_json(std::string(text_->en));
    if (!required_.empty()) out += R"(,"required":)" + to_json(required_);
    if (scope_ == SchemaScope::closed) out += R"(,"additionalProperties":false)";
    return out + "}";
  }

  /// Of the field that is described; null where it has none.
  [[nodiscard]] const FieldText* field_text() const {
    if (text_ == nullptr) return nullptr;
    const auto fields = text_->fields();
    const auto found = std::ranges::find(fields, name_, &FieldText::name);
    return found == fields.end() ? nullptr : &*found;
  }

  [[nodiscard]] const TypeText* text_within() const {
    const auto* field = field_text();
    return field == nullptr ? nullptr : field->part;
  }

  /// `schema` with the meaning and the label of the field that is described.
  [[nodiscard]] std::string explained(std::string schema) const {
    const auto* field = field_text();
    if (field == nullptr) return schema;
    schema.back() = ',';
    return schema + R"("title":)" + to_json(std::string(field->zh)) + R"(,"description":)" +
           to_json(std::string(field->en)) + "}";
  }

  /// Of the members of the field that is described.
  [[nodiscard]] std::vector<Bound> bounds_within() const {
    std::vector<Bound> within;
    for (auto bound : bounds_) {
      if (!bound.field.starts_with(name_ + ".")) continue;
      bound.field.remove_prefix(name_.size() + 1);
      within.push_back(bound);
    }
    return within;
  }

  /// `schema`, of the field that is described, with what is refused of it.
  [[nodiscard]] std::string bounded(std::string schema) const {
    const auto bound = std::ranges::find(bounds_, name_, &Bound::field);
    if (bound == bounds_.end()) return schema;
    const auto with = [&](std::string_view keyword, std::int64_t value, std::size_t brace) {
      schema.insert(brace, std::string(",\"").append(keyword).append("\":") + std::to_string(value));
    };
    if (schema.starts_with(R"({"type":"integer")")) {
      with("minimum", bound->least, schema.size() - 1);
      if (bound->most) with("maximum", *bound->most, schema.size() - 1);
      return schema;
    }
    const bool list = schema.starts_with(R"({"type":"array")");
    // The last brace of a list's schema but one ends that of its elements.
    if (bound->most) with("maxLength", *bound->most, schema.size() - (list ? 2 : 1));
    if (bound->least > 0) with(list ? "minItems" : "minLength", bound->least, schema.size() - 1);
    return schema;
  }

  SchemaScope scope_;
  Parts& parts_;
  std::vector<Bound> bounds_;
  const TypeText* text_;
  std::string name_;  ///< of the field that is described
  std::vector<std::pair<std::string, std::string>> properties_;
  std::vector<std::string> required_;
};

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(PublishedSchema& archive, const cereal::NameValuePair<T>& pair) {
  archive.field<std::remove_cvref_t<T>>(pair.name);
}

}  // namespace casetrail

CEREAL_REGISTER_ARCHIVE(casetrail::PublishedSchema)
