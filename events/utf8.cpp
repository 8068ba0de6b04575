// Asks simdjson.
#include "events/utf8.h"

#include "events/json_reader.h"

namespace casetrail {

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text); }

}  // namespace casetrail
