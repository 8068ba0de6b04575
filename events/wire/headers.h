// The headers of a message, in one piece of memory: a record has a dozen of them.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

namespace casetrail {

struct HeaderView {
  std::string_view name;
  std::string_view value;

  bool operator==(const HeaderView&) const = default;
};

/// Names and values in the order in which they were added; a name may come again. Views into it end with the
/// next change.
class Headers {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using difference_type = std::ptrdiff_t;
    using value_type = HeaderView;
    using pointer = const HeaderView*;
    using reference = const HeaderView&;

    explicit Iterator(std::string_view rest) : rest_(rest) { ++*this; }
    Iterator() = default;

    reference operator*() const { return header_; }
    pointer operator->() const { return &header_; }
    Iterator& operator++();
    bool operator==(std::default_sentinel_t) const { return at_end_; }

   private:
    std::string_view rest_;
    HeaderView header_;
    bool at_end_ = false;
  };

  Headers() = default;
  Headers(std::initializer_list<HeaderView> headers) {
    for (const auto& [name, value] : headers) add(name, value);
  }

  void add(std::string_view name, std::string_view value);
  /// Room for so many bytes of names and values.
  void reserve(std::size_t bytes) { packed_.reserve(bytes); }

  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] Iterator begin() const { return Iterator(packed_); }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

  /// `*(name value)`, each its length as a LEB128 varint and its bytes.
  [[nodiscard]] std::string_view packed() const { return packed_; }

  bool operator==(const Headers&) const = default;

 private:
  std::string packed_;
  std::size_t count_ = 0;
};

}  // namespace casetrail
