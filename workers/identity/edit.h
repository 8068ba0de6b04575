// Changes an identities file as a person would: what else stands in it stays, comments too.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "workers/identity/identities.h"

namespace casetrail::identity {

/// `text`, which may be empty, with one more entry of `identities`. An error is a sentence: it has faults,
/// the id is taken, or it is laid out in a way that has to be edited by hand.
[[nodiscard]] std::expected<std::string, std::string> with_holder(std::string_view text,
                                                                  const TokenHolder& holder);

/// The same without the entry of this id.
[[nodiscard]] std::expected<std::string, std::string> without_holder(std::string_view text,
                                                                     std::string_view id);

}  // namespace casetrail::identity
