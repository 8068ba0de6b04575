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
  SavePoints(Timestamp now, std::uint64_t unsaved_events)
      : last_(now), kept_(now), unsaved_(unsaved_events) {}

  void wrote(std::uint64_t events) { unsaved_ += events; }
  [[nodiscard]] bool due(Timestamp now) const {
    return unsaved_ >= kSaveEvents || (unsaved_ > 0 && has_passed(kSaveEvery, last_, now));
  }
  /// What was written so far is on its way to the disk.
  void started(Timestamp now) {
    last_ = now;
    on_the_way_ = unsaved_;
    unsaved_ = 0;
  }
  /// It is there.
  void finished() {
    kept_ = last_;
    on_the_way_ = 0;
  }

  /// When the newest save was begun that is on the disk; before the first one, when all this began.
  [[nodiscard]] Timestamp kept_at() const { return kept_; }
  /// That it lacks.
  [[nodiscard]] std::uint64_t unsaved() const { return unsaved_ + on_the_way_; }

 private:
  Timestamp last_;
  Timestamp kept_;
  std::uint64_t unsaved_;
  std::uint64_t on_the_way_ = 0;
};

}  // namespace casetrail::command
