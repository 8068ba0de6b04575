// Reads, writes and explains the commands about returns and visits.
#include "aggregates/case/errand/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/errand_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<AuthorizeReturn>{"Allow the customer to send goods back.",
                                          "同意客户退回商品。",
                                          {kReturnKindText, kReturnItemsText, kRmaText}};
template <>
constexpr TypeText kText<ReceiveReturn>{
    "Record that goods arrived.", "登记退回商品到货。", {kReturnIdText, kConditionText}};
template <>
constexpr TypeText kText<InspectReturn>{"Record what the inspection of returned goods found.",
                                        "登记退回商品的检验结论。",
                                        {kReturnIdText, kVerdictText, kRefundText, kInspectionPiiText}};
template <>
constexpr TypeText kText<DispatchWork>{"Send a technician to the customer.",
                                       "派技术员上门。",
                                       {kTechnicianText, kVisitStartsText, kVisitEndsText}};
template <>
constexpr TypeText kText<CompleteVisit>{"Record what came of a visit.",
                                        "登记上门结果。",
                                        {kVisitIdText,
                                         kVisitResultText,
                                         {"parts", "The parts that were used. Absent: none.", "所用配件"},
                                         kVisitPiiText}};

constexpr Bound kBoundsOfAuthorizeReturn[] = {
    {"items", 1}, short_text("items.item", 1), {"items.quantity", 1, 100'000}, short_text("rma_no")};
template <>
constexpr std::span<const Bound> kBounds<AuthorizeReturn> = kBoundsOfAuthorizeReturn;

constexpr Bound kBoundsOfInspectReturn[] = {{"refund_minor", 0}};
template <>
constexpr std::span<const Bound> kBounds<InspectReturn> = kBoundsOfInspectReturn;

constexpr Bound kBoundsOfCompleteVisit[] = {short_text("parts", 1)};
template <>
constexpr std::span<const Bound> kBounds<CompleteVisit> = kBoundsOfCompleteVisit;

template struct FamilyCodecs<CommandKind, ErrandCommands>;

}  // namespace casetrail
