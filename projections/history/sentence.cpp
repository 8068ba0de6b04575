// A sentence for each type of event, by family. A type without one does not compile.
#include "projections/history/sentence.h"

#include <optional>
#include <string_view>
#include <vector>

#include "events/case/all_events.h"
#include "events/wire/reflect.h"

namespace casetrail::history {
namespace {

void append(std::string& line, std::string_view text) { line += text; }
void append(std::string& line, std::int64_t number) { line += std::to_string(number); }
void append(std::string& line, Timestamp at) { append_wire(at, line); }
template <class Tag>
void append(std::string& line, const Id<Tag>& id) {
  line += id.value;
}
template <class E>
  requires(NamedEnum<E> || is_code<E>)
void append(std::string& line, const E& value) {
  for (const char c : name_of(value)) line += c == '_' ? ' ' : c;
}
void append(std::string& line, const Party& party) {
  append(line, party.department_id);
  if (party.agent_id) append(line, "/" + party.agent_id->value);
}
template <class T>
void append(std::string& line, const std::vector<T>& list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) line += ", ";
    append(line, list[i]);
  }
}

template <class... Parts>
std::string text(const Parts&... parts) {
  std::string line;
  (append(line, parts), ...);
  return line;
}

// A clause that is left out when there is nothing to tell.
template <class T>
std::string clause(std::string_view before, const std::optional<T>& part) {
  return part ? text(before, *part) : std::string();
}
std::string clause(std::string_view before, const std::optional<WorkText>& words) {
  return words ? text(before, words->text) : std::string();
}

std::string percent_of(std::int32_t permille) {
  return std::to_string(permille / 10) + "." + std::to_string(permille % 10) + " %";
}

