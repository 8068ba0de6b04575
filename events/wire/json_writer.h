// Writes any type with a `serialize` as compact JSON: the wire form of events, commands and answers.
#pragma once

#include <cereal/cereal.hpp>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "events/wire/code.h"
#include "events/wire/reflect.h"

namespace casetrail {

/// Appends `text` to `out` as a JSON string, quotes included. Control characters are escaped, UTF-8 passes as
/// it is.
void append_json_string(std::string_view text, std::string& out);

/// A cereal archive. Fields keep the order of `serialize`; an absent optional field writes nothing.
class JsonWriter : public cereal::OutputArchive<JsonWriter, cereal::AllowEmptyClassElision> {
 public:
  explicit JsonWriter(std::string& out) : OutputArchive(this), out_(out) {}

  template <class T>
  void field(const char* name, const T& value) {
    if constexpr (is_optional<T>) {
      if (!value) return;
    }
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += name;
    out_ += "\":";
    write(value);
  }

  template <class T>
  void write(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      out_ += value ? "true" : "false";
    } else if constexpr (NamedEnum<T> || is_code<T>) {
      append_json_string(name_of(value), out_);
    } else if constexpr (std::is_arithmetic_v<T>) {
      number(value);
    } else if constexpr (std::is_same_v<T, Timestamp>) {
      out_ += '"';
      append_wire(value, out_);
      out_ += '"';
    } else if constexpr (std::is_same_v<T, std::string>) {
      append_json_string(value, out_);
    } else if constexpr (std::is_same_v<T, RawJson>) {
      out_ += value.text;
    } else if constexpr (is_id<T>) {
      append_json_string(value.value, out_);
    } else if constexpr (is_optional<T>) {
      value ? write(*value) : void(out_ += "null");
    } else if constexpr (is_vector<T>) {
      list(value, '[', ']', [this](const auto& element) { this->write(element); });
    } else if constexpr (is_map<T>) {
      list(value, '{', '}', [this](const auto& entry) {
        append_json_string(entry.first, out_);
        out_ += ':';
        this->write(entry.second);
      });
    } else {
      object(value);
    }
  }

 private:
  template <class T>
  void object(const T& value) {
    const bool outer = first_;
    first_ = true;
    out_ += '{';
    (*this)(value);
    out_ += '}';
    first_ = outer;
  }

  template <class Range, class WriteElement>
  void list(const Range& range, char open, char close, WriteElement write_element) {
    out_ += open;
    bool first = true;
    for (const auto& element : range) {
      if (!first) out_ += ',';
      first = false;
      write_element(element);
    }
    out_ += close;
  }

  template <class T>
  void number(T value) {
    if constexpr (std::is_floating_point_v<T>) {
      if (!std::isfinite(value)) {
        out_ += "null";
        return;
      }
    }
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    out_.append(text, end);
  }

  std::string& out_;
  bool first_ = true;
};

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(JsonWriter& archive, const cereal::NameValuePair<T>& pair) {
  archive.field(pair.name, pair.value);
}

template <class T>
void append_json(const T& value, std::string& out) {
  JsonWriter(out).write(value);
}

template <class T>
[[nodiscard]] std::string to_json(const T& value) {
  std::string out;
  append_json(value, out);
  return out;
}

}  // namespace casetrail

CEREAL_REGISTER_ARCHIVE(casetrail::JsonWriter)
