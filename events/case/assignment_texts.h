// What the fields mean that events and commands of assignments share.
#pragma once

#include "events/wire/type_text.h"

namespace casetrail {

inline constexpr TypeText kCandidateText{"One row of the score table: why this agent and not another.",
                                         "评分表中的一行：为何选择该坐席。",
                                         {{"agent_id", "The agent who was compared.", "坐席"},
                                          {"skill_score", "How well the skills fit, 0 to 1.", "技能匹配度"},
                                          {"experience", "Experience with such cases, 0 to 1.", "经验"},
                                          {"load", "How busy the agent is: 0 is idle, 1 is full.", "负荷"},
                                          {"score", "The result, weighted by the policy.", "综合得分"}}};

inline constexpr FieldText kOwnerText{"owner", "The case owner: who answers to the customer to the end.",
                                      "首问责任人"};
inline constexpr FieldText kOwnerBasisText{"basis", "Why this agent is the owner.", "指定依据"};
inline constexpr FieldText kNewOwnerText{"to", "The owner from now on.", "新首问责任人"};
inline constexpr FieldText kOwnerChangeReasonText{"reason_code", "Why the owner changes.", "变更原因"};
inline constexpr FieldText kOwnerChangeApproverText{
    "approved_by",
    "Who approved the change, where the policy asks for no approval of it. Absent: the actor. An approval "
    "names who "
    "granted it.",
    "批准人"};
inline constexpr FieldText kOwnerApprovalText{"approved_by", "Who approved the change.", "批准人"};
inline constexpr FieldText kQueueText{"queue_id", "The queue in which the case waits.", "队列"};
inline constexpr FieldText kQueueReasonText{"reason", "Why the case waits in a queue.", "排队原因"};
inline constexpr FieldText kStillWaitingText{
    "still_waiting", "The case waits for the customer, or is suspended, as before. Absent: it does not.",
    "是否仍在等待"};
inline constexpr FieldText kCandidatesText{"candidates", "The score table behind the choice.", "候选评分表",
                                           &kCandidateText};
inline constexpr FieldText kRequirementsText{"requirements", "What has to be done.", "工作要求"};
inline constexpr FieldText kCautionsText{"cautions", "What to take care of.", "注意事项"};
inline constexpr FieldText kDeclineReasonText{"reason_code", "Why the agent declined.", "拒绝原因"};
inline constexpr FieldText kAssigneeText{
    "agent_id", "The assignee. Absent: the department has the case, no person yet.", "受理人"};
inline constexpr FieldText kAssigneeDepartmentText{"department_id", "The department of the assignee.",
                                                   "受理部门"};
inline constexpr FieldText kReleaseReasonText{"reason_code", "Why the assignee has it no longer.",
                                              "退单原因"};
inline constexpr FieldText kAssignmentBasisText{"basis", "How the case came to the assignee.", "分派方式"};

}  // namespace casetrail
