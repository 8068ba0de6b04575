// Reads any type with a `serialize` from JSON. The only header that includes simdjson.
#pragma once

#include <simdjson.h>

#include <cereal/cereal.hpp>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/wire/bounds.h"
#include "events/wire/decode_error.h"
#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"
#include "events/wire/schema_writer.h"

namespace casetrail {

enum class Strictness {
  lenient,  ///< a member that the type does not have is passed over, the first error ends it: events
  strict,   ///< it is an error, and so are a member that comes twice and a name out of bounds: commands
};

/// A cereal archive over simdjson On-Demand. A missing field that is not optional is an error. Fastest when
/// the fields come in `serialize` order.
class JsonReader : public cereal::InputArchive<JsonReader, cereal::AllowEmptyClassElision> {
 public:
  /// `bounds`, of the root's fields, hold for what is read strictly.
  explicit JsonReader(Strictness strictness, std::span<const Bound> bounds = {})
      : InputArchive(this), strictness_(strictness), bounds_(bounds) {}

  template <class T>
  void read_object(simdjson::ondemand::object from, T& into) {
    const auto outer = std::exchange(object_, from);
    const auto outer_found = std::exchange(found_, 0);
    std::size_t members = 0;
    if (strictness_ == Strictness::strict) expect(!object_.count_fields().get(members), "valid JSON");
    (*this)(into);
    if (strictness_ == Strictness::strict && found_ != members) members_wrong_ = true;
    object_ = outer;
    found_ = outer_found;
  }

  template <class T>
  void field(const char* name, T& value) {
    if (ended()) return;
    const Field here{name, std::exchange(field_, &here)};
    simdjson::ondemand::value found;
    const auto code = object_.find_field_unordered(name).get(found);
    if (code == simdjson::SUCCESS) {
      ++found_;
      const auto known = errors_.size();
      read(found, value);
      prefix(known, name);
    } else if (code != simdjson::NO_SUCH_FIELD) {
      errors_.push_back({name, std::string("valid JSON, but: ") + simdjson::error_message(code)});
    } else if constexpr (is_optional<T>) {
      value.reset();
    } else if (strictness_ == Strictness::strict) {
      members_wrong_ = true;
    } else {
      errors_.push_back({name, "there, but it is missing"});
    }
    field_ = here.outer;
  }

  /// The values that are wrong: one at most when it is lenient, the first few when it is strict.
  [[nodiscard]] std::vector<DecodeError> take_errors() { return std::move(errors_); }
  /// Read strictly: a member is unknown, there twice or missing.
  [[nodiscard]] bool members_wrong() const { return members_wrong_; }

 private:
  using Value = simdjson::ondemand::value;

  struct Field {
    std::string_view name;
    const Field* outer;
  };

  /// Strictly, some wrong values are told at once.
  [[nodiscard]] bool ended() const { return errors_.size() >= (strictness_ == Strictness::strict ? 8U : 1U); }

  void expect(bool held, std::string_view what) {
    if (!held && !ended()) errors_.push_back({"", std::string(what)});
  }

  /// Puts `name` before the path of each error from the `first` on.
  void prefix(std::size_t first, std::string_view name);
  [[nodiscard]] const Bound* bound_here() const;  ///< of the field that is read; null when it has none
  /// What only who reads strictly refuses of a text, and of a number.
  void check_text(std::string_view text);
  void check_number(std::int64_t number);

  template <class T>
  void read(Value from, T& into) {
    if constexpr (std::is_same_v<T, bool>) {
      expect(!from.get_bool().get(into), "true or false");
    } else if constexpr (NamedEnum<T> || is_code<T>) {
      std::string_view name;
      if (from.get_string().get(name)) return expect(false, "a string");
      const auto known = word_from<T>(name);
      if (known) into = *known;
      if (!known) expect(false, expected_words<T>() + ", but it is '" + std::string(name) + "'");
    } else if constexpr (std::is_floating_point_v<T>) {
      double number = 0;
      expect(!from.get_double().get(number), "a number");
      into = static_cast<T>(number);
    } else if constexpr (std::is_unsigned_v<T>) {
      std::uint64_t number = 0;
      const bool held = !from.get_uint64().get(number) && number <= std::numeric_limits<T>::max();
      expect(held, "a whole number, not negative and in range");
      into = static_cast<T>(number);
    } else if constexpr (std::is_integral_v<T>) {
      std::int64_t number = 0;
      const bool held = !from.get_int64().get(number) && number >= std::numeric_limits<T>::min() &&
                        number <= std::numeric_limits<T>::max();
      expect(held, "a whole number in range");
      into = static_cast<T>(number);
      if (held && strictness_ == Strictness::strict) check_number(number);
    } else if constexpr (std::is_same_v<T, std::string>) {
      std::string_view text;
      if (from.get_string().get(text)) return expect(false, "a string");
      if (strictness_ == Strictness::strict) check_text(text);
      into.assign(text);
    } else if constexpr (std::is_same_v<T, RawJson>) {
      std::string_view text;
      expect(!simdjson::to_json_string(from).get(text), "valid JSON");
      into.text.assign(text);
    } else if constexpr (is_id<T>) {
      std::string_view text;
      if (from.get_string().get(text)) return expect(false, "a string");
      if (text.empty()) return expect(false, "an id, but it is empty");
      if (strictness_ == Strictness::strict && !is_name(text)) return expect(false, name_bound(text));
      into.value.assign(text);
    } else if constexpr (std::is_same_v<T, Timestamp>) {
      std::string_view text;
      if (from.get_string().get(text)) return expect(false, "a string");
      const auto at = parse_timestamp(text);
      expect(at.has_value(), "a moment such as 2026-11-23T08:05:09.120Z");
      if (at) into = *at;
    } else if constexpr (is_optional<T>) {
      if (from.is_null()) return into.reset();
      read(from, into.emplace());
    } else if constexpr (is_vector<T>) {
      read_array(from, into);
    } else if constexpr (is_map<T>) {
      read_map(from, into);
    } else {
      simdjson::ondemand::object inner;
      if (from.get_object().get(inner)) return expect(false, "an object");
      read_object(inner, into);
    }
  }

