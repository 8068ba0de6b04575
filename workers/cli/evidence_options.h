// What is asked for of chains of events, and of the heads that are signed of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "workers/evidence/head_keeper.h"

namespace casetrail::cli::verb {

/// Of `serve`.
struct HeadOptions {
  std::filesystem::path key = {};   ///< that signs heads; empty: none are signed
  std::filesystem::path file = {};  ///< of signed heads, beside those in the log; empty: none
  std::int64_t every = evidence::kSignedEvery.count();  ///< seconds
};

/// A new key that signs heads.
struct EvidenceKey {
  std::filesystem::path out;
};

/// Of all, unless a case is named.
struct Verify {
  std::string case_id = {};          ///< or its number, or its `channel:reference`
  std::filesystem::path heads;       ///< signed ones, or kept by an earlier one; empty: none
  std::filesystem::path keep_heads;  ///< where to write them; empty: nowhere
  std::vector<std::filesystem::path> public_keys = {};  ///< of signed heads; none: they are not checked
};

}  // namespace casetrail::cli::verb
