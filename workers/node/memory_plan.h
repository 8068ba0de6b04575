// How the memory that a process may take is divided among all that could grow.
#pragma once

#include <cstddef>
#include <expected>
#include <string>

namespace casetrail::node {

/// The shares of `--memory`, in bytes. What no share covers (code, stacks, clients, HTTP) has one of its own
/// that nobody draws on.
struct MemoryPlan {
  std::size_t ceiling = 0;  ///< of the whole process
  std::size_t stores = 0;   ///< block cache and write buffers of all stores together
  std::size_t log = 0;    ///< embedded: its cache, write buffers and queue; Kafka: all that is fetched ahead
  std::size_t cases = 0;  ///< decoded cases of the command workers
  std::size_t rows = 0;   ///< decoded rows of the views
  std::size_t batches = 0;  ///< rows that projection workers gather before they write them
  std::size_t keys = 0;     ///< of the stores of keys, where personal texts are sealed
};

inline constexpr std::size_t kLeastMemoryMib = 384;
inline constexpr std::size_t kMostMemoryMib = std::size_t{1} << 24;  ///< 16 TiB
inline constexpr std::size_t kDefaultMemoryMib = 2048;

/// Divides `mib` MiB. An error is a sentence: it is less than the engine works with, or
/// more than a machine has.
[[nodiscard]] std::expected<MemoryPlan, std::string> plan_memory(std::size_t mib);

/// The plan for `kDefaultMemoryMib`.
[[nodiscard]] MemoryPlan default_memory();

// What a share comes to; `partitions` is the number of each topic. What a case, a row and an event
// take is estimated.

/// Cases of a simulated day, which is made whole before it is laid into the log.
[[nodiscard]] std::size_t simulated_cases_of(const MemoryPlan& plan);
/// Bytes that one reader of Kafka may fetch ahead.
[[nodiscard]] std::size_t fetch_ahead_of(const MemoryPlan& plan);
/// Decoded cases of one partition.
[[nodiscard]] std::size_t cases_of(const MemoryPlan& plan, std::size_t partitions);
/// Decoded rows of one table of one view in one partition.
[[nodiscard]] std::size_t rows_of(const MemoryPlan& plan, std::size_t partitions);
/// Events of one batch, where `workers` gather batches at the same time.
[[nodiscard]] std::size_t batch_events_of(const MemoryPlan& plan, std::size_t workers);

}  // namespace casetrail::node
