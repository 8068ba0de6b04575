// Why bytes could not be read, as a sentence for the person who sent them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casetrail {

struct DecodeError {
  std::string path;      ///< the field, `from.department_id` or `items[2].score`; empty: the whole document
  std::string expected;  ///< what was expected there, and what came instead where that helps

  /// `Expected 'from.department_id' to be a string.`
  [[nodiscard]] std::string sentence() const {
    return path.empty() ? "Expected " + expected + "." : "Expected '" + path + "' to be " + expected + ".";
  }
};

/// Reads the whole of untrusted `json` strictly: RFC 8259, valid UTF-8, nothing behind the end, an object at
/// the root.
[[nodiscard]] std::optional<DecodeError> check_json_object(std::string_view json);

}  // namespace casetrail
