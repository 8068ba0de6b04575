// Erases in a restored copy of a log whom the ledger lists, so that no backup brings anybody back.
#pragma once

#include <cereal/cereal.hpp>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "workers/cli/command_line.h"
#include "workers/cli/session.h"

namespace casetrail::cli {

/// What became of the cases of a ledger.
struct ErasedAgain {
  std::vector<std::string> erased = {};
  std::vector<std::string> held = {};  ///< a legal hold is in force in the copy: they wait for its release
  std::size_t before = 0;              ///< the copy knows of their erasure
  std::size_t absent = 0;              ///< the copy is older than the case

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(erased), CEREAL_NVP(held), CEREAL_NVP(before), CEREAL_NVP(absent));
  }
};

/// Erases them in the data folder of `place`, which nobody serves, as `actor`; then reads the keys of the log
/// anew: none of a case that was erased is there any more. The folder keeps that ledger from then on.
[[nodiscard]] std::expected<ErasedAgain, SessionTrouble> erase_again(const Place& place,
                                                                     const std::filesystem::path& ledger,
                                                                     const std::string& actor);

}  // namespace casetrail::cli
