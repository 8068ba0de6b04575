// What departments owe each other and the customer beside the SLA.
#include "aggregates/policy/sections/rules.h"
#include "aggregates/policy/sections/sections.h"

namespace casetrail::yaml {

void name_handoff(Section& policy_keys, Policy& policy) {
  policy_keys.group("handoff", "Handoffs and questions between departments.", [&](Section& keys) {
    auto& rules = policy.handoff;
    BusinessTime time(keys, policy, rules.calendar);
    time.take("accept_within", rules.accept_within, "How soon a handoff is accepted or returned.");
    time.take("complete_within", rules.complete_within, "How soon an accepted handoff is completed.");
    time.take("answer_within", rules.answer_within,
              "How soon a question to another department is answered, in the hours of who is asked.");
    keys.take("while_question_open", rules.while_question_open,
              "Whether a case with an open question may be resolved, or waits for its answer.");
    keys.take("bounce_limit", rules.bounce_limit, "After so many returns a ruling decides whose the case is.",
              kSome);
    keys.take("ruling_role", rules.ruling_role, "The role that rules; without one any role may.",
              KnownRoles{policy.roles});
    keys.take("escalate_to", rules.escalate_to, "The roles that are told of a handoff that is overdue.",
              KnownRoles{policy.roles});
  });
}

void name_agreement(Section& policy_keys, Policy& policy) {
  policy_keys.group(
      "agreement", "What was agreed with the customer and has to be fulfilled.", [&](Section& keys) {
        keys.take("while_open", policy.agreement.while_open,
                  "Whether a case with an open agreement may be closed, or waits for its fulfilment.");
        keys.take("escalate_to", policy.agreement.escalate_to,
                  "The roles that are told of an agreement that is overdue.", KnownRoles{policy.roles});
      });
}

void name_return(Section& policy_keys, Policy& policy) {
  policy_keys.group("return", "Goods that come back from the customer.", [&](Section& keys) {
    auto& rules = policy.returns;
    BusinessTime(keys, policy, rules.calendar)
        .take("inspect_within", rules.inspect_within, "How soon goods that arrived are inspected.");
    keys.take("escalate_to", rules.escalate_to, "The roles that are told of an inspection that is overdue.",
              KnownRoles{policy.roles});
  });
}

void name_visit(Section& policy_keys, Policy& policy) {
  policy_keys.group("visit", "Visits of technicians to the customer.", [&](Section& keys) {
    keys.take("escalate_to", policy.visit.escalate_to,
              "The roles that are told of a visit that is not over when its time is.",
              KnownRoles{policy.roles});
  });
}

}  // namespace casetrail::yaml
