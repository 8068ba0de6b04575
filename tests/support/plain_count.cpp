// Written from the meaning of each count alone, and with none of the folds' code.
#include "tests/support/plain_count.h"

#include <algorithm>
#include <set>
#include <utility>

#include "events/case/assignment.h"
#include "events/case/callback.h"
#include "events/case/complaint.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/review.h"

namespace casetrail {
namespace {

using Events = std::vector<CaseEvent>;
using Counts = std::map<std::string, std::int64_t>;

template <class Fact, class Wanted>
std::int64_t count_if(const Events& events, Wanted&& wanted) {
  return std::ranges::count_if(events, [&](const CaseEvent& event) {
    const auto* fact = event.event.get_if<Fact>();
    return fact != nullptr && wanted(*fact);
  });
}

template <class Fact>
std::int64_t count(const Events& events) {
  return count_if<Fact>(events, [](const Fact&) { return true; });
}

template <class Fact>
std::int64_t cases_with(const Events& events) {
  std::set<std::string> cases;
  for (const auto& event : events) {
    if (event.event.get_if<Fact>() != nullptr) cases.insert(event.case_id.value);
  }
  return std::ssize(cases);
}

std::map<std::string, Events> by_case(const Events& events) {
  std::map<std::string, Events> streams;
  for (const auto& event : events) streams[event.case_id.value].push_back(event);
  return streams;
}

/// A → B → A over the departments that had the case, neighbouring repeats taken as one.
std::int64_t ping_pongs_in(const Events& stream) {
  std::vector<std::string> path;
  const auto enter = [&](const DepartmentId& department) {
    if (path.empty() || path.back() != department.value) path.push_back(department.value);
  };
  for (const auto& event : stream) {
    if (const auto* made = event.event.get_if<AssignmentMade>()) enter(made->department_id);
    if (const auto* accepted = event.event.get_if<HandoffAccepted>()) enter(accepted->by.department_id);
  }
  std::int64_t found = 0;
  for (std::size_t i = 2; i < path.size(); ++i) found += path[i] == path[i - 2] ? 1 : 0;
  return found;
}

/// Handoffs on the board: asked for, not reported back, not replaced after a return; none of a case that
/// ended.
std::int64_t open_handoffs_in(const Events& stream) {
  struct Open {
    bool returned = false;
    bool question = false;
  };
  std::map<std::string, Open> open;
  const auto mark = [&](const HandoffId& handoff, bool as) {
    if (const auto found = open.find(handoff.value); found != open.end()) found->second.returned = as;
  };
  for (const auto& event : stream) {
    if (const auto* asked = event.event.get_if<HandoffRequested>()) {
      const bool question = asked->mode == HandoffMode::question;
      if (!question) std::erase_if(open, [](const auto& handoff) { return handoff.second.returned; });
      open[asked->handoff_id.value] = {false, question};
    } else if (const auto* accepted = event.event.get_if<HandoffAccepted>()) {
      mark(accepted->handoff_id, false);
      const bool nothing_to_report = event.actor.kind == ActorKind::import_ || !accepted->complete_by;
      if (nothing_to_report) open.erase(accepted->handoff_id.value);
    } else if (const auto* withdrawn = event.event.get_if<HandoffWithdrawn>()) {
      open.erase(withdrawn->handoff_id.value);
    } else if (const auto* back = event.event.get_if<HandoffReturned>()) {
      mark(back->handoff_id, true);
      std::erase_if(open, [&](const auto& handoff) {
        return handoff.first == back->handoff_id.value && handoff.second.question;
      });
    } else if (const auto* ruled = event.event.get_if<HandoffRuled>()) {
      mark(ruled->handoff_id, false);
    } else if (const auto* completed = event.event.get_if<HandoffCompleted>()) {
      open.erase(completed->handoff_id.value);
    } else if (event.event.get_if<CaseResolved>() != nullptr || event.event.get_if<CaseClosed>() != nullptr) {
      open.clear();
    }
  }
  return std::ssize(open);
}

Counts count_handoffs(const Events& events) {
  Counts counts{
      {"/totals/cases", cases_with<RequestRegistered>(events)},
      {"/totals/handoffs", count<HandoffAccepted>(events)},
      {"/totals/cases_with_handoffs", cases_with<HandoffAccepted>(events)},
      {"/totals/reopened_cases", cases_with<CaseReopened>(events)},
      {"/totals/requested", count<HandoffRequested>(events)},
      {"/totals/returned", count<HandoffReturned>(events)},
      {"/totals/expired", count<HandoffExpired>(events)},
      {"/totals/ruled", count<HandoffRuled>(events)},
      {"/totals/completed", count<HandoffCompleted>(events)},
      {"/totals/withdrawn", count<HandoffWithdrawn>(events)},
      {"/totals/questions",
       count_if<HandoffRequested>(
           events, [](const HandoffRequested& fact) { return fact.mode == HandoffMode::question; })},
      {"/totals/answered",
       count_if<HandoffCompleted>(events, [](const HandoffCompleted& fact) { return fact.pii.has_value(); })},
      {"/totals/ping_pongs", 0},
      {"/totals/cases_with_ping_pongs", 0},
      {"/totals/open", 0}};
  for (const auto& [case_id, stream] : by_case(events)) {
    const auto ping_pongs = ping_pongs_in(stream);
    counts["/totals/ping_pongs"] += ping_pongs;
    counts["/totals/cases_with_ping_pongs"] += ping_pongs > 0 ? 1 : 0;
    counts["/totals/open"] += open_handoffs_in(stream);
  }
  return counts;
}

/// Callbacks that were scheduled and have not ended since.
std::int64_t open_callbacks_in(const Events& stream) {
  std::set<std::string> open;
  for (const auto& event : stream) {
    if (const auto* scheduled = event.event.get_if<CallbackScheduled>())
      open.insert(scheduled->callback_id.value);
    if (const auto* completed = event.event.get_if<CallbackCompleted>())
      open.erase(completed->callback_id.value);
    if (const auto* canceled = event.event.get_if<CallbackCanceled>())
      open.erase(canceled->callback_id.value);
    if (const auto* refused = event.event.get_if<CallbackRefused>()) open.erase(refused->callback_id.value);
    if (const auto* exhausted = event.event.get_if<CallbackExhausted>())
      open.erase(exhausted->callback_id.value);
    const auto* waived = event.event.get_if<CallbackWaived>();
    if (waived != nullptr && waived->callback_id) open.erase(waived->callback_id->value);
  }
  return std::ssize(open);
}

bool was_called_when_due(const Events& stream) {
  const auto is = []<class Fact>(const Fact*) {
    return [](const CaseEvent& event) { return event.event.get_if<Fact>() != nullptr; };
  };
  const auto due = std::ranges::find_if(stream, is(static_cast<CallbackScheduled*>(nullptr)));
  return std::any_of(due, stream.end(), is(static_cast<CallbackCompleted*>(nullptr)));
}

Counts count_follow_ups(const Events& events) {
  Counts counts{{"/totals/cases", cases_with<RequestRegistered>(events)},
                {"/totals/scheduled", count<CallbackScheduled>(events)},
                {"/totals/rescheduled", count<CallbackRescheduled>(events)},
                {"/totals/attempts", count<CallbackAttempted>(events)},
                {"/totals/completed", count<CallbackCompleted>(events)},
                {"/totals/refused", count<CallbackRefused>(events)},
                {"/totals/exhausted", count<CallbackExhausted>(events)},
                {"/totals/waived", count<CallbackWaived>(events)},
                {"/totals/canceled", count<CallbackCanceled>(events)},
                {"/totals/went_overdue", count<CallbackOverdue>(events)},
                {"/totals/cases_due", cases_with<CallbackScheduled>(events)},
                {"/totals/cases_called", 0},
                {"/totals/open", 0}};
  counts["/totals/dissatisfied"] =
      count_if<CallbackCompleted>(events, [](const auto& fact) { return fact.answers.satisfied == false; });
  counts["/totals/problems_found"] = count_if<CallbackCompleted>(
      events, [](const auto& fact) { return fact.pii && fact.pii->problem_where; });
  counts["/metrics/quiet_hour_violations"] =
      count_if<CallbackAttempted>(events, [](const auto& fact) { return fact.in_hours == false; });
  for (const auto& [case_id, stream] : by_case(events)) {
    counts["/totals/cases_called"] += was_called_when_due(stream) ? 1 : 0;
    counts["/totals/open"] += open_callbacks_in(stream);
  }
  return counts;
}

bool has_failed(const std::vector<ScoreItem>& items) {
  return std::ranges::any_of(items, &ScoreItem::auto_fail);
}

/// Points of a card, `sign` times; a review that failed by one item has earned none.
void count_points(const std::vector<ScoreItem>& items, std::int64_t sign, Counts& counts) {
  const bool failed = has_failed(items);
  for (const auto& item : items) {
    if (!item.applicable) continue;
    counts["/totals/applicable"] += sign * item.max;
    counts["/totals/earned"] += failed ? 0 : sign * item.score;
  }
}

/// A review as the events tell of it, one after the other.
struct PlainReview {
  const std::vector<ScoreItem>* items = nullptr;  ///< the card as it stands; null while it is not scored
  std::ptrdiff_t points = 0;                      ///< to improve
  bool has_reviewer = false;
  bool is_second = false;  ///< its points count for nobody
  bool is_settled = false;

