// The filters of a board query, checked by name and value before anything is read.
#pragma once

#include <concepts>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "events/reflect.h"
#include "events/timestamp.h"
#include "events/whole_number.h"

namespace casetrail {

/// A filter that a board knows: its name, and what its values must be.
struct FilterType {
  /// What was expected instead of `value`, as a sentence goes on behind "to be"; nothing when it will do.
  using Objection = std::optional<std::string> (*)(std::string_view value);

  std::string_view name;
  Objection objection;
};

// The kinds of filters.
namespace filter {

std::optional<std::string> text(std::string_view value);
std::optional<std::string> flag(std::string_view value);
std::optional<std::string> moment(std::string_view value);

/// One of the names of an enum.
template <NamedEnum E>
std::optional<std::string> word(std::string_view value) {
  if (enum_from<E>(value)) return std::nullopt;
  return "one of " + list_names<E>();
}

template <std::int64_t Least, std::int64_t Most>
std::optional<std::string> number(std::string_view value) {
  const auto found = whole_number<std::int64_t>(value);
  if (found && *found >= Least && *found <= Most) return std::nullopt;
  return "a whole number from " + std::to_string(Least) + " to " + std::to_string(Most);
}

}  // namespace filter

/// A query's filters. A filter that was not asked for lets everything pass.
class Filters {
 public:
  /// An error is a sentence that names the filter and what is known or expected.
  [[nodiscard]] static std::expected<Filters, std::string> read(
      const std::map<std::string, std::string>& asked, std::span<const FilterType> known);

  [[nodiscard]] bool passes(std::string_view name, std::string_view value) const;
  [[nodiscard]] bool passes(std::string_view name, const std::string& value) const {
    return passes(name, std::string_view(value));
  }
  /// An absent value passes only when nothing was asked.
  [[nodiscard]] bool passes(std::string_view name, const std::optional<std::string>& value) const;
  [[nodiscard]] bool passes_flag(std::string_view name, const std::optional<bool>& value) const;

  /// The same for a value that costs something: `value()` is called only when the filter was asked for.
  template <std::invocable Value>
  [[nodiscard]] bool passes(std::string_view name, const Value& value) const {
    return !text(name) || passes(name, value());
  }
  template <std::invocable Value>
  [[nodiscard]] bool passes_flag(std::string_view name, const Value& value) const {
    return !text(name) || passes_flag(name, value());
  }

  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
  [[nodiscard]] std::optional<Timestamp> moment(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> asked_;
};

}  // namespace casetrail
