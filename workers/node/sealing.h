// Puts sealing between the engine and its log, where personal texts are sealed.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail::node {

/// What to do with a log into which `casetrail seal` copies, or which that left half.
enum class HalfCopy { refused, allowed };

struct SealingOptions {
  std::filesystem::path master_key;  ///< empty: none
  std::filesystem::path stores;      ///< the folder whose stores of keys this process may open
  std::size_t memory;                ///< of these
  HalfCopy half = HalfCopy::refused;
};

/// Why `log` cannot be read or written with this key, or without one.
struct SealingTrouble {
  enum class Of { key, log };
  Of of;
  std::string what;  ///< a sentence with the remedy
};

/// That a log with these groups is not finished: `casetrail seal` or `casetrail keys rewrap` is at work on
/// it, or was cut short. A sentence with the remedy; nothing: it may be used.
[[nodiscard]] std::optional<std::string> half_made(const std::vector<std::string>& groups);

/// `log` as whoever reads events of it or sends commands takes it. Requires: its topics are there.
[[nodiscard]] std::expected<std::unique_ptr<log::EventLog>, SealingTrouble> sealed(
    std::unique_ptr<log::EventLog> log, const SealingOptions& options);

}  // namespace casetrail::node
