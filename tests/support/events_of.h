// Builds the stream of one case for a test: a fact a line, seq and times by themselves.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "events/case/case_event.h"

namespace casetrail {

inline constexpr Timestamp kMonday = from_epoch_ms(1'763'942'400'000);  ///< 2025-11-24T00:00:00Z, a Monday

class EventsOf {
 public:
  explicit EventsOf(std::string case_id, Timestamp at = kMonday) : case_id_{std::move(case_id)}, at_(at) {}

  /// The following facts are by this actor.
  EventsOf& by(ActorKind kind, std::string id) {
    actor_ = Actor{.kind = kind, .id = std::move(id), .department_id = {}, .role = {}, .badge_no = {}};
    return *this;
  }

  /// The following facts happen this much later.
  EventsOf& after(Duration time) {
    at_ += time;
    return *this;
  }

  EventsOf& add(Event fact) {
    CaseEvent event;
    event.case_id = case_id_;
    event.seq = static_cast<std::int64_t>(events_.size()) + 1;
    event.occurred_at = event.recorded_at = at_;
    event.actor = actor_;
    event.command_id = CommandId{case_id_.value + "-" + std::to_string(event.seq)};
    if (events_.empty()) event.command_offset = 0;  // or it would begin no case
    event.event = std::move(fact);
    events_.push_back(std::move(event));
    return *this;
  }

  [[nodiscard]] const std::vector<CaseEvent>& events() const { return events_; }
  [[nodiscard]] Timestamp now() const { return at_; }

 private:
  CaseId case_id_;
  Timestamp at_;
  Actor actor_{.kind = ActorKind::agent, .id = "li.wei", .department_id = {}, .role = {}, .badge_no = {}};
  std::vector<CaseEvent> events_;
};

}  // namespace casetrail
