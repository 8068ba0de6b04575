// How cases are assigned, owned, suspended, and wait for the customer.
#include "aggregates/policy/sections/rules.h"
#include "aggregates/policy/sections/sections.h"

namespace casetrail::yaml {

static void describe(Section& keys, AssignmentRules& into) {
  keys.take("accept_within", into.accept_within,
            "How soon an assignment is accepted before the case is in the department's queue again.", kSome);
}

static void describe(Section& keys, SuspensionRules& into) {
  keys.take("max", into.max, "The longest suspension before the case has to be reviewed.", kSome);
  keys.take("pauses", into.pauses, "The clocks that stand still while a case is suspended.");
}

static void describe(Section& keys, WaitingRules& into) {
  keys.take("answer_within", into.answer_within,
            "How long a customer who was asked has for an answer, where the question names no time.", kSome);
  keys.take("reminders", into.reminders, "How often a customer who does not answer is reminded.");
  keys.take("remind_every", into.remind_every, "How long after one reminder the next is due.", kSome);
  keys.take("after_silence", into.after_silence,
            "What comes of a case whose customer does not answer the last reminder.");
}

void name_assignment(Section& policy_keys, Policy& policy) {
  policy_keys.take("assignment", policy.assignment, "Assignments of cases to agents.");
}

void name_owner(Section& policy_keys, Policy& policy) {
  policy_keys.group("owner", "Who is the case owner.", [&](Section& keys) {
    keys.take("basis", policy.owner,
              "The first case owner: whoever had the first contact, or who is designated.");
  });
}

void name_suspension(Section& policy_keys, Policy& policy) {
  policy_keys.take("suspension", policy.suspension, "Cases that are suspended.");
}

void name_waiting(Section& policy_keys, Policy& policy) {
  policy_keys.take("waiting", policy.waiting, "Cases that wait for the customer's answer.");
}

}  // namespace casetrail::yaml
