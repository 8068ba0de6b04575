// Shares in percent of what the fixed part leaves.
#include "workers/node/memory_plan.h"

#include <fmt/format.h>

#include <algorithm>

namespace casetrail::node {
namespace {

/// Code, stacks, RocksDB's and librdkafka's own structures, what malloc cannot give back.
constexpr std::size_t kFixed = std::size_t{160} << 20;

constexpr std::size_t kCaseBytes = 4096;
constexpr std::size_t kRowBytes = 768;
/// Tables that grow with the cases, over all views.
constexpr std::size_t kTables = 8;
/// The rows that one event changes, decoded, encoded, and in the batch of the store.
constexpr std::size_t kBytesAnEvent = 3072;

/// The commands of a simulated case.
constexpr std::size_t kSimulatedCaseBytes = std::size_t{16} << 10;

/// Command workers, the workers of two projections and of a copy beside one, and who waits for outcomes, on
/// two cores; and who reads keys.
constexpr std::size_t kReaders = 9;

}  // namespace

std::expected<MemoryPlan, std::string> plan_memory(std::size_t mib) {
  if (mib < kLeastMemoryMib) {
    return std::unexpected(fmt::format(
        "Expected --memory to be at least {} MiB, for that is what the engine works with, but it is {}.",
        kLeastMemoryMib, mib));
  }
  if (mib > kMostMemoryMib) {
    return std::unexpected(
        fmt::format("Expected --memory to be at most {} MiB, but it is {}.", kMostMemoryMib, mib));
  }
  const auto ceiling = mib << 20;
  const auto percent = [part = (ceiling - kFixed) / 100](std::size_t share) { return part * share; };
  return MemoryPlan{ceiling, percent(35), percent(25), percent(12), percent(12), percent(12), percent(3)};
}

MemoryPlan default_memory() { return *plan_memory(kDefaultMemoryMib); }

std::size_t simulated_cases_of(const MemoryPlan& plan) {
  return (plan.ceiling - kFixed) / 2 / kSimulatedCaseBytes;
}

std::size_t fetch_ahead_of(const MemoryPlan& plan) { return plan.log / kReaders; }

std::size_t cases_of(const MemoryPlan& plan, std::size_t partitions) {
  return plan.cases / partitions / kCaseBytes;
}

std::size_t rows_of(const MemoryPlan& plan, std::size_t partitions) {
  return plan.rows / partitions / kTables / kRowBytes;
}

std::size_t batch_events_of(const MemoryPlan& plan, std::size_t workers) {
  return std::clamp<std::size_t>(plan.batches / workers / kBytesAnEvent, 500, 50'000);
}

}  // namespace casetrail::node
