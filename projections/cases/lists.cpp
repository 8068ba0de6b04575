// The places of a case.
#include "projections/cases/lists.h"

#include <algorithm>
#include <array>
#include <limits>

#include "projections/kit/case_facts.h"
#include "projections/kit/item_number.h"
#include "projections/kit/table.h"

namespace casetrail::cases {
namespace {

constexpr std::string_view kAll = "all";
constexpr std::string_view kRegistered = "registered";
/// What is still owed when a case is closed stands with the open ones, however long ago it was closed.
constexpr std::array<std::string_view, 9> kSearches{
    "case_no",         "contact",         "customer",          "order", "serial", "erasure",
    "awaits_approval", "escalation_open", "agreement_breached"};

constexpr auto kNever = std::numeric_limits<std::int64_t>::max();

Timestamp registered_at(const CaseRow& row) { return row.state.registered_at.value_or(Timestamp{}); }

/// The name of a list, of the rows that were closed on one day.
std::string on_day(std::string_view name, std::chrono::sys_days day) {
  return std::string(name) + "@" + std::to_string(day.time_since_epoch().count());
}

/// Puts a row into lists of its day when it is closed, else into those of open ones.
class Shelf {
 public:
  Shelf(const CaseRow& row, kit::Places& places) : row_(row), places_(places) {}

  Shelf& in(std::string_view name, const std::optional<std::string>& value) {
    if (value) places_.in(name_of_list(name), std::string_view(*value));
    return *this;
  }
  Shelf& in(std::string_view name, std::string_view value) {
    places_.in(name_of_list(name), value);
    return *this;
  }
  Shelf& when(bool is, std::string_view name) {
    places_.when(is, name_of_list(name));
    return *this;
  }

 private:
  std::string_view name_of_list(std::string_view name) {
    if (!row_.is_closed()) return name;
    name_ = on_day(name, day_of(row_.state.closed_at.value_or(Timestamp{})));
    return name_;
  }

  const CaseRow& row_;
  kit::Places& places_;
  std::string name_;
};

}  // namespace

std::string row_key(std::string_view case_id) { return kit::joined_key(case_id, {}); }

std::string order_of_row(const CaseRow& row) {
  if (row.is_closed()) {
    const auto closed = epoch_ms(row.state.closed_at.value_or(Timestamp{}));
    return kit::order_of(kNever).append(1, '\xff').append(kit::order_of(-closed));
  }
  const auto next = row.next_target();
  const auto priority = row.state.priority ? static_cast<int>(*row.state.priority) : 4;
  return kit::order_of(next ? epoch_ms(next->due_at) : kNever - 1)
      .append(1, static_cast<char>(priority))
      .append(kit::order_of(registered_at(row)));
}

kit::Places places_of(const CaseRow& row) {
  const auto& state = row.state;
  kit::Places places(kit::order_of(registered_at(row)));
  Shelf shelf(row, places);
  shelf.in("status", name_of(state.status))
      .in("kind", name_of(state.kind))
      .in("priority", kit::name_if(state.priority))
      .in("channel", kit::name_if(row.channel))
      .in("department", row.department())
      .in("queue", row.queue())
      .in("assignee", kit::text_of(state.assignment.agent_id))
      .in("owner", kit::text_of(state.owner))
      .in("agent", kit::text_of(state.assignment.agent_id))
      .in("agent", kit::text_of(state.owner))
      .in("category", state.category)
      .in("product", row.product)
      .when(row.is_unassigned(), "unassigned")
      .when(row.escalation.has_value(), "escalated")
      .when(row.handoffs > 0, "handed_off")
      .when(row.unanswered_since.has_value(), "unanswered")
      .when(state.chases > 0, "chased")
      .when(!state.questions.empty(), "awaits_answer");
  for (const auto& tag : state.notes.tags) shelf.in("tag", std::string_view(tag));
  for (const auto& link : state.notes.links) shelf.in("linked", std::string_view(link.other_case_id.value));
  places.in("case_no", row.number)
      .in("case_no", row.external_ref)
      .in("customer", row.customer_ref)
      .in("order", kit::plain_item_number(row.order_ref))
      .in("serial", kit::plain_item_number(row.serial_no))
      .when(row.awaits_approval(), "awaits_approval")
      .when(row.has_open_escalation(), "escalation_open")
      .when(row.has_breached_agreement(), "agreement_breached");
  for (const auto& key : row.contact_keys) places.in("contact", key);
  for (const auto mark : row.erasure_marks()) places.in("erasure", name_of(mark));
  if (row.is_closed())
    return places.in_order(on_day(kAll, day_of(state.closed_at.value_or(Timestamp{}))), order_of_row(row));
  return places.at(kAll, order_of_row(row)).at(kRegistered, registered_at(row));
}

bool is_search(std::string_view list) { return std::ranges::find(kSearches, list) != kSearches.end(); }

std::vector<kit::List> lists_within(const Scope& scope, std::string_view name, std::string_view value) {
  if (is_search(name)) return {kit::list_of(name, value)};
  std::vector<kit::List> lists;
  if (scope.open) lists.push_back(name == kAll ? open_list() : kit::list_of(name, value));
  for (auto day = scope.closed_from; day < scope.closed_until; day += std::chrono::days(1))
    lists.push_back(kit::list_of(on_day(name, day), value));
  return lists;
}

kit::List open_list() { return kit::measured_list(kAll); }
kit::List age_list() { return kit::measured_list(kRegistered); }

}  // namespace casetrail::cases
