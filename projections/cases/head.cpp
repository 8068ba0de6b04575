// Takes from a case's row what its page tells.
#include "projections/cases/head.h"

#include "projections/kit/case_facts.h"

namespace casetrail::cases {

Head head_of(const CaseRow& row) {
  const auto& state = row.state;
  return {.number = row.number,
          .reference = row.reference(),
          .kind = state.kind,
          .priority = state.priority,
          .category = state.category,
          .customer = row.customer,
          .contact = row.contact,
          .customer_ref = row.customer_ref,
          .product = row.product,
          .order_ref = row.order_ref,
          .serial_no = row.serial_no,
          .registered_at = state.registered_at,
          .in_status_since = row.since,
          .department = row.department(),
          .queue = row.queue(),
          .assignee = kit::text_of(state.assignment.agent_id),
          .owner = kit::text_of(state.owner),
          .waiting_for = row.waiting_for(),
          .suspended_until = row.suspended_until(),
          .next_target = row.next_target(),
          .breaches = row.breaches,
          .escalations = row.escalations,
          .escalation = row.escalation,
          .handoffs = row.handoffs,
          .ping_pongs = row.ping_pongs,
          .went_through = row.went_through,
          .unanswered_since = row.unanswered_since,
          .chases = state.chases,
          .tags = state.notes.tags,
          .links = state.notes.links,
          .privacy = state.privacy,
          .questions = state.questions,
          .agreements = state.agreement.open,
          .errands = state.errands};
}

}  // namespace casetrail::cases
