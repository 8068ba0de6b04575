// Reads the times of another system's log.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "events/timestamp.h"

namespace casetrail {

/// One way to write a time. Used by one thread.
class TimeFormat {
 public:
  /// `format` is `iso8601` (RFC 3339 with `Z` or an offset) or a pattern as strptime has it, such as
  /// `%d/%m/%Y %H:%M`. A pattern with `%z` carries its own offset; every other one is local time of `zone`,
  /// an IANA name. An error is a sentence.
  [[nodiscard]] static std::expected<TimeFormat, std::string> make(const std::string& format,
                                                                   const std::string& zone);
  TimeFormat(const TimeFormat&) = default;
  TimeFormat& operator=(const TimeFormat&) = default;

  /// An hour that the clocks of the zone show twice is the first of both; one that they skip is an error.
  [[nodiscard]] std::expected<Timestamp, std::string> read(std::string_view text) const;

 private:
  struct Pattern;
  explicit TimeFormat(std::shared_ptr<const Pattern> pattern);

  std::shared_ptr<const Pattern> pattern_;
};

}  // namespace casetrail
