// Reads, writes and explains the events of assignment.h.
#include "events/case/assignment.h"

#include "events/case/approval_texts.h"
#include "events/case/assignment_texts.h"
#include "events/case/event_codec.h"

namespace casetrail {

template <>
constexpr TypeText kText<OwnerDesignated>{"The case owner was named, who answers to the customer to the end.",
                                          "已指定首问责任人，负责到底。",
                                          {kOwnerText, kOwnerBasisText}};
template <>
constexpr TypeText kText<OwnerChanged>{"Another agent is the case owner from now on.",
                                       "首问责任人已变更。",
                                       {{"from", "The owner until now.", "原首问责任人"},
                                        kNewOwnerText,
                                        kOwnerChangeReasonText,
                                        kOwnerApprovalText,
                                        kRestsOnApprovalText}};
template <>
constexpr TypeText kText<AssignmentQueued>{
    "The case waits in a queue for somebody who can take it.",
    "工单进入队列，等待受理。",
    {kQueueText,
     {"department_id", "The department to which the queue belongs.", "队列所属部门"},
     kQueueReasonText,
     kStillWaitingText}};
template <>
constexpr TypeText kText<AssignmentOffered>{
    "The case was offered to an agent, who may accept or decline.",
    "工单已派给坐席，待其接受或拒绝。",
    {{"offer_id", "The offer: `o1`, `o2`, … within the case.", "派单编号"},
     {"agent_id", "The agent to whom the case is offered.", "被派坐席"},
     {"department_id", "The agent's department.", "所属部门"},
     kCandidatesText,
     kRequirementsText,
     kCautionsText,
     {"accept_by", "By when the agent has to answer.", "接单期限"}}};
template <>
constexpr TypeText kText<AssignmentAccepted>{
    "The agent accepted the case.",
    "坐席已接单。",
    {{"offer_id", "The offer. Absent: the case was assigned without one.", "派单编号"},
     {"agent_id", "Who accepted.", "接单坐席"}}};
template <>
constexpr TypeText kText<AssignmentDeclined>{
    "The agent declined the case.",
    "坐席拒绝接单。",
    {{"offer_id", "The offer. Absent: the case was assigned without one.", "派单编号"},
     {"agent_id", "Who declined.", "拒单坐席"},
     kDeclineReasonText}};
template <>
constexpr TypeText kText<AssignmentMade>{
    "The case was assigned to an agent or a department.",
    "工单已分派给坐席或部门。",
    {{"assignment_id", "The assignment: `a1`, `a2`, … within the case.", "分派编号"},
     kAssigneeText,
     kAssigneeDepartmentText,
     {"requirements", "What has to be done. Absent: the fact was imported without it.", "工作要求"},
     {"cautions", "What to take care of. Absent: the fact was imported without it.", "注意事项"},
     kAssignmentBasisText,
     kStillWaitingText}};
template <>
constexpr TypeText kText<AssignmentReleased>{
    "Nobody has the case any more: the assignee gave it back, or a lead took it.",
    "工单已退回：受理人退单或组长收回。",
    {{"department_id", "The department that had it.", "原受理部门"},
     {"agent_id", "The assignee who had it. Absent: nobody in person.", "原受理人"},
     kReleaseReasonText}};
template <>
constexpr TypeText kText<AssignmentExpired>{
    "Nobody answered in time: the case is back in the queue.",
    "超时未响应，工单退回队列。",
    {{"offer_id", "The offer. Absent: the case was assigned without one.", "派单编号"},
     {"agent_id", "Who did not answer.", "未响应坐席"},
     {"kind", "What did not happen in time.", "超时类型"}}};

template struct FamilyCodecs<EventKind, AssignmentEvents>;

}  // namespace casetrail
