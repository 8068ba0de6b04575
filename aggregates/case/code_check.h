// Whether a command uses the codes that its company works with.
#pragma once

#include <optional>
#include <string_view>

#include "aggregates/case/command.h"
#include "aggregates/case/decider.h"
#include "aggregates/policy/catalogues.h"

namespace casetrail {

/// Why `command` may not say what it says: the first code of its fields that no catalogue has
/// (`code_unknown`, with the nearest one) or that was retired (`code_retired`). Facts that are imported keep
/// the codes of where they come from.
[[nodiscard]] std::optional<Rejection> check_codes(const Command& command, const Catalogues& catalogues);

/// The same of a tag, where the policy has a catalogue of tags.
[[nodiscard]] std::optional<Rejection> check_tag(std::string_view tag, const Catalogues& catalogues);

}  // namespace casetrail
