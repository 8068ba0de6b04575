// From the fields of a row to its values; the first problem ends the row.
#include "workers/import/row_values.h"

#include <fmt/format.h>

#include "events/wire/unicode.h"
#include "events/wire/utf8.h"
#include "events/wire/whole_number.h"

namespace casetrail::imports {
namespace {

/// What a text, unlike an id, may have in it.
constexpr std::u32string_view kLineEnds = U"\t\r\n";

/// The first character of `text` that is not shown and not among `allowed`: with it two ids would look alike.
std::optional<std::uint32_t> first_hidden(std::string_view text, std::u32string_view allowed) {
  while (!text.empty()) {
    const auto character = take_character(text);
    if (is_hidden(character) && allowed.find(character) == allowed.npos)
      return static_cast<std::uint32_t>(character);
  }
  return std::nullopt;
}

/// What the formats that read `text` agree on.
std::expected<Timestamp, std::string> read_time(const std::vector<TimeFormat>& formats,
                                                std::string_view text) {
  const TimeFormat* first = nullptr;
  std::expected<Timestamp, std::string> at;
  for (const auto& format : formats) {
    auto other = format.read(text);
    if (formats.size() == 1) return other;
    if (!other) continue;
    if (first != nullptr && *other != *at)
      return std::unexpected(
          fmt::format("'{}' is one time as '{}' and another as '{}'", text, first->text(), format.text()));
    first = &format;
    at = std::move(other);
  }
  if (first == nullptr) return std::unexpected(fmt::format("'{}' is a time of none of the formats", text));
  return at;
}

/// Reads field after field until one has a problem; from then on nothing is read.
class RowReader {
 public:
  RowReader(const Mapping& mapping, const std::vector<std::string>& fields, Timestamp now)
      : mapping_(mapping), fields_(fields), now_(now) {}

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

  std::optional<std::string> text(const std::optional<TextField>& field, std::u32string_view allowed = {}) {
    if (!field) return std::nullopt;
    const auto value = known(field->column);
    if (!value) return std::nullopt;
    check_shown(field->column, *value, allowed);
    return field->prefix + std::string(*value);
  }

  std::optional<Timestamp> time(const TimeField& field) {
    const auto value = known(field.column);
    if (!value) return std::nullopt;
    auto at = read_time(field.formats, *value);
    if (at && *at > now_)
      at = std::unexpected(fmt::format("'{}' is in the future: it is {} now", *value, to_wire(now_)));
    if (at) return *at;
    report(field.column, at.error());
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
      check_shown(column, *value, kLineEnds);
      path = path ? *path + "/" + std::string(*value) : std::string(*value);
    }
    return path;
  }

  void report(Column column, std::string_view what) {
    static constexpr std::size_t kLongest = 500;
    if (!problem_.empty()) return;
    const auto* cut = what.size() > kLongest ? "…" : "";
    problem_ = fmt::format("column '{}': {}{}", mapping_.columns[column], as_utf8(what, kLongest), cut);
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

  const Mapping& mapping_;
  const std::vector<std::string>& fields_;
  void check_shown(Column column, std::string_view text, std::u32string_view allowed) {
    if (const auto hidden = first_hidden(text, allowed))
      report(column, fmt::format("holds U+{:04X}, which nobody sees: remove it", *hidden));
  }

  Timestamp now_;
  std::string problem_;
};

std::optional<std::string> problem_of_shape(const Mapping& mapping, const std::vector<std::string>& fields) {
  if (fields.size() != mapping.columns.size()) {
    return fmt::format("expected {} fields as in the header, but there are {}", mapping.columns.size(),
                       fields.size());
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!is_utf8(fields[i]))
      return fmt::format(
          "column '{}': not UTF-8: convert the file from what wrote it, such as `iconv -f GB18030 -t UTF-8 "
          "FILE > NEW`",
          mapping.columns[i]);
  }
  return std::nullopt;
}

/// A row for each moment that is known.
std::vector<RowValues> moments_of(const Mapping& mapping, RowReader& row, const RowValues& values) {
  std::vector<RowValues> told;
  for (std::size_t i = 0; i < mapping.moments.size(); ++i) {
    const auto& moment = mapping.moments[i];
    const auto at = row.time(moment.time);
    if (!at) continue;
    if (!told.empty() && *at < told.back().at) {
      row.report(moment.time.column, fmt::format("is before '{}', which comes first",
                                                 name_of(mapping.moments[*told.back().moment].step)));
    }
    auto& one = told.emplace_back(values);
    one.at = *at;
    one.moment = i;
    one.step = moment.step;
  }
  if (told.empty()) row.report(mapping.moments.front().time.column, "expected a moment, but all are missing");
  return told;
}

}  // namespace

std::expected<std::vector<RowValues>, std::string> read_row(const Mapping& mapping,
                                                            const std::vector<std::string>& fields,
                                                            Timestamp now) {
  if (auto problem = problem_of_shape(mapping, fields)) return std::unexpected(std::move(*problem));
  RowReader row(mapping, fields, now);
  RowValues values;
  row.require(mapping.case_number, values.case_number);
  if (mapping.time) row.require(*mapping.time, values.at);
  row.require(mapping.kind, values.kind);
  if (mapping.received_at) values.received_at = row.time(*mapping.received_at);
  values.customer = row.text(mapping.customer);
  values.product = row.text(mapping.product, kLineEnds);
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
  auto told = mapping.time ? std::vector{values} : moments_of(mapping, row, values);
  if (!row.problem().empty()) return std::unexpected(row.problem());
  return told;
}

}  // namespace casetrail::imports
