// A row of the embedded log: records of one partition that reached the disk together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail::embedded {

/// Grammar, every number a LEB128 varint and every text its length and its bytes:
///   row     = block | packed
///   block   = base-offset newest-timestamp *(offset-minus-base length record), offsets rising, the first 0
///   packed  = base-offset newest-timestamp size lz4, which unpacks to `size` bytes: the records of a block
///   record  = timestamp key value header-count *(name value)
/// The 0 of a block's first record and the size of a packed one, which is more, tell them apart.
/// A message as `record`.
[[nodiscard]] std::string encode_record(const Message& message);

/// Records that lie together, wherever they begin.
struct BlockBody {
  log::Offset last;  ///< of the last record, minus that of the first
  Timestamp newest;
  std::size_t largest;  ///< bytes of a record
  std::string bytes;    ///< of the row, behind its newest timestamp
};

class BlockBuilder {
 public:
  void add(log::Offset offset, Timestamp timestamp, std::string_view record);
  void add(log::Offset offset, const Message& message);

  [[nodiscard]] bool empty() const { return records_.empty(); }
  [[nodiscard]] bool full() const;
  [[nodiscard]] std::size_t bytes() const { return records_.size(); }
  /// The offset that was added first.
  [[nodiscard]] log::Offset base() const { return base_; }

  /// What was added, packed when that saves something; the builder is empty again.
  [[nodiscard]] BlockBody finish();

 private:
  /// Writes what stands before a record of so many bytes, which follows.
  void begin_record(log::Offset offset, Timestamp timestamp, std::size_t bytes);

  log::Offset base_ = 0;
  log::Offset last_ = 0;
  Timestamp newest_ = Timestamp::min();
  std::size_t largest_ = 0;
  std::string records_;
};

[[nodiscard]] std::string row_of(log::Offset base, const BlockBody& body);

/// The offset of a row's first record; nothing when the bytes are none.
[[nodiscard]] std::optional<log::Offset> base_in(std::string_view row);

/// The newest time in a row; nothing when the bytes are none.
[[nodiscard]] std::optional<Timestamp> newest_in(std::string_view row);

/// The block of a row; nothing when the bytes are none.
[[nodiscard]] std::optional<std::string> block_of(std::string_view row);

/// Goes through a block, which outlives it and every record that it gives.
class BlockCursor {
 public:
  /// Nothing when the bytes are no block.
  [[nodiscard]] static std::optional<BlockCursor> open(std::string_view block);

  [[nodiscard]] log::Offset base() const { return base_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  struct Raw {
    log::Offset offset;
    std::string_view record;
  };
  /// The next record undecoded; nothing when the bytes are none, or when its offset does not rise.
  [[nodiscard]] std::optional<Raw> next();

 private:
  BlockCursor() = default;

  log::Offset base_ = 0;
  log::Offset least_ = 0;  ///< of the next record
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

/// Calls `on_record(raw, record, headers)` for each record of `row`. False: the bytes are none.
template <class OnRecord>
bool for_each_record(std::string_view row, OnRecord&& on_record) {
  const auto block = block_of(row);
  auto cursor = block ? BlockCursor::open(*block) : std::nullopt;
  if (!cursor) return false;
  std::vector<HeaderView> headers;
  while (!cursor->at_end()) {
    const auto raw = cursor->next();
    headers.clear();
    const auto record = raw ? decode_record(raw->record, headers) : std::nullopt;
    if (!record) return false;
    on_record(*raw, *record, headers);
  }
  return true;
}

}  // namespace casetrail::embedded
