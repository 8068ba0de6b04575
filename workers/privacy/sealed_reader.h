// Opens what is sealed in the records that it reads.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/privacy/key_ring.h"
#include "workers/privacy/secret.h"

namespace casetrail::privacy {

class SealedReader final : public log::Reader {
 public:
  /// `ring` outlives it.
  SealedReader(std::unique_ptr<log::Reader> inner, log::Topic topic, KeyRing& ring, Secret passing);

  [[nodiscard]] log::LogResult<void> start(log::Partition partition, log::Offset from) override;
  void stop(log::Partition partition) override;
  [[nodiscard]] log::ReadResult read(std::size_t max, Duration wait) override;
  [[nodiscard]] log::Offset position(log::Partition partition) const override;

 private:
  /// What a record of events says of keys.
  void heed(const log::Record& record);
  /// Passes `record` on, or stops its partition there.
  void take(const log::Record& record);
  /// `record.message.value` as it was before it was sealed; nothing when it is not sealed.
  [[nodiscard]] log::LogResult<std::optional<std::string>> opened(const log::Record& record);
  [[nodiscard]] std::optional<log::ReadError> next_failure();

  std::unique_ptr<log::Reader> inner_;
  log::Topic topic_;
  KeyRing& ring_;
  Secret passing_;
  std::string passing_id_;
  std::map<log::Partition, log::Offset> stopped_;  ///< where the key of a record could not be had
  std::deque<log::ReadError> failures_;            ///< that were not told yet
  std::deque<std::string> values_;                 ///< of the records that were opened
  std::vector<log::Record> records_;
};

}  // namespace casetrail::privacy
