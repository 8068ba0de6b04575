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

std::expected<Filters, std::string> Filters::read(const FilterValues& asked,
                                                  std::span<const FilterType> known,
                                                  const CodeObjection& objection) {
  Filters filters;
  for (const auto& [name, value] : asked) {
    const auto filter = std::ranges::find(known, std::string_view(name), &FilterType::name);
    const auto refused = [](std::string_view what, std::string_view but) {
      std::string sentence = "Expected ";
      sentence.append(what).append(", but it is '").append(but).append("'.");
      return std::unexpected(std::move(sentence));
    };
    if (filter == known.end()) return refused("a filter of this board (" + list(known) + ")", name);
    auto expected = filter->kind.objection(value);
    if (!expected && objection && !filter->kind.catalogue.empty()) expected = objection(*filter, value);
    if (expected) return refused("the filter '" + name + "' to be " + *expected, value);
    const bool again = !filters.asked_.empty() && filters.asked_.back().type == &*filter;
    if (!again) filters.asked_.push_back({.type = &*filter, .values = {}});
    auto& values = filters.asked_.back().values;
    if (again && filter->kind.once)
      return std::unexpected("Expected the filter '" + name + "' once, but it is there more than once.");
    auto plain = filter->plain != nullptr ? filter->plain(value) : value;
    if (std::ranges::find(values, plain) == values.end()) values.push_back(std::move(plain));
  }
  return filters;
}

std::span<const std::string> Filters::values(std::string_view name) const {
  const auto found = std::ranges::find(asked_, name, [](const auto& asked) { return asked.type->name; });
  if (found == asked_.end()) return {};
  return found->values;
}

std::optional<std::string_view> Filters::text(std::string_view name) const {
  const auto wanted = values(name);
  if (wanted.empty()) return std::nullopt;
  return wanted.front();
}

bool Filters::passes(std::string_view name, std::string_view value) const {
  const auto wanted = values(name);
  return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

bool Filters::passes(std::string_view name, const std::optional<std::string>& value) const {
  const auto wanted = values(name);
  return wanted.empty() || (value && std::ranges::find(wanted, *value) != wanted.end());
}

bool Filters::passes_flag(std::string_view name, const std::optional<bool>& value) const {
  const auto wanted = text(name);
  return !wanted || (value && *value == (*wanted == "true"));
}

bool Filters::passes_moments(std::string_view since, std::string_view until,
                             const std::optional<Timestamp>& at) const {
  const auto from = moment(since);
  const auto to = moment(until);
  return (!from || (at && *at >= *from)) && (!to || (at && *at < *to));
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
