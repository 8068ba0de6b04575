// Which events somebody wants, and how an event is shown to them.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/wire/ids.h"
#include "events/wire/timestamp.h"
#include "workers/api/submission.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

struct EventFilter {
  std::vector<std::string> types;  ///< names (`handoff.requested`) or beginnings (`handoff.`); none: all
  std::optional<CaseId> case_id;
  std::string department;                   ///< of the actor, or in a field that is called so; empty: all
  std::optional<Timestamp> since;           ///< happened at that moment or after
  std::optional<Timestamp> until;           ///< happened before
  std::optional<Timestamp> recorded_since;  ///< was recorded, of an import happened, at that moment or after
  std::optional<Timestamp> recorded_until;
  /// A field of the data as it is shown (`answers.satisfied`), and its value as text: all of them.
  std::vector<std::pair<std::string, std::string>> where;

  auto operator<=>(const EventFilter&) const = default;
};

/// Of `type`, `case`, `department`, `since`, `until`, `recorded_since`, `recorded_until` and `where` in a
/// query, types and fields separated by commas. An error is a sentence.
[[nodiscard]] std::expected<EventFilter, std::string> event_filter(
    const std::multimap<std::string, std::string>& query, const CaseFinder& find_case);

/// A record of `casetrail.events` for clients. Borrows the record.
class ShownEvent {
 public:
  explicit ShownEvent(const log::Record& record) : record_(record) {}

  [[nodiscard]] const log::Record& record() const { return record_; }
  [[nodiscard]] bool passes(const EventFilter& filter);
  /// The CloudEvent in JSON, with the attributes that it has on Kafka, persons masked as in a history; empty
  /// when the record is no event that can be read. Made once.
  [[nodiscard]] const std::string& json();

 private:
  [[nodiscard]] bool names_department(std::string_view department) const;
  [[nodiscard]] bool happened_within(const EventFilter& filter) const;
  [[nodiscard]] bool recorded_within(const EventFilter& filter) const;
  [[nodiscard]] bool lies_within(const std::optional<Timestamp>& since, const std::optional<Timestamp>& until,
                                 std::string_view attribute) const;
  /// Whether each field is shown with that value: what is masked is found by nobody.
  [[nodiscard]] bool shows(const EventFilter& filter);

  const log::Record& record_;
  std::optional<std::string> json_;
};

}  // namespace casetrail::api