std::string business_minutes(std::int64_t ms) { return std::to_string(ms / 60'000) + " business min"; }

std::string line(const RequestRegistered& e) {
  return text("Registered as ", e.kind, " by ", e.channel, clause(" under ", e.external_ref),
              e.pii.name.empty() ? "" : " for ", e.pii.name, clause(", product ", e.product_model),
              clause(": ", e.pii.service_need));
}
std::string line(const RequestAcknowledged& e) {
  return text("The request was acknowledged by ", e.channel,
              clause("; next update by ", e.promised_next_update_at));
}
std::string line(const RequestClassified& e) {
  return text("Classified as ", e.category, ", difficulty ", e.difficulty);
}
std::string line(const RequestPrioritized& e) {
  return text("Priority ", name_of(e.priority), ": impact ", e.impact, ", urgency ", e.urgency,
              clause("; ", e.reason));
}

std::string line(const RequestAmended& e) {
  std::string changes;
  const auto add = [&](std::string_view what, const auto& now) {
    if (!now) return;
    changes += changes.empty() ? "" : ", ";
    changes += text(what, *now);
  };
  add("kind ", e.kind);
  add("service stage ", e.service_stage);
  add("customer reference ", e.customer_ref);
  add("product ", e.product_model);
  add("serial number ", e.serial_no);
  add("order ", e.order_ref);
  add("category ", e.category);
  if (e.pii) {
    add("name ", e.pii->name);
    add("contacts ", e.pii->contacts);
    add("address ", e.pii->address);
    add("need ", e.pii->service_need);
    add("symptom ", e.pii->symptom);
  }
  return text("Corrected: ", changes, e.pii ? clause("; ", e.pii->reason) : std::string());
}
std::string line(const RequestRejected& e) {
  return text("Request rejected (", e.reason_code, ")", clause(", repeats case ", e.duplicate_of),
              e.explained ? "" : ", not explained to the sender", clause(": ", e.pii));
}
std::string line(const RequestWithdrawn& e) {
  return text("Request withdrawn by the customer (", e.channel, ")",
              e.pii ? ": " + e.pii->text : std::string());
}

std::string line(const OwnerDesignated& e) { return text("Case owner: ", e.owner, " (", e.basis, ")"); }
std::string line(const OwnerChanged& e) {
  return text("Case owner changed from ", e.from, " to ", e.to, " (", e.reason_code, "), approved by ",
              e.approved_by);
}
std::string line(const AssignmentQueued& e) {
  return text("Queued in ", e.queue_id, " of ", e.department_id, " (", e.reason, ")");
}
std::string line(const AssignmentOffered& e) {
  return text("Offered to ", e.agent_id, " of ", e.department_id, ", to accept by ", e.accept_by, ": ",
              e.requirements);
}
std::string line(const AssignmentAccepted& e) { return text("Assignment accepted by ", e.agent_id); }
std::string line(const AssignmentDeclined& e) {
  return text("Assignment declined by ", e.agent_id, " (", e.reason_code, ")");
}
std::string line(const AssignmentMade& e) {
  return text("Assigned to ", e.department_id, clause("/", e.agent_id), " (", e.basis, ")",
              clause(": ", e.requirements));
}
std::string line(const AssignmentExpired& e) {
  return text("The assignment of ", e.agent_id, " expired (", e.kind, ")");
}

std::string line(const AssignmentReleased& e) {
  return text("Taken from ", e.department_id, clause("/", e.agent_id), " (", e.reason_code, ")");
}

std::string line(const WorkStarted& e) { return text("Work started", clause(" by ", e.agent_id)); }
std::string line(const MessageReceived& e) {
  return text("Message from customer (", e.channel, "): ", e.pii.text);
}
std::string line(const MessageSent& e) { return text("Message to customer (", e.channel, "): ", e.pii.text); }
std::string line(const InfoRequested& e) {
  return text("Information requested from customer", clause(", to answer by ", e.answer_by),
              clause(": ", e.pii));
}
std::string line(const WorkSuspended& e) {
  return text("Suspended (", e.reason_code, ")", clause(", to be reviewed by ", e.review_at),
              clause(": ", e.pii));
}
std::string line(const WorkResumed& e) { return text("Resumed (", e.trigger, ")"); }
std::string line(const ProgressReported& e) {
  return text("Update to customer (", e.channel, ", ", e.kind, "): ", e.pii.text);
}

std::string line(const WorkChased& e) {
  return text("Chased by the ", e.by, clause(" (", e.channel), e.channel ? ")" : "", ", time ", e.count,
              clause(": ", e.pii));
}
std::string line(const EscalationRaised& e) {
  return text("Escalated by hand to level ", e.level, ": ", e.to, ": ", e.pii.text);
}
std::string line(const CallAttempted& e) {
  return text(e.direction, " call: ", e.outcome, clause(", spoken to ", e.prompts), e.prompts ? " times" : "",
              clause(", hung up by ", e.hung_up_by), clause(", seconds: ", e.seconds), clause(": ", e.pii));
}
std::string line(const ReminderDue& e) {
  return text("Reminder ", e.reminder_no, " to the customer is due; waits until ", e.answer_by);
}

std::string line(const HandoffRequested& e) {
  const auto words = e.pii ? text(": ", e.pii->because, clause(" / ", e.pii->wants), " / ", e.pii->please_do,
                                  clause(" / ", e.pii->how))
                           : std::string();
  if (e.mode == HandoffMode::question) {
    return text("Question ", e.handoff_id, " asked by ", e.from, " of ", e.to,
                clause(", to answer by ", e.accept_by), words);
  }
  return text("Handoff ", e.handoff_id, " (", e.kind, ") requested from ", e.from, " to ", e.to, ", ",
              e.reason_code, words);
}
std::string line(const HandoffAccepted& e) { return text("Handoff ", e.handoff_id, " accepted by ", e.by); }
std::string line(const HandoffReturned& e) {
  return text("Handoff ", e.handoff_id, " returned by ", e.by, " (", e.reason_code, ")",
              clause(", citing duty ", e.duty_id), clause("; suggested: ", e.suggested_department),
              e.bounce_no > 0 && (e.duty_id || disputes_duty(e.reason_code)) ? text(", return ", e.bounce_no)
                                                                             : std::string());
}
std::string line(const HandoffExpired& e) {
  return text("Handoff ", e.handoff_id, " was not answered in time");
}
std::string line(const HandoffRuled& e) {
  return text("Handoff ", e.handoff_id, " ruled to ", e.ruling_department, " by ", e.ruled_by, ", duty ",
              e.duty_id, ": ", e.reason);
}
std::string line(const HandoffCompleted& e) {
  if (e.pii) return text("Question ", e.handoff_id, " answered (", e.result, "): ", e.pii->text);
  return text("Handoff ", e.handoff_id, " completed (", e.result, "), reported to the owner at ",
              e.reported_to_owner_at);
}

std::string line(const HandoffWithdrawn& e) {
  if (!e.reason) return text("Question ", e.handoff_id, " was not answered before the case was resolved");
  return text("Handoff ", e.handoff_id, " withdrawn: ", *e.reason);
}

std::string line(const OptionsOffered& e) {
  std::string plans;
  for (const auto& option : e.options) {
    append(plans, text(plans.empty() ? "" : "; ", option.option_id, " ", option.kind, ": ", option.plan,
                       option.recommended ? " (recommended)" : ""));
  }
  return text("Options offered: ", plans, clause("; valid until ", e.valid_until));
}
std::string line(const OptionSelected& e) { return text("The customer chose option ", e.option_id); }
std::string line(const AgreementReached& e) {
  return text(e.finality, " agreement ", e.agreement_id, " on a ", e.kind, clause(", option ", e.option_id),
              ", due ", e.due_at, clause(": ", e.customer_benefit));
}

std::string line(const OptionDeclined& e) {
  return text("The customer declined option ", e.option_ids, e.pii ? ": " + e.pii->text : std::string());
}
std::string line(const AgreementFulfilled& e) {
  return text("Agreement ", e.agreement_id, e.late ? " fulfilled late" : " fulfilled",
              ", witness: ", e.witness, clause(", ", e.evidence));
}
std::string line(const AgreementBreached& e) {
  return text("Agreement ", e.agreement_id, " breached: it was due ", e.due_at);
}
std::string line(const AgreementSuperseded& e) {
  return text("Agreement ", e.agreement_id, " superseded by ", e.by_agreement_id);
}

std::string line(const ReturnAuthorized& e) {
  std::string items;
  for (const auto& item : e.items)
    append(items, text(items.empty() ? "" : ", ", std::int64_t{item.quantity}, " × ", item.item));
  return text("Return ", e.return_id, " (", e.kind, ") authorized", clause(" as ", e.rma_no), ": ", items);
}
std::string line(const ReturnReceived& e) {
  return text("Goods of return ", e.return_id, " received (", e.condition, ")",
              clause(", to inspect by ", e.inspect_by));
}
std::string line(const ReturnInspected& e) {
  return text("Goods of return ", e.return_id, " inspected: ", e.verdict,
              clause(", to refund ", e.refund_minor), clause("; ", e.pii));
}
std::string line(const WorkDispatched& e) {
  return text("Visit ", e.visit_id, " by ", e.technician_id, ", from ", e.starts_at, " to ", e.ends_at);
}
std::string line(const VisitCompleted& e) {
  return text("Visit ", e.visit_id, " over: ", e.result, e.parts.empty() ? "" : ", parts used: ", e.parts,
              clause("; ", e.pii));
}

std::string line(const CallbackScheduled& e) {
  return text("Callback ", e.callback_id, " (", e.purpose, ") planned from ", e.not_before, " to ",
              e.not_after, " in ", e.tz, clause(", moved because of ", e.shifted_because));
}
std::string line(const CallbackRescheduled& e) {
  return text("Callback ", e.callback_id, " moved to ", e.not_before, " (", e.reason, ")");
}
std::string line(const CallbackAttempted& e) {
  return text("Callback ", e.callback_id, ", attempt ", e.attempt_no, " by ", e.agent_id, ": ", e.outcome);
}
std::string line(const CallbackCompleted& e) {
  const auto words = e.pii ? clause("; problem: ", e.pii->problem_where) +
                                 clause("; wish: ", e.pii->how_to_satisfy) + clause("; ", e.pii->comment)
                           : std::string();
  const auto& satisfied = e.answers.satisfied;
  return text("Callback ", e.callback_id, " completed by ", e.agent_id,
              !satisfied   ? ""
              : *satisfied ? ": satisfied"
                           : ": not satisfied",
              words);
}
std::string line(const CallbackFeedbackRouted& e) {
  return text("Feedback of callback ", e.callback_id, " routed to ", e.department_id, " as ", e.route,
              clause(" ", e.created_case_id));
}
std::string line(const CallbackRefused& e) {
  return text("The customer refused callback ", e.callback_id,
              e.do_not_call ? " and wants no further calls" : "");
}
std::string line(const CallbackExhausted& e) {
  return text("Callback ", e.callback_id, ": unreachable (attempts exhausted: ", e.attempts, ")");
}
std::string line(const CallbackWaived& e) {
  return text("Callback", clause(" ", e.callback_id), " waived by ", e.approved_by, ": ", e.reason);
}
std::string line(const CallbackOverdue& e) { return text("Callback ", e.callback_id, " is overdue"); }
std::string line(const CallbackCanceled& e) {
  return text("Callback ", e.callback_id, " canceled (", e.reason_code, ")");
}
std::string line(const CallbackAssigned& e) {
  return text("Callback ", e.callback_id, " given to ", e.agent_id);
}

std::string line(const ComplaintLodged& e) {
  return text("Complaint about a ", e.about, clause(" ", e.about_ref), ": ", e.pii.course_of_events,
              clause("; wants ", e.pii.remedy_sought));
}
std::string line(const ComplaintAccepted& e) { return text("Complaint accepted by ", e.accepted_by); }
std::string line(const ComplaintCauseDetermined& e) {
  return text("Cause of the complaint: ", e.cause_code, ", determined by ", e.determined_by);
}
std::string listed(const std::vector<ResponsibilityShare>& shares) {
  std::string all;
  for (const auto& share : shares) {
    append(all, text(all.empty() ? "" : ", ", share.party, clause(" ", share.ref), " ", share.percent, " %"));
  }
  return all;
}
std::string line(const ResponsibilityAttributed& e) {
  return text("Responsibility: ", listed(e.shares), ", decided by ", e.decided_by);
}
std::string line(const ComplaintClosed& e) {
  return text("Complaint closed, ", e.accepted_by_customer ? "accepted" : "not accepted",
              " by the customer; ", e.retained ? "retained" : "churned");
}
std::string line(const ComplaintDeclined& e) {
  return text("Complaint declined by ", e.declined_by, ": ", e.reason,
              e.explained ? "" : "; not explained to the customer");
}
std::string line(const ComplaintWithdrawn& e) {
  return text("Complaint withdrawn by the customer", clause(" by ", e.channel));
}
std::string line(const ComplaintAssessed& e) {
  return text("Complaint assessed as ", e.assessment, clause(", severity ", e.severity),
              clause(", about a ", e.category), ", by ", e.assessed_by, ": ", e.pii.text);
}
std::string line(const DecisionCommunicated& e) {
  return text("Decision on the complaint told to the customer (", e.channel, "): ", e.assessment,
              "; may be appealed until ", e.appeal_until, ": ", e.pii.text);
}
std::string line(const ComplaintAppealed& e) {
  return text("Customer appealed (", e.channel, ") the decision", clause(" of ", e.decided_by), ": ",
              e.pii.text);
}
std::string line(const ResponsibilityDisputed& e) {
  const auto named = e.share ? ", named as " + listed({*e.share}) : std::string();
  return text("Responsibility disputed by ", e.disputed_by, named, ": ", e.pii.text);
}
std::string line(const ResponsibilityConfirmed& e) {
  return text("Responsibility ", e.outcome, " by ", e.confirmed_by, " (", listed(e.shares),
              "): ", e.pii.text);
}

std::string line(const ReviewAssigned& e) {
  return text("Review ", e.review_id, " (", e.kind, ") of ", e.agent_id, " given to ", e.reviewer_id);
}
std::string line(const ReviewSampleDrawn& e) {
  return text("Drawn for review ", e.review_id, " (", e.kind, ") of ", e.agent_id, ", one of the ", e.percent,
              " % of ", e.sample.sample_id);
}
std::string line(const ReviewCalibrated& e) {
  const auto score = e.total_permille ? text(", now ", percent_of(*e.total_permille)) : std::string();
  return text("Review ", e.first_id, " calibrated with ", e.review_id, ": ", e.differences.size(),
              e.differences.size() == 1 ? " item" : " items", " scored differently, ",
              percent_of(e.spread_permille), " apart", score, ": ", e.pii.text);
}
std::string line(const ReviewDisputed& e) { return text("Review ", e.review_id, " disputed: ", e.pii.text); }
std::string line(const ReviewDisputeResolved& e) {
  const auto score = e.total_permille ? " to " + percent_of(*e.total_permille) : std::string();
  return text("Dispute over review ", e.review_id, " decided: ", e.outcome, score, ", ", e.pii.text);
}
std::string line(const RecognitionGiven& e) {
  return text(e.agent_id, " thanked", clause(" in review ", e.review_id), ": ", e.pii.text);
}
std::string line(const ReviewScored& e) {
  return text("Review ", e.review_id, " scored ", percent_of(e.total_permille), " by ", e.scorecard.id, " v",
              e.scorecard.version,
              e.pii.improvement_points.empty() ? "" : "; to improve: ", e.pii.improvement_points);
}

std::string line(const CaseResolved& e) {
  return text("Resolved (", e.resolution_code, ")", e.pii ? ": " + e.pii->notes : std::string());
}
std::string line(const ResolutionAccepted& e) {
  return text("The customer accepted the resolution by ", e.channel);
}
std::string line(const ResolutionRejected& e) {
  return text("The customer rejected the resolution by ", e.channel, ": ", e.pii.text);
}
std::string line(const CaseClosed& e) { return text("Closed (", e.basis, ")", clause(" by ", e.closed_by)); }
std::string line(const CaseReopened& e) {
  return text("Reopened (", e.reason_code, "), cycle ", e.cycle_no,
              e.pii ? ": " + e.pii->text : std::string());
}

std::string line(const SlaAttached& e) {
  std::string targets;
  for (const auto& target : e.targets) {
    append(targets, text(targets.empty() ? "" : ", ", target.metric, " within ",
                         business_minutes(target.business_ms)));
  }
  return text("SLA ", e.sla_id, ": ", targets);
}
std::string line(const SlaTargetMet& e) {
  return text("SLA met: ", e.metric, " after ", business_minutes(e.elapsed_business_ms));
}
std::string line(const SlaTargetMissed& e) {
  return text("SLA breached: ", e.metric, ", due ", e.due_at, clause(", with ", e.responsible));
}
std::string line(const SlaTargetCompletedLate& e) {
  return text("SLA completed late: ", e.metric, " after ", business_minutes(e.elapsed_business_ms), " of ",
              business_minutes(e.target_business_ms));
}
std::string line(const TimerSet& e) { return text("Timer ", e.timer_id, " set, due ", e.due_at); }
std::string line(const TimerPaused& e) {
  return text("Timer ", e.timer_id, " paused with ", business_minutes(e.remaining_business_ms), " left");
}
std::string line(const TimerResumed& e) { return text("Timer ", e.timer_id, " resumed, due ", e.due_at); }
std::string line(const TimerWarned& e) {
  return text("Timer ", e.timer_id, " has used ", e.threshold_percent, " % of its time");
}
std::string line(const TimerExpired& e) { return text("Timer ", e.timer_id, " expired, due ", e.due_at); }
std::string line(const TimerCleared& e) { return text("Timer ", e.timer_id, " cleared"); }
std::string line(const EscalationTriggered& e) {
  return text("Escalated to level ", e.level, " (", e.kind, ") because of ", e.cause, ": ", e.to);
}

std::string line(const SlaExcused& e) {
  return text("SLA breach excused: ", e.metric, ", due ", e.due_at, " (", e.reason_code, ")",
              clause(": ", e.pii));
}
std::string line(const EscalationAcknowledged& e) {
  return text("Escalation to level ", std::int64_t{e.level}, " acknowledged", clause(": ", e.pii));
}

std::string line(const NoteAdded& e) {
  return text("Note ", e.note_id, e.mentions.empty() ? "" : " for ", e.mentions, ": ", e.pii.text,
              e.attachments.empty()
                  ? std::string()
                  : text(" [attachments: ", static_cast<std::int64_t>(e.attachments.size()), "]"));
}
std::string line(const AccessLogged& e) {
  return text("Contacts shown (", e.purpose, e.pii ? "): " + e.pii->text : std::string(")"));
}
std::string line(const ErasureRequested& e) {
  return text("Erasure of personal texts requested (", e.legal_basis, "), due ", e.due_at,
              clause(": ", e.reason));
}
std::string line(const CustomerErased& e) {
  return text("Personal texts of all earlier events erased (", e.legal_basis, ")", clause(": ", e.reason));
}
std::string line(const HoldPlaced& e) { return text("Legal hold placed: ", e.reason); }
std::string line(const HoldReleased& e) { return text("Legal hold released: ", e.reason); }
std::string line(const CaseTagged& e) {
  return text("Tags changed", e.added.empty() ? "" : " added: ", e.added,
              e.added.empty() || e.removed.empty() ? "" : ";",
              e.removed.empty() ? "" : " removed: ", e.removed);
}
std::string line(const CaseLinked& e) {
  return text("Linked with case ", e.other_case_id, " (", e.relation, ")");
}
std::string line(const ApprovalRequested& e) {
  return text("Approval ", e.approval_id, " requested: ", e.subject, clause(" ", e.about),
              clause(", amount ", e.amount_minor), ": ", e.pii.text);
}
std::string line(const ApprovalDecided& e) {
  return text("Approval ", e.approval_id, e.granted ? " granted" : " not granted",
              e.pii ? ": " + e.pii->text : std::string());
}
std::string line(const CaseUnlinked& e) {
  return text("No longer linked with case ", e.other_case_id, " (", e.relation, ")", clause(": ", e.reason));
}

}  // namespace

std::string sentence(const Event& event) {
  auto words = event.visit(AllEvents{}, [](const auto& fact) { return line(fact); });
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

}  // namespace casetrail::history
