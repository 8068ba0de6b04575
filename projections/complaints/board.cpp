// How each event moves the complaint register.
#include "projections/complaints/board.h"

#include <algorithm>

#include "events/wire/reflect.h"
#include "projections/complaints/lists.h"
#include "projections/kit/fold.h"

namespace casetrail::complaints {
namespace {

std::string key_of(const CaseEvent& event, std::int32_t number) {
  return kit::joined_key(event.case_id.value, "k" + std::to_string(number));
}

/// One complaint as it stands: each count is `by` or 0.
CountsRow counts_of(const ComplaintRow& row, std::int64_t by) {
  const auto when = [&](bool is) { return is ? by : 0; };
  return {.lodged = by,
          .open = when(row.is_open()),
          .closed = when(row.state == State::closed),
          .declined = when(row.state == State::turned_down),
          .withdrawn = when(row.state == State::withdrawn),
          .justified = when(row.assessment == ComplaintAssessment::justified),
          .partly_justified = when(row.assessment == ComplaintAssessment::partly_justified),
          .unjustified = when(row.assessment == ComplaintAssessment::unjustified),
          .decided = when(row.decided_at.has_value()),
          .appealed = when(row.appeals > 0),
          .in_time = when(row.is_in_time() == true),
          .late = when(row.is_in_time() == false),
          .retained = when(row.state == State::closed && row.retained == true)};
}

void end(ComplaintRow& row, State state, Timestamp at) {
  row.state = state;
  row.ended_at = at;
}

void name_liable(ComplaintRow& row, const std::vector<ResponsibilityShare>& shares, Responsibility phase) {
  row.responsibility = phase;
  row.liable_departments.clear();
  for (const auto& share : shares) {
    if (share.party == LiableKind::department && share.ref) row.liable_departments.push_back(*share.ref);
  }
}

}  // namespace

Board::Board(const kit::Rows& rows)
    : cases_(rows, kCases),
      complaints_(rows, kComplaints,
                  [this](std::string_view key, const ComplaintRow& row) {
                    const auto* of_case = cases_.find(kit::split_key(key).first);
                    return places_of(row, of_case != nullptr ? *of_case : CaseRow());
                  }),
      sums_(rows) {}

void Board::apply(const CaseEvent& event) {
  kit::fold_event<RequestEvents, AssignmentEvents, HandoffEvents, ComplaintEvents, TimerEvents,
                  ResolutionEvents, PrivacyEvents>(*this, event);
}

std::vector<std::string_view> ignored_events() {
  return kit::events_ignored_by<Board, RequestEvents, AssignmentEvents, HandoffEvents, ComplaintEvents,
                                TimerEvents, ResolutionEvents, PrivacyEvents>();
}

void Board::write_changes(const kit::RowSink& sink) {
  complaints_.list_changes();
  cases_.write_changes(sink);
  complaints_.write_changes(sink);
  sums_.write_changes(sink);
  complaints_.write_lists(sink);
}

CaseRow& Board::relisted_case_of(const CaseEvent& event) {
  auto& row = case_of(event);
  for (std::int32_t number = 1; number <= row.complaints; ++number)
    complaints_.remember(key_of(event, number));
  return row;
}

void Board::count(const ComplaintRow& row, std::int64_t by) {
  const auto counts = counts_of(row, by);
  sums_.add(counts, row.lodged_at, row.department);
  sums_.add_to(Tab::categories, row.category.text(), counts);
  if (row.department) sums_.add_to(Tab::departments, *row.department, counts);
  if (row.cause) sums_.add_to(Tab::causes, row.cause->text(), counts);
}

template <std::invocable<ComplaintRow&> Change>
void Board::change(const CaseEvent& event, const Change& change) {
  const auto* of_case = cases_.find(event.case_id.value);
  if (of_case == nullptr || of_case->complaints == 0) return;
  auto& row = *complaints_.edit(key_of(event, of_case->complaints));
  count(row, -1);
  change(row);
  count(row, 1);
}

void Board::on(const RequestRegistered& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const ComplaintLodged& fact, const CaseEvent& event) {
  auto& of_case = case_of(event);
  auto& row = complaints_.insert(key_of(event, ++of_case.complaints));
  row.lodged_at = event.occurred_at;
  row.category = fact.about;
  if (fact.about != ComplaintAbout::person) row.about = fact.about_ref;
  row.department =
      fact.about == ComplaintAbout::department && fact.about_ref ? fact.about_ref : of_case.department;
  count(row, 1);
}

void Board::on(const TimerSet& fact, const CaseEvent& event) {
  if (fact.kind != TimerKind::complaint_accept) return;
  change(event, [&](ComplaintRow& row) { row.accept_by = fact.due_at; });
}

void Board::on(const ComplaintAccepted&, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) {
    row.state = State::investigating;
    row.accepted_at = event.occurred_at;
  });
}

void Board::on(const ComplaintCauseDetermined& fact, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) { row.cause = fact.cause_code; });
}

void Board::on(const ResponsibilityAttributed& fact, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) { name_liable(row, fact.shares, Responsibility::attributed); });
}

void Board::on(const ResponsibilityDisputed&, const CaseEvent& event) {
  change(event, [](ComplaintRow& row) { row.responsibility = Responsibility::disputed; });
}

void Board::on(const ResponsibilityConfirmed& fact, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) { name_liable(row, fact.shares, Responsibility::settled); });
}

void Board::on(const ComplaintAssessed& fact, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) {
    if (row.is_open()) row.state = State::assessed;
    row.assessment = fact.assessment;
    row.severity = fact.severity;
    row.category = fact.category.value_or(row.category);
    row.assessed_at = event.occurred_at;
  });
}

void Board::on(const DecisionCommunicated& fact, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) {
    if (row.is_open()) row.state = State::decided;
    row.decided_at = event.occurred_at;
    row.appeal_until = fact.appeal_until;
  });
}

// What was found holds until something else is found.
void Board::on(const ComplaintAppealed&, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) {
    row.state = State::appealed;
    row.appealed_at = event.occurred_at;
    ++row.appeals;
    row.ended_at.reset();
    row.accepted_by_customer.reset();
    row.retained.reset();
  });
}

void Board::on(const ComplaintClosed& fact, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) {
    end(row, State::closed, event.occurred_at);
    row.accepted_by_customer = fact.accepted_by_customer;
    row.retained = fact.retained;
  });
}

void Board::on(const ComplaintDeclined&, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) {
    end(row, State::turned_down, event.occurred_at);
    row.accepted_at = event.occurred_at;
  });
}

void Board::on(const ComplaintWithdrawn&, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) { end(row, State::withdrawn, event.occurred_at); });
}

void Board::on(const CaseResolved& fact, const CaseEvent& event) {
  change(event, [&](ComplaintRow& row) {
    if (row.state != State::turned_down && row.state != State::withdrawn) row.remedy = fact.resolution_code;
  });
}

}  // namespace casetrail::complaints
