// A message as any log carries it: key, value, headers, time. Owned when written, borrowed when read.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "events/wire/headers.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// What is written. `timestamp` is Kafka's CreateTime.
struct Message {
  std::string key;
  std::string value;
  Headers headers;
  Timestamp timestamp{};
};

/// What is read, borrowed from its batch. A null value reads as an empty one, a null key as none.
struct MessageView {
  std::optional<std::string_view> key;
  std::string_view value;
  std::span<const HeaderView> headers;
  Timestamp timestamp{};

  /// The value of the last header of this name; nothing when there is none.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const {
    for (auto it = headers.rbegin(); it != headers.rend(); ++it) {
      if (it->name == name) return it->value;
    }
    return std::nullopt;
  }
};

}  // namespace casetrail
