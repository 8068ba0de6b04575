// The policies that were published, for a verb that reads the log itself.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <string>

#include "aggregates/policy/policy_versions.h"
#include "workers/cli/log_door.h"

namespace casetrail::cli {

/// By their versions; events that were decided before any was published name version 0, the built-in one.
class PublishedPolicies {
 public:
  [[nodiscard]] static std::expected<PublishedPolicies, SessionTrouble> of(const LogDoor& door);

  /// A number, or `current`: the newest that can be read. Null when there is no such one.
  [[nodiscard]] const Policy* called(const std::string& name);

  /// Whose days the policy in force counts.
  [[nodiscard]] Zone zone() { return called("current")->zone(); }

  /// Null when it is not there, or cannot be read.
  [[nodiscard]] const Policy* find(std::int32_t version);

  /// All that can be read.
  [[nodiscard]] PolicyVersions versions() const;

 private:
  std::map<std::int32_t, std::string> texts_;
  std::map<std::int32_t, std::unique_ptr<Policy>> read_;
};

}  // namespace casetrail::cli
