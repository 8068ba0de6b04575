// The fields of every `pii`, by name: one that is not named here is taken for words.
#include "projections/personal.h"

#include <algorithm>
#include <array>

#include "events/all_events.h"
#include "events/reflect.h"
#include "events/request_terms.h"
#include "projections/mask.h"

namespace casetrail {
namespace {

constexpr std::array<std::string_view, 2> kNames{"name", "customer"};
constexpr std::array<std::string_view, 2> kContacts{"contacts", "contact_channel"};
constexpr std::array<std::string_view, 1> kPlaces{"address"};

bool is_in(const auto& fields, std::string_view field) {
  return std::ranges::find(fields, field) != fields.end();
}

}  // namespace

void PersonMask::take(std::string_view field, std::string& text) {
  if (is_in(kNames, field)) {
    text = mask_name(text);
  } else if (is_in(kContacts, field)) {
    if (!enum_from<Channel>(text)) text = mask_contact(text);
  } else if (is_in(kPlaces, field)) {
    text = mask_place(text);
  } else {
    text = mask_contacts_in(text);
  }
}

Event event_without_person(const Event& event) {
  return event.visit(AllEvents{}, [&](const auto& fact) -> Event {
    if constexpr (requires { fact.pii; }) {
      auto masked = fact;
      masked.pii = without_person(std::move(masked.pii));
      return masked;
    } else {
      return event;
    }
  });
}

}  // namespace casetrail
