// How a view names the events that it folds: one public `on(fact, event)` a type, the rest is ignored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/all_events.h"
#include "events/case_event.h"
#include "events/schema_writer.h"

namespace casetrail {

/// Hazard: an `on` that is not public does not count. A test lists what each view ignores.
template <class Fold, class Fact>
concept Folds = requires(Fold& fold, const Fact& fact, const CaseEvent& event) { fold.on(fact, event); };

template <class Fold>
void fold_event(Fold& fold, const CaseEvent& event) {
  event.event.visit(AllEvents{}, [&]<class Fact>(const Fact& fact) {
    if constexpr (Folds<Fold, Fact>) fold.on(fact, event);
  });
}

template <class Fold>
[[nodiscard]] std::vector<std::string_view> events_ignored_by() {
  std::vector<std::string_view> ignored;
  [&]<class... Facts>(Family<Facts...>) {
    (
        [&] {
          if constexpr (!Folds<Fold, Facts>) ignored.push_back(Facts::kType);
        }(),
        ...);
  }(AllEvents{});
  return ignored;
}

/// What stored rows of these types must have.
template <class... Rows>
[[nodiscard]] std::string fingerprint_of() {
  return (SchemaWriter::schema_of<Rows>(SchemaScope::required_only) + ...);
}

}  // namespace casetrail
