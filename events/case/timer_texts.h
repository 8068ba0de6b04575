// What the fields mean that events and commands about SLA targets and escalations share.
#pragma once

#include "events/case/work_texts.h"

namespace casetrail {

inline constexpr FieldText kExcuseReasonText{"reason_code", "Why it is not held against anybody.",
                                             "免责原因"};
inline constexpr FieldText kExcusePiiText{"pii", "What happened. Personal.", "情况说明", &kWorkTextText};
inline constexpr FieldText kAcknowledgementText{"pii", "What is done about it. Personal.", "处理意见",
                                                &kWorkTextText};

}  // namespace casetrail
