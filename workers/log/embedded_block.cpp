// How records lie in a row of the embedded log.
#include "workers/log/embedded_block.h"

#include <algorithm>
#include <utility>

namespace casetrail {

namespace {

constexpr std::uint64_t kMore = 0x80;

void put_number(std::string& out, std::uint64_t number) {
  for (; number >= kMore; number >>= 7U) out.push_back(static_cast<char>(number | kMore));
  out.push_back(static_cast<char>(number));
}

void put_time(std::string& out, Timestamp at) { put_number(out, static_cast<std::uint64_t>(epoch_ms(at))); }

void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out.append(text);
}

/// Takes pieces off the front; after `bad` everything that it gave is void.
class Input {
 public:
  explicit Input(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      number |= (byte & (kMore - 1)) << shift;
      if (byte < kMore) return number;
    }
    bad_ = true;
    return 0;
  }

  Timestamp time() { return from_epoch_ms(static_cast<std::int64_t>(number())); }

  std::string_view text() {
    const std::uint64_t size = number();
    if (size > rest_.size()) {
      bad_ = true;
      return {};
    }
    const auto text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }

  [[nodiscard]] bool bad() const { return bad_; }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool bad_ = false;
};

}  // namespace

std::string encode_record(const Message& message) {
  std::string out;
  std::size_t size = message.key.size() + message.value.size() + 32;
  for (const Header& header : message.headers) size += header.name.size() + header.value.size() + 4;
  out.reserve(size);
  put_time(out, message.timestamp);
  put_text(out, message.key);
  put_text(out, message.value);
  put_number(out, message.headers.size());
  for (const Header& header : message.headers) {
    put_text(out, header.name);
    put_text(out, header.value);
  }
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
  cursor.base_ = static_cast<Offset>(input.number());
  cursor.newest_ = input.time();
  cursor.rest_ = input.rest();
  if (input.bad()) return std::nullopt;
  return cursor;
}

std::optional<BlockCursor::Raw> BlockCursor::next() {
  Input input(rest_);
  const auto delta = static_cast<Offset>(input.number());
  const auto record = input.text();
  if (input.bad()) return std::nullopt;
  rest_ = input.rest();
  return Raw{base_ + delta, record};
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
