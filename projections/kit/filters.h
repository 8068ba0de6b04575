// The filters of a board query, checked by name and value before anything is read.
#pragma once

#include <concepts>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/time/moment.h"
#include "events/wire/code.h"
#include "events/wire/reflect.h"
#include "events/wire/schema_writer.h"
#include "events/wire/timestamp.h"
#include "events/wire/whole_number.h"
#include "projections/kit/view.h"
#include "projections/kit/words.h"

namespace casetrail::kit {

/// What the values of a filter must be.
struct FilterKind {
  /// What was expected instead of `value`, as a sentence goes on behind "to be"; nothing when it will do.
  using Objection = std::optional<std::string> (*)(std::string_view value);

  Objection objection;
  std::string (*schema)();       ///< JSON Schema of a value
  bool once = false;             ///< it may come once: of a number or a moment there is no other
  std::string_view catalogue{};  ///< of codes: the one that has to know a value
  bool leaves_all = false;       ///< it says what else is answered, and not which rows
  bool is_moment = false;        ///< whoever asks may write it in the ways of `moment_of`
};

/// A filter that a board knows.
struct FilterType {
  std::string_view name;
  FilterKind kind;
  Words label{};
  std::string_view meaning{};  ///< which rows it leaves
  /// The list that every row stands in, by its value, that the filter lets pass; empty: there is none. Under
  /// another name than the filter's it has rows that do not pass, too. A flag's has those of "true".
  std::string_view list{};
  /// A value as rows have it, where it may be written in other ways.
  std::string (*plain)(std::string_view value) = nullptr;
};

namespace filter {

inline constexpr kit::FilterKind text{
    [](std::string_view) -> std::optional<std::string> { return std::nullopt; },
    [] { return std::string(R"({"type":"string"})"); }};

/// An id of a department; whoever asks may offer those that the policy names.
inline constexpr kit::FilterKind department{
    text.objection, [] { return std::string(R"({"type":"string","x-id":"department"})"); }};

/// An id of an agent.
inline constexpr kit::FilterKind agent{text.objection,
                                       [] { return std::string(R"({"type":"string","x-id":"agent"})"); }};

inline constexpr kit::FilterKind flag{[](std::string_view value) -> std::optional<std::string> {
                                        if (value == "true" || value == "false") return std::nullopt;
                                        return "true or false";
                                      },
                                      [] { return std::string(R"({"type":"boolean"})"); }, true};

inline constexpr kit::FilterKind moment{
    .objection = [](std::string_view value) -> std::optional<std::string> {
      if (parse_timestamp(value)) return std::nullopt;
      return std::string(kMomentExpected);
    },
    .schema = [] { return std::string(R"({"type":"string","format":"date-time"})"); },
    .once = true,
    .is_moment = true};

/// One of the names of an enum.
template <NamedEnum E>
inline constexpr kit::FilterKind word{[](std::string_view value) -> std::optional<std::string> {
                                        if (enum_from<E>(value)) return std::nullopt;
                                        return "one of " + list_names<E>();
                                      },
                                      [] { return SchemaWriter::schema_of<E>(SchemaScope::all); }};

/// A code of a catalogue.
template <Catalogued Known>
inline constexpr kit::FilterKind code{
    .objection = [](std::string_view value) -> std::optional<std::string> {
      if (is_code_text(value)) return std::nullopt;
      return std::string(kCodeExpected);
    },
    .schema = [] { return SchemaWriter::schema_of<Code<Known>>(SchemaScope::all); },
    .catalogue = catalogue_name(Known{})};

template <std::int64_t Least, std::int64_t Most>
inline constexpr kit::FilterKind number{[](std::string_view value) -> std::optional<std::string> {
                                          const auto found = whole_number<std::int64_t>(value);
                                          if (found && *found >= Least && *found <= Most) return std::nullopt;
                                          return "a whole number from " + std::to_string(Least) + " to " +
                                                 std::to_string(Most);
                                        },
                                        [] {
                                          return R"({"type":"integer","minimum":)" + std::to_string(Least) +
                                                 R"(,"maximum":)" + std::to_string(Most) + "}";
                                        },
                                        true};

/// `kind`, of which there is one value at a time.
consteval FilterKind single(FilterKind kind) {
  kind.once = true;
  return kind;
}

/// `kind`, which leaves all rows.
consteval FilterKind leaving_all(FilterKind kind) {
  kind.leaves_all = true;
  return kind;
}

}  // namespace filter

/// A query's filters. A filter that was not asked for lets everything pass.
class Filters {
 public:
  /// What was expected instead of a code of a catalogue; nothing when it will do.
  using CodeObjection =
      std::function<std::optional<std::string>(const FilterType& filter, std::string_view code)>;

  /// An error is a sentence that names the filter and what is known or expected. Without an `objection` any
  /// code will do.
  [[nodiscard]] static std::expected<Filters, std::string> read(const FilterValues& asked,
                                                                std::span<const FilterType> known,
                                                                const CodeObjection& objection = {});

  struct Asked {
    const FilterType* type;
    std::vector<std::string> values;  ///< each once
  };
  [[nodiscard]] const std::vector<Asked>& asked() const { return asked_; }
  /// Empty when it was not asked for.
  [[nodiscard]] std::span<const std::string> values(std::string_view name) const;

  [[nodiscard]] bool passes(std::string_view name, std::string_view value) const;
  [[nodiscard]] bool passes(std::string_view name, const std::string& value) const {
    return passes(name, std::string_view(value));
  }
  /// An absent value passes only when nothing was asked.
  [[nodiscard]] bool passes(std::string_view name, const std::optional<std::string>& value) const;
  [[nodiscard]] bool passes_flag(std::string_view name, const std::optional<bool>& value) const;
  /// Whether `at` is not before the moment that one filter asks for and before that of the other.
  [[nodiscard]] bool passes_moments(std::string_view since, std::string_view until,
                                    const std::optional<Timestamp>& at) const;

  /// The same for a value that costs something: `value()` is called only when the filter was asked for.
  template <std::invocable Value>
  [[nodiscard]] bool passes(std::string_view name, const Value& value) const {
    return values(name).empty() || passes(name, value());
  }
  template <std::invocable Value>
  [[nodiscard]] bool passes_flag(std::string_view name, const Value& value) const {
    return values(name).empty() || passes_flag(name, value());
  }

  /// Of a filter that comes once.
  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
  [[nodiscard]] std::optional<Timestamp> moment(std::string_view name) const;

 private:
  std::vector<Asked> asked_;
};

}  // namespace casetrail::kit
