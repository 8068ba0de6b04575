// File, mapping and the state of every case, put together.
#include "workers/import/history_reader.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "events/case_id.h"
#include "workers/import/row_identity.h"
#include "workers/import/row_values.h"

namespace casetrail {
namespace {

std::expected<std::string, std::string> read_whole(const std::filesystem::path& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    return std::unexpected(fmt::format("{} cannot be read: name a mapping that is there", path.string()));
  }
  return text.str();
}

}  // namespace

std::expected<HistoryReader, std::string> HistoryReader::open(const std::filesystem::path& file,
                                                              const std::filesystem::path& mapping) {
  const auto yaml = read_whole(mapping);
  if (!yaml) return std::unexpected(yaml.error());
  const auto in_mapping = [&](const std::string& problem) {
    return std::unexpected(fmt::format("{}: {}", mapping.string(), problem));
  };
  const auto dialect = read_dialect(*yaml);
  if (!dialect) return in_mapping(dialect.error());
  auto rows = CsvReader::open(file, *dialect);
  if (!rows) return std::unexpected(rows.error());
  CsvRow header;
  const auto more = rows->next(header);
  if (!more) return std::unexpected(fmt::format("{}: {}", file.string(), more.error()));
  if (!*more)
    return std::unexpected(fmt::format("{} is empty: its first line must name the columns", file.string()));
  auto read = read_mapping(*yaml, header.fields);
  if (!read) return in_mapping(read.error());
  return HistoryReader(std::move(*rows), std::move(*read));
}

std::expected<bool, std::string> HistoryReader::next(HistoryRow& row) {
  const auto more = rows_.next(row_);
  if (!more || !*more) return more;
  row.line = row_.line;
  row.case_number.clear();
  if (const auto values = read_row(mapping_, row_.fields)) {
    row.case_number = values->case_number;
    row.read = facts_of(*values);
  } else {
    row.read = std::unexpected(values.error());
  }
  return true;
}

RowFacts HistoryReader::facts_of(const RowValues& values) {
  auto& known = cases_[values.case_number];
  if (known.id.empty()) known.id = case_id_of(mapping_.channel, mapping_.source + ":" + values.case_number);
  const auto digest = row_digest(mapping_, row_.fields);
  const auto ordinal = ++known.equals[digest];
  return {.case_id = known.id,
          .command_id = row_command_id(mapping_, values.case_number, digest, ordinal),
          .at = values.at,
          .facts = known.progress.take(mapping_, values)};
}

}  // namespace casetrail
