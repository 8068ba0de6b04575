// What chains of events are held against, and what was found of them, for people and for programs.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "workers/cli/evidence_options.h"
#include "workers/evidence/known_heads.h"

namespace casetrail::cli {

/// Checks that are over, and what they were held against.
struct CheckedChains {
  evidence::KnownHeads known;
  std::vector<evidence::ChainCheck> checks = {};
};

struct BreakAnswer {
  log::Partition partition = 0;
  log::Offset offset = 0;
  std::string what;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partition), CEREAL_NVP(offset), CEREAL_NVP(what));
  }
};

/// Of those that were signed, and those that somebody kept.
struct HeadsAnswer {
  std::int64_t signed_heads = 0;
  bool signatures_checked = false;
  std::int64_t met = 0;
  std::vector<std::string> false_heads = {};  ///< a sentence each
  bool were_any = false;                      ///< to hold the chain against; not told

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(signed_heads), CEREAL_NVP(signatures_checked), CEREAL_NVP(met),
            CEREAL_NVP(false_heads));
  }
};

/// Of the chains of all partitions.
struct ChainAnswer {
  std::int64_t linked = 0;
  std::int64_t before_the_chain = 0;
  std::int64_t unlinked = 0;
  std::int64_t broken = 0;               ///< breaks in all
  std::vector<BreakAnswer> breaks = {};  ///< the first ones of each partition
  HeadsAnswer heads = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(linked), CEREAL_NVP(before_the_chain), CEREAL_NVP(unlinked), CEREAL_NVP(broken),
            CEREAL_NVP(breaks), CEREAL_NVP(heads));
  }

  [[nodiscard]] bool sound() const { return broken == 0 && unlinked == 0 && heads.false_heads.empty(); }
};

/// What the line names of heads and keys. An error is a sentence.
[[nodiscard]] std::expected<evidence::KnownHeads, std::string> known_heads(const verb::Verify& asked);

[[nodiscard]] ChainAnswer chain_of(const CheckedChains& checked);

/// Lines: what is wrong, what was checked, and a verdict.
[[nodiscard]] std::string text_of(const ChainAnswer& chain);

}  // namespace casetrail::cli
