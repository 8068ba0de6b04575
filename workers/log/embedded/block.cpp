// How records lie in a row of the embedded log.
#include "workers/log/embedded/block.h"

#include <lz4.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>

#include "events/wire/varint.h"

namespace casetrail::embedded {

namespace {

/// A reader copies a block at a time.
constexpr std::size_t kFullBytes = std::size_t{256} << 10U;
/// Fewer bytes are packed better beside their neighbours, by the rows' own compression.
constexpr std::size_t kPackedFrom = 4096;
/// More than any block has: its last record may be as large as a record can be.
constexpr std::size_t kMostBytes = std::size_t{64} << 20U;

void put_time(std::string& out, Timestamp at) { put_number(out, static_cast<std::uint64_t>(epoch_ms(at))); }

/// Takes pieces off the front; after `bad` everything that it gave is void.
class Input {
 public:
  explicit Input(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() { return taken(take_number(rest_)); }
  Timestamp time() { return from_epoch_ms(static_cast<std::int64_t>(number())); }
  std::string_view text() { return taken(take_text(rest_)); }

  [[nodiscard]] bool bad() const { return bad_; }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  template <class T>
  T taken(const std::optional<T>& piece) {
    bad_ = bad_ || !piece;
    return piece.value_or(T{});
  }

  std::string_view rest_;
  bool bad_ = false;
};

constexpr std::size_t bytes_of(std::uint64_t number) {
  return (static_cast<std::size_t>(std::bit_width(number | 1U)) + 6) / 7;
}

std::size_t bytes_of_text(std::string_view text) { return bytes_of(text.size()) + text.size(); }

std::size_t bytes_of(const Message& message) {
  return bytes_of(static_cast<std::uint64_t>(epoch_ms(message.timestamp))) + bytes_of_text(message.key) +
         bytes_of_text(message.value) + bytes_of(message.headers.size()) + message.headers.packed().size();
}

void append_record(std::string& out, const Message& message) {
  put_time(out, message.timestamp);
  put_text(out, message.key);
  put_text(out, message.value);
  put_number(out, message.headers.size());
  out.append(message.headers.packed());
}

/// Size and LZ4 of `bytes`; empty when that is no shorter.
std::string packed(std::string_view bytes) {
  std::string out;
  put_number(out, bytes.size());
  const auto begin = out.size();
  const auto most = bytes.size() - begin - 1;
  out.resize_and_overwrite(begin + most, [&](char* to, std::size_t) {
    const auto size = LZ4_compress_default(bytes.data(), to + begin, static_cast<int>(bytes.size()),
                                           static_cast<int>(most));
    return size == 0 ? 0 : begin + static_cast<std::size_t>(size);
  });
  return out;
}

}  // namespace

std::string encode_record(const Message& message) {
  std::string out;
  out.reserve(bytes_of(message));
  append_record(out, message);
  return out;
}

void BlockBuilder::begin_record(log::Offset offset, Timestamp timestamp, std::size_t bytes) {
  if (records_.empty()) base_ = offset;
  last_ = offset;
  newest_ = std::max(newest_, timestamp);
  largest_ = std::max(largest_, bytes);
  put_number(records_, static_cast<std::uint64_t>(offset - base_));
  put_number(records_, bytes);
}

void BlockBuilder::add(log::Offset offset, Timestamp timestamp, std::string_view record) {
  begin_record(offset, timestamp, record.size());
  records_.append(record);
}

void BlockBuilder::add(log::Offset offset, const Message& message) {
  begin_record(offset, message.timestamp, bytes_of(message));
  append_record(records_, message);
}

bool BlockBuilder::full() const { return records_.size() >= kFullBytes; }

BlockBody BlockBuilder::finish() {
  BlockBody body{last_ - base_, newest_, largest_, {}};
  if (records_.size() >= kPackedFrom && records_.size() <= kMostBytes) body.bytes = packed(records_);
  if (body.bytes.empty()) body.bytes = std::move(records_);
  *this = {};
  return body;
}

std::string row_of(log::Offset base, const BlockBody& body) {
  std::string row;
  row.reserve(body.bytes.size() + 20);
  put_number(row, static_cast<std::uint64_t>(base));
  put_time(row, body.newest);
  return row.append(body.bytes);
}

std::optional<log::Offset> base_in(std::string_view row) {
  Input input(row);
  const auto base = static_cast<log::Offset>(input.number());
  return input.bad() || base < 0 ? std::nullopt : std::optional(base);
}

std::optional<Timestamp> newest_in(std::string_view row) {
  Input input(row);
  (void)input.number();
  const auto newest = input.time();
  return input.bad() ? std::nullopt : std::optional(newest);
}

std::optional<std::string> block_of(std::string_view row) {
  Input input(row);
  (void)input.number();
  (void)input.time();
  const auto head = row.substr(0, row.size() - input.rest().size());
  if (input.bad() || input.rest().empty() || input.rest().front() == '\0') return std::string(row);
  const auto size = input.number();
  if (input.bad() || size > kMostBytes) return std::nullopt;
  const auto lz4 = input.rest();
  std::string block(head);
  const auto whole = head.size() + size;
  block.resize_and_overwrite(whole, [&](char* to, std::size_t) {
    const auto unpacked = LZ4_decompress_safe(lz4.data(), to + head.size(), static_cast<int>(lz4.size()),
                                              static_cast<int>(size));
    return unpacked < 0 ? 0 : head.size() + static_cast<std::size_t>(unpacked);
  });
  return block.size() == whole ? std::optional(std::move(block)) : std::nullopt;
}

std::optional<BlockCursor> BlockCursor::open(std::string_view block) {
  Input input(block);
  BlockCursor cursor;
  cursor.base_ = cursor.least_ = static_cast<log::Offset>(input.number());
  (void)input.time();
  cursor.rest_ = input.rest();
  if (input.bad() || cursor.base_ < 0) return std::nullopt;
  return cursor;
}

std::optional<BlockCursor::Raw> BlockCursor::next() {
  Input input(rest_);
  const auto delta = static_cast<log::Offset>(input.number());
  const auto record = input.text();
  if (input.bad() || delta < 0 || delta >= std::numeric_limits<log::Offset>::max() - base_)
    return std::nullopt;
  const auto offset = base_ + delta;
  if (offset < least_) return std::nullopt;
  rest_ = input.rest();
  least_ = offset + 1;
  return Raw{offset, record};
}

std::optional<DecodedRecord> decode_record(std::string_view record, std::vector<HeaderView>& headers) {
  Input input(record);
  DecodedRecord decoded;
  decoded.timestamp = input.time();
  decoded.key = input.text();
  decoded.value = input.text();
  decoded.header_count = input.number();
  for (std::size_t i = 0; i < decoded.header_count && !input.bad(); ++i) {
    const auto name = input.text();
    headers.push_back({name, input.text()});
  }
  if (input.bad()) return std::nullopt;
  return decoded;
}

}  // namespace casetrail::embedded
