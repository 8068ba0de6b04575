// Files, rows, bytes and times as they come from outside.
#include <gmock/gmock.h>
#include <zlib.h>

#include "tests/workers/import/samples.h"
#include "workers/import/row_time.h"

namespace casetrail::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

CsvReader open_csv(const std::filesystem::path& path, CsvDialect dialect = {}) {
  auto reader = CsvReader::open(path, dialect);
  if (!reader) throw std::runtime_error(reader.error());
  return std::move(*reader);
}

/// `line|field|field` of every row, and the error that ended them.
std::vector<std::string> rows_of(CsvReader reader) {
  std::vector<std::string> rows;
  CsvRow row;
  while (true) {
    const auto more = reader.next(row);
    if (!more) rows.push_back(more.error());
    if (!more || !*more) return rows;
    auto& text = rows.emplace_back(std::to_string(row.line));
    for (const auto& field : row.fields) text += "|" + field;
  }
}

TEST(Csv, RowsKnowTheLineOnWhichTheyBegin) {
  EXPECT_THAT(rows_of(open_csv(write_file("a.csv", "a,b\n\n\"x\ny\",2\r\n3,4"))),
              ElementsAre("1|a|b", "3|x\ny|2", "5|3|4"));
}

TEST(Csv, AByteOrderMarkIsNoPartOfTheHeader) {
  EXPECT_THAT(rows_of(open_csv(write_file("a.csv",
                                          "\xEF\xBB\xBF"
                                          "a\n"))),
              ElementsAre("1|a"));
}

TEST(Csv, DelimiterAndQuoteAreFree) {
  EXPECT_THAT(rows_of(open_csv(write_file("a.csv", "'a''s'\tb,c\n"), {.delimiter = '\t', .quote = '\''})),
              ElementsAre("1|a's|b,c"));
}

TEST(Csv, AQuoteThatNeverEndsIsToldWithItsLine) {
  EXPECT_THAT(rows_of(open_csv(write_file("a.csv", "a\n\"b\nc\n"))),
              ElementsAre("1|a", HasSubstr("the row of line 2 has a quoted field without an end")));
}

TEST(Csv, AMissingFileIsNamed) {
  EXPECT_THAT(CsvReader::open("/nowhere/log.csv", {}).error(), HasSubstr("/nowhere/log.csv cannot be read"));
}

std::filesystem::path write_gzip(const std::string& text) {
  const auto path = write_file("a.csv.gz", "");
  const gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  return path;
}

TEST(Csv, GzipIsReadAsItIs) {
  EXPECT_THAT(rows_of(open_csv(write_gzip("a\nb\n"))), ElementsAre("1|a", "2|b"));
}

TEST(Csv, AGzipThatWasCutOffIsDamaged) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919) + "\n";
  const auto path = write_gzip(text);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_THAT(rows_of(open_csv(path)).back(), HasSubstr("is damaged"));
}

std::string time_of(const std::string& format, const std::string& zone, const std::string& text) {
  const auto made = TimeFormat::make(format, zone);
  if (!made) return made.error();
  const auto at = made->read(text);
  return at ? to_wire(*at) : at.error();
}

TEST(RowTime, LocalTimeIsOfItsZone) {
  EXPECT_EQ(time_of("%d/%m/%Y %H:%M", "Asia/Shanghai", "1/3/2016 08:05"), "2016-03-01T00:05:00.000Z");
  EXPECT_EQ(time_of("%d/%m/%Y %H:%M", "Europe/Berlin", "1/7/2016 08:05"), "2016-07-01T06:05:00.000Z");
}

TEST(RowTime, APatternMayCarryItsOffset) {
  EXPECT_EQ(time_of("%Y-%m-%d %H:%M%z", "", "2016-03-01 08:05+0800"), "2016-03-01T00:05:00.000Z");
}

TEST(RowTime, AnHourThatIsShownTwiceIsTheFirst) {
  EXPECT_EQ(time_of("%Y-%m-%d %H:%M", "Europe/Berlin", "2016-10-30 02:30"), "2016-10-30T00:30:00.000Z");
}

TEST(RowTime, AnHourThatNeverWasIsAnError) {
  EXPECT_THAT(time_of("%Y-%m-%d %H:%M", "Europe/Berlin", "2016-03-27 02:30"),
              HasSubstr("the clocks skipped it"));
}

TEST(RowTime, AYearThatTheWireDoesNotHaveIsAnError) {
  EXPECT_THAT(time_of("%Y-%m-%d", "UTC", "-5000-01-01"), HasSubstr("is not in the years 0000 to 9999"));
  EXPECT_THAT(time_of("%Y-%m-%d", "UTC", "32767-01-01"), HasSubstr("'32767-01-01' is not"));
}

TEST(RowTime, WhatFollowsTheTimeIsAnError) {
  EXPECT_THAT(time_of("%Y-%m-%d", "UTC", "2016-03-27 12:00"), HasSubstr("is not a time of the format"));
}

}  // namespace
}  // namespace casetrail::test
