// The keys of signed heads, as files: the signing one for the engine, the public one for who verifies.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "workers/evidence/signature.h"

namespace casetrail::evidence {

/// Where the public half of the key in `file` lies: beside it, `.pub` behind its name.
[[nodiscard]] std::filesystem::path public_file_of(const std::filesystem::path& file);

/// Makes a new key in `file`, which only its owner may read, and its public half beside it. An error is a
/// sentence: there is one of the files already, or none can be made.
[[nodiscard]] std::expected<SigningKey, std::string> create_signing_key(const std::filesystem::path& file);

/// An error is a sentence with the remedy.
[[nodiscard]] std::expected<SigningKey, std::string> read_signing_key(const std::filesystem::path& file);
[[nodiscard]] std::expected<PublicKey, std::string> read_public_key(const std::filesystem::path& file);

}  // namespace casetrail::evidence
