// What the API asks of the views: an answer from one moment, how far it reaches, and whether it shows a
// command.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workers/projection/copy_rendering.h"
#include "workers/projection/projection_control.h"
#include "workers/projection/projection_metrics.h"

namespace casetrail::projection {

/// Where a command lies: `partition:offset`.
struct ReadToken {
  log::Partition partition;
  log::Offset offset;
};
[[nodiscard]] std::optional<ReadToken> parse_token(std::string_view text);

/// Whether a view shows what a command led to.
enum class Sight {
  seen,     ///< its events are in the rows, or it led to none
  not_yet,  ///< ask again
  no_such,  ///< the token names no partition of this log
};

/// Safe for any thread. Borrows the controls, one a projection.
class Boards {
 public:
  explicit Boards(std::vector<const ProjectionControl*> controls) : controls_(std::move(controls)) {}

  /// Of all partitions, or of the one that the case `only` lies in.
  [[nodiscard]] std::expected<RenderedBoard, BoardError> render(
      std::string_view view, const kit::BoardQuery& query,
      const std::optional<CaseId>& only = std::nullopt) const;
  /// What it would cover now; nothing when there is no such view.
  [[nodiscard]] std::optional<std::map<log::Partition, log::Offset>> offsets(
      std::string_view view, const std::optional<CaseId>& only = std::nullopt) const;

  /// That there is no such view, with those that are.
  [[nodiscard]] BoardError unknown(std::string_view view) const;

  /// Never waits: a caller that may wait asks again every few milliseconds. A refused command, or one without
  /// events, counts as seen within a second or so of its answer.
  [[nodiscard]] Sight sight(std::string_view view, ReadToken token) const;
  /// For a token that was not seen in time: how far behind the view is, as a sentence.
  [[nodiscard]] std::string behind(std::string_view view, ReadToken token) const;

  /// How far the view is from covering the events of the partition before `end`, as a sentence; nothing when
  /// it does.
  [[nodiscard]] std::optional<std::string> short_of(std::string_view view, log::Partition partition,
                                                    log::Offset end) const;

  /// Asks for a rebuild of `view` and of all views that move with it.
  [[nodiscard]] std::expected<RebuildStatus, BoardError> rebuild(std::string_view view) const;
  [[nodiscard]] std::optional<RebuildStatus> rebuild_status(std::string_view view) const;
  /// The last one of each projection since the start.
  [[nodiscard]] std::vector<RebuildStatus> rebuilds() const;

  [[nodiscard]] std::vector<log::PartitionLag> lag(Timestamp now) const;
  [[nodiscard]] std::vector<ProjectionMetrics> metrics(Timestamp now) const;
  /// What the views themselves tell a system that watches them; nothing of a view that cannot be read.
  [[nodiscard]] std::vector<kit::Sample> samples() const;
  [[nodiscard]] std::vector<log::Reason> problems() const;
  /// Those that take no more events, by partition, as each projection has them.
  [[nodiscard]] std::map<log::Partition, std::vector<ClosedCase>> closed_cases() const;
  /// Those of them that were closed since the last call; the first time all of them. For one listener.
  [[nodiscard]] std::map<log::Partition, std::vector<ClosedCase>> take_newly_closed();
  /// By partition; a sentence where a projection has met any.
  [[nodiscard]] std::map<log::Partition, std::string> strays() const;

 private:
  struct Found {
    const ProjectionControl* control;
    std::size_t index;  ///< of the view within its projection
  };
  [[nodiscard]] std::optional<Found> find(std::string_view view) const;
  std::vector<const ProjectionControl*> controls_;
};

}  // namespace casetrail::projection
