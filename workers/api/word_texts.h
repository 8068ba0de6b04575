// What the words on the wire are called: values of enumerations, types of commands and events.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "projections/kit/words.h"

namespace casetrail::api {

struct WordText {
  std::string_view word;  ///< as on the wire: `no_capacity`, `handoff.requested`
  kit::Words label;
};

[[nodiscard]] std::span<const WordText> word_texts();

/// `{"words":{"no_capacity":{"en":…,"zh":…},…}}`
[[nodiscard]] std::string words_document();
[[nodiscard]] std::string words_document_schema();

}  // namespace casetrail::api
