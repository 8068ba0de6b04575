// What the server answers, as an OpenAPI 3 document.
#pragma once

#include <string>

namespace casetrail::api {

[[nodiscard]] std::string openapi_document();

}  // namespace casetrail::api
