// What lies in the topics, as an AsyncAPI 3 document.
#pragma once

#include <string>

namespace casetrail::api {

[[nodiscard]] std::string asyncapi_document();

}  // namespace casetrail::api
