// Compares what is known of the case before and after each event.
#include "projections/history/changes.h"

#include <algorithm>
#include <map>
#include <utility>

#include "aggregates/case/why.h"
#include "events/case/review.h"
#include "events/case/timer.h"
#include "projections/history/as_of.h"
#include "projections/history/known_fields.h"

namespace casetrail::history {
namespace {

std::optional<std::string> value_in(const KnownFields& fields, const std::string& field) {
  const auto found = fields.find(field);
  return found == fields.end() ? std::nullopt : std::optional(found->second.text);
}

/// Of a field that one of the two knows.
std::optional<std::string> names_in(const KnownFields& a, const KnownFields& b, const std::string& field) {
  const auto found = a.find(field);
  const auto names = (found == a.end() ? b.at(field) : found->second).names;
  return names.empty() ? std::nullopt : std::optional(std::string(names));
}

/// The fields in which the two differ, in their order.
std::vector<std::string> differing(const KnownFields& a, const KnownFields& b) {
  std::vector<std::pair<std::string, KnownValue>> lines;
  std::ranges::set_symmetric_difference(a, b, std::back_inserter(lines));
  std::vector<std::string> fields;
  for (auto& [field, value] : lines) {
    if (fields.empty() || fields.back() != field) fields.push_back(std::move(field));
  }
  return fields;
}

/// The section of the policy whose clock ran out, or that drew a sample; else nothing where a command came.
class ClockRule {
 public:
  /// `before` is the case as the event met it. What follows the end of a clock goes by it, too.
  void take(const CaseState& before, const CaseEvent& event) {
    if (event.event.get_if<ReviewSampleDrawn>() != nullptr) {
      section_ = "review";
      return;
    }
    if (!event.command_id.empty()) return section_.reset();
    std::optional<TimerKind> kind;
    if (const auto* expired = event.event.get_if<TimerExpired>()) kind = expired->kind;
    if (const auto* warned = event.event.get_if<TimerWarned>()) {
      const auto timer = std::ranges::find(before.timers, warned->timer_id, &RunningTimer::timer_id);
      if (timer != before.timers.end()) kind = timer->kind;
    }
    if (kind) section_ = policy_section_of(*kind);
  }
  [[nodiscard]] const std::optional<std::string>& section() const { return section_; }

 private:
  std::optional<std::string> section_;
};

/// The last change of each field.
using Touched = std::map<std::string, Change>;

std::vector<Change> net(const KnownFields& first, const KnownFields& last, const Touched& touched) {
  std::vector<Change> changes;
  for (const auto& field : differing(first, last)) {
    auto& change = changes.emplace_back(touched.at(field));
    change.before = value_in(first, field);
    change.after = value_in(last, field);
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
  const auto first = known_fields(standing);
  auto known = first;
  ClockRule rule;
  std::vector<Change> every;
  Touched touched;
  of.for_each(from, [&](std::int64_t seq, const EventRow& event) {
    if (seq > to) return false;
    const auto recorded = event_in(of.id, seq, event);
    rule.take(standing.state(), recorded);
    standing.take(recorded);
    auto after = known_fields(standing);
    for (const auto& field : differing(known, after)) {
      Change change{field, value_in(known, field),        value_in(after, field), seq,
                    event, names_in(known, after, field), rule.section()};
      if (which == Changes::every)
        every.push_back(std::move(change));
      else
        touched.insert_or_assign(field, std::move(change));
    }
    known = std::move(after);
    return true;
  });
  return which == Changes::every ? every : net(first, known, touched);
}

}  // namespace casetrail::history
