// Reads the end of each partition of the dead letters' topic.
#include "workers/api/dead_letters.h"

#include <algorithm>
#include <cereal/cereal.hpp>
#include <map>
#include <vector>

#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "events/wire/sha256.h"
#include "events/wire/utf8.h"
#include "projections/kit/mask.h"
#include "workers/api/masked_json.h"

namespace casetrail::api {
namespace {

struct DeadLetter {
  log::Partition partition = 0;
  log::Offset offset = 0;
  Timestamp at{};
  std::optional<std::string> key;
  std::map<std::string, std::string> headers;
  std::optional<std::string> value;  ///< masked; nothing when it is no JSON
  std::int64_t size = 0;             ///< of the value in bytes
  std::string sha256;                ///< of the value

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partition), CEREAL_NVP(offset), CEREAL_NVP(at), CEREAL_NVP(key), CEREAL_NVP(headers),
            CEREAL_NVP(value), CEREAL_NVP(size), CEREAL_NVP(sha256));
  }
};

struct DeadLetters {
  std::vector<DeadLetter> deadletters;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(deadletters));
  }
};

/// What the sender wrote beside the attributes of CloudEvents, and what is quoted of it, is masked.
std::string shown(const HeaderView& header) {
  static constexpr std::string_view kErrors = "casetrail.errors.";
  const auto value = as_utf8(header.value);
  const bool own = header.name.starts_with(kErrors) && header.name != "casetrail.errors.message";
  return own || header.name.starts_with("ce_") ? value : kit::mask_contacts_in(value);
}

/// A dead letter may hold any bytes, and persons among them.
DeadLetter letter_of(const log::Record& record) {
  DeadLetter letter{.partition = record.partition,
                    .offset = record.offset,
                    .at = record.message.timestamp,
                    .key = std::nullopt,
                    .headers = {},
                    .value = masked_json(record.message.value),
                    .size = std::ssize(record.message.value),
                    .sha256 = sha256_hex(record.message.value)};
  if (record.message.key) letter.key = as_utf8(*record.message.key);
  for (const auto& header : record.message.headers) letter.headers[as_utf8(header.name)] = shown(header);
  return letter;
}

}  // namespace

std::string dead_letters_schema() { return PublishedSchema::of<DeadLetters>(); }

log::LogResult<std::string> read_dead_letters(log::EventLog& log, std::size_t limit) {
  DeadLetters found;
  const auto reader = log.open_reader(log::Topic::deadletters);
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    const auto bounds = log.bounds(log::Topic::deadletters, partition);
    if (!bounds) return std::unexpected(bounds.error());
    if (bounds->low == bounds->stable) continue;
    const auto from = std::max(bounds->low, bounds->stable - static_cast<log::Offset>(limit));
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

}  // namespace casetrail::api
