// Reads, writes and explains the commands of assignment.h.
#include "aggregates/case/assignment/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/assignment_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<DesignateOwner>{"Name the case owner, who answers to the customer to the end.",
                                         "指定首问责任人，负责到底。",
                                         {kOwnerText, kOwnerBasisText}};
template <>
constexpr TypeText kText<ChangeOwner>{"Make another agent the case owner.",
                                      "变更首问责任人。",
                                      {kNewOwnerText, kOwnerChangeReasonText, kOwnerChangeApproverText}};
template <>
constexpr TypeText kText<QueueCase>{
    "Put the case into a queue.",
    "将工单放入队列。",
    {kQueueText,
     {"department_id",
      "The department to which the queue belongs. Absent: by the policy's routing of the category.",
      "队列所属部门"},
     kQueueReasonText}};
template <>
constexpr TypeText kText<OfferAssignment>{"Offer the case to an agent, who may accept or decline.",
                                          "将工单派给坐席，由其接受或拒绝。",
                                          {{"agent_id", "The agent to whom the case is offered.", "被派坐席"},
                                           {"department_id", "The agent's department.", "所属部门"},
                                           kCandidatesText,
                                           kRequirementsText,
                                           kCautionsText}};
template <>
constexpr TypeText kText<AcceptAssignment>{
    "Accept the case; the actor is the agent.",
    "接单（操作人即坐席）。",
    {{"offer_id", "The offer. Absent: whatever is offered or assigned to the actor.", "派单编号"}}};
template <>
constexpr TypeText kText<DeclineAssignment>{
    "Decline the case; the actor is the agent.",
    "拒绝接单（操作人即坐席）。",
    {{"offer_id", "The offer. Absent: whatever is offered or assigned to the actor.", "派单编号"},
     kDeclineReasonText}};
template <>
constexpr TypeText kText<MakeAssignment>{
    "Assign the case to an agent or a department.",
    "将工单分派给坐席或部门。",
    {kAssigneeText, kAssigneeDepartmentText, kRequirementsText, kCautionsText, kAssignmentBasisText}};

template <>
constexpr TypeText kText<ReleaseAssignment>{
    "Give the case back into a queue; by the assignee, or by a lead who takes it.",
    "退单到队列（由受理人退回或组长收回）。",
    {kReleaseReasonText,
     {"queue_id", "The queue in which the case waits. Absent: the one named as the department.", "队列"},
     {"department_id", "The department to which the queue belongs. Absent: the one that has the case.",
      "队列所属部门"}}};

constexpr Bound kInstructions[] = {{"requirements", 1}, {"cautions", 1}};
template <>
constexpr std::span<const Bound> kBounds<OfferAssignment> = kInstructions;
template <>
constexpr std::span<const Bound> kBounds<MakeAssignment> = kInstructions;

template struct FamilyCodecs<CommandKind, AssignmentCommands>;

}  // namespace casetrail
