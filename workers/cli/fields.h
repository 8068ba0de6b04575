// The API's JSON read loosely: what is not known is not there.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/reflect.h"

namespace casetrail::cli {

/// The members of a JSON object, each as it stands.
class Fields {
 public:
  Fields() = default;
  /// Nothing in it when `json` is no object.
  explicit Fields(std::string_view json);

  /// A string without its quotes, other values as JSON has them; empty where there is none, or null.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
  [[nodiscard]] bool is_true(std::string_view name) const { return text(name) == "true"; }
  [[nodiscard]] Fields object(std::string_view name) const;
  /// The objects of an array.
  [[nodiscard]] std::vector<Fields> objects(std::string_view name) const;
  /// The elements of an array, as JSON.
  [[nodiscard]] std::vector<std::string> elements(std::string_view name) const;
  /// The strings of an array.
  [[nodiscard]] std::vector<std::string> strings(std::string_view name) const;

  [[nodiscard]] bool empty() const { return members_.empty(); }
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::map<std::string, RawJson, std::less<>> members_;
};

/// A member of an object, and the object itself.
struct FieldAt {
  Fields object;
  std::string_view name;
};

/// Where `path`, such as `pii.text`, leads from `json`; `name` is a part of `path`.
[[nodiscard]] FieldAt field_at(std::string_view json, std::string_view path);

}  // namespace casetrail::cli
