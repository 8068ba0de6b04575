// Reads the end of each partition of the dead letters' topic.
#include "workers/http/dead_letters.h"

#include <algorithm>
#include <cereal/cereal.hpp>
#include <map>
#include <vector>

#include "events/json_writer.h"

namespace casetrail {
namespace {

struct DeadLetter {
  Partition partition = 0;
  Offset offset = 0;
  Timestamp at{};
  std::optional<std::string> key;
  std::map<std::string, std::string> headers;
  std::string value;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partition), CEREAL_NVP(offset), CEREAL_NVP(at), CEREAL_NVP(key), CEREAL_NVP(headers),
            CEREAL_NVP(value));
  }
};

struct DeadLetters {
  std::vector<DeadLetter> deadletters;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(deadletters));
  }
};

/// The bytes of a well-formed UTF-8 sequence at the head of `text`; 0 when there is none.
std::size_t sequence_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U) return 0;
  }
  if (length < 3) return length;
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  const bool beyond = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
  return overlong || beyond ? 0 : length;
}

/// A dead letter may hold any bytes: what is no UTF-8 becomes U+FFFD.
std::string as_utf8(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const auto length = sequence_length(bytes);
    text.append(length == 0 ? std::string_view("\xef\xbf\xbd") : bytes.substr(0, length));
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return text;
}

DeadLetter letter_of(const Record& record) {
  DeadLetter letter{.partition = record.partition,
                    .offset = record.offset,
                    .at = record.message.timestamp,
                    .key = std::nullopt,
                    .headers = {},
                    .value = as_utf8(record.message.value)};
  if (record.message.key) letter.key = as_utf8(*record.message.key);
  for (const auto& header : record.message.headers)
    letter.headers[as_utf8(header.name)] = as_utf8(header.value);
  return letter;
}

}  // namespace

LogResult<std::string> read_dead_letters(EventLog& log, std::size_t limit) {
  DeadLetters found;
  const auto reader = log.open_reader(Topic::deadletters);
  for (Partition partition = 0; partition < log.partitions(); ++partition) {
    const auto bounds = log.bounds(Topic::deadletters, partition);
    if (!bounds) return std::unexpected(bounds.error());
    if (bounds->low == bounds->stable) continue;
    const auto from = std::max(bounds->low, bounds->stable - static_cast<Offset>(limit));
    if (auto started = reader->start(partition, from); !started) return std::unexpected(started.error());
    while (reader->position(partition) < bounds->stable) {
      const auto records = reader->read(limit, Duration{1000});
      if (!records) return std::unexpected(records.error());
      if (records->empty()) break;
      for (const auto& record : *records) found.deadletters.push_back(letter_of(record));
    }
    reader->stop(partition);
  }
  std::ranges::sort(found.deadletters, [](const auto& a, const auto& b) { return a.at > b.at; });
  if (found.deadletters.size() > limit) found.deadletters.resize(limit);
  return to_json(found);
}

}  // namespace casetrail
