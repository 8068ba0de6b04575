// What the fields mean that events and commands of work share.
#pragma once

#include "events/wire/party_texts.h"

namespace casetrail {

inline constexpr TypeText kWorkTextText{"What was written or said about the customer's matter. Personal.",
                                        "关于客户事项的文字（个人信息）。",
                                        {{"text", "The text.", "内容"}}};

inline constexpr FieldText kReceivedChannelText{"channel", "The channel on which the message came.",
                                                "来信渠道"};
inline constexpr FieldText kReceivedPiiText{"pii", "What the customer said. Personal.", "客户原话",
                                            &kCustomerWordsText};
inline constexpr FieldText kSentChannelText{"channel", "The channel on which the message went out.",
                                            "发送渠道"};
inline constexpr FieldText kSentPiiText{"pii", "What the customer was told. Personal.", "回复内容",
                                        &kWorkTextText};
inline constexpr FieldText kAnswerByText{"answer_by", "By when the customer should answer.", "答复期限"};
inline constexpr FieldText kQuestionsText{"pii", "What the customer was asked for. Personal.", "询问内容",
                                          &kWorkTextText};
inline constexpr FieldText kSuspendReasonText{"reason_code", "What the work waits for.", "挂起原因"};
inline constexpr FieldText kReviewAtText{"review_at", "When somebody looks at it again.", "复查时间"};
inline constexpr FieldText kCustomerInformedText{"customer_informed", "Whether the customer was told of it.",
                                                 "是否已告知客户"};
inline constexpr FieldText kExplanationText{"pii", "The explanation. Personal.", "挂起说明", &kWorkTextText};
inline constexpr FieldText kResumeTriggerText{"trigger", "What made the work go on.", "恢复触发"};
inline constexpr FieldText kChasedByText{"by", "Who urges.", "催单方"};
inline constexpr FieldText kChaseChannelText{
    "channel", "The channel on which the customer urges. Absent: within the company.", "催单渠道"};
inline constexpr FieldText kChaseText{"pii", "What was said. Personal.", "催单内容", &kWorkTextText};
inline constexpr FieldText kEscalateLevelText{"level", "How far up: 1 is the team lead.", "升级级别"};
inline constexpr FieldText kEscalateToText{"to", "The roles that have to look at it.", "升级至"};
inline constexpr FieldText kEscalateReasonText{"pii", "Why it has to. Personal.", "升级原因", &kWorkTextText};
inline constexpr FieldText kProgressKindText{"kind", "What kind of report it is.", "反馈类型"};
inline constexpr FieldText kProgressChannelText{"channel", "The channel on which it was reported.",
                                                "反馈渠道"};
inline constexpr FieldText kProgressPiiText{"pii", "The report. Personal.", "反馈内容", &kWorkTextText};

inline constexpr FieldText kCallDirectionText{"direction", "Who called whom.", "呼入或呼出"};
inline constexpr FieldText kCallOutcomeText{
    "outcome", "How it went; only a connected call is a word to the customer.", "通话结果"};
inline constexpr FieldText kHungUpByText{"hung_up_by", "Who ended it.", "挂机方"};
inline constexpr FieldText kPromptsText{"prompts", "How often a silent caller was spoken to.", "提示次数"};
inline constexpr FieldText kCallSecondsText{"seconds", "How long it lasted, in seconds.", "通话秒数"};
inline constexpr FieldText kCallPiiText{"pii", "What was said. Personal.", "通话内容", &kWorkTextText};

}  // namespace casetrail
