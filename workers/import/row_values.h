// One row of another system's log, in casetrail's words.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "events/case/request_terms.h"
#include "workers/import/mapping.h"

namespace casetrail::imports {

/// What a row says of its case. Absent: the row says nothing about it.
struct RowValues {
  std::string case_number;
  Timestamp at;
  std::optional<std::size_t> moment;  ///< that is told, an index into `Mapping::moments`
  Code<CaseKind> kind{};
  std::optional<Timestamp> received_at;
  std::optional<std::string> customer;
  std::optional<std::string> product;
  std::optional<CaseStep> step;
  std::optional<std::string> department;
  std::optional<std::string> agent;
  std::optional<Level> impact;
  std::optional<Level> urgency;
  std::optional<Priority> priority;
  std::optional<std::string> category;
  std::optional<std::int32_t> reopen_count;
};

/// Reads `fields` by `mapping`: one piece, or one for each moment that is known, in the order of their steps.
/// The error is a sentence that says why the row cannot be mapped; nothing is guessed. A time after `now` is
/// an error: the engine would take it for the present.
[[nodiscard]] std::expected<std::vector<RowValues>, std::string> read_row(
    const Mapping& mapping, const std::vector<std::string>& fields, Timestamp now);

}  // namespace casetrail::imports
