// The projection worker as it serves, watched from outside.
#include "workers/node/fold_rate.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "projections/boards.h"
#include "projections/kit/view.h"
#include "workers/node/roles.h"

namespace casetrail::node {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kLook = std::chrono::milliseconds(1);
constexpr auto kPatience = std::chrono::seconds(60);

struct Standing {
  std::uint64_t applied = 0;
  bool whole = true;
};

Standing standing(const projection::ProjectionControl& control, const std::vector<log::Offset>& ends) {
  Standing now;
  const auto copies = control.projection().copies();
  for (const auto& partition : copies.live->partitions()) {
    const auto position = partition->progress().position;
    now.applied += static_cast<std::uint64_t>(position.applied);
    now.whole = now.whole && position.next >= ends[static_cast<std::size_t>(partition->number())];
  }
  return now;
}

}  // namespace

std::expected<FoldRate, std::string> measure_boards(log::EventLog& log, const std::filesystem::path& data,
                                                    std::size_t memory_bytes, std::size_t threads,
                                                    const std::stop_token& stop) {
  std::vector<log::Offset> ends;
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    const auto bounds = log.bounds(log::Topic::events, partition);
    if (!bounds) return std::unexpected(bounds.error().what);
    ends.push_back(bounds->stable);
  }
  auto types = projection::projection_types(view_types());
  auto& boards = *std::ranges::find(types, "boards", &projection::ProjectionType::name);
  storage::StorageMemory memory(memory_bytes);
  ProjectionRole role(data, "bench", memory);
  if (auto started = role.start(log, std::move(boards), "bench", threads); !started)
    return std::unexpected(std::move(started).error());

  const auto begun = Clock::now();
  auto moved = begun;
  auto now = standing(*role.control(), ends);
  while (!now.whole) {
    std::this_thread::sleep_for(kLook);
    if (stop.stop_requested()) return std::unexpected("The measurement was interrupted.");
    const auto last = now.applied;
    now = standing(*role.control(), ends);
    if (now.applied != last) moved = Clock::now();
    if (Clock::now() - moved > kPatience)
      return std::unexpected("Expected the boards to take the events, but they stand still for a minute.");
  }
  const auto seconds = std::chrono::duration<double>(moved - begun).count();
  return FoldRate{now.applied, seconds > 0 ? static_cast<double>(now.applied) / seconds : 0};
}

}  // namespace casetrail::node
