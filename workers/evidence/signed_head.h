// How far the chain of a partition went, signed: what names a cut end and a chain that was made anew.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/message.h"
#include "events/wire/timestamp.h"
#include "workers/evidence/chain.h"
#include "workers/evidence/signature.h"
#include "workers/log/event_log.h"

namespace casetrail::evidence {

/// One record of `casetrail.evidence`, in the partition that it is of, and one line of a file of heads.
struct SignedHead {
  log::Partition partition = 0;
  std::int64_t number = 0;  ///< of the last link, which is how many the chain has
  std::string digest = {};  ///< of that link
  log::Offset offset = 0;   ///< of the event that carries it
  Timestamp at = {};        ///< when it was signed
  std::string key_id = {};  ///< of the public key
  std::string signature = {};

  [[nodiscard]] Link link() const { return {number, digest}; }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partition), CEREAL_NVP(number), CEREAL_NVP(digest), CEREAL_NVP(offset), CEREAL_NVP(at),
            CEREAL_NVP(key_id), CEREAL_NVP(signature));
  }
};

[[nodiscard]] SignedHead sign_head(const SigningKey& key, log::Partition partition, const Link& link,
                                   log::Offset offset, Timestamp at);

/// What is signed: `casetrail-head-1 PARTITION NUMBER DIGEST OFFSET AT`.
[[nodiscard]] std::string signed_text(const SignedHead& head);

/// As it lies in the log.
[[nodiscard]] Message head_record(const SignedHead& head);

/// Nothing when `json` is none.
[[nodiscard]] std::optional<SignedHead> parse_head(std::string_view json);

}  // namespace casetrail::evidence
