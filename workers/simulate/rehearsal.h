// One case, decided as the engine will decide it.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>

#include "aggregates/case/decider.h"

namespace casetrail::simulate {

class Rehearsal {
 public:
  using OnEvent = std::function<void(const CaseEvent&)>;

  explicit Rehearsal(const Policy& policy, OnEvent on_event = {})
      : policy_(policy), on_event_(std::move(on_event)) {}

  [[nodiscard]] const CaseState& state() const { return state_; }

  /// Fires the timers that are due at `now`, as the engine does before a command of that time.
  void advance(Timestamp now);

  /// Decides `envelope` at its own time and takes its events in, which name it by its place among the
  /// accepted commands of this case. Returns how many there were.
  [[nodiscard]] std::expected<std::size_t, Rejection> take(const CommandEnvelope& envelope);

 private:
  void record(Event event, CaseEvent record);

  const Policy& policy_;
  OnEvent on_event_;
  CaseState state_;
  std::int64_t commands_ = 0;
};

}  // namespace casetrail::simulate
