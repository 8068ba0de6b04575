// Which partition a key belongs to, on every log and for every client.
#include "workers/log/partition.h"

#include <cstddef>
#include <cstdint>

namespace casetrail::log {

namespace {

constexpr std::uint32_t kMix = 0x5bd1e995;
constexpr std::uint32_t kSeed = 0x9747b28c;

std::uint32_t byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

// Murmur2, 32 bits, little-endian, with the seed of the Java client.
std::uint32_t murmur2(std::string_view bytes) {
  std::uint32_t hash = kSeed ^ static_cast<std::uint32_t>(bytes.size());
  std::size_t at = 0;
  for (; at + 4 <= bytes.size(); at += 4) {
    std::uint32_t word = byte_at(bytes, at) | byte_at(bytes, at + 1) << 8U | byte_at(bytes, at + 2) << 16U |
                         byte_at(bytes, at + 3) << 24U;
    word *= kMix;
    word ^= word >> 24U;
    hash = (hash * kMix) ^ (word * kMix);
  }
  if (at < bytes.size()) {
    std::uint32_t rest = 0;
    for (std::size_t i = bytes.size(); i > at; --i) rest = rest << 8U | byte_at(bytes, i - 1);
    hash = (hash ^ rest) * kMix;
  }
  hash = (hash ^ hash >> 13U) * kMix;
  return hash ^ hash >> 15U;
}

}  // namespace

Partition partition_of(std::string_view key, Partition partitions) {
  return static_cast<Partition>((murmur2(key) & 0x7fffffffU) % static_cast<std::uint32_t>(partitions));
}

}  // namespace casetrail::log
