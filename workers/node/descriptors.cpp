// Numbers from folders of 100,000 cases, whose stores and log have 480 to 610 files open.
#include "workers/node/descriptors.h"

#include <sys/resource.h>

#include <algorithm>

namespace casetrail::node {
namespace {

constexpr std::size_t kReserved = 768;
constexpr std::size_t kMostConnections = 512;
constexpr std::size_t kLeastConnections = kLeastDescriptors - kReserved;

}  // namespace

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const auto before = limit.rlim_cur;
  limit.rlim_cur = limit.rlim_max;
  return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

std::optional<std::size_t> connections_under(std::size_t limit) {
  if (limit < kLeastDescriptors) return std::nullopt;
  return std::clamp(limit - kReserved, kLeastConnections, kMostConnections);
}

}  // namespace casetrail::node
