// Rows of the embedded log: what can be decoded is encoded again and decoded the same.
#include "tests/fuzz/harness.h"
#include "tests/fuzz/letter.h"
#include "workers/log/embedded/block.h"

using namespace casetrail;

namespace {

/// The record again, when it is one.
std::string again(std::string_view record) {
  std::vector<HeaderView> headers;
  const auto decoded = embedded::decode_record(record, headers);
  if (!decoded) return std::string(record);
  fuzz::must(headers.size() == decoded->header_count, "a record has the headers that it counts");
  Message message{std::string(decoded->key), std::string(decoded->value), {}, decoded->timestamp};
  for (const auto& header : headers) message.headers.add(header.name, header.value);
  auto encoded = embedded::encode_record(message);
  std::vector<HeaderView> same;
  const auto redecoded = embedded::decode_record(encoded, same);
  fuzz::must(redecoded && redecoded->key == message.key && redecoded->value == message.value &&
                 redecoded->timestamp == message.timestamp && same.size() == headers.size(),
             "a record is decoded as it was encoded");
  return encoded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto row = fuzz::text_of(bytes, size);
  (void)again(row);
  const auto block = embedded::block_of(row);
  if (!block) return 0;
  auto cursor = embedded::BlockCursor::open(*block);
  if (!cursor) return 0;
  embedded::BlockBuilder builder;
  std::vector<std::pair<log::Offset, std::string>> records;
  while (!cursor->at_end()) {
    const auto raw = cursor->next();
    if (!raw) break;
    fuzz::must(raw->offset >= cursor->base(), "no record lies before its block");
    records.emplace_back(raw->offset, again(raw->record));
    builder.add(raw->offset, from_epoch_ms(1), records.back().second);
  }
  if (records.empty()) return 0;
  const auto base = builder.base();
  const auto rebuilt = embedded::block_of(embedded::row_of(base, builder.finish()));
  fuzz::must(rebuilt.has_value(), "what was packed is unpacked");
  auto same = embedded::BlockCursor::open(*rebuilt);
  fuzz::must(same.has_value(), "a block that was built is one");
  for (const auto& [offset, record] : records) {
    const auto raw = same->next();
    fuzz::must(raw && raw->offset == offset && raw->record == record, "a block keeps its records");
  }
  fuzz::must(same->at_end(), "a block keeps its records and no more");
  return 0;
}