  template <class T>
  void read_array(Value from, std::vector<T>& into) {
    simdjson::ondemand::array array;
    if (from.get_array().get(array)) return expect(false, "an array");
    into.clear();
    for (auto element : array) {
      Value value;
      if (element.get(value)) return expect(false, "valid JSON");
      const auto known = errors_.size();
      read(value, into.emplace_back());
      if (known < errors_.size()) prefix(known, "[" + std::to_string(into.size() - 1) + "]");
      if (ended()) return;
    }
  }

  template <class T>
  void read_map(Value from, std::map<std::string, T>& into) {
    simdjson::ondemand::object entries;
    if (from.get_object().get(entries)) return expect(false, "an object");
    into.clear();
    for (auto entry : entries) {
      std::string_view unescaped;
      Value value;
      if (entry.unescaped_key().get(unescaped)) return expect(false, "valid JSON");
      std::string key(unescaped);
      if (entry.value().get(value)) return expect(false, "valid JSON");
      const auto known = errors_.size();
      read(value, into[key]);
      prefix(known, key);
      if (ended()) return;
    }
  }

  Strictness strictness_;
  simdjson::ondemand::object object_;
  std::size_t found_ = 0;  ///< members of `object_`
  std::span<const Bound> bounds_;
  const Field* field_ = nullptr;  ///< that is read; null: the root
  std::vector<DecodeError> errors_;
  bool members_wrong_ = false;
};

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(JsonReader& archive, cereal::NameValuePair<T>& pair) {
  archive.field(pair.name, pair.value);
}

/// Holds the parser and the padded copy that simdjson needs; one a thread, reused from call to call.
class JsonDocument {
 public:
  static JsonDocument& of_this_thread();

  /// The root object of `json`. What it returns is valid until the next call.
  [[nodiscard]] std::optional<DecodeError> open(std::string_view json, simdjson::ondemand::object& root);

 private:
  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
  std::string padded_;
};

/// Reads `json`, an object, into `into`; what was read before an error stays in it.
template <class T>
[[nodiscard]] std::optional<DecodeError> from_json(std::string_view json, T& into) {
  simdjson::ondemand::object root;
  if (auto error = JsonDocument::of_this_thread().open(json, root)) return error;
  JsonReader reader(Strictness::lenient);
  reader.read_object(root, into);
  auto errors = reader.take_errors();
  return errors.empty() ? std::nullopt : std::optional(std::move(errors.front()));
}

/// One error of all that is wrong in `json`, which is well-formed: `values`, and the members that are
/// unknown, there twice or missing by the JSON Schema of its type.
[[nodiscard]] DecodeError all_errors(std::vector<DecodeError> values, std::string_view json,
                                     std::string_view schema);

/// As `from_json`, strictly: an error names all that is wrong. Requires: `json` is well-formed.
template <class T>
[[nodiscard]] std::optional<DecodeError> from_json_strictly(std::string_view json, T& into) {
  simdjson::ondemand::object root;
  if (auto error = JsonDocument::of_this_thread().open(json, root)) return error;
  JsonReader reader(Strictness::strict, kBounds<T>);
  reader.read_object(root, into);
  auto errors = reader.take_errors();
  if (errors.empty() && !reader.members_wrong()) return std::nullopt;
  return all_errors(std::move(errors), json, SchemaWriter::schema_of<T>(SchemaScope::closed));
}

}  // namespace casetrail

CEREAL_REGISTER_ARCHIVE(casetrail::JsonReader)
