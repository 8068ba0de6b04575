// What the columns of another system's log mean. Written in YAML: deploy/mappings/README.md.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "events/case/request_terms.h"
#include "events/wire/party.h"
#include "events/wire/reflect.h"
#include "workers/import/csv_reader.h"
#include "workers/import/row_time.h"

namespace casetrail::imports {

/// How far a case has come, in the words of a mapping. `registered` says nothing of the work.
enum class CaseStep { registered, in_progress, awaiting_customer, suspended, resolved, closed };
constexpr auto enum_names(CaseStep) {
  return std::to_array<std::string_view>(
      {"registered", "in_progress", "awaiting_customer", "suspended", "resolved", "closed"});
}

using Column = std::size_t;  ///< 0 for the first

struct TextField {
  Column column = 0;
  std::string prefix;  ///< set before every value
};

struct TimeField {
  Column column = 0;
  std::vector<TimeFormat> formats;  ///< one at least; what two of them read differently is not read
};

/// With `moments` a row tells all of its case: the column that holds when it came to a step.
struct MomentField {
  CaseStep step{};
  TimeField time;
};

/// One of the names that casetrail knows: by the value of a column, or the same on every row.
template <class E>
struct ByColumn {
  Column column = 0;
  std::map<std::string, E, std::less<>> values;
};
template <class E>
using Choice = std::variant<E, ByColumn<E>>;

struct UrgencyFields {
  Choice<Level> impact;
  Choice<Level> urgency;
  Choice<Priority> priority;
};

struct CategoryFields {
  std::vector<Column> columns;  ///< joined by `/`, as far as they are known
  std::int32_t difficulty = 1;  ///< of every classification: 1 to 5
};

/// A column that counts the reopenings of the case so far.
struct ReopenCounter {
  Column column = 0;
};
/// The case is reopened when it goes from one of these steps to an earlier one.
struct ReopenLeaving {
  std::set<CaseStep> steps;
};

/// How the rows of a case follow each other in the file.
enum class RowOrder { oldest_first, newest_first };
constexpr auto enum_names(RowOrder) {
  return std::to_array<std::string_view>({"oldest_first", "newest_first"});
}

/// Bound to the header of one file: every column is there.
struct Mapping {
  std::string source;  ///< part of every case's and command's id
  Code<Channel> channel{};
  std::vector<std::string> columns;  ///< names for sentences, `category#2` for the second of its name
  std::set<std::string, std::less<>> missing;
  std::set<Column> rewritten;  ///< were no part of what earlier versions knew a row by
  TextField case_number;
  RowOrder order = RowOrder::oldest_first;
  std::optional<TimeField> time;     ///< of the row; nothing where there are moments
  std::vector<MomentField> moments;  ///< in the order of their steps
  Choice<Code<CaseKind>> kind;
  std::optional<TimeField> received_at;
  std::optional<TextField> customer;
  std::optional<TextField> product;
  std::optional<ByColumn<std::optional<CaseStep>>> status;  ///< nothing: the status says nothing
  std::optional<TextField> department;
  std::optional<TextField> agent;
  std::optional<UrgencyFields> urgency;
  std::optional<CategoryFields> category;
  std::variant<std::monostate, ReopenCounter, ReopenLeaving> reopen;
};

/// The part of a mapping that is needed to read the header. Errors of both are sentences that name the line.
[[nodiscard]] std::expected<CsvDialect, std::string> read_dialect(const std::string& yaml);
[[nodiscard]] std::expected<Mapping, std::string> read_mapping(const std::string& yaml,
                                                               const std::vector<std::string>& header);

}  // namespace casetrail::imports
