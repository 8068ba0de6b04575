// Bearer tokens (RFC 6750) of our own making. The server knows them by their SHA-256 alone: they cannot be
// guessed, so that it needs no salt.
#pragma once

#include <string>

namespace casetrail::identity {

/// 256 random bits in base64url, behind a mark by which scanners for secrets find one.
[[nodiscard]] std::string new_token();

}  // namespace casetrail::identity
