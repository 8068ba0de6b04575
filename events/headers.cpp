// Packed as the embedded log keeps them, so that it takes them as they are.
#include "events/headers.h"

#include <algorithm>

#include "events/varint.h"

namespace casetrail {
namespace {

/// What a varint of one byte holds.
constexpr std::size_t kLastShort = 0x7f;

}  // namespace

Headers::Iterator& Headers::Iterator::operator++() {
  at_end_ = rest_.empty();
  if (at_end_) return *this;
  header_.name = take_text(rest_).value_or("");
  header_.value = take_text(rest_).value_or("");
  return *this;
}

void Headers::add(std::string_view name, std::string_view value) {
  ++count_;
  if (name.size() > kLastShort || value.size() > kLastShort) {
    put_text(packed_, name);
    put_text(packed_, value);
    return;
  }
  const auto begin = packed_.size();
  const auto end = begin + 2 + name.size() + value.size();
  // libstdc++ 12 hands the new capacity on instead of the size that was asked for.
  packed_.resize_and_overwrite(end, [&](char* bytes, std::size_t) {
    auto* at = bytes + begin;
    *at++ = static_cast<char>(name.size());
    at = std::copy(name.begin(), name.end(), at);
    *at++ = static_cast<char>(value.size());
    std::copy(value.begin(), value.end(), at);
    return end;
  });
}

}  // namespace casetrail
