// Boards as they stood when a moment had passed: the live fold over the log up to it, in stores of their own.
#pragma once

#include <cstdint>
#include <expected>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "workers/projection/copy_rendering.h"
#include "workers/projection/copy_storage.h"

namespace casetrail::projection {

/// How far a board of the past is made.
struct PastProgress {
  std::int64_t done = 0;   ///< records of the log
  std::int64_t total = 0;  ///< at most: those up to the moment are fewer than what the log holds
  bool is_made = false;
};

/// Belongs to one thread at a time. It begins with the copies that the live boards keep for later, and else
/// at the first record: a moment costs what lies between. What was made is kept for the next question, too.
class PastBoards {
 public:
  /// Copies that are kept, and so the disk that they take: so many times that of the live one.
  static constexpr std::size_t kMostKept = 2;

  /// Removes what an earlier process left in `storage`, where nothing else lies. `log` and `storage` outlive
  /// it.
  PastBoards(log::EventLog& log, ProjectionType type, CopyStorage& storage);
  ~PastBoards();
  PastBoards(const PastBoards&) = delete;
  PastBoards& operator=(const PastBoards&) = delete;

  [[nodiscard]] const ProjectionType& type() const { return type_; }

  /// Removes all copies: a customer was erased whom they may hold. They are made again when they are asked
  /// for, without that person.
  void drop();

  /// Makes the views as of `as_of` a little further: reads what was recorded until then, its last millisecond
  /// included. Call it until they are made. An error: the moment lies before the first record that is kept
  /// (`bad_query`), or the log or a store cannot be read now.
  [[nodiscard]] std::expected<PastProgress, BoardError> make(Timestamp as_of);

  /// The view `index`, of a moment that is made.
  [[nodiscard]] std::expected<RenderedBoard, BoardError> render(Timestamp as_of, std::size_t index,
                                                                const kit::BoardQuery& query) const;

 private:
  struct Kept;

  [[nodiscard]] std::expected<Kept*, BoardError> begin(Timestamp as_of);
  [[nodiscard]] std::expected<std::unique_ptr<Kept>, BoardError> open(Timestamp as_of);
  [[nodiscard]] std::expected<void, BoardError> aim(Kept& kept, Timestamp as_of);
  [[nodiscard]] std::expected<std::shared_ptr<ProjectionCopy>, BoardError> open_copy(Timestamp as_of);
  void remove(CopyNumber number);

  log::EventLog& log_;
  const ProjectionType type_;
  CopyStorage& storage_;
  CopyNumber newest_ = 0;
  bool trusts_dated_ = true;               ///< until one of them was found damaged
  std::list<std::unique_ptr<Kept>> kept_;  ///< the one that was asked for last first
};

}  // namespace casetrail::projection
