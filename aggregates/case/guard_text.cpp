// What was chosen has words here; a guard has those of the refusal that it stands for.
#include "aggregates/case/guard_text.h"

#include <algorithm>
#include <array>

#include "aggregates/case/refusal_texts.h"

namespace casetrail {
namespace {

// clang-format off
constexpr auto kOwnTexts = std::to_array<TraceText>({
    {"after_window", "What the policy does when the customer's time to judge is over.", "客户确认期满后的处理。", "closing"},
    {"callback_plan", "A plan of callbacks of the policy.", "规则中的回访计划。", "callback"},
    {"call_slot", "When the customer may be called.", "可联系客户的时段。", "callback"},
    {"closure_basis", "What the case is closed for.", "结案依据。", "closing"},
    {"escalation", "Whom a missed target is told to.", "超时上报对象。", "sla"},
    {"first_owner", "Who becomes the case owner first.", "首问责任人依据。", "owner"},
    {"priority_matrix", "The priority by impact and urgency.", "按影响与紧急度定级。", "priority"},
    {"review_sample", "Whether the closed case is drawn for a review.", "结案后是否被抽检。", "review"},
    {"route", "The department that the category belongs to.", "类别对应的部门。", "routing"},
    {"timer", "The timer that was due.", "到期的计时器。", ""},
    {"status", "The status of the case does not allow the step.", "工单状态不允许该操作。", ""},
});
// clang-format on

struct GuardSection {
  std::string_view guard;
  std::string_view section;
};
constexpr auto kSections = std::to_array<GuardSection>({
    {"agreement_open", "agreement"},
    {"answer_owed", "closing"},
    {"appeal_too_late", "complaint"},
    {"attempts_exhausted", "callback"},
    {"attribution_missing", "complaint"},
    {"bounce_limit", "handoff"},
    {"callback_required", "callback"},
    {"callback_unsatisfied", "callback"},
    {"cause_missing", "complaint"},
    {"code_retired", "catalogues"},
    {"code_unknown", "catalogues"},
    {"complaint_not_accepted", "complaint"},
    {"complaint_open", "complaint"},
    {"criteria_unmet", "complaint"},
    {"customer_decision_pending", "closing"},
    {"customer_not_informed", "suspension"},
    {"department_unknown", "departments"},
    {"duty_reference_required", "departments"},
    {"field_missing", "intake"},
    {"handoff_pending", "handoff"},
    {"handoff_ruled", "handoff"},
    {"item_repeated", "review"},
    {"items_missing", "review"},
    {"message_on_closed", "closing"},
    {"not_authorized", "roles"},
    {"not_owner", "roles"},
    {"owner_already_designated", "owner"},
    {"owner_required", "owner"},
    {"question_open", "handoff"},
    {"quiet_hours", "callback"},
    {"reopen_window_passed", "closing"},
    {"review_date_required", "suspension"},
    {"score_out_of_range", "review"},
    {"scorecard_mismatch", "review"},
    {"second_approval_required", "catalogues"},
    {"too_early", "callback"},
    {"zone_unknown", "callback"},
});

}  // namespace

std::optional<TraceText> trace_text(std::string_view name) {
  const auto own = std::ranges::find(kOwnTexts, name, &TraceText::name);
  if (own != kOwnTexts.end()) return *own;
  const auto* refusal = find_refusal(name);
  if (refusal == nullptr) return std::nullopt;
  const auto found = std::ranges::find(kSections, name, &GuardSection::guard);
  return TraceText{refusal->code, refusal->en, refusal->zh,
                   found == kSections.end() ? std::string_view() : found->section};
}

}  // namespace casetrail
