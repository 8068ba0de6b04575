// Policy files as people are told of them.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "aggregates/policy/complaint.h"
#include "aggregates/policy/policy.h"

namespace casetrail::cli {

/// A line for the file, and one for each of its complaints.
[[nodiscard]] std::string faults_text(const std::filesystem::path& file,
                                      const std::vector<Complaint>& complaints);

/// What its publisher should know at `now`, a sentence each.
[[nodiscard]] std::vector<std::string> policy_warnings(const Policy& policy, Timestamp now);

/// The text of a policy that can be read; else a sentence.
[[nodiscard]] std::expected<std::string, std::string> readable_policy(const std::filesystem::path& file);

}  // namespace casetrail::cli
