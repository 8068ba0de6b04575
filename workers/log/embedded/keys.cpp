// How the keys of the embedded log are spelled.
#include "workers/log/embedded/keys.h"

#include "workers/log/embedded/rows.h"

namespace casetrail::embedded::keys {

namespace {

void put(std::string& out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = bytes; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i)));
}

std::uint64_t take(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8U | static_cast<unsigned char>(byte);
  return value;
}

void put_place(std::string& out, log::Topic topic, log::Partition partition) {
  out.push_back(static_cast<char>(topic));
  put(out, static_cast<std::uint32_t>(partition), 4);
}

std::string place(char kind, log::Topic topic, log::Partition partition) {
  std::string key(1, kind);
  put_place(key, topic, partition);
  return key;
}

constexpr std::size_t kPlaceBytes = 5;

}  // namespace

std::string block(log::Topic topic, log::Partition partition, log::Offset last) {
  const bool lasting = topic == log::Topic::events || topic >= log::Topic::policy;
  std::string key = place(lasting ? 'r' : EmbeddedRows::kPassing, topic, partition);
  put(key, static_cast<std::uint64_t>(last), 8);
  return key;
}

log::Offset last_of_block(std::string_view key) {
  return static_cast<log::Offset>(take(key.substr(key.size() - 8)));
}

std::string next(log::Topic topic, log::Partition partition) { return place('n', topic, partition); }
std::string low(log::Topic topic, log::Partition partition) { return place('l', topic, partition); }

std::string lost(log::Topic topic, log::Partition partition, log::Offset from) {
  std::string key = place('x', topic, partition);
  put(key, static_cast<std::uint64_t>(from), 8);
  return key;
}

std::string destroyed(log::Partition partition) { return place('d', log::Topic::keys, partition); }

std::string group(const GroupKey& key) {
  std::string bytes(kGroups);
  bytes += key.group;
  put_place(bytes, key.topic, key.partition);
  return bytes;
}

GroupKey group_of(std::string_view key) {
  const auto place = key.substr(key.size() - kPlaceBytes);
  return {std::string(key.substr(kGroups.size(), key.size() - kGroups.size() - kPlaceBytes)),
          static_cast<log::Topic>(place.front()), static_cast<log::Partition>(take(place.substr(1)))};
}

std::string number(std::int64_t value) {
  std::string bytes;
  put(bytes, static_cast<std::uint64_t>(value), 8);
  return bytes;
}

std::int64_t number_of(std::string_view bytes) { return static_cast<std::int64_t>(take(bytes)); }

}  // namespace casetrail::embedded::keys
