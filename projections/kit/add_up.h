// Adds up rows of counts over partitions, member by member, so that none is forgotten.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "projections/kit/histogram.h"

namespace casetrail::kit {

using CountsByCode = std::map<std::string, std::int64_t>;

/// Collects where the counts of a row lie, as its `serialize` names them; rows within it too.
class CountPlaces {
 public:
  using Place = std::variant<std::int64_t*, std::vector<std::int64_t>*, CountsByCode*, Histogram*>;

  template <class... T>
  void operator()(cereal::NameValuePair<T>&&... members) {
    (take(members.value), ...);
  }
  [[nodiscard]] const std::vector<Place>& all() const { return all_; }

 private:
  template <class T>
  void take(T& value) {
    if constexpr (std::is_constructible_v<Place, T*>) {
      all_.emplace_back(&value);
    } else {
      value.serialize(*this);
    }
  }

  std::vector<Place> all_;
};

inline void add_count(std::int64_t& sum, std::int64_t value) { sum += value; }
inline void add_count(std::vector<std::int64_t>& sum, const std::vector<std::int64_t>& values) {
  add_counts(sum, values);
}
inline void add_count(CountsByCode& sum, const CountsByCode& values) {
  for (const auto& [code, count] : values) sum[code] += count;
}
inline void add_count(Histogram& sum, const Histogram& values) { sum.add(values); }

/// Adds every count of `row` to that of `sum`: numbers, lists of numbers by index, numbers by code,
/// histograms.
template <class Row>
void add_up(Row& sum, Row row) {
  CountPlaces into;
  CountPlaces from;
  sum.serialize(into);
  row.serialize(from);
  for (std::size_t i = 0; i < into.all().size(); ++i) {
    std::visit([&]<class Count>(Count* count) { add_count(*count, *std::get<Count*>(from.all()[i])); },
               into.all()[i]);
  }
}

}  // namespace casetrail::kit
