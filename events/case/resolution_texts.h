// What the fields mean that events and commands of resolutions share.
#pragma once

#include "events/wire/party_texts.h"

namespace casetrail {

inline constexpr TypeText kResolutionNotesText{"How the case was resolved. Personal.",
                                               "解决说明（个人信息）。",
                                               {{"notes", "How the case was resolved.", "解决说明"}}};

inline constexpr FieldText kResolutionCodeText{"resolution_code", "How the case was resolved.", "解决方式"};
inline constexpr FieldText kResolutionPiiText{"pii", "How it was resolved, in words. Personal.", "解决说明",
                                              &kResolutionNotesText};
inline constexpr FieldText kVerdictChannelText{"channel", "The channel on which the customer said so.",
                                               "客户反馈渠道"};
inline constexpr FieldText kRejectionPiiText{"pii", "What the customer said is still wrong. Personal.",
                                             "客户原话", &kCustomerWordsText};
inline constexpr FieldText kReopenReasonText{"reason_code", "Why the case is opened again.", "重开原因"};
inline constexpr FieldText kReopenPiiText{"pii", "What the customer said. Personal.", "客户原话",
                                          &kCustomerWordsText};

}  // namespace casetrail
