// What the fields mean that events and commands of callbacks share.
#pragma once

#include "events/wire/type_text.h"

namespace casetrail {

inline constexpr TypeText kCallbackAnswersText{
    "What the customer answered.",
    "客户的回答。",
    {{"satisfied", "Whether the customer is satisfied.", "是否满意"},
     {"service_rating", "The rating of the service: 1 is bad, 5 is very good.", "服务评分"},
     {"deliver_to_department", "The department that the answer must reach.", "需转达部门"}}};

inline constexpr TypeText kCallbackWordsText{
    "The customer's own words. Personal.",
    "客户原话（个人信息）。",
    {{"problem_where", "Where the problem lies.", "问题所在"},
     {"how_to_satisfy", "What would satisfy the customer.", "如何才能满意"},
     {"use_experience", "How the customer gets on with the product.", "使用体验"},
     {"other_needs", "What else the customer needs.", "其他需求"},
     {"comment", "Anything else that was said.", "备注"}}};

inline constexpr FieldText kCallbackIdText{"callback_id", "The callback: `c1`, `c2`, … within the case.",
                                           "回访编号"};
inline constexpr FieldText kCallbackPurposeText{"purpose", "What the call is for.", "回访目的"};
inline constexpr FieldText kCallbackCallerText{"agent_id", "Who is to call. Absent: no person yet.",
                                               "回访人"};
inline constexpr FieldText kAssignedCallerText{"agent_id", "Who is to call.", "回访人"};
inline constexpr FieldText kCancelReasonText{"reason_code", "Why there is no call any more.", "取消原因"};
inline constexpr FieldText kRescheduleReasonText{"reason", "Why the call was moved.", "改期原因"};
inline constexpr FieldText kCallbackOutcomeText{"outcome", "How the attempt ended.", "呼叫结果"};
inline constexpr FieldText kCallbackAnsweredText{"answers", "What the customer answered.", "客户回答",
                                                 &kCallbackAnswersText};
inline constexpr FieldText kCallbackPiiText{"pii", "The customer's own words. Personal.", "客户原话",
                                            &kCallbackWordsText};
inline constexpr FieldText kFeedbackDepartmentText{"department_id", "The department that has to act on it.",
                                                   "责任部门"};
inline constexpr FieldText kFeedbackRouteText{"route", "What the feedback becomes.", "转交方式"};
inline constexpr FieldText kFeedbackCaseText{"created_case_id", "The case that was opened for it.",
                                             "新建工单编号"};
inline constexpr FieldText kDoNotCallText{"do_not_call", "The customer wants no calls at all.", "今后勿扰"};
inline constexpr FieldText kWaivedCallbackText{
    "callback_id", "The callback. Absent: the case closes without any.", "回访编号"};
inline constexpr FieldText kWaiverReasonText{"reason", "Why there is no call.", "免回访原因"};
inline constexpr FieldText kWaiverApproverText{"approved_by",
                                               "Who answers for it, where the policy asks for no approval of "
                                               "it. Absent: the actor. An approval names who "
                                               "granted it.",
                                               "批准人"};
inline constexpr FieldText kWaiverApprovalText{"approved_by", "Who answers for it.", "批准人"};

}  // namespace casetrail
