// Keys sort by time because their first eight bytes do.
#include "workers/command/case_rows.h"

#include "events/wire/binary.h"
#include "events/wire/digest.h"
#include "events/wire/schema_writer.h"

namespace casetrail::command {
namespace {

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;
constexpr std::size_t kTimeBytes = 8;

}  // namespace

const std::vector<std::string>& command_families() {
  static const std::vector<std::string> families{"states", "timers", "ids", "id_ages", "damaged"};
  return families;
}

/// Counted up when events make something else of a case than before, in the same fields.
constexpr std::string_view kFoldVersion = "2";

const std::string& command_fingerprint() {
  static const std::string fingerprint =
      digest_of({std::string(kFoldVersion), SchemaWriter::schema_of<CaseState>(SchemaScope::all),
                 SchemaWriter::schema_of<Progress>(SchemaScope::all),
                 SchemaWriter::schema_of<RememberedCommand>(SchemaScope::all)});
  return fingerprint;
}

std::string memory_key(const CommandId& id, std::string_view source) {
  auto key = id.value;
  if (!source.empty() && !is_remembered_for_ever(key)) key.append("\n").append(source);
  return key;
}

std::string encode(const TimedKey& key) {
  auto bits = static_cast<std::uint64_t>(epoch_ms(key.at)) ^ kSignBit;
  std::string bytes(kTimeBytes, '\0');
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, bits >>= 8) *byte = static_cast<char>(bits);
  return bytes.append(key.name);
}

std::optional<TimedKey> decode_timed_key(std::string_view bytes) {
  if (bytes.size() <= kTimeBytes) return std::nullopt;
  std::uint64_t bits = 0;
  for (const char byte : bytes.substr(0, kTimeBytes)) bits = bits << 8 | static_cast<unsigned char>(byte);
  return TimedKey{from_epoch_ms(static_cast<std::int64_t>(bits ^ kSignBit)),
                  std::string(bytes.substr(kTimeBytes))};
}

std::string encode(const CaseState& state) { return to_binary(state); }
bool decode(std::string_view bytes, CaseState& into) { return from_binary(bytes, into); }
std::string encode(const Progress& progress) { return to_binary(progress); }
bool decode(std::string_view bytes, Progress& into) { return from_binary(bytes, into); }
std::string encode(const RememberedCommand& command) { return to_binary(command); }
bool decode(std::string_view bytes, RememberedCommand& into) { return from_binary(bytes, into); }

}  // namespace casetrail::command
