// The policies that were published, the one that decides now, and what an operator quarantined beside them.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "aggregates/policy/policy.h"
#include "workers/log/event_log.h"
#include "workers/log/policy_tail.h"

namespace casetrail::command {

/// Reads the policy topic. The versions are 1, 2, 3 … in the order of its records; one that cannot be read
/// takes its number and decides nothing, and so does a quarantine. Belongs to one thread.
class PolicyBook {
 public:
  explicit PolicyBook(log::EventLog& log);

  /// Reads to the end that the topic has now. To be called before the first command, and now and then.
  [[nodiscard]] log::LogResult<void> refresh();

  /// Of the newest readable policy; the built-in one, version 0, as long as none was published.
  [[nodiscard]] const Policy& policy() const { return policy_; }
  [[nodiscard]] std::int32_t version() const { return version_; }

  /// Whether every reader passes over the record at `offset` of casetrail.events/`partition`.
  [[nodiscard]] bool quarantines(log::Partition partition, log::Offset offset) const {
    return quarantined_.contains({partition, offset});
  }

  /// The text of the newest record, readable or not; empty when there is none.
  [[nodiscard]] const std::string& newest_text() const { return newest_text_; }

 private:
  void take(std::int32_t version, const MessageView& message);

  log::PolicyTail tail_;
  std::set<std::pair<log::Partition, log::Offset>> quarantined_;
  std::int32_t version_ = 0;
  std::string newest_text_;
  Policy policy_;
};

enum class Published { new_version, unchanged };

/// Appends `yaml` to the policy topic unless its newest record says the same. A text that is new must be a
/// policy by the strict rules of today; else it is refused. `now`: when it is published; 1970: not known.
[[nodiscard]] log::LogResult<Published> publish_policy(log::EventLog& log, std::string_view yaml,
                                                       Timestamp now = {});

}  // namespace casetrail::command
