// What became of a dead letter: a fact in the log, beside the letter.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/message.h"

namespace casetrail {

enum class LetterEnd { retried, dropped };
constexpr auto enum_names(LetterEnd) { return std::to_array<std::string_view>({"retried", "dropped"}); }

struct LetterFact {
  std::int64_t offset = 0;  ///< of the letter, in the partition that the fact lies in
  LetterEnd became = LetterEnd::dropped;
  std::optional<std::string> by;      ///< `kind:id`, where identities are known
  std::optional<std::string> reason;  ///< why it was dropped
  std::optional<std::string> token;   ///< `partition:offset` of the command that it was taken as
  Timestamp at{};

  bool operator==(const LetterFact&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offset), CEREAL_NVP(became), CEREAL_NVP(by), CEREAL_NVP(reason), CEREAL_NVP(token),
            CEREAL_NVP(at));
  }
};

/// Before what casetrail says of a letter, in its headers.
inline constexpr std::string_view kLetterHeaders = "casetrail.errors.";

/// A record of casetrail.deadletters, in the partition of its letter.
[[nodiscard]] Message write_letter_fact(const LetterFact& fact);

/// Whether a record of casetrail.deadletters is no letter but a fact, readable or not. A letter has the
/// headers of a stranger: what it says of itself makes it no fact.
[[nodiscard]] bool is_letter_fact(const MessageView& message);
/// Nothing when it is none that can be read.
[[nodiscard]] std::optional<LetterFact> read_letter_fact(const MessageView& message);

}  // namespace casetrail
