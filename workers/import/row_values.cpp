// From the fields of a row to its values; the first problem ends the row.
#include "workers/import/row_values.h"

#include <fmt/format.h>

#include "events/utf8.h"
#include "events/whole_number.h"

namespace casetrail {
namespace {

/// Reads field after field until one has a problem; from then on nothing is read.
class RowReader {
 public:
  RowReader(const Mapping& mapping, const std::vector<std::string>& fields)
      : mapping_(mapping), fields_(fields) {}

  [[nodiscard]] const std::string& problem() const { return problem_; }

  std::optional<std::string_view> known(Column column) const {
    const std::string& text = fields_[column];
    if (mapping_.missing.contains(text)) return std::nullopt;
    return text;
  }

  void require(const TextField& field, std::string& into) {
    if (auto value = text(field)) {
      into = std::move(*value);
    } else {
      report(field.column, "expected the number of the case, but it is missing");
    }
  }

  std::optional<std::string> text(const std::optional<TextField>& field) {
    if (!field) return std::nullopt;
    const auto value = known(field->column);
    if (!value) return std::nullopt;
    return field->prefix + std::string(*value);
  }

  std::optional<Timestamp> time(const std::optional<TimeField>& field) {
    if (!field) return std::nullopt;
    const auto value = known(field->column);
    if (!value) return std::nullopt;
    const auto at = field->format.read(*value);
    if (at) return *at;
    report(field->column, at.error());
    return std::nullopt;
  }

  void require(const TimeField& field, Timestamp& into) {
    if (const auto at = time(field)) {
      into = *at;
    } else {
      report(field.column, "expected the time of the row, but it is missing");
    }
  }

  template <class E>
  std::optional<E> choice(const Choice<E>& field) {
    if (const auto* same = std::get_if<E>(&field)) return *same;
    return value_in(std::get<ByColumn<E>>(field));
  }

  template <class E>
  void require(const Choice<E>& field, E& into) {
    if (const auto value = choice(field)) {
      into = *value;
    } else {
      report(std::get<ByColumn<E>>(field).column, "expected the kind of the case, but it is missing");
    }
  }

  template <class E>
  std::optional<E> value_in(const ByColumn<E>& field) {
    const auto found = field.values.find(fields_[field.column]);
    if (found != field.values.end()) return found->second;
    if (const auto value = known(field.column)) {
      report(field.column, fmt::format("the mapping does not say what '{}' means", *value));
    }
    return std::nullopt;
  }

  std::optional<std::string> path(const CategoryFields& category) {
    std::optional<std::string> path;
    for (const auto column : category.columns) {
      const auto value = known(column);
      if (!value) return path;
      path = path ? *path + "/" + std::string(*value) : std::string(*value);
    }
    return path;
  }

  std::optional<std::int32_t> count(Column column) {
    const auto value = known(column);
    if (!value) return std::nullopt;
    const auto number = whole_number<std::int32_t>(*value);
    if (number && *number >= 0 && *number <= kMostReopenings) return number;
    report(column, fmt::format("expected a count of at most {}, but it is '{}'", kMostReopenings, *value));
    return std::nullopt;
  }

 private:
  static constexpr std::int32_t kMostReopenings = 1000;

  void report(Column column, std::string_view what) {
    if (problem_.empty()) problem_ = fmt::format("column '{}': {}", mapping_.columns[column], what);
  }

  const Mapping& mapping_;
  const std::vector<std::string>& fields_;
  std::string problem_;
};

std::optional<std::string> problem_of_shape(const Mapping& mapping, const std::vector<std::string>& fields) {
  if (fields.size() != mapping.columns.size()) {
    return fmt::format("expected {} fields as in the header, but there are {}", mapping.columns.size(),
                       fields.size());
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!is_utf8(fields[i]))
      return fmt::format("column '{}': expected UTF-8, but it is not", mapping.columns[i]);
  }
  return std::nullopt;
}

}  // namespace

std::expected<RowValues, std::string> read_row(const Mapping& mapping,
                                               const std::vector<std::string>& fields) {
  if (auto problem = problem_of_shape(mapping, fields)) return std::unexpected(std::move(*problem));
  RowReader row(mapping, fields);
  RowValues values;
  row.require(mapping.case_number, values.case_number);
  row.require(mapping.time, values.at);
  row.require(mapping.kind, values.kind);
  values.received_at = row.time(mapping.received_at);
  values.customer = row.text(mapping.customer);
  values.product = row.text(mapping.product);
  if (mapping.status) values.step = row.value_in(*mapping.status).value_or(std::nullopt);
  values.department = row.text(mapping.department);
  values.agent = row.text(mapping.agent);
  if (mapping.urgency) {
    values.impact = row.choice(mapping.urgency->impact);
    values.urgency = row.choice(mapping.urgency->urgency);
    values.priority = row.choice(mapping.urgency->priority);
  }
  if (mapping.category) values.category = row.path(*mapping.category);
  if (const auto* counter = std::get_if<ReopenCounter>(&mapping.reopen))
    values.reopen_count = row.count(counter->column);
  if (!row.problem().empty()) return std::unexpected(row.problem());
  return values;
}

}  // namespace casetrail
