// The member `pii` of a record's value, open and sealed.
//
//   {"channel":"wechat","pii":{"name":"王小明","contacts":["13800001111"]}}
//   {"channel":"wechat","pii":{"sealed":"0f3a…:bm9u…","name":"","contacts":[""]}}
//
// Sealed, its shape stays: every text is there and empty. So whoever has no key, or none any more, reads it
// by the same schema, and what is counted of it stays the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casetrail::privacy {

/// Where `pii` lies in `value`, an object of JSON, and nothing of it is sealed yet; nothing when it is not
/// so.
[[nodiscard]] std::optional<std::string_view> open_personal(std::string_view value);

/// A `pii` that is sealed, borrowed from its value.
struct SealedPersonal {
  std::string_view whole;   ///< the object
  std::string_view key_id;  ///< of the key that opens it
  std::string_view text;    ///< what `seal` made
  std::string_view shape;   ///< the members behind it: all texts empty
};

/// Nothing when there is none.
[[nodiscard]] std::optional<SealedPersonal> sealed_personal(std::string_view value);

/// What stands in place of `personal`.
[[nodiscard]] std::string sealed_form(std::string_view key_id, std::string_view sealed,
                                      std::string_view personal);

/// `value` with `instead` where `part`, borrowed from it, lies.
[[nodiscard]] std::string with_part(std::string_view value, std::string_view part, std::string_view instead);

}  // namespace casetrail::privacy
