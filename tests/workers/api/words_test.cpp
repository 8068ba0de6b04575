// Every word that a schema or a shape enumerates has a name in both languages, and every code with which
// something is refused a sentence; codes of catalogues have a name of the policy.
#include <gmock/gmock.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "aggregates/policy/policy.h"
#include "projections/boards.h"
#include "workers/api/board_shapes.h"
#include "workers/api/catalogues.h"
#include "workers/api/contract.h"
#include "workers/api/problem_texts.h"
#include "workers/api/word_texts.h"

namespace casetrail::api {
namespace {

using testing::HasSubstr;

using Words = std::set<std::string>;

/// Adds what the `enum`s within name.
void add_words(simdjson::dom::element element, Words& words) {
  if (element.is_array()) {
    for (const auto one : element.get_array()) add_words(one, words);
  } else if (element.is_object()) {
    for (const auto [name, value] : element.get_object()) {
      simdjson::dom::array values;
      if ((name != "enum" && name != "x-codes") || value.get(values) != simdjson::SUCCESS) {
        add_words(value, words);
        continue;
      }
      for (const auto one : values) {
        std::string_view word;
        if (one.get(word) == simdjson::SUCCESS) words.emplace(word);
      }
    }
  }
}

Words enumerated() {
  Words words;
  simdjson::dom::parser parser;
  for (const auto& name : schema_names()) {
    add_words(parser.parse(*schema_document(name)).value(), words);
    words.insert(name.substr(name.find('/') + 1));
  }
  for (const auto view : view_names()) add_words(parser.parse(*shape_document(view)).value(), words);
  return words;
}

TEST(Words, EveryEnumeratedWordAndTypeHasANameInBothLanguages) {
  Words named;
  for (const auto& [word, label] : word_texts()) {
    EXPECT_TRUE(named.emplace(word).second) << word << " stands twice in word_texts.cpp";
    EXPECT_FALSE(label.en.empty() || label.zh.empty()) << word;
  }
  const auto all = enumerated();
  EXPECT_GT(all.size(), 200U);
  for (const auto& word : all) EXPECT_TRUE(named.contains(word)) << "word_texts.cpp does not name " << word;
}

TEST(Words, ThePolicyNamesItsOwnCodesAndMayRenameOthers) {
  Policy policy;
  policy.catalogues.put("channel", {.code = "livestream", .en = "Live stream", .zh = "直播间"});
  policy.catalogues.put("channel", {.code = "phone", .zh = "热线"});
  policy.departments.resize(2);
  policy.departments[0].id.value = "tech";
  policy.departments[0].name = "技术部 Technical service";
  policy.departments[1].id.value = "cs";
  policy.names.roles = {{.id = "cs_lead", .en = "Team lead", .zh = "客服主管"},
                        {.id = "qa", .en = {}, .zh = "质检员"}};
  policy.names.agents = {{.id = {"li.wei"}, .name = "李伟"}};
  const auto document = words_document(policy);
  EXPECT_THAT(document,
              HasSubstr(R"({"agents":{"li.wei":"李伟"},"departments":{"tech":"技术部 Technical service"},)"));
  EXPECT_THAT(document, HasSubstr(R"("roles":{"cs_lead":{"en":"Team lead","zh":"客服主管"},)"
                                  R"("qa":{"en":"质检员","zh":"质检员"}})"));
  EXPECT_THAT(document, HasSubstr(R"("livestream":{"en":"Live stream","zh":"直播间"})"));
  EXPECT_THAT(document, HasSubstr(R"("phone":{"en":"热线","zh":"热线"})"));
  EXPECT_THAT(document, HasSubstr(R"("wechat":{"en":"WeChat","zh":"微信"})"));
}

/// The codes of the problems and of the refusals that the rooms spell.
Words spelled_codes() {
  const std::regex spelled(
      R"re((?:\bproblem\(\s*\d+,\s*|\bwaiting_answer\(|\blater\(|unauthenticated\(\s*|denied\(\s*\w+,\s*|\bcode = |bury\(\s*record, at, )"([a-z_]+)")re"
      R"re(|Rejection \w+\([^)]*\) \{\s*return \{"([a-z_]+)")re");
  Words codes;
  std::filesystem::recursive_directory_iterator entries(CASETRAIL_ROOT "/workers");
  for (; entries != std::filesystem::recursive_directory_iterator(); ++entries) {
    if (entries->path().filename() == "node_modules") entries.disable_recursion_pending();
    const auto extension = entries->path().extension();
    if (extension != ".cpp" && extension != ".h") continue;
    std::ifstream file(entries->path());
    const std::string text(std::istreambuf_iterator<char>(file), {});
    for (auto at = std::sregex_iterator(text.begin(), text.end(), spelled); at != std::sregex_iterator();
         ++at)
      codes.insert((*at)[1].matched ? (*at)[1] : (*at)[2]);
  }
  return codes;
}

TEST(Words, EveryCodeWithWhichSomethingIsRefusedHasASentenceInBothLanguages) {
  const auto spelled = spelled_codes();
  EXPECT_GT(spelled.size(), 50U);
  for (const auto& code : spelled)
    EXPECT_TRUE(find_sentence(code)) << "problem_texts.cpp does not tell " << code;
  for (const auto& [code, sentence] : problem_texts()) {
    EXPECT_TRUE(spelled.contains(std::string(code))) << "nothing is refused with " << code;
    EXPECT_TRUE(sentence.en.ends_with('.')) << code;
    EXPECT_TRUE(sentence.zh.ends_with("。")) << code;
  }
  EXPECT_THAT(
      words_document(Policy()),
      HasSubstr(
          R"("case_closed":{"en":"The case is closed: reopen it first.","zh":"工单已关闭：请先重新打开。"})"));
}

TEST(Catalogues, TellEachCodeWithItsLabelAndWhatItAsks) {
  Policy policy;
  policy.intake["complaint"] = {IntakeField::name, IntakeField::contact};
  auto& catalogues = policy.catalogues;
  catalogues.put("channel", {.code = "livestream", .en = "Live stream"});
  catalogues.put("channel", {.code = "fax", .retired = true});
  const auto document = catalogues_document(policy);
  EXPECT_THAT(document,
              HasSubstr(R"({"code":"livestream","label":{"en":"Live stream","zh":"Live stream"}})"));
  EXPECT_THAT(document, HasSubstr(R"({"code":"fax","label":{"en":"fax","zh":"传真"},"retired":true})"));
  EXPECT_THAT(
      document,
      HasSubstr(
          R"("code":"complaint","is_complaint":true,"label":{"en":"complaint","zh":"投诉"},"requires":["name","contacts"]})"));
  EXPECT_THAT(document, HasSubstr(R"("needs_duty":true)"));
  EXPECT_THAT(
      document,
      HasSubstr(R"({"code":"no_reply","label":{"en":"no reply","zh":"客户未回复"},"needs_callback":true})"));
  EXPECT_THAT(document, HasSubstr(R"({"codes":[],"name":"tag"})"));
}

}  // namespace
}  // namespace casetrail::api
