// The sections of a policy: each names its keys once, with what they mean and what is refused.
#pragma once

#include "aggregates/policy/policy.h"
#include "aggregates/policy/section.h"

namespace casetrail::yaml {

/// Each adds its section to `policy_keys`, those of the whole text, and fills it into `policy`.
void name_catalogues(Section& policy_keys, Policy& policy);
void name_calendars(Section& policy_keys, Policy& policy);

void name_departments(Section& policy_keys, Policy& policy);
void name_routing(Section& policy_keys, Policy& policy);
void name_roles(Section& policy_keys, Policy& policy);
void name_names(Section& policy_keys, Policy& policy);

void name_intake(Section& policy_keys, Policy& policy);
void name_priority(Section& policy_keys, Policy& policy);

void name_sla(Section& policy_keys, Policy& policy);

void name_handoff(Section& policy_keys, Policy& policy);
void name_agreement(Section& policy_keys, Policy& policy);
void name_return(Section& policy_keys, Policy& policy);
void name_visit(Section& policy_keys, Policy& policy);

void name_assignment(Section& policy_keys, Policy& policy);
void name_owner(Section& policy_keys, Policy& policy);
void name_suspension(Section& policy_keys, Policy& policy);
void name_waiting(Section& policy_keys, Policy& policy);

void name_complaint(Section& policy_keys, Policy& policy);
void name_approvals(Section& policy_keys, Policy& policy);

void name_callback(Section& policy_keys, Policy& policy);
void name_review(Section& policy_keys, Policy& policy);

void name_closing(Section& policy_keys, Policy& policy);
void name_privacy(Section& policy_keys, Policy& policy);
void name_boards(Section& policy_keys, Policy& policy);

}  // namespace casetrail::yaml
