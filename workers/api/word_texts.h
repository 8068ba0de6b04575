// What the words on the wire are called: values of enumerations, types of commands and events.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "projections/kit/words.h"

namespace casetrail {
struct Policy;
}

namespace casetrail::api {

struct WordText {
  std::string_view word;  ///< as on the wire: `no_capacity`, `handoff.requested`
  kit::Words label;
};

[[nodiscard]] std::span<const WordText> word_texts();

/// The label of a word; null when it has none.
[[nodiscard]] const kit::Words* find_word(std::string_view word);

/// With the labels that the policy has for its codes, the names of its departments, agents and roles by their
/// ids, and the sentence of each code with which something is refused.
/// `{"agents":{"li.wei":"Li Wei",…},"departments":{"tech":"Technical service",…},`
/// `"roles":{"cs_lead":{"en":…,"zh":…},…},"sentences":{"case_closed":{"en":…,"zh":…},…},`
/// `"words":{"no_capacity":{"en":…,"zh":…},…}}`
[[nodiscard]] std::string words_document(const Policy& policy);
[[nodiscard]] std::string words_document_schema();

}  // namespace casetrail::api
