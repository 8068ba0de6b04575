// When a command store is made durable: often enough that a restart replays little.
#pragma once

#include <cstdint>

#include "events/wire/elapsed.h"

namespace casetrail::command {

inline constexpr std::uint64_t kSaveEvents = 20'000;
inline constexpr Duration kSaveEvery = std::chrono::seconds{10};

/// Says when the next save is due, in the time that is passed in.
class SavePoints {
 public:
  SavePoints(Timestamp now, std::uint64_t unsaved_events) : last_(now), unsaved_(unsaved_events) {}

  void wrote(std::uint64_t events) { unsaved_ += events; }
  [[nodiscard]] bool due(Timestamp now) const {
    return unsaved_ >= kSaveEvents || (unsaved_ > 0 && has_passed(kSaveEvery, last_, now));
  }
  void saved(Timestamp now) {
    last_ = now;
    unsaved_ = 0;
  }

 private:
  Timestamp last_;
  std::uint64_t unsaved_;
};

}  // namespace casetrail::command
