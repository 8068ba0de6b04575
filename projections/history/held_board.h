// How long departments and people had cases, as an answer: read from the history of all of them.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <vector>

#include "projections/kit/filters.h"
#include "projections/kit/shape.h"
#include "projections/kit/view.h"

namespace casetrail::history {

/// `by` (people, or departments alone), `from` and `to`, and what chooses whole cases.
[[nodiscard]] std::span<const kit::FilterType> held_filters();

/// `{"totals":{…},"rows":[{…}]}` of what the filters leave, who had cases longest first. Reads every event.
/// An error is a sentence about the query.
[[nodiscard]] std::expected<std::string, std::string> add_up_held(
    std::span<const kit::Rows* const> partitions, const kit::BoardQuery& query);

/// What the rows consist of.
[[nodiscard]] std::vector<kit::Member> holder_members();

}  // namespace casetrail::history
