// How a view names the events that it folds: one public `on(fact, event)` a type, the rest is ignored.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "events/case/case_event.h"
#include "events/wire/family.h"

namespace casetrail::kit {

/// Hazard: an `on` that is not public does not count. A test lists what each view ignores.
template <class Fold, class Fact>
concept Folds = requires(Fold& fold, const Fact& fact, const CaseEvent& event) { fold.on(fact, event); };

template <class Fold, class... Facts>
bool fold_one_of(Family<Facts...>, Fold& fold, const CaseEvent& event) {
  return (... || [&] {
    if constexpr (Folds<Fold, Facts>) {
      if (const auto* fact = event.event.get_if<Facts>()) {
        fold.on(*fact, event);
        return true;
      }
    }
    return false;
  }());
}

template <class Fold, class... Facts>
void forget_folded_of(Family<Facts...>, std::vector<std::string_view>& types) {
  (std::erase_if(types, [](std::string_view type) { return Folds<Fold, Facts> && type == Facts::kType; }),
   ...);
}

/// Folds the events of these families, so that a view is compiled anew only when one of its own changes.
/// An `on` for an event of another family fails a test.
template <class... Families, class Fold>
void fold_event(Fold& fold, const CaseEvent& event) {
  static_cast<void>((... || fold_one_of(Families{}, fold, event)));
}

/// The types of all events that `Fold` passes over when it folds these families.
template <class Fold, class... Families>
[[nodiscard]] std::vector<std::string_view> events_ignored_by() {
  std::vector<std::string_view> types;
  for (const auto* codec : event_codecs()) types.push_back(codec->type);
  (forget_folded_of<Fold>(Families{}, types), ...);
  return types;
}

}  // namespace casetrail::kit
