// Reads filter values and says what was expected.
#include "projections/kit/filters.h"

#include <algorithm>

namespace casetrail::kit {

namespace {

std::string list(std::span<const FilterType> known) {
  std::string names;
  for (const auto& filter : known) {
    if (!names.empty()) names += ", ";
    names += filter.name;
  }
  return names;
}

}  // namespace

std::expected<Filters, std::string> Filters::read(const std::map<std::string, std::string>& asked,
                                                  std::span<const FilterType> known) {
  Filters filters;
  for (const auto& [name, value] : asked) {
    const auto filter = std::ranges::find(known, std::string_view(name), &FilterType::name);
    const auto refused = [](std::string_view what, std::string_view but) {
      std::string sentence = "Expected ";
      sentence.append(what).append(", but it is '").append(but).append("'.");
      return std::unexpected(std::move(sentence));
    };
    if (filter == known.end()) return refused("a filter of this board (" + list(known) + ")", name);
    if (const auto expected = filter->kind.objection(value))
      return refused("the filter '" + name + "' to be " + *expected, value);
    filters.asked_.emplace_back(&*filter, value);
  }
  return filters;
}

std::optional<std::string_view> Filters::text(std::string_view name) const {
  const auto found = std::ranges::find(asked_, name, [](const auto& asked) { return asked.first->name; });
  if (found == asked_.end()) return std::nullopt;
  return found->second;
}

bool Filters::passes(std::string_view name, std::string_view value) const {
  const auto wanted = text(name);
  return !wanted || *wanted == value;
}

bool Filters::passes(std::string_view name, const std::optional<std::string>& value) const {
  const auto wanted = text(name);
  return !wanted || (value && *wanted == *value);
}

bool Filters::passes_flag(std::string_view name, const std::optional<bool>& value) const {
  const auto wanted = text(name);
  return !wanted || (value && *value == (*wanted == "true"));
}

std::optional<std::int64_t> Filters::number(std::string_view name) const {
  const auto wanted = text(name);
  return wanted ? whole_number<std::int64_t>(*wanted) : std::nullopt;
}

std::optional<Timestamp> Filters::moment(std::string_view name) const {
  const auto wanted = text(name);
  return wanted ? parse_timestamp(*wanted) : std::nullopt;
}

}  // namespace casetrail::kit
