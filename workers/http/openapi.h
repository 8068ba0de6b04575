// What the server answers, as an OpenAPI 3 document.
#pragma once

#include <string>

namespace casetrail {

[[nodiscard]] std::string openapi_document();

}  // namespace casetrail
