// The door to the events: where a client begins to read, and pages of what lies there.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "workers/api/event_filter.h"
#include "workers/api/positions.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// Where a client wants to begin: with the first event that is kept, behind the last one, or somewhere.
struct FromStart {};
struct FromEnd {};
using EventsFrom = std::variant<FromStart, FromEnd, Positions>;

/// `start`, `end` or positions; an error is a sentence.
[[nodiscard]] std::expected<EventsFrom, std::string> events_from(std::string_view text);

/// A place in the events of this log, every partition.
struct EventPlace {
  Positions next;
  std::string resync;  ///< why it is not the one that was asked for, a sentence; empty: it is
};

/// Asks the log, and may wait for it. A position that is no longer kept, or was never there, is put to the
/// first one that is kept.
[[nodiscard]] log::LogResult<EventPlace> place_of(log::EventLog& log, const EventsFrom& from);

/// The partitions in which events of the filter may lie.
[[nodiscard]] std::vector<log::Partition> partitions_of(const EventFilter& filter, const Positions& of_log);

/// Belongs to one thread. `log` outlives it.
class EventPages {
 public:
  explicit EventPages(log::EventLog& log) : log_(log) {}

  /// `{events, next, at_end, resync?}`: at most `limit` events from `from` on, each partition in its order,
  /// out of a bounded number of records. Asks the log, and may wait for it.
  [[nodiscard]] log::LogResult<std::string> page(const EventsFrom& from, const EventFilter& filter,
                                                 std::size_t limit);

 private:
  [[nodiscard]] log::LogResult<std::string> read(EventPlace place, const EventFilter& filter,
                                                 std::size_t limit);

  log::EventLog& log_;
  std::unique_ptr<log::Reader> reader_;
};

[[nodiscard]] std::string events_page_schema();

}  // namespace casetrail::api
