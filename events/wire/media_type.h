// What a record declares itself and its data to be.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/wire/decode_error.h"
#include "events/wire/message.h"

namespace casetrail {

inline constexpr std::string_view kContentType = "content-type";
inline constexpr std::string_view kJsonType = "application/json";
inline constexpr std::string_view kStructuredType = "application/cloudevents+json";

/// Senders write the name of this header in their own case: HTTP taught them that it means nothing.
[[nodiscard]] bool is_content_type(const HeaderView& header);

/// Without parameters, in lower case.
[[nodiscard]] std::string media_type_of(std::string_view declared);

/// Whether data of the media type `declared` are JSON; so are those of which nothing is said.
[[nodiscard]] bool is_json_type(std::string_view declared);

/// Why the data of a record in binary mode cannot be read by what it declares; nothing when they can.
[[nodiscard]] std::optional<DecodeError> check_data_type(const MessageView& message);

}  // namespace casetrail
