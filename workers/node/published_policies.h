// The policies of the log, read once and looked up by whoever shows something.
#pragma once

#include <memory>
#include <mutex>

#include "aggregates/policy/policy_versions.h"
#include "workers/log/event_log.h"
#include "workers/log/policy_tail.h"

namespace casetrail::node {

/// Safe for any thread. `log` outlives it.
class PublishedPolicies {
 public:
  explicit PublishedPolicies(log::EventLog& log) : tail_(log) {}

  /// Those that are in the log now. What it returned before stays as it is.
  [[nodiscard]] log::LogResult<std::shared_ptr<const PolicyVersions>> read();

 private:
  std::mutex mutex_;  ///< guards all of them
  log::PolicyTail tail_;
  std::shared_ptr<const PolicyVersions> all_ = std::make_shared<const PolicyVersions>();
};

}  // namespace casetrail::node
