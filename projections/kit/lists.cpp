// The keys of lists, and what changes in them.
#include "projections/kit/lists.h"

#include <algorithm>
#include <ranges>

namespace casetrail::kit {
namespace {

constexpr char kEndOfName = '\x1f';
constexpr std::size_t kLengthBytes = 4;

// So that what others wrote cannot be taken for the end of the list's key.
void append_length(std::size_t length, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>(length >> static_cast<unsigned>(shift));
}

void append_list_key(std::string_view name, std::string_view value, std::string& out) {
  out.append(name) += kEndOfName;
  append_length(value.size(), out);
  out += value;
}

/// The elements that follow one another and have the same `of(element)`, run by run.
template <class Element, class Of, class OnRun>
void for_each_run(std::span<const Element> elements, Of&& of, OnRun&& on_run) {
  while (!elements.empty()) {
    const auto end = std::ranges::find_if_not(
        elements, [&](const auto& element) { return of(element) == of(elements.front()); });
    const auto run = elements.first(static_cast<std::size_t>(end - elements.begin()));
    on_run(run);
    elements = elements.subspan(run.size());
  }
}

/// A row's places are made twice a batch: they fit in without growing.
constexpr std::size_t kUsualBytes = 512;
constexpr std::size_t kUsualPlaces = 16;

}  // namespace

std::string listed_key(const List& list, std::string_view order) {
  return std::string(1, kLists).append(list.key).append(order);
}

std::string count_key(std::string_view list_key, std::string_view beginning, std::size_t bytes) {
  return std::string(list_key).append(1, static_cast<char>(bytes)).append(beginning);
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
  List list;
  append_list_key(name, value, list.key);
  return list;
}

std::string lists_named(std::string_view name) { return std::string(name).append(1, kEndOfName); }

std::string value_in(std::string_view list_key) {
  const auto length_at = list_key.find(kEndOfName) + 1;
  std::size_t length = 0;
  for (const char byte : list_key.substr(length_at, kLengthBytes))
    length = length << 8U | static_cast<unsigned char>(byte);
  return std::string(list_key.substr(length_at + kLengthBytes, length));
}

List measured_list(std::string_view name) {
  auto list = list_of(name);
  list.measured = Measure::yes;
  return list;
}

Places::Places(std::string order) : order_(std::move(order)) {
  keys_.reserve(kUsualBytes);
  parts_.reserve(kUsualPlaces);
}

Places& Places::add(std::string_view list, std::string_view value, std::string_view order, Measure measured) {
  const auto begin = keys_.size();
  keys_ += kLists;
  append_list_key(list, value, keys_);
  const auto list_bytes = keys_.size() - begin;
  keys_ += order;
  parts_.push_back({begin, list_bytes, keys_.size(), measured});
  return *this;
}

Places& Places::in(std::string_view list, std::string_view value) {
  return add(list, value, order_, Measure::no);
}

Places& Places::in(std::string_view list, const std::optional<std::string>& value) {
  return value ? in(list, std::string_view(*value)) : *this;
}

Places& Places::when(bool is, std::string_view list) {
  return is ? in(list, std::string_view("true")) : *this;
}

Places& Places::at(std::string_view measured, Timestamp moment) {
  return add(measured, {}, order_of(moment), Measure::yes);
}

Places& Places::at(std::string_view measured, std::string_view order) {
  return add(measured, {}, order, Measure::yes);
}

Places& Places::in_order(std::string_view list, std::string_view order) {
  return add(list, {}, order, Measure::no);
}

std::vector<ListPlace> Places::sorted() const {
  std::vector<ListPlace> places;
  places.reserve(parts_.size());
  for (const auto& part : parts_) {
    const auto key = std::string_view(keys_).substr(part.begin, part.end - part.begin);
    places.push_back({key, part.list_bytes, part.measured});
  }
  std::ranges::sort(places);
  const auto repeats = std::ranges::unique(places);
  places.erase(repeats.begin(), repeats.end());
  return places;
}

void Lists::move(std::string_view key, const Places& before, const Places& after) {
  const auto from = before.sorted();
  const auto to = after.sorted();
  std::vector<ListPlace> changed;
  const auto take = [&](std::int64_t by) {
    for (const auto& place : changed)
      changed_.push_back({std::string(place.key).append(key), place.list_bytes, place.measured, by});
    changed.clear();
  };
  std::ranges::set_difference(from, to, std::back_inserter(changed));
  take(-1);
  std::ranges::set_difference(to, from, std::back_inserter(changed));
  take(1);
}

/// Of one list, what changed by the beginnings of its orders that are `bytes` long.
void Lists::count(Changes of_one_list, std::size_t bytes) {
  for_each_run(
      of_one_list, [&](const Change& change) { return change.beginning(bytes); },
      [&](Changes run) {
        std::int64_t by = 0;
        for (const auto& change : run) by += change.by;
        if (by == 0) return;
        const auto list_key = run.front().beginning(0).substr(1);
        const auto key = count_key(list_key, run.front().beginning(bytes).substr(1 + list_key.size()), bytes);
        auto& rows = counts_.upsert(key).rows;
        rows += by;
        if (rows == 0) counts_.erase(key);
      });
}

void Lists::count_changes() {
  for_each_run(
      Changes(changed_), [](const Change& change) { return change.beginning(0); },
      [&](Changes run) {
        if (run.front().measured == Measure::no) return count(run, 0);
        for (auto bytes = kFewestCountedBytes; bytes <= kMostCountedBytes; ++bytes) count(run, bytes);
      });
}

void Lists::write_changes(const RowSink& sink) {
  std::ranges::sort(changed_, {}, &Change::key);
  count_changes();
  counts_.write_changes(sink);
  for (const auto& change : changed_)
    change.by > 0 ? sink(change.key, std::string_view()) : sink(change.key, std::nullopt);
  changed_.clear();
}

}  // namespace casetrail::kit
