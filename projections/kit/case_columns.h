// What boards say alike of a row's case.
#pragma once

#include "projections/kit/filters.h"
#include "projections/kit/shape.h"

namespace casetrail::kit {

inline constexpr Description kCaseId{
    "case", Kind::text, {"case id", "工单 ID"}, "The id by which the engine keeps the case."};
inline constexpr Description kCaseNo{
    "case_no", Kind::text, {"case number", "来源单号"}, "The case's number in the system that sent it."};
inline constexpr Description kReference{"reference",
                                        Kind::text,
                                        {"case", "工单"},
                                        "The channel and the case's number there: channel:number.",
                                        {.rank = 1}};
inline constexpr Description kCategory{
    "category", Kind::text, {"category", "分类"}, "What the request was classified as."};

inline constexpr FilterType kCaseFilter{
    "case", filter::text, {"case", "工单"}, "Rows of one case: its id, its number, or channel:number."};

}  // namespace casetrail::kit
