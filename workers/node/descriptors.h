// File descriptors: how many this process may have, and how many of them connections may take.
#pragma once

#include <cstddef>
#include <optional>

namespace casetrail::node {

/// Raises the soft limit to the hard one, once at the start: the usual soft one is for programs that wait
/// with select(), and the stores of a large folder alone come near it. Returns the limit.
std::size_t raise_descriptor_limit();

/// So many connections may be open under `limit`: what the stores and the log need is kept for them. Nothing
/// below `kLeastDescriptors`.
[[nodiscard]] std::optional<std::size_t> connections_under(std::size_t limit);

/// With fewer a partition may wait for its files for ever, and no client gets an answer.
inline constexpr std::size_t kLeastDescriptors = 784;

}  // namespace casetrail::node