  [[nodiscard]] bool counts() const { return items != nullptr && !is_second; }
};

void correct(PlainReview& review, const std::vector<ScoreItem>& items, const DisputeReasons& reasons,
             Counts& counts) {
  count_points(*review.items, -1, counts);
  count_points(items, 1, counts);
  review.items = &items;
  if (!reasons.by_item) return;
  counts["/totals/improvement_points"] += std::ssize(*reasons.by_item) - review.points;
  review.points = std::ssize(*reasons.by_item);
}

/// Another score of the same review takes the place of the one before.
void score(PlainReview* review, const ReviewScored& fact, Counts& counts) {
  if (review != nullptr && review->is_second) {
    if (!review->is_settled) review->items = &fact.items;
    return;
  }
  count_points(fact.items, 1, counts);
  auto given = std::ssize(fact.pii.improvement_points);
  if (fact.pii.by_item) given += std::ssize(*fact.pii.by_item);
  counts["/totals/improvement_points"] += given;
  if (review == nullptr) return;
  if (review->items != nullptr) {
    count_points(*review->items, -1, counts);
    counts["/totals/improvement_points"] -= review->points;
  }
  review->items = &fact.items;
  review->points = given;
}

Counts count_reviews(const Events& events) {
  Counts counts{{"/totals/cases", cases_with<RequestRegistered>(events)},
                {"/totals/cases_reviewed", cases_with<ReviewScored>(events)},
                {"/totals/auto_fails", 0},
                {"/totals/improvement_points", 0},
                {"/totals/applicable", 0},
                {"/totals/earned", 0},
                {"/totals/items_compared", 0},
                {"/totals/items_alike", 0}};
  std::map<std::pair<std::string, std::string>, PlainReview> reviews;
  for (const auto& event : events) {
    const auto key = [&](const ReviewId& id) { return std::pair(event.case_id.value, id.value); };
    const auto find = [&](const ReviewId& id) {
      const auto found = reviews.find(key(id));
      return found == reviews.end() ? nullptr : &found->second;
    };
    if (const auto* assigned = event.event.get_if<ReviewAssigned>()) {
      auto& review = reviews[key(assigned->review_id)];
      review.has_reviewer = true;
      if (review.items == nullptr) review.is_second = assigned->calibrates.has_value();
    }
    if (const auto* drawn = event.event.get_if<ReviewSampleDrawn>()) reviews[key(drawn->review_id)];
    if (const auto* fact = event.event.get_if<ReviewScored>()) score(find(fact->review_id), *fact, counts);
    if (const auto* fact = event.event.get_if<ReviewDisputeResolved>();
        fact != nullptr && fact->items && fact->outcome == DisputeOutcome::corrected) {
      auto* review = find(fact->review_id);
      if (review != nullptr && review->counts()) correct(*review, *fact->items, fact->pii, counts);
    }
    if (const auto* fact = event.event.get_if<ReviewCalibrated>()) {
      auto* second = find(fact->review_id);
      if (second == nullptr || second->items == nullptr || !second->is_second || second->is_settled) continue;
      second->is_settled = true;
      counts["/totals/items_compared"] += std::ssize(*second->items);
      counts["/totals/items_alike"] += std::ssize(*second->items) - std::ssize(fact->differences);
      auto* first = find(fact->first_id);
      if (first != nullptr && first->counts() && fact->items)
        correct(*first, *fact->items, fact->pii, counts);
    }
  }
  counts["/totals/assigned"] = std::ssize(reviews);
  for (const auto& [id, review] : reviews) {
    const auto* state = review.is_settled         ? "calibrated"
                        : review.counts()         ? "scored"
                        : review.items != nullptr ? "compared"
                        : review.has_reviewer     ? "open"
                                                  : "drawn";
    ++counts[std::string("/totals/") + state];
    if (review.counts() && has_failed(*review.items)) ++counts["/totals/auto_fails"];
  }
  return counts;
}

Counts count_stints(const Events& events) {
  Counts counts{{"/totals/stints", 0}, {"/totals/current", 0}};
  enum class Owned { never, now, before };
  std::map<std::string, Owned> cases;
  for (const auto& event : events) {
    auto& owned = cases[event.case_id.value];
    const bool named =
        event.event.get_if<OwnerDesignated>() != nullptr || event.event.get_if<OwnerChanged>() != nullptr;
    const bool again = event.event.get_if<CaseReopened>() != nullptr && owned == Owned::before;
    if (named || again) {
      ++counts["/totals/stints"];
      owned = Owned::now;
    }
    if (event.event.get_if<CaseClosed>() != nullptr && owned == Owned::now) owned = Owned::before;
  }
  for (const auto& [id, owned] : cases) counts["/totals/current"] += owned == Owned::now ? 1 : 0;
  return counts;
}

}  // namespace

std::map<std::string, std::int64_t> plain_counts(std::string_view view,
                                                 const std::vector<CaseEvent>& events) {
  if (view == "handoff") return count_handoffs(events);
  if (view == "follow_up") return count_follow_ups(events);
  if (view == "review") return count_reviews(events);
  if (view == "complaints") return {{"/totals/lodged", count<ComplaintLodged>(events)}};
  if (view == "owners") return count_stints(events);
  if (view == "closed") return {{"/totals/closed", count<CaseClosed>(events)}};
  return {};
}

}  // namespace casetrail
