// Writes the JSON of a board: every documented key is there, null where nothing is known.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/wire/json_writer.h"

namespace casetrail::kit {

/// One object, closed when it goes out of scope. Members in the order of the calls.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;
  ~JsonObject() { out_ += '}'; }

  /// Begins a member; its value is to be appended to what is returned.
  std::string& member(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    append_json_string(name, out_);
    out_ += ':';
    return out_;
  }

  template <class T>
  JsonObject& add(std::string_view name, const T& value) {
    JsonWriter(member(name)).write(value);
    return *this;
  }
  JsonObject& add(std::string_view name, std::string_view value) {
    append_json_string(value, member(name));
    return *this;
  }
  JsonObject& add(std::string_view name, const char* value) { return add(name, std::string_view(value)); }

 private:
  std::string& out_;
  bool first_ = true;
};

/// One array, closed when it goes out of scope.
class JsonArray {
 public:
  explicit JsonArray(std::string& out) : out_(out) { out_ += '['; }
  JsonArray(const JsonArray&) = delete;
  JsonArray& operator=(const JsonArray&) = delete;
  ~JsonArray() { out_ += ']'; }

  std::string& element() {
    if (!first_) out_ += ',';
    first_ = false;
    return out_;
  }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace casetrail::kit
