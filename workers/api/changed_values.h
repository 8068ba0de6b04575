// What the values of a change are called, each by the policy of its own moment.
#pragma once

#include <cereal/cereal.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "aggregates/case/why.h"
#include "aggregates/policy/policy.h"
#include "aggregates/policy/policy_versions.h"
#include "events/wire/timestamp.h"
#include "projections/kit/shape.h"

namespace casetrail::api {

/// A field of a case, or a cell of a row, at two moments.
struct ChangedValue {
  std::string field;
  std::optional<std::string> before;
  std::optional<std::string> after;
  std::optional<Saying> before_label = {};  ///< as the policy of that moment calls it; absent: as it is
  std::optional<Saying> after_label = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(field), CEREAL_NVP(before), CEREAL_NVP(after), CEREAL_NVP(before_label),
            CEREAL_NVP(after_label));
  }
};

/// What `policy` calls the value, of whose kind `names` is: `department`, `agent`, `role`, a catalogue or
/// `word`. Of a list, `a, b` or an array of JSON, each of its parts. Nothing where it has no other name.
[[nodiscard]] std::optional<Saying> called(const std::string& value, std::string_view names,
                                           const Policy& policy);

/// By whose names people went then: the policy in force, or, before there was any, the first one.
[[nodiscard]] const Policy& naming_policy(const PolicyVersions& policies, Timestamp then);

/// Whose names the values of such a column are; empty: their own.
[[nodiscard]] std::string_view names_in(kit::Kind column);

}  // namespace casetrail::api
