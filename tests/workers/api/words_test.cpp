// Every word that a schema or a shape enumerates has a name in both languages; codes have one of the policy.
#include <gmock/gmock.h>
#include <simdjson.h>

#include <set>
#include <string>

#include "projections/boards.h"
#include "workers/api/board_shapes.h"
#include "workers/api/catalogues.h"
#include "workers/api/contract.h"
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
  Catalogues catalogues;
  catalogues.put("channel", {.code = "livestream", .en = "Live stream", .zh = "直播间"});
  catalogues.put("channel", {.code = "phone", .zh = "热线"});
  const auto document = words_document(catalogues);
  EXPECT_THAT(document, HasSubstr(R"("livestream":{"en":"Live stream","zh":"直播间"})"));
  EXPECT_THAT(document, HasSubstr(R"("phone":{"en":"热线","zh":"热线"})"));
  EXPECT_THAT(document, HasSubstr(R"("wechat":{"en":"WeChat","zh":"微信"})"));
}

TEST(Catalogues, TellEachCodeWithItsLabelAndWhatItAsks) {
  Catalogues catalogues;
  catalogues.put("channel", {.code = "livestream", .en = "Live stream"});
  catalogues.put("channel", {.code = "fax", .retired = true});
  const auto document = catalogues_document(catalogues);
  EXPECT_THAT(document,
              HasSubstr(R"({"code":"livestream","label":{"en":"Live stream","zh":"Live stream"}})"));
  EXPECT_THAT(document, HasSubstr(R"({"code":"fax","label":{"en":"fax","zh":"传真"},"retired":true})"));
  EXPECT_THAT(document, HasSubstr(R"("needs_duty":true)"));
  EXPECT_THAT(document, HasSubstr(R"({"codes":[],"name":"tag"})"));
}

}  // namespace
}  // namespace casetrail::api
