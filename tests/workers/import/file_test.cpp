// Files, rows, bytes and times as they come from outside.
#include <gmock/gmock.h>
#include <zlib.h>

#include "tests/workers/import/samples.h"
#include "workers/import/row_time.h"

namespace casetrail::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

imports::CsvReader open_csv(const std::filesystem::path& path, imports::CsvDialect dialect = {}) {
  auto reader = imports::CsvReader::open(path, dialect);
  if (!reader) throw std::runtime_error(reader.error());
  return std::move(*reader);
}

/// `line|field|field` of every row, and the error that ended them.
std::vector<std::string> rows_of(imports::CsvReader reader) {
  std::vector<std::string> rows;
  imports::CsvRow row;
  while (true) {
    const auto more = reader.next(row);
    if (!more) rows.push_back(more.error());
    if (!more || !*more) return rows;
    auto& text = rows.emplace_back(std::to_string(row.line));
    if (!row.problem.empty()) text += "!" + row.problem;
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

TEST(Csv, AQuoteThatNeverEndsIsToldWithItsLines) {
  EXPECT_THAT(rows_of(open_csv(write_file("a.csv", "a\n\"b\nc\n"))),
              ElementsAre("1|a", StartsWith("2!a quoted field has no end (lines 2 to 3)")));
}

TEST(Csv, AQuoteWithinAFieldMakesARowThatCannotBeReadAndTheRestGoesOn) {
  EXPECT_THAT(
      rows_of(open_csv(write_file("a.csv",
                                  "1,22\" monitor\n2,\"22\" monitor\n3,\"22\"\" monitor\"\n4,the \"best\"\n"
                                  "5,\"A\" ,x\n6,\"A\"B\n7, \"A\"\n8,\"a\nb\"c\n9,x\n"))),
      ElementsAre(StartsWith("1!a quote stands within a field"), StartsWith("2!"), "3|3|22\" monitor",
                  StartsWith("4!"), "5|5|A|x", StartsWith("6!"), "7|7|A",
                  HasSubstr("(lines 8 to 9): double it"), "10|9|x"));
}

TEST(Csv, EscapedQuotesAreListedWithTheRemedy) {
  const auto path = write_file("a.csv", "1,\"a\"\n2,\"says \\\"no paper\\\"\"\n3,\"b\"\n");
  EXPECT_THAT(rows_of(open_csv(path)),
              ElementsAre("1|1|a", HasSubstr(R"(say `csv: {escape: "\\"}`)"), "3|3|b"));
}

TEST(Csv, AnEscapeTakesTheMeaningOfWhatFollows) {
  EXPECT_THAT(
      rows_of(open_csv(
          write_file("a.csv",
                     "1,\"says \\\"no paper\\\"\"\n2,\"C:\\\\\"\n3,\"ends with \\\"\"\n"
                     "4,a\\,b\\\r\nc\n5,\\N\n6,C:\\temp\n7,\"x\\\ny\"\n8,\"doubled \"\" too\"\n9,z\\"),
          {.escape = '\\'})),
      ElementsAre("1|1|says \"no paper\"", "2|2|C:\\", "3|3|ends with \"", "4|4|a,b\r\nc", "6|5|\\N",
                  "7|6|C:\\temp", "8|7|x\ny", "10|8|doubled \" too", "11|9|z\\"));
}

TEST(Csv, AReturnAloneEndsARow) {
  EXPECT_THAT(rows_of(open_csv(write_file("a.csv", "a,b\r1,\"x\"\r2,\"y\rz\"\r"))),
              ElementsAre("1|a|b", "2|1|x", "3|2|y\rz"));
  EXPECT_THAT(rows_of(open_csv(write_file("a.csv", "a,b\n1,x\r1,y\n2,z\r\n3,w"))),
              ElementsAre("1|a|b", "2|1|x", "3|1|y", "4|2|z", "5|3|w"));
}

TEST(Csv, AReturnAtTheEndOfAChunkStaysOneLineEndWithWhatFollows) {
  const std::string filler((std::size_t{256} << 10) - 1, 'x');
  EXPECT_THAT(rows_of(open_csv(write_file("a.csv", filler + "\r\nb\r\n"))),
              ElementsAre("1|" + filler, "2|b"));
}

TEST(Csv, ALargeRowIsReadAndAHugeOneIsListedAndTheRestGoesOn) {
  std::string lines;
  for (int i = 0; i < 1100; ++i) lines += std::string(1000, 'x') + "\n";
  const auto large = rows_of(open_csv(write_file("a.csv", "1,\"" + lines + "\"\n2,x\n")));
  EXPECT_THAT(large, ElementsAre("1|1|" + lines, "1102|2|x"));
  std::string huge;
  for (int i = 0; i < 17; ++i) huge += lines;
  EXPECT_THAT(rows_of(open_csv(write_file("a.csv", "1,\"" + huge + "\"\n2,x\n"))),
              ElementsAre(StartsWith("1!the row is larger than 16 MiB"), "18702|2|x"));
  const std::string flat(std::size_t{17} << 20, 'x');
  EXPECT_THAT(rows_of(open_csv(write_file("a.csv", flat + "\n2,x\n"))),
              ElementsAre(StartsWith("1!the row is larger"), "2|2|x"));
}

/// What opening a file with this beginning says.
std::string fault_of(const std::string& text) {
  imports::CsvRow row;
  auto reader = open_csv(write_file("a.csv", text));
  const auto more = reader.next(row);
  return more ? "none" : more.error();
}

std::string in_utf16(std::string_view text, std::size_t zeros_at) {
  std::string wide;
  for (const char c : text) wide.append(zeros_at == 1 ? std::string{c, '\0'} : std::string{'\0', c});
  return wide;
}

TEST(Csv, AFileThatIsNoCsvInUtf8IsNamedAsWhatItIs) {
  EXPECT_THAT(fault_of("\xFF\xFE" + in_utf16("Number,State\n", 1)),
              HasSubstr("is UTF-16: convert it first, `iconv -f UTF-16"));
  EXPECT_THAT(fault_of("\xFE\xFF" + in_utf16("Number,State\n", 0)), HasSubstr("is UTF-16: "));
  EXPECT_THAT(fault_of(in_utf16("Number,State\n", 1)), HasSubstr("`iconv -f UTF-16LE"));
  EXPECT_THAT(fault_of(in_utf16("Number,State\n", 0)), HasSubstr("`iconv -f UTF-16BE"));
  EXPECT_THAT(fault_of(std::string("\xFF\xFE\0\0N\0\0\0", 8)), HasSubstr("is UTF-32"));
  EXPECT_THAT(fault_of("\xB1\xE0\xBA\xC5,\xD7\xB4\xCC\xAC\n"), HasSubstr("is not UTF-8: convert it"));
  EXPECT_THAT(fault_of("sep=;\na;b\n"), HasSubstr("a line `sep=` of Excel: remove it"));
  EXPECT_THAT(fault_of("\xEF\xBB\xBFsep=;\r\na;b\n"), HasSubstr("a line `sep=`"));
  EXPECT_THAT(fault_of("\xEF\xBB\xBF\xEF\xBB\xBF"
                       "a,b\n"),
              HasSubstr("two byte order marks"));
  EXPECT_THAT(fault_of("PK\x03\x04rest\n"), HasSubstr("is a workbook of Excel"));
  EXPECT_THAT(fault_of("<html><table>\n"), HasSubstr("is HTML or XML"));
  EXPECT_THAT(fault_of("%PDF-1.7\n%\xE2\xE3\n"), HasSubstr("is a PDF"));
  for (const auto* json : {"{\"a\":1}\n", "[{\"a\":1}]\n", "[\n{}]\n", "{\n", "\xEF\xBB\xBF{}\n"})
    EXPECT_THAT(fault_of(json), HasSubstr("is JSON")) << json;
  EXPECT_EQ(fault_of("[ID],[Team]\n"), "none");
  EXPECT_THAT(fault_of("BZh91AY\n"), HasSubstr("unpack it first"));
  EXPECT_EQ(fault_of("\xEF\xBB\xBF"
                     "编号,状态\n"),
            "none");
}

TEST(Csv, AMissingFileIsNamed) {
  EXPECT_THAT(imports::CsvReader::open("/nowhere/log.csv", {}).error(),
              HasSubstr("/nowhere/log.csv cannot be read"));
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
  const auto made = imports::TimeFormat::make(format, zone);
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

TEST(RowTime, AYearOfTwoDigitsIsNoYear) {
  EXPECT_THAT(time_of("%d/%m/%Y %H:%M", "UTC", "05/03/24 14:30"), HasSubstr("is in the year 24: "));
  EXPECT_THAT(time_of("iso8601", "", "0001-01-01T00:00:00Z"), HasSubstr("is in the year 1: "));
  EXPECT_EQ(time_of("%d/%m/%y %H:%M", "UTC", "05/03/24 14:30"), "2024-03-05T14:30:00.000Z");
}

TEST(RowTime, DecimalsOfASecondMayBeAnyNumber) {
  for (const auto* text : {"2024-03-05 09:15:00.12", "2024-03-05 09:15:00.120", "2024-03-05 09:15:00,120",
                           "2024-03-05 09:15:00.120456", "2024-03-05 09:15:00.120999999999"})
    EXPECT_EQ(time_of("%Y-%m-%d %H:%M:%S", "UTC", text), "2024-03-05T09:15:00.120Z") << text;
  EXPECT_EQ(time_of("%Y%m%dT%H%M%S%z", "", "20240305T091500.1204567Z"), "2024-03-05T09:15:00.120Z");
  EXPECT_EQ(time_of("iso8601", "", "2024-03-05T09:15:00.1204567891234Z"), "2024-03-05T09:15:00.120Z");
}

TEST(RowTime, AnOffsetMayBeWrittenInAnyWay) {
  for (const std::string offset : {"+0300", "+03:00", "+03"}) {
    EXPECT_EQ(time_of("%Y-%m-%dT%H:%M:%S%z", "", "2018-05-11T09:46:53.000" + offset),
              "2018-05-11T06:46:53.000Z");
    EXPECT_EQ(time_of("%Y-%m-%d %H:%M %Ez", "", "2018-05-11 09:46 " + offset), "2018-05-11T06:46:00.000Z");
  }
  EXPECT_EQ(time_of("%Y-%m-%dT%H:%M:%S%z", "", "2018-05-11T09:46:53.000Z"), "2018-05-11T09:46:53.000Z");
  EXPECT_EQ(time_of("iso8601", "", "2018-05-11T09:46:53.000+0300"), "2018-05-11T06:46:53.000Z");
}

TEST(RowTime, AnOffsetThatNoZoneHasIsNoTime) {
  for (const std::string format : {"%Y-%m-%dT%H:%M:%S%z", "iso8601"}) {
    for (const std::string offset : {"+25:00", "-1500", "+03:75", "+0360", "-9959"})
      EXPECT_THAT(time_of(format, "", "2024-01-01T10:00:00" + offset), HasSubstr("is not a time")) << offset;
    EXPECT_EQ(time_of(format, "", "2024-01-01T10:00:00+14:00"), "2023-12-31T20:00:00.000Z");
    EXPECT_EQ(time_of(format, "", "2024-01-01T10:00:00-03:30"), "2024-01-01T13:30:00.000Z");
  }
  EXPECT_THAT(time_of("%Y-%m-%d %H:%M%z", "", "2024-01-01 10:00+14:01"), HasSubstr("is not a time"));
  EXPECT_THAT(time_of("%a %b %d %H:%M:%S %z %Y", "", "Mon Jan 01 10:00:00 +2500 2024"),
              HasSubstr("is not a time"));
}

TEST(RowTime, APointWithoutDecimalsIsNoTime) {
  for (const std::string format : {"%Y-%m-%dT%H:%M:%S%z", "iso8601"})
    EXPECT_THAT(time_of(format, "", "2024-01-01T10:00:00.Z"), HasSubstr("is not a time"));
  EXPECT_THAT(time_of("%d.%m.%Y %H:%M:%S", "UTC", "01.02.2024 10:00:00."), HasSubstr("is not a time"));
}

TEST(RowTime, AnAbbreviationIsOfItsZoneAtThatMoment) {
  const auto in_berlin = [](const std::string& text) {
    return time_of("%Y-%m-%d %H:%M:%S %Z", "Europe/Berlin", text);
  };
  EXPECT_EQ(in_berlin("2024-07-29 12:00:00 CEST"), "2024-07-29T10:00:00.000Z");
  EXPECT_EQ(in_berlin("2024-07-29 12:00:00 UTC"), "2024-07-29T12:00:00.000Z");
  EXPECT_THAT(in_berlin("2024-07-29 12:00:00 PST"),
              HasSubstr("is not the time of Europe/Berlin, where it was CEST"));
  EXPECT_THAT(in_berlin("2024-07-29 12:00:00 CET"), HasSubstr("where it was CEST"));
  EXPECT_EQ(in_berlin("2024-10-27 02:30:00 CEST"), "2024-10-27T00:30:00.000Z");
  EXPECT_EQ(in_berlin("2024-10-27 02:30:00 CET"), "2024-10-27T01:30:00.000Z");
}

TEST(RowTime, TwelveHoursNeedTheirHalfOfTheDay) {
  EXPECT_EQ(time_of("%m/%d/%Y %I:%M:%S %p", "UTC", "08/07/1998 2:00:00 pm"), "1998-08-07T14:00:00.000Z");
  EXPECT_EQ(time_of("%m/%d/%Y %I:%M %p", "UTC", "08/07/1998 12:05 AM"), "1998-08-07T00:05:00.000Z");
  EXPECT_THAT(time_of("%m/%d/%Y %I:%M %p", "UTC", "08/07/1998 14:00 PM"), HasSubstr("is not a time"));
  EXPECT_THAT(time_of("%m/%d/%Y %H:%M:%S %p", "UTC", ""), HasSubstr("write %I, or leave %p out"));
  EXPECT_THAT(time_of("%m/%d/%Y %T %p", "UTC", ""), HasSubstr("write %I"));
  EXPECT_THAT(time_of("%m/%d/%Y %I:%M", "UTC", ""), HasSubstr("write both"));
}

TEST(RowTime, APatternThatReadsNothingIsRefused) {
  EXPECT_THAT(time_of("%Y-%m-%d %H:%M:%S.000", "UTC", ""),
              HasSubstr("%S reads the decimals of a second itself"));
  EXPECT_THAT(time_of("%Y-%m-%d %H:%M:%S.%f", "UTC", ""), HasSubstr("%S reads the decimals"));
  EXPECT_THAT(time_of("%Y-%m-%d %L", "UTC", ""), HasSubstr("%L is nothing that a pattern may hold"));
  EXPECT_THAT(time_of("%H:%M", "UTC", ""), HasSubstr("say no day"));
  EXPECT_THAT(time_of("yyyy-MM-dd", "UTC", ""), HasSubstr("say no day"));
}

TEST(RowTime, WhatFollowsTheTimeIsAnError) {
  EXPECT_THAT(time_of("%Y-%m-%d", "UTC", "2016-03-27 12:00"), HasSubstr("is not a time of the format"));
}

}  // namespace
}  // namespace casetrail::test
