// File, mapping and the state of every case, put together.
#include "workers/import/history_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "events/case/case_id.h"
#include "workers/import/row_identity.h"
#include "workers/import/row_values.h"

namespace casetrail::imports {
namespace {

std::expected<std::string, std::string> read_whole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
  if (!file.is_open() || file.bad() || !text) {
    return std::unexpected(fmt::format("{} cannot be read: name a mapping that is there", path.string()));
  }
  return text.str();
}

/// Enough to tell the rows of one case apart.
std::uint64_t short_form(std::string_view digest) {
  std::uint64_t value = 0;
  static_cast<void>(std::from_chars(digest.data(), digest.data() + 16, value, 16));
  return value;
}

}  // namespace

std::expected<HistoryReader, std::string> HistoryReader::open(const std::filesystem::path& file,
                                                              const std::filesystem::path& mapping,
                                                              Timestamp now) {
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
  if (!header.problem.empty())
    return std::unexpected(fmt::format("{}: its header cannot be read: {}", file.string(), header.problem));
  if (!*more)
    return std::unexpected(fmt::format("{} is empty: its first line must name the columns", file.string()));
  auto read = read_mapping(*yaml, header.fields);
  if (!read) return in_mapping(read.error());
  return HistoryReader(std::move(*rows), std::move(*read), now);
}

std::expected<bool, std::string> HistoryReader::next(HistoryRow& row) {
  if (pieces_.empty()) {
    const auto more = mapping_.order == RowOrder::newest_first ? read_all_backwards() : read_pieces();
    if (!more || !*more) return more;
  }
  const auto piece = std::move(pieces_.front());
  pieces_.pop_front();
  row.line = piece.line;
  row.case_number.clear();
  if (piece.values) {
    row.case_number = piece.values->case_number;
    row.read = facts_of(piece);
  } else {
    row.read = std::unexpected(piece.values.error());
  }
  return true;
}

std::expected<bool, std::string> HistoryReader::read_pieces() {
  const auto more = rows_.next(row_);
  if (!more || !*more) return more;
  const auto list = [&](std::string problem) {
    pieces_.push_back({.line = row_.line,
                       .values = std::unexpected(std::move(problem)),
                       .digest = {},
                       .former_digest = {}});
    return true;
  };
  if (!row_.problem.empty()) return list(row_.problem);
  auto read = read_row(mapping_, row_.fields, now_);
  if (!read) return list(std::move(read.error()));
  for (auto& values : *read) {
    const auto moment = values.moment;
    pieces_.push_back({.line = row_.line,
                       .values = std::move(values),
                       .digest = row_digest(mapping_, row_.fields, moment),
                       .former_digest = moment ? "" : former_row_digest(mapping_, row_.fields)});
  }
  return true;
}

std::expected<bool, std::string> HistoryReader::read_all_backwards() {
  while (true) {
    const auto more = read_pieces();
    if (!more) return more;
    if (!*more) break;
  }
  std::ranges::reverse(pieces_);
  return !pieces_.empty();
}

RowFacts HistoryReader::facts_of(const Piece& piece) {
  const auto& values = *piece.values;
  auto& known = cases_[values.case_number];
  if (known.id.empty()) known.id = case_id_of(mapping_.channel, mapping_.source + ":" + values.case_number);
  note_direction(known, values.at);
  const auto id_of = [&](Ordinals& equals, const std::string& digest) {
    if (digest.empty()) return CommandId{};
    return row_command_id(mapping_, values.case_number, digest, ++equals[short_form(digest)]);
  };
  RowFacts row{.case_id = known.id,
               .command_id = id_of(known.equals, piece.digest),
               .former_id = id_of(known.former_equals, piece.former_digest),
               .at = values.at,
               .facts_before = known.facts,
               .facts = known.progress.take(mapping_, values)};
  known.facts += static_cast<std::int64_t>(row.facts.size());
  if (values.moment) {
    const auto bit = std::uint64_t{1} << *values.moment;
    row.contradicts =
        row.facts.empty() && (known.moments & bit) != 0 && known.equals[short_form(piece.digest)] == 1;
    known.moments |= bit;
  }
  return row;
}

void HistoryReader::note_direction(Case& known, Timestamp at) {
  if (known.last_at && at < *known.last_at) ++backward_;
  if (known.last_at && at > *known.last_at) ++forward_;
  known.last_at = at;
}

}  // namespace casetrail::imports
