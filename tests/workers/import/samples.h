// The made-up logs of this folder, their mappings, and files that a test writes itself.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "workers/import/history_reader.h"

namespace casetrail::test {

inline std::filesystem::path repository() { return CASETRAIL_REPOSITORY; }
inline std::filesystem::path sample(std::string_view name) {
  return repository() / "tests/workers/import/samples" / name;
}
inline std::filesystem::path servicenow_mapping() {
  return repository() / "deploy/mappings/servicenow-incidents.yaml";
}

/// The whole ServiceNow log, which is not of this repository; a test that finds none there is skipped.
inline std::filesystem::path incident_log() {
  const char* named = std::getenv("CASETRAIL_ACCEPTANCE_DATA");
  const auto folder = named != nullptr ? std::filesystem::path(named) : repository() / "../shared/data";
  return folder / "servicenow_incidents.csv.gz";
}
inline constexpr auto kNoIncidentLog =
    "the ServiceNow log is not beside this checkout (set CASETRAIL_ACCEPTANCE_DATA to its folder)";

/// A file of this test alone.
inline std::filesystem::path write_file(std::string_view name, std::string_view text) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const auto folder = std::filesystem::path(testing::TempDir()) /
                      (std::string("casetrail-import-") + test->test_suite_name() + test->name());
  std::filesystem::create_directories(folder);
  std::ofstream(folder / name, std::ios::binary) << text;
  return folder / name;
}

/// The present of these tests.
inline Timestamp import_time() { return parse_timestamp("2026-11-28T12:00:00Z").value(); }

inline std::vector<imports::HistoryRow> read_history(const std::filesystem::path& file,
                                                     const std::filesystem::path& mapping) {
  auto reader = imports::HistoryReader::open(file, mapping, import_time());
  if (!reader) throw std::runtime_error(reader.error());
  std::vector<imports::HistoryRow> rows;
  imports::HistoryRow row;
  while (true) {
    const auto more = reader->next(row);
    if (!more) throw std::runtime_error(more.error());
    if (!*more) return rows;
    rows.push_back(row);
  }
}

/// `request.registered`, … of the row that begins on `line`.
inline std::vector<std::string_view> types_at(const std::vector<imports::HistoryRow>& rows,
                                              std::int64_t line) {
  for (const auto& row : rows) {
    if (row.line != line) continue;
    std::vector<std::string_view> types;
    for (const auto& fact : row.read.value().facts) types.push_back(codec_of(fact).type);
    return types;
  }
  throw std::runtime_error("no row begins on line " + std::to_string(line));
}

inline const imports::HistoryRow& row_at(const std::vector<imports::HistoryRow>& rows, std::int64_t line) {
  for (const auto& row : rows) {
    if (row.line == line) return row;
  }
  throw std::runtime_error("no row begins on line " + std::to_string(line));
}

}  // namespace casetrail::test
