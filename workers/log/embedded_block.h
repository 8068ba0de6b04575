// A row of the embedded log: records of one partition that reached the disk together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail {

/// Grammar, every number a LEB128 varint and every text its length and its bytes:
///   block   = base-offset newest-timestamp *(offset-minus-base length record), offsets rising
///   record  = timestamp key value header-count *(name value)
/// A message as `record`.
[[nodiscard]] std::string encode_record(const Message& message);

class BlockBuilder {
 public:
  void add(Offset offset, Timestamp timestamp, std::string_view record);

  [[nodiscard]] bool empty() const { return records_.empty(); }
  [[nodiscard]] std::size_t bytes() const { return records_.size(); }
  [[nodiscard]] Offset last() const { return last_; }

  /// The block; the builder is empty again.
  [[nodiscard]] std::string finish();

 private:
  Offset base_ = 0;
  Offset last_ = 0;
  Timestamp newest_ = Timestamp::min();
  std::string records_;
};

/// Goes through a block, which outlives it and every record that it gives.
class BlockCursor {
 public:
  /// Nothing when the bytes are no block.
  [[nodiscard]] static std::optional<BlockCursor> open(std::string_view block);

  [[nodiscard]] Offset base() const { return base_; }
  [[nodiscard]] Timestamp newest() const { return newest_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  struct Raw {
    Offset offset;
    std::string_view record;
  };
  /// The next record undecoded; nothing when the bytes are none, or when its offset does not rise.
  [[nodiscard]] std::optional<Raw> next();

 private:
  BlockCursor() = default;

  Offset base_ = 0;
  Offset least_ = 0;  ///< of the next record
  Timestamp newest_{};
  std::string_view rest_;
};

/// A decoded record. Its headers were appended to the caller's list, `header_count` of them.
struct DecodedRecord {
  std::string_view key;
  std::string_view value;
  Timestamp timestamp{};
  std::size_t header_count = 0;
};
[[nodiscard]] std::optional<DecodedRecord> decode_record(std::string_view record,
                                                         std::vector<HeaderView>& headers);

}  // namespace casetrail
