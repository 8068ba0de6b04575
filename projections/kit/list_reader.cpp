// Merges the lists of the partitions, a few places of each at a time.
#include "projections/kit/list_reader.h"

#include <algorithm>
#include <deque>
#include <map>
#include <vector>

namespace casetrail::kit {
namespace {

constexpr std::size_t kFirstPlaces = 8;
constexpr std::size_t kMostPlaces = 256;

/// The next places of one partition's list.
class Ahead {
 public:
  Ahead(const Rows& rows, const List& list, std::string_view after)
      : rows_(rows), prefix_(listed_key(list, {})), last_(listed_key(list, after)) {
    fill();
  }

  [[nodiscard]] bool empty() const { return next_ == places_.size(); }
  [[nodiscard]] const std::string& front() const { return places_[next_]; }
  [[nodiscard]] ListReader::Found take() {
    ListReader::Found found{std::move(places_[next_]), &rows_};
    if (++next_ == places_.size() && more_) fill();
    return found;
  }

 private:
  void fill() {
    places_.clear();
    next_ = 0;
    more_ = false;
    rows_.scan_from(prefix_, last_, [&](std::string_view key, std::string_view) {
      if (key <= last_) return true;
      more_ = places_.size() == many_;
      if (!more_) places_.emplace_back(key.substr(prefix_.size()));
      return !more_;
    });
    if (!places_.empty()) last_ = prefix_ + places_.back();
    many_ = std::min(2 * many_, kMostPlaces);
  }

  const Rows& rows_;
  std::string prefix_;
  std::string last_;  // the stored key up to which it was read
  std::size_t many_ = kFirstPlaces;
  std::vector<std::string> places_;
  std::size_t next_ = 0;
  bool more_ = false;
};

/// The rows of some lists in the order of their places, each place once.
class Merged {
 public:
  Merged(std::span<const Rows* const> partitions, std::span<const List> lists, std::string_view after) {
    parts_.reserve(partitions.size() * lists.size());
    for (const auto* rows : partitions) {
      for (const auto& list : lists) {
        parts_.emplace_back(*rows, list, after);
        if (!parts_.back().empty()) push(parts_.size() - 1);
      }
    }
  }

  Merged(const Merged&) = delete;
  Merged& operator=(const Merged&) = delete;
  ~Merged() = default;

  /// Nothing behind the last one.
  [[nodiscard]] std::optional<ListReader::Found> next() {
    while (!in_order_.empty()) {
      std::ranges::pop_heap(in_order_, later_);
      const auto first = in_order_.back();
      in_order_.pop_back();
      auto found = parts_[first].take();
      if (!parts_[first].empty()) push(first);
      if (found.place == last_) continue;  // a row that stands in two lists stands at one place
      last_ = found.place;
      return found;
    }
    return std::nullopt;
  }

 private:
  void push(std::size_t part) {
    in_order_.push_back(part);
    std::ranges::push_heap(in_order_, later_);
  }

  std::vector<Ahead> parts_;
  std::function<bool(std::size_t, std::size_t)> later_ = [this](std::size_t left, std::size_t right) {
    return parts_[left].front() > parts_[right].front();
  };
  std::vector<std::size_t> in_order_;  // a heap
  std::string last_;
};

}  // namespace

/// Over all partitions, the counts of what is `bytes` long and begins so.
void ListReader::for_each_count(const List& list, std::string_view beginning, std::size_t bytes,
                                const OnCount& on_count) const {
  const auto prefix = count_key(list.key, {}, bytes);
  const auto wanted = count_key(list.key, beginning, bytes);
  for (const auto* rows : partitions_) {
    rows->scan(std::string(1, kListCounts) + wanted,
               [&](std::string_view key, std::string_view bytes_of_row) {
                 on_count(key.substr(1 + prefix.size()), decode_row<ListCount>(key, bytes_of_row).rows);
                 return true;
               });
  }
}

std::int64_t ListReader::count(const List& list) const {
  std::int64_t all = 0;
  const auto bytes = list.measured == Measure::yes ? kFewestCountedBytes : 0;
  for_each_count(list, {}, bytes, [&](std::string_view, std::int64_t rows) { all += rows; });
  return all;
}

std::map<std::string, std::int64_t> ListReader::count_by_value(std::string_view name) const {
  std::map<std::string, std::int64_t> counts;
  const auto prefix = std::string(1, kListCounts) + lists_named(name);
  for (const auto* rows : partitions_) {
    rows->scan(prefix, [&](std::string_view key, std::string_view bytes_of_row) {
      counts[value_in(key.substr(1))] += decode_row<ListCount>(key, bytes_of_row).rows;
      return true;
    });
  }
  return counts;
}

std::int64_t ListReader::count_before(const List& list, std::string_view order) const {
  std::int64_t before = 0;
  std::string_view beginning;
  for (auto bytes = kFewestCountedBytes; bytes <= kMostCountedBytes; ++bytes) {
    for_each_count(list, beginning, bytes, [&](std::string_view counted, std::int64_t rows) {
      if (counted < order.substr(0, bytes)) before += rows;
    });
    beginning = order.substr(0, bytes);
  }
  for (const auto* rows : partitions_) {
    rows->scan(listed_key(list, beginning), [&](std::string_view key, std::string_view) {
      if (key >= listed_key(list, order)) return false;
      ++before;
      return true;
    });
  }
  return before;
}

std::optional<std::string> ListReader::order_at(const List& list, std::int64_t index) const {
  std::string beginning;
  for (auto bytes = kFewestCountedBytes; bytes <= kMostCountedBytes; ++bytes) {
    std::map<std::string, std::int64_t> counts;
    for_each_count(list, beginning, bytes, [&](std::string_view counted, std::int64_t rows) {
      counts[std::string(counted)] += rows;
    });
    const auto holds = std::ranges::find_if(counts, [&](const auto& count) {
      if (index < count.second) return true;
      index -= count.second;
      return false;
    });
    if (holds == counts.end()) return std::nullopt;
    beginning = holds->first;
  }
  std::vector<std::string> orders;
  const auto prefix = listed_key(list, {}).size();
  for (const auto* rows : partitions_) {
    rows->scan(listed_key(list, beginning), [&](std::string_view key, std::string_view) {
      orders.emplace_back(key.substr(prefix, kMeasuredBytes));
      return true;
    });
  }
  const auto at = orders.begin() + index;
  std::ranges::nth_element(orders, at);
  return *at;
}

void ListReader::read(std::span<const List> lists, std::string_view after, const OnFound& on_found) const {
  Merged merged(partitions_, lists, after);
  while (const auto found = merged.next()) {
    if (!on_found(*found)) return;
  }
}

void ListReader::read_common(std::span<const std::vector<List>> each, std::string_view after,
                             const OnFound& on_found) const {
  std::deque<Merged> merged;
  std::vector<Found> fronts;
  for (const auto& lists : each) {
    auto first = merged.emplace_back(partitions_, lists, after).next();
    if (!first) return;
    fronts.push_back(*std::move(first));
  }
  for (std::string place; !fronts.empty();) {
    const auto same = [&](const Found& front) { return front.place == place; };
    place = std::ranges::max(fronts, {}, &Found::place).place;
    const bool common = std::ranges::all_of(fronts, same);
    if (common && !on_found(fronts.front())) return;
    for (std::size_t i = 0; i < fronts.size(); ++i) {
      while (fronts[i].place < place || (common && fronts[i].place == place)) {
        auto next = merged[i].next();
        if (!next) return;
        fronts[i] = *std::move(next);
      }
    }
  }
}

}  // namespace casetrail::kit
