// The fields of every `pii`, by name: one that is not named here is taken for words.
#include "projections/kit/personal.h"

#include <algorithm>
#include <array>

#include "events/case/all_events.h"
#include "events/case/request_terms.h"
#include "events/wire/reflect.h"
#include "projections/kit/mask.h"

namespace casetrail::kit {
namespace {

constexpr std::array<std::string_view, 2> kNames{"name", "customer"};
/// Of events, and what senders call them.
constexpr std::array<std::string_view, 7> kContacts{"contacts", "contact_channel", "contact", "phone",
                                                    "mobile",   "email",           "wechat"};
constexpr std::array<std::string_view, 1> kPlaces{"address"};

bool is_in(const auto& fields, std::string_view field) {
  return std::ranges::find(fields, field) != fields.end();
}

}  // namespace

std::string mask_personal(std::string_view field, std::string_view text) {
  if (is_in(kNames, field)) return mask_name(text);
  if (is_in(kPlaces, field)) return mask_place(text);
  if (is_in(kContacts, field)) return enum_from<Channel>(text) ? std::string(text) : mask_contact(text);
  return mask_contacts_in(text);
}

bool holds_words(std::string_view field) {
  return !is_in(kNames, field) && !is_in(kPlaces, field) && !is_in(kContacts, field);
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

Event event_without_texts(const Event& event) {
  return event.visit(AllEvents{}, [&](const auto& fact) -> Event {
    if constexpr (requires { fact.pii; }) {
      auto erased = fact;
      erase_texts(erased.pii);
      return erased;
    } else {
      return event;
    }
  });
}

}  // namespace casetrail::kit
