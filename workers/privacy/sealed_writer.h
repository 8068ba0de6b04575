// Seals what a partition's writer commits, with the keys that this needs in the same transaction.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/privacy/key_ring.h"
#include "workers/privacy/secret.h"

namespace casetrail::privacy {

/// Where a record is: what is sealed in one opens in no other.
[[nodiscard]] std::string place_of(const MessageView& message);
[[nodiscard]] std::string place_of(const Message& message);

/// Whether an event of this type destroys the key of its case.
[[nodiscard]] bool destroys_key(std::string_view ce_type);

/// Seals the `pii` of `message` with `key`, where it has one.
void seal_into(Message& message, const Secret& key);

class SealedWriter final : public log::PartitionWriter {
 public:
  /// `ring` outlives it.
  SealedWriter(std::unique_ptr<log::PartitionWriter> inner, log::Partition partition, KeyRing& ring,
               Secret passing);

  [[nodiscard]] log::Promised<log::LogResult<void>> start_fence() override;
  [[nodiscard]] log::Promised<log::CommitResult> start_commit(
      std::vector<log::Outgoing>& records, log::Offset next_command,
      const std::shared_ptr<const log::Generation>& generation) override;

 private:
  /// Adds the new keys to `records`.
  [[nodiscard]] log::LogResult<void> seal_all(std::vector<log::Outgoing>& records);
  [[nodiscard]] log::LogResult<Secret> key_for(const Message& event);
  /// Destroys the key of the case whose `customer.erased` `event` is.
  void destroy_key(const Message& event);

  std::unique_ptr<log::PartitionWriter> inner_;
  log::Partition partition_;
  KeyRing& ring_;
  Secret passing_;
  bool has_read_on_ = false;       ///< since it was fenced
  std::vector<Message> new_keys_;  ///< of the commit that is under way
  std::map<std::string, Secret, std::less<>> made_;
  std::set<std::string, std::less<>> destroyed_;  ///< cases whose key of before is, in that
};

}  // namespace casetrail::privacy
