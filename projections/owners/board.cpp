// How each event moves the owner ledger.
#include "projections/owners/board.h"

#include <algorithm>

#include "events/wire/reflect.h"
#include "projections/kit/fold.h"
#include "projections/owners/lists.h"

namespace casetrail::owners {
namespace {

/// The case's complaint, of which one at a time is open.
constexpr std::string_view kComplaint = "complaint";

std::string stint_key(const CaseEvent& event, std::int32_t number) {
  return kit::joined_key(event.case_id.value, "o" + std::to_string(number));
}

}  // namespace

Board::Board(const kit::Rows& rows)
    : cases_(rows, kCases),
      stints_(rows, kStints,
              [this](std::string_view key, const StintRow& row) {
                const auto* of_case = cases_.find(kit::split_key(key).first);
                return places_of(row, of_case != nullptr ? *of_case : CaseRow());
              }),
      sums_(rows) {}

void Board::apply(const CaseEvent& event) {
  kit::fold_event<RequestEvents, AssignmentEvents, HandoffEvents, SolutionEvents, CallbackEvents,
                  ComplaintEvents, ResolutionEvents, PrivacyEvents>(*this, event);
}

std::vector<std::string_view> ignored_events() {
  return kit::events_ignored_by<Board, RequestEvents, AssignmentEvents, HandoffEvents, SolutionEvents,
                                CallbackEvents, ComplaintEvents, ResolutionEvents, PrivacyEvents>();
}

void Board::write_changes(const kit::RowSink& sink) {
  stints_.list_changes();
  cases_.write_changes(sink);
  stints_.write_changes(sink);
  sums_.write_changes(sink);
  stints_.write_lists(sink);
}

CaseRow& Board::relisted_case_of(const CaseEvent& event) {
  auto& row = case_of(event);
  for (std::int32_t number = 1; number <= row.stints; ++number) stints_.remember(stint_key(event, number));
  return row;
}

void Board::count(const StintRow& row, std::int64_t by) {
  const auto when = [&](bool is) { return is ? by : 0; };
  const SumRow sum{.stints = by,
                   .current = when(row.state == State::current),
                   .handed_over = when(row.state == State::handed_over),
                   .with_open = when(row.state == State::handed_over && !row.open.empty()),
                   .closed = when(row.state == State::closed),
                   .ended_ms = row.until ? by * row.held_ms(*row.until) : 0};
  sums_.add(sum, row.since, row.department);
  sums_.add_to(Tab::owners, row.owner, sum);
}

void Board::open(const CaseEvent& event, const std::string& id) {
  auto& all = case_of(event).open;
  if (std::ranges::find(all, id) == all.end()) all.push_back(id);
}

void Board::done(const CaseEvent& event, std::string_view id) { std::erase(case_of(event).open, id); }

void Board::begin(const CaseEvent& event, const std::string& owner, Began how) {
  auto& of_case = case_of(event);
  auto& row = stints_.insert(stint_key(event, ++of_case.stints));
  row.owner = owner;
  row.began = how;
  row.since = event.occurred_at;
  row.policy_version = event.policy_version;
  row.department = of_case.department;
  count(row, 1);
}

StintRow* Board::end(const CaseEvent& event, State how) {
  const auto& of_case = case_of(event);
  auto* row = stints_.edit(stint_key(event, of_case.stints));
  if (row == nullptr || row->state != State::current) return nullptr;
  count(*row, -1);
  row->state = how;
  row->until = event.occurred_at;
  row->open = of_case.open;
  count(*row, 1);
  return row;
}

void Board::on(const RequestRegistered& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const OwnerDesignated& fact, const CaseEvent& event) {
  if (auto* before = end(event, State::handed_over)) before->next = fact.owner.value;
  case_of(event).facts.learn(fact);
  begin(event, fact.owner.value, Began::designated);
}

void Board::on(const OwnerChanged& fact, const CaseEvent& event) {
  if (auto* before = end(event, State::handed_over)) {
    before->reason = fact.reason_code;
    before->next = fact.to.value;
    before->approved_by = fact.approved_by.value;
  }
  case_of(event).facts.learn(fact);
  begin(event, fact.to.value, Began::changed);
}

void Board::on(const CaseClosed&, const CaseEvent& event) { end(event, State::closed); }

void Board::on(const CaseReopened&, const CaseEvent& event) {
  const auto& of_case = case_of(event);
  const auto* last = stints_.find(stint_key(event, of_case.stints));
  if (last != nullptr && last->state == State::closed) begin(event, last->owner, Began::reopened);
}

void Board::on(const HandoffRequested& fact, const CaseEvent& event) { open(event, fact.handoff_id.value); }

void Board::on(const HandoffAccepted& fact, const CaseEvent& event) {
  enter(fact.by.department_id, event);
  if (!fact.complete_by) done(event, fact.handoff_id.value);
}

void Board::on(const HandoffReturned& fact, const CaseEvent& event) { done(event, fact.handoff_id.value); }

void Board::on(const HandoffWithdrawn& fact, const CaseEvent& event) { done(event, fact.handoff_id.value); }

void Board::on(const HandoffCompleted& fact, const CaseEvent& event) { done(event, fact.handoff_id.value); }

void Board::on(const CallbackScheduled& fact, const CaseEvent& event) { open(event, fact.callback_id.value); }

void Board::on(const CallbackCompleted& fact, const CaseEvent& event) { done(event, fact.callback_id.value); }

void Board::on(const CallbackRefused& fact, const CaseEvent& event) { done(event, fact.callback_id.value); }

void Board::on(const CallbackExhausted& fact, const CaseEvent& event) { done(event, fact.callback_id.value); }

void Board::on(const CallbackWaived& fact, const CaseEvent& event) {
  if (fact.callback_id) done(event, fact.callback_id->value);
}

void Board::on(const CallbackCanceled& fact, const CaseEvent& event) { done(event, fact.callback_id.value); }

void Board::on(const AgreementReached& fact, const CaseEvent& event) { open(event, fact.agreement_id.value); }

void Board::on(const AgreementFulfilled& fact, const CaseEvent& event) {
  done(event, fact.agreement_id.value);
}

void Board::on(const AgreementSuperseded& fact, const CaseEvent& event) {
  done(event, fact.agreement_id.value);
}

void Board::on(const ComplaintLodged&, const CaseEvent& event) { open(event, std::string(kComplaint)); }

void Board::on(const ComplaintAppealed&, const CaseEvent& event) { open(event, std::string(kComplaint)); }

void Board::on(const ComplaintClosed&, const CaseEvent& event) { done(event, kComplaint); }

void Board::on(const ComplaintDeclined&, const CaseEvent& event) { done(event, kComplaint); }

void Board::on(const ComplaintWithdrawn&, const CaseEvent& event) { done(event, kComplaint); }

}  // namespace casetrail::owners
