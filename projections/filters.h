// The filters of a board query, checked by name and kind before anything is read.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "events/timestamp.h"

namespace casetrail {

/// `flag` is `true` or `false`; `number` a whole number; `moment` an RFC 3339 time.
enum class FilterKind { text, flag, number, moment };

struct FilterType {
  std::string_view name;
  FilterKind kind;
};

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

  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
  [[nodiscard]] std::optional<Timestamp> moment(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> asked_;
};

}  // namespace casetrail
