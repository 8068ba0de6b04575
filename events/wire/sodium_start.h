// Makes libsodium ready. Thread: any.
#pragma once

namespace casetrail {

/// Looks once which code of libsodium is the fastest on this processor; without it the slowest is taken.
/// False where the system has no random numbers, which digests do not need.
bool start_sodium();

/// `start_sodium`. Throws std::runtime_error where the system has no random numbers.
void start_sodium_with_randomness();

}  // namespace casetrail
