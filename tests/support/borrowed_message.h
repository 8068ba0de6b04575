// A written message as a reader sees it.
#pragma once

#include <vector>

#include "events/wire/message.h"

namespace casetrail {

/// Keeps the header views of `message`, which must outlive it.
class BorrowedMessage {
 public:
  explicit BorrowedMessage(const Message& message) : message_(message) {
    for (const auto& header : message.headers) headers_.push_back(header);
  }

  [[nodiscard]] MessageView view() const {
    return {message_.key, message_.value, headers_, message_.timestamp};
  }

 private:
  const Message& message_;
  std::vector<HeaderView> headers_;
};

}  // namespace casetrail
