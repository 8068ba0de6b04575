// The keys of lists, and what changes in them.
#include "projections/lists.h"

#include <algorithm>
#include <ranges>

namespace casetrail {
namespace {

// So that what others wrote cannot be taken for the end of the list's key.
void append_length(std::size_t length, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>(length >> static_cast<unsigned>(shift));
}

}  // namespace

std::string listed_key(const List& list, std::string_view order) {
  return std::string(1, kLists).append(list.key).append(order);
}

std::string count_key(const List& list, std::string_view beginning, std::size_t bytes) {
  return std::string(list.key).append(1, static_cast<char>(bytes)).append(beginning);
}

std::string order_of(std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number) ^ (std::uint64_t{1} << 63U);
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8)
    bytes += static_cast<char>(bits >> static_cast<unsigned>(shift));
  return bytes;
}

std::int64_t number_of(std::string_view order) {
  std::uint64_t bits = 0;
  for (const char byte : order.substr(0, sizeof bits)) bits = bits << 8U | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(bits ^ (std::uint64_t{1} << 63U));
}

std::string order_of(Timestamp at) { return order_of(epoch_ms(at)); }

List list_of(std::string_view name, std::string_view value) {
  List list{.key = std::string(name)};
  list.key += '\x1f';
  append_length(value.size(), list.key);
  list.key += value;
  return list;
}

List measured_list(std::string_view name) {
  auto list = list_of(name);
  list.measured = Measure::yes;
  return list;
}

Places& Places::in(std::string_view list, std::string_view value) {
  places_.push_back({list_of(list, value), order_});
  return *this;
}

Places& Places::in(std::string_view list, const std::optional<std::string>& value) {
  return value ? in(list, std::string_view(*value)) : *this;
}

Places& Places::when(bool is, std::string_view list) {
  return is ? in(list, std::string_view("true")) : *this;
}

Places& Places::at(std::string_view measured, Timestamp moment) {
  places_.push_back({measured_list(measured), order_of(moment)});
  return *this;
}

void Lists::count(const ListPlace& place, std::int64_t by) {
  const auto count_at = [&](std::size_t bytes) {
    const auto key = count_key(place.list, std::string_view(place.order).substr(0, bytes), bytes);
    if ((counts_.upsert(key).rows += by) == 0) counts_.erase(key);
  };
  if (place.list.measured == Measure::no) return count_at(0);
  for (auto bytes = kFewestCountedBytes; bytes <= kMostCountedBytes; ++bytes) count_at(bytes);
}

void Lists::move(std::string_view key, std::vector<ListPlace> before, std::vector<ListPlace> after) {
  for (auto* places : {&before, &after}) {
    std::ranges::sort(*places);
    const auto repeats = std::ranges::unique(*places);
    places->erase(repeats.begin(), repeats.end());
  }
  const auto change = [&](const std::vector<ListPlace>& from, const std::vector<ListPlace>& to, bool stands) {
    std::vector<ListPlace> changed;
    std::ranges::set_difference(from, to, std::back_inserter(changed));
    for (const auto& place : changed) {
      count(place, stands ? 1 : -1);
      changed_.emplace_back(listed_key(place.list, place.order).append(key), stands);
    }
  };
  change(before, after, false);
  change(after, before, true);
}

void Lists::write_changes(const RowSink& sink) {
  counts_.write_changes(sink);
  std::ranges::sort(changed_);
  for (const auto& [key, stands] : changed_) stands ? sink(key, std::string_view()) : sink(key, std::nullopt);
  changed_.clear();
}

}  // namespace casetrail
