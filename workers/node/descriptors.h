// File descriptors: how many this process may have, and how many of them connections may take.
#pragma once

#include <cstddef>

namespace casetrail::node {

/// Raises the soft limit to the hard one, once at the start: the usual soft one is for programs that wait
/// with select(), and the stores of a large folder alone come near it. Returns the limit.
std::size_t raise_descriptor_limit();

/// So many connections may be open under `limit`: what the stores and the log need is kept for them.
[[nodiscard]] std::size_t connections_under(std::size_t limit);

}  // namespace casetrail::node
