// What people say in the simulated department, in Chinese and in English.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "workers/simulate/random.h"

namespace casetrail::simulate {

enum class Language { chinese, english };

enum class Phrase {
  need,
  symptom,
  customer_message,
  question_to_customer,
  answer_to_customer,
  progress,
  suspension,
  because,
  wants,
  please_do,
  how,
  complaint,
  remedy,
  rejection,
  resolution,
  satisfied,
  unsatisfied,
  experience,
  wish,
  other_need,
  review_comment,
  improvement,
  ruling
};

/// One of the texts of this kind.
[[nodiscard]] std::string say(Phrase phrase, Language language, Random& random);

/// Made-up people and things.
[[nodiscard]] std::string person_name(Language language, Random& random);
[[nodiscard]] std::string address(Language language, Random& random);
[[nodiscard]] std::string_view product_model(Random& random);

}  // namespace casetrail::simulate
