// Finds a value by the address of a thing, in one step however many there are.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace casetrail {

/// `Count` values, each by the address of another thing. Made once and never changed.
template <class Value, std::size_t Count>
class PointerTable {
 public:
  struct Entry {
    const void* key;
    Value value;
  };

  explicit PointerTable(const std::array<Entry, Count>& entries) {
    for (const auto& entry : entries) {
      auto at = place_of(entry.key);
      while (slots_[at].key != nullptr) at = (at + 1) % kSlots;
      slots_[at] = entry;
    }
  }

  /// Null when no value was given for `key`.
  [[nodiscard]] const Value* find(const void* key) const {
    for (auto at = place_of(key); slots_[at].key != nullptr; at = (at + 1) % kSlots) {
      if (slots_[at].key == key) return &slots_[at].value;
    }
    return nullptr;
  }

 private:
  /// Three of four stay empty, so that few keys meet and every search ends.
  static constexpr std::size_t kSlots = std::bit_ceil(Count * 4);

  /// Neighbours in memory are spread by Fibonacci hashing (Knuth, volume 3, 6.4): 2^64 over the golden ratio.
  static std::size_t place_of(const void* key) {
    constexpr std::uint64_t kSpread = 0x9e3779b97f4a7c15;
    return static_cast<std::size_t>((reinterpret_cast<std::uintptr_t>(key) * kSpread) >>
                                    (64 - std::bit_width(kSlots - 1)));
  }

  std::array<Entry, kSlots> slots_{};
};

}  // namespace casetrail
