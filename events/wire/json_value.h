// Reads a JSON value that may be of any kind. The reader fills the members of structs: the value is made one.
#pragma once

#include <cereal/cereal.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "events/wire/json_reader.h"

namespace casetrail {

template <class T>
struct OnlyMember {
  T value{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(value));
  }
};

/// As `from_json`, of a value that need not be an object: a map takes the members of any object, a string a
/// text. Nothing when `json` is something else. Requires: it is one whole value.
template <class T>
[[nodiscard]] std::optional<T> value_from_json(std::string_view json) {
  OnlyMember<T> only;
  if (from_json(std::string(R"({"value":)").append(json).append("}"), only)) return std::nullopt;
  return std::move(only.value);
}

}  // namespace casetrail
