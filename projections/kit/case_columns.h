// What boards say alike of a row's case.
#pragma once

#include "events/case/case_number.h"
#include "projections/kit/filters.h"
#include "projections/kit/shape.h"

namespace casetrail::kit {

inline constexpr Description kCaseId{
    "case", Kind::text, {"case id", "工单 ID"}, "The id by which the engine keeps the case."};
inline constexpr Description kNumber{
    "number",
    Kind::text,
    {"case", "工单"},
    "What people call the case; cases of before there were numbers have none.",
    {.rank = 1}};
inline constexpr Description kCaseNo{
    "case_no", Kind::text, {"sender's number", "来源单号"}, "The case's number in the system that sent it."};
inline constexpr Description kReference{"reference",
                                        Kind::text,
                                        {"reference", "外部单号"},
                                        "The channel and the case's number there: channel:number.",
                                        {.rank = 20}};
inline constexpr Description kCategory{
    "category", Kind::text, {"category", "分类"}, "What the request was classified as."};

inline constexpr FilterType kCaseFilter{
    "case",
    filter::text,
    {"case", "工单"},
    "Rows of one case: its id, a number of it (CT-2611-000123, or the sender's), or channel:number.",
    {},
    [](std::string_view value) { return parse_case_number(value).value_or(std::string(value)); }};

}  // namespace casetrail::kit
