// The places of an SLA target.
#include "projections/sla/lists.h"

#include "events/wire/binary.h"
#include "projections/kit/page_plan.h"

namespace casetrail::sla {
namespace {

constexpr std::string_view kAll = "all";
constexpr std::string_view kEnded = "ended";
/// Behind every moment at which something is due or was set, both in milliseconds.
constexpr std::int64_t kLast = std::int64_t{1} << 62U;

}  // namespace

kit::List all_list() { return kit::measured_list(kAll); }
kit::List ended_list() { return kit::measured_list(kEnded); }
kit::List facet_list(const Facet& facet) { return kit::list_of(kFacets, to_binary(facet)); }

std::string order_of_row(const TargetRow& row) {
  if (!row.is_to_be_done()) return kit::order_of(kLast - epoch_ms(row.ended_at.value_or(Timestamp{})));
  return kit::order_of(row.due ? epoch_ms(*row.due) : kDueUntil + epoch_ms(row.set_at));
}

kit::Places places_of(const TargetRow& row) {
  auto order = order_of_row(row);
  kit::Places places(order);
  places.at(kAll, order).in(kFacets, to_binary(facet_of(row)));
  if (row.ended_at) places.at(kEnded, *row.ended_at);
  return places;
}

kit::Places places_of(const CaseRow& row) {
  kit::Places places(kit::order_of(std::int64_t{0}));
  places.in("case_no", row.facts.case_no).in("case_no", row.facts.number);
  return places;
}

}  // namespace casetrail::sla
