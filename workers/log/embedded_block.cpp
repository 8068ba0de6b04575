// How records lie in a row of the embedded log.
#include "workers/log/embedded_block.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "events/varint.h"

namespace casetrail {

namespace {

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

}  // namespace

std::string encode_record(const Message& message) {
  const auto headers = message.headers.packed();
  std::string out;
  out.reserve(message.key.size() + message.value.size() + headers.size() + 32);
  put_time(out, message.timestamp);
  put_text(out, message.key);
  put_text(out, message.value);
  put_number(out, message.headers.size());
  out.append(headers);
  return out;
}

void BlockBuilder::add(Offset offset, Timestamp timestamp, std::string_view record) {
  if (records_.empty()) base_ = offset;
  last_ = offset;
  newest_ = std::max(newest_, timestamp);
  put_number(records_, static_cast<std::uint64_t>(offset - base_));
  put_text(records_, record);
}

std::string BlockBuilder::finish() {
  std::string block;
  block.reserve(records_.size() + 20);
  put_number(block, static_cast<std::uint64_t>(base_));
  put_time(block, newest_);
  block += records_;
  *this = {};
  return block;
}

std::optional<BlockCursor> BlockCursor::open(std::string_view block) {
  Input input(block);
  BlockCursor cursor;
  cursor.base_ = cursor.least_ = static_cast<Offset>(input.number());
  cursor.newest_ = input.time();
  cursor.rest_ = input.rest();
  if (input.bad() || cursor.base_ < 0) return std::nullopt;
  return cursor;
}

std::optional<BlockCursor::Raw> BlockCursor::next() {
  Input input(rest_);
  const auto delta = static_cast<Offset>(input.number());
  const auto record = input.text();
  if (input.bad() || delta < 0 || delta >= std::numeric_limits<Offset>::max() - base_) return std::nullopt;
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

}  // namespace casetrail
