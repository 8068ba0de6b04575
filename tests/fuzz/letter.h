// An input that a person can write: lines `name: value`, an empty line, the rest.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "events/wire/message.h"
#include "events/wire/whole_number.h"

namespace casetrail::fuzz {

/// Takes the text up to `end` off the front of `text`, and drops `end`.
inline std::string_view take_until(std::string_view& text, char end) {
  const auto found = text.find(end);
  const auto taken = text.substr(0, found);
  text.remove_prefix(found == std::string_view::npos ? text.size() : found + 1);
  return taken;
}

/// Borrows `text`. A line without `: ` is a header without a value.
inline std::vector<HeaderView> take_headers(std::string_view& text) {
  std::vector<HeaderView> headers;
  while (!text.empty()) {
    const auto line = take_until(text, '\n');
    if (line.empty()) break;
    const auto colon = line.find(": ");
    headers.push_back({line.substr(0, colon), colon == std::string_view::npos ? "" : line.substr(colon + 2)});
  }
  return headers;
}

/// A record of a log. The headers `key` and `time` (milliseconds) are the record's own. Borrows `text`.
class Letter {
 public:
  explicit Letter(std::string_view text) {
    for (const auto& header : take_headers(text)) {
      if (header.name == "key") {
        view_.key = header.value;
      } else if (header.name == "time") {
        view_.timestamp = from_epoch_ms(whole_number<std::int64_t>(header.value).value_or(0));
      } else {
        headers_.push_back(header);
      }
    }
    view_.value = text;
    view_.headers = headers_;
  }
  Letter(const Letter&) = delete;
  Letter& operator=(const Letter&) = delete;

  [[nodiscard]] const MessageView& view() const { return view_; }

 private:
  std::vector<HeaderView> headers_;
  MessageView view_;
};

/// The same key, value, headers and time.
inline bool equal(const Message& one, const Message& other) {
  return one.key == other.key && one.value == other.value && one.headers == other.headers &&
         one.timestamp == other.timestamp;
}

}  // namespace casetrail::fuzz
