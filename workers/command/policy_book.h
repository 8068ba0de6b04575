// The policies that were published, and the one that decides now.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "aggregates/policy.h"
#include "workers/log/event_log.h"

namespace casetrail {

/// Reads the policy topic. The versions are 1, 2, 3 … in the order of its records; one that cannot be read
/// takes its number and decides nothing. Belongs to one thread.
class PolicyBook {
 public:
  explicit PolicyBook(EventLog& log);

  /// Reads to the end that the topic has now. To be called before the first command, and now and then.
  [[nodiscard]] LogResult<void> refresh();

  /// Of the newest readable policy; the built-in one, version 0, as long as none was published.
  [[nodiscard]] const Policy& policy() const { return policy_; }
  [[nodiscard]] std::int32_t version() const { return version_; }

  /// The text of the newest record, readable or not; empty when there is none.
  [[nodiscard]] const std::string& newest_text() const { return newest_text_; }

 private:
  void take(std::string_view yaml);

  EventLog& log_;
  std::unique_ptr<Reader> reader_;
  Offset next_ = 0;
  std::int32_t records_ = 0;
  std::int32_t version_ = 0;
  std::string newest_text_;
  Policy policy_;
};

enum class Published { new_version, unchanged };

/// Appends `yaml` to the policy topic unless its newest record says the same. The text must be a policy.
[[nodiscard]] LogResult<Published> publish_policy(EventLog& log, std::string_view yaml);

}  // namespace casetrail
