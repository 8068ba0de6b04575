// Headers of a message, looked at and spoiled.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "events/wire/message.h"

namespace casetrail {

/// The value of the first header of this name; `otherwise` when there is none.
[[nodiscard]] inline std::string header_of(const Message& message, std::string_view name,
                                           std::string_view otherwise = "") {
  for (const auto& header : message.headers) {
    if (header.name == name) return std::string(header.value);
  }
  return std::string(otherwise);
}

inline void remove_header(Message& message, std::string_view name) {
  Headers kept;
  for (const auto& header : message.headers) {
    if (header.name != name) kept.add(header.name, header.value);
  }
  message.headers = std::move(kept);
}

/// Changes it where it is; nothing when there is no header of this name.
inline void change_header(Message& message, std::string_view name, std::string_view value) {
  Headers changed;
  for (const auto& header : message.headers)
    changed.add(header.name, header.name == name ? value : header.value);
  message.headers = std::move(changed);
}

}  // namespace casetrail
