// A time zone as a table: reading the zone database happens once, when a policy is read.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/timestamp.h"

namespace casetrail {

/// Milliseconds since 1970-01-01 00:00 on the wall clocks of a zone.
using LocalTime = Duration;

class Zone {
 public:
  /// The zone of this IANA name (`Asia/Shanghai`), exact from 1970 to 2100. Else a sentence.
  [[nodiscard]] static std::expected<Zone, std::string> load(const std::string& name);

  /// Whether the zone database of this machine has a zone or a link of this name.
  [[nodiscard]] static bool exists(std::string_view name);

  /// UTC, which needs no database.
  Zone() = default;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] LocalTime to_local(Timestamp at) const;

  /// The moment at which the clocks show `local`: the first of two, and the moment of the change when the
  /// clocks leave it out.
  [[nodiscard]] Timestamp to_utc(LocalTime local) const;

 private:
  struct Span {
    Timestamp begin;  ///< the offset holds from here to the next span
    Duration offset;  ///< local minus UTC
  };

  [[nodiscard]] const Span& span_at(Timestamp at) const;

  std::string name_ = "Etc/UTC";
  std::vector<Span> spans_{{Timestamp::min(), Duration{0}}};
};

}  // namespace casetrail
