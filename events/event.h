// Every event of a case: the families, a line each.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "events/assignment.h"
#include "events/callback.h"
#include "events/complaint.h"
#include "events/family.h"
#include "events/handoff.h"
#include "events/request.h"
#include "events/resolution.h"
#include "events/review.h"
#include "events/solution.h"
#include "events/timer.h"
#include "events/work.h"

namespace casetrail {

using Event = VariantOf<RequestEvents, AssignmentEvents, WorkEvents, HandoffEvents, SolutionEvents,
                        CallbackEvents, ComplaintEvents, ReviewEvents, ResolutionEvents, TimerEvents>;

/// The codecs of all events, in the order of the variant.
[[nodiscard]] const std::vector<TypeCodec>& event_codecs();

[[nodiscard]] inline const TypeCodec& codec_of(const Event& event) { return event_codecs()[event.index()]; }

/// The codec of a type name; null when this binary does not know it.
[[nodiscard]] const TypeCodec* find_event_codec(std::string_view type);

/// Makes the event of this type name (`handoff.requested`) from `json` of this `version`, upcasting older
/// ones.
[[nodiscard]] std::expected<Event, DecodeError> decode_event(std::string_view type, int version,
                                                             std::string_view json);

}  // namespace casetrail
