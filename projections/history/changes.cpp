// Compares what is known of the case before and after each event.
#include "projections/history/changes.h"

#include <algorithm>
#include <map>
#include <utility>

#include "projections/history/as_of.h"
#include "projections/history/known_fields.h"

namespace casetrail::history {
namespace {

std::optional<std::string> value_in(const KnownFields& fields, const std::string& field) {
  const auto found = fields.find(field);
  return found == fields.end() ? std::nullopt : std::optional(found->second);
}

/// The fields in which the two differ, in their order.
std::vector<std::string> differing(const KnownFields& a, const KnownFields& b) {
  std::vector<std::pair<std::string, std::string>> lines;
  std::ranges::set_symmetric_difference(a, b, std::back_inserter(lines));
  std::vector<std::string> fields;
  for (auto& [field, value] : lines) {
    if (fields.empty() || fields.back() != field) fields.push_back(std::move(field));
  }
  return fields;
}

/// The last event that changed each field.
using Touched = std::map<std::string, std::pair<std::int64_t, EventRow>>;

std::vector<Change> net(const KnownFields& first, const KnownFields& last, const Touched& touched) {
  std::vector<Change> changes;
  for (const auto& field : differing(first, last)) {
    const auto& [seq, event] = touched.at(field);
    changes.push_back({field, value_in(first, field), value_in(last, field), seq, event});
  }
  std::ranges::stable_sort(changes, {}, &Change::seq);
  return changes;
}

}  // namespace

std::vector<Change> changes_between(const CaseRows& of, std::int64_t from, std::int64_t to, Changes which) {
  if (from > to) {
    auto back = changes_between(of, to, from, which);
    for (auto& change : back) std::swap(change.before, change.after);
    return back;
  }
  auto standing = standing_at(of, from).head;
  const auto first = known_fields(standing.row);
  auto known = first;
  std::vector<Change> every;
  Touched touched;
  of.for_each(from, [&](std::int64_t seq, const EventRow& event) {
    if (seq > to) return false;
    standing.take(of.id, seq, event);
    auto after = known_fields(standing.row);
    for (const auto& field : differing(known, after)) {
      if (which == Changes::every)
        every.push_back({field, value_in(known, field), value_in(after, field), seq, event});
      else
        touched.insert_or_assign(field, std::pair(seq, event));
    }
    known = std::move(after);
    return true;
  });
  return which == Changes::every ? every : net(first, known, touched);
}

}  // namespace casetrail::history
