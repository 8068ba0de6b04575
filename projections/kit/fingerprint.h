// What a store must have been written with to be read by this binary.
#pragma once

#include <string>

#include "events/wire/schema_writer.h"

namespace casetrail::kit {

/// What stored rows of these types must have.
template <class... Rows>
[[nodiscard]] std::string fingerprint_of() {
  return (SchemaWriter::schema_of<Rows>(SchemaScope::required_only) + ...);
}

}  // namespace casetrail::kit
