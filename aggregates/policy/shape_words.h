// A shape in words, for people who write what it describes.
#pragma once

#include <string>
#include <string_view>

#include "aggregates/policy/shape.h"

namespace casetrail::yaml {

/// "an amount of time such as 15m, 2h or 3d; more than 0", "`reopen` or `reject`".
[[nodiscard]] std::string takes_of(const Shape& shape);

/// What a key means, and what it takes where that is more than keys of its own.
[[nodiscard]] std::string sentence_of(const Field& field);

/// JSON as people write it in YAML: words without quotes.
[[nodiscard]] std::string as_yaml(std::string_view json);

/// The part of a shape that has keys: the shape itself, or the elements of its list, or what they are else;
/// null when none has.
[[nodiscard]] const Shape* part_with_keys(const Shape& shape);

}  // namespace casetrail::yaml
