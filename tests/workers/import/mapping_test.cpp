// What a mapping may say, and how it is told what is wrong.
#include "workers/import/mapping.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace casetrail::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<std::string> kHeader{"id", "at", "category", "category", "group"};
const std::string kLeast =
    "source: other\nchannel: api\ncase: id\nkind: inquiry\ntime: {column: at, format: iso8601}\n";

std::string problem_with(const std::string& more) {
  const auto mapping = imports::read_mapping(kLeast + more, kHeader);
  return mapping ? "none" : mapping.error();
}

TEST(Mapping, NamesTheSecondColumnOfANameByItsNumber) {
  const auto mapping = imports::read_mapping(
      kLeast + "category: {columns: [category, category#2, 5], difficulty: 1}", kHeader);
  ASSERT_TRUE(mapping) << mapping.error();
  EXPECT_THAT(mapping->category->columns, ElementsAre(2, 3, 4));
}

TEST(Mapping, OneOfSeveralColumnsOfANameIsNotTakenUnlessItIsSaidWhich) {
  EXPECT_EQ(problem_with("department: category\n"),
            "line 6 of the mapping: several columns are called 'category': say which, 'category#1' or "
            "'category#2'");
  EXPECT_EQ(problem_with("department: category#1\n"), "none");
  EXPECT_EQ(problem_with("department: category\nagent: category#2\n"), "none");
}

TEST(Mapping, AnUnknownKeyIsNotOverlooked) {
  EXPECT_THAT(problem_with("departement: group\n"),
              HasSubstr("line 6 of the mapping: expected one of the keys"));
}

TEST(Mapping, AKeyStandsOnce) {
  EXPECT_EQ(problem_with("agent: group\nagent: id\n"),
            "line 7 of the mapping: expected 'agent' once in 'the mapping', but it is in line 6 too");
  EXPECT_THAT(problem_with("status: {column: group, values: {x: resolved, x: closed}}\n"),
              HasSubstr("expected 'x' once"));
}

TEST(Mapping, IsOneDocumentInUtf8) {
  EXPECT_THAT(problem_with("---\nagent: group\n"), HasSubstr("line 7 of the mapping: expected one document"));
  EXPECT_THAT(problem_with("# caf\xe9\n"), HasSubstr("line 6 of the mapping: expected UTF-8"));
}

TEST(Mapping, TheTableOfKeysHasEachOne) {
  const auto problem = problem_with("departement: group\n");
  static const std::regex kKey("[a-z_]+");
  const auto listed = problem.substr(0, problem.find(", but")).substr(problem.find("keys ") + 5);
  const std::set<std::string> keys(std::sregex_token_iterator(listed.begin(), listed.end(), kKey), {});
  std::set<std::string> told;
  std::ifstream page(CASETRAIL_REPOSITORY "/deploy/mappings/README.md");
  for (std::string line; std::getline(page, line);) {
    static const std::regex kRow(R"(\| ((?:`[a-z_]+`(?:, )?)+) \| (?:yes)? ?\|.*)");
    std::smatch row;
    if (!std::regex_match(line, row, kRow)) continue;
    const auto named = row[1].str();
    told.insert(std::sregex_token_iterator(named.begin(), named.end(), kKey), {});
  }
  EXPECT_EQ(told, keys);
}

TEST(Mapping, AColumnThatIsNotThereIsNamedBesideThoseThatAre) {
  EXPECT_EQ(problem_with("department: team\n"),
            "line 6 of the mapping: expected one of the columns id, at, category#1, category#2, group, but "
            "it is 'team'");
}

TEST(Mapping, AStepThatNobodyKnowsIsNamedBesideThoseThatAre) {
  EXPECT_THAT(
      problem_with("status: {column: group, values: {x: finished}}\n"),
      HasSubstr("expected one of registered, in_progress, awaiting_customer, suspended, resolved, closed"));
}

TEST(Mapping, TimesWithoutAnOffsetNeedAZone) {
  EXPECT_THAT(problem_with("received_at: {column: at, format: '%d.%m.%Y'}\n"),
              HasSubstr("name their `zone`"));
  EXPECT_THAT(problem_with("received_at: {column: at, format: '%d.%m.%Y', zone: Atlantis}\n"),
              HasSubstr("'Atlantis' is no time zone"));
}

TEST(Mapping, AnImportedColumnIsPartOfWhatTheRowIsKnownBy) {
  EXPECT_THAT(problem_with("department: group\nrewritten: [group]\n"), HasSubstr("'group' is"));
}

TEST(Mapping, AnotherEncodingIsConvertedFirst) {
  const auto dialect = imports::read_dialect("csv: {encoding: latin-1}");
  ASSERT_FALSE(dialect);
  EXPECT_THAT(dialect.error(), HasSubstr("iconv"));
}

TEST(Mapping, WhatSeparatesFieldsMustNotEndThemOrQuoteThem) {
  for (const std::string csv : {R"(delimiter: "\n")", R"(quote: "\r")", R"(quote: " ")",
                                R"(delimiter: "'", quote: "'")", R"(delimiter: '"')"})
    EXPECT_THAT(imports::read_dialect("csv: {" + csv + "}").error(),
                HasSubstr("line 1 of the mapping: expected"))
        << csv;
}

TEST(Mapping, MomentsStandInPlaceOfAStatusAndAnOrder) {
  const std::string least =
      "source: other\nchannel: api\ncase: id\nkind: inquiry\nmoments: {closed: group, registered: at}\n";
  const auto problem = [&](const std::string& more) {
    const auto mapping = imports::read_mapping(least + more, kHeader);
    return mapping ? "none" : mapping.error();
  };
  EXPECT_EQ(problem("time: {format: iso8601}\n"), "none");
  EXPECT_THAT(problem("time: {column: at, format: iso8601}\n"),
              HasSubstr("expected one of the keys format, zone"));
  EXPECT_THAT(problem("time: {format: iso8601}\nreopen: {counter: group}\n"),
              HasSubstr("expected no `reopen` beside `moments`"));
  EXPECT_THAT(problem("time: {format: iso8601}\norder: newest_first\n"), HasSubstr("expected no `order`"));
}

TEST(Mapping, OneColumnHintsAtTheDelimiter) {
  EXPECT_THAT(imports::read_mapping(kLeast, {"id;at;group"}).error(),
              HasSubstr("say the `delimiter` under `csv`"));
}

TEST(Mapping, AnEscapeIsNeitherQuoteNorDelimiter) {
  EXPECT_EQ(imports::read_dialect(R"(csv: {escape: "\\"})")->escape, '\\');
  EXPECT_THAT(imports::read_dialect(R"(csv: {escape: '"'})").error(),
              HasSubstr("an escape other than the quote"));
}

TEST(Mapping, WhatIsNotYamlIsToldWithItsLine) {
  EXPECT_THAT(imports::read_mapping("source: [", kHeader).error(),
              HasSubstr("line 1 of the mapping: expected YAML"));
  EXPECT_THAT(imports::read_mapping("", kHeader).error(), HasSubstr("the mapping is empty"));
  EXPECT_THAT(imports::read_mapping("a;b\n", kHeader).error(),
              HasSubstr("the mapping holds no `key: value`"));
}

}  // namespace
}  // namespace casetrail::test
