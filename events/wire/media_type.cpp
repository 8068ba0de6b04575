// Media types are compared without their parameters and their case (RFC 2045).
#include "events/wire/media_type.h"

#include <algorithm>

#include "events/wire/letter_case.h"
#include "events/wire/utf8.h"

namespace casetrail {

bool is_content_type(const HeaderView& header) {
  return header.name.size() == kContentType.size() &&
         std::ranges::equal(header.name, kContentType, {}, lower);
}

std::string media_type_of(std::string_view declared) {
  std::string type(declared.substr(0, declared.find(';')));
  type.erase(type.find_last_not_of(" \t") + 1);
  std::ranges::transform(type, type.begin(), lower);
  return type;
}

bool is_json_type(std::string_view declared) {
  const auto type = media_type_of(declared);
  return type.empty() || type == kJsonType || type == "text/json" || type.ends_with("+json");
}

std::optional<DecodeError> check_data_type(const MessageView& message) {
  const auto declared = std::ranges::find_if(message.headers, is_content_type);
  if (declared == message.headers.end() || is_json_type(declared->value)) return std::nullopt;
  return DecodeError{
      std::string(kContentType),
      std::string(kJsonType).append(", but it is '").append(as_utf8(declared->value, 60)) + "'"};
}

}  // namespace casetrail
