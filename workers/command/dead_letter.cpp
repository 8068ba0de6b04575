// Kafka Connect's family of string headers, under casetrail's own prefix.
#include "workers/command/dead_letter.h"

#include <algorithm>

#include "events/wire/letter_fact.h"
#include "events/wire/reflect.h"
#include "events/wire/sha256.h"
#include "workers/command/sentence.h"

namespace casetrail::command {
namespace {

constexpr std::size_t kKeptBytes = std::size_t{64} << 10;
constexpr std::size_t kLongestKey = 1024;
/// Room for the headers that are added.
constexpr std::size_t kOwnHeaders = 4096;

void add(Message& message, std::string_view name, std::string_view value) {
  message.headers.add(std::string(kLetterHeaders).append(name), value);
}

std::size_t size_of(const MessageView& message) {
  auto size = message.value.size() + message.key.value_or("").size();
  for (const auto& header : message.headers) size += header.name.size() + header.value.size();
  return size;
}

}  // namespace

std::size_t size_of(const Message& message) {
  return message.value.size() + message.key.size() + message.headers.packed().size();
}

Message make_dead_letter(const log::Record& record, std::string_view code, std::string_view sentence) {
  const auto& original = record.message;
  const bool fits = size_of(original) + kOwnHeaders <= kMaxRecordBytes;
  Message letter;
  letter.timestamp = original.timestamp;
  letter.key = original.key.value_or("").substr(0, fits ? std::string_view::npos : kLongestKey);
  letter.value = original.value.substr(0, fits ? std::string_view::npos : kKeptBytes);
  if (fits) {
    for (const auto& [name, value] : original.headers) letter.headers.add(name, value);
  }
  add(letter, "topic", name_of(log::Topic::commands));
  add(letter, "partition", std::to_string(record.partition));
  add(letter, "offset", std::to_string(record.offset));
  add(letter, "timestamp", std::to_string(epoch_ms(original.timestamp)));
  add(letter, "code", code);
  add(letter, "message", as_sentence(sentence));
  if (!fits) {
    add(letter, "size", std::to_string(original.value.size()));
    add(letter, "sha256", sha256_hex(original.value));
  }
  return letter;
}

}  // namespace casetrail::command
