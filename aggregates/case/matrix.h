// Which step a case allows in which status (the rows and columns of a table).
#pragma once

#include <optional>
#include <string_view>

#include "aggregates/case/trace.h"

namespace casetrail {

enum class Step {
  inform,
  classify,
  own,
  queue,
  assign,
  answer_assignment,
  start,
  hear,
  request_info,
  suspend,
  resume,
  request_handoff,
  answer_handoff,
  complete_handoff,
  propose,
  select_option,
  lodge,
  investigate,
  close_complaint,
  end_complaint,
  resolve,
  judge_resolution,
  call_back,
  review,
  close,
  reopen,
  annotate,
  reject,
  withdraw,
  release,
  reassign,
  dispatch,
  appeal,
  settle_responsibility,
  call,
  chase,
  escalate
};

/// What stands against `step` in `status`; nothing when it is allowed. It is the guard `status` of a trace.
[[nodiscard]] std::optional<Rejection> refusal_of(Step step, CaseStatus status, Trace* trace = nullptr);

}  // namespace casetrail
