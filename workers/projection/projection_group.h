// The consumer group that shows every Kafka tool how far one copy has come.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/projection/projection_copy.h"

namespace casetrail::projection {

/// The stores are the truth; the group follows them, at the start also backwards. It never decides what is
/// read: this process holds all partitions, whatever it is assigned. Belongs to the control thread.
class ProjectionGroup {
 public:
  /// A member without a name leaves for good when it ends.
  ProjectionGroup(log::EventLog& log, std::string group, std::optional<std::string> member)
      : log_(log), group_(std::move(group)), member_(std::move(member)) {}

  [[nodiscard]] const std::string& name() const { return group_; }

  /// Keeps the membership, and commits what the stores cover: within a tenth of a second when it moved, and
  /// once a second also when nothing did.
  /// `fenced`: another process has this member's name, and the membership is over.
  [[nodiscard]] log::LogResult<void> step(Timestamp now, const ProjectionCopy& copy);

  /// Another process is in the group when it does not have all partitions: nodes must have names of their
  /// own.
  [[nodiscard]] std::optional<std::string> intruder(const ProjectionCopy& copy) const;

 private:
  void take(const log::Membership::Change& change);

  log::EventLog& log_;
  std::string group_;
  std::optional<std::string> member_;
  std::unique_ptr<log::Membership> membership_;
  std::optional<std::size_t> assigned_;
  std::optional<Timestamp> tried_at_;
  std::vector<log::Membership::Position> committed_;
};

}  // namespace casetrail::projection
