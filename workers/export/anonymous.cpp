// Goes by the type of a field where there is one, by its name where it is text.
#include "workers/export/anonymous.h"

#include <algorithm>
#include <array>
#include <utility>

#include "events/case/all_events.h"
#include "events/wire/digest.h"
#include "events/wire/reflect.h"
#include "projections/kit/mask.h"
#include "projections/kit/personal.h"

namespace casetrail::exports {
namespace {

constexpr std::size_t kDigits = 16;
constexpr std::string_view kGone = "***";

/// Texts that are the numbers of something, and the kind of their pseudonyms.
constexpr std::pair<std::string_view, std::string_view> kNumbers[] = {
    {"order_ref", "order"}, {"serial_no", "device"}, {"external_ref", "reference"},
    {"badge_no", "badge"},  {"sample_id", "sample"}, {"about_ref", "reference"},
};
/// Texts in which long numbers are no contacts.
constexpr std::string_view kPlain[] = {"number", "sha256", "tz", "sla_id", "period", "category"};

class Anonymiser {
 public:
  Anonymiser(const Pseudonyms& pseudonyms, Masks masks) : pseudonyms_(pseudonyms), masks_(masks) {}

  template <class... Fields>
  void operator()(Fields&&... fields) {
    (take(fields.name, fields.value), ...);
  }

 private:
  template <class T>
  void take(std::string_view name, T& value) {
    if constexpr (is_optional<T>) {
      if (value) take(name, *value);
    } else if constexpr (is_vector<T>) {
      for (auto& one : value) take(name, one);
    } else if constexpr (std::is_same_v<T, AgentId>) {
      value.value = pseudonyms_.of("agent", value.value);
    } else if constexpr (std::is_same_v<T, CustomerRef>) {
      value.value = pseudonyms_.of("customer", value.value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      value = text(name, value);
    } else if constexpr (std::is_same_v<T, ResponsibilityShare>) {
      const bool is_person = value.party == LiableKind::agent || value.party == LiableKind::customer;
      if (is_person && value.ref) value.ref = pseudonyms_.of(name_of(value.party), *value.ref);
    } else if constexpr (std::is_same_v<T, Attachment>) {
      value.ref = pseudonyms_.of("file", value.ref);
    } else if constexpr (std::is_class_v<T> && !is_id<T> && !is_code<T> && !std::is_same_v<T, Timestamp>) {
      const bool outer = std::exchange(personal_, personal_ || name == "pii");
      value.serialize(*this);
      personal_ = outer;
    }
  }

  [[nodiscard]] std::string text(std::string_view name, const std::string& text) const {
    if (text.empty()) return text;
    if (personal_ && kit::holds_words(name)) return std::string(kGone);
    if (personal_) return masks_ == Masks::due ? kit::mask_personal(name, text) : text;
    const auto* number =
        std::ranges::find(kNumbers, name, &std::pair<std::string_view, std::string_view>::first);
    if (number != std::end(kNumbers)) return pseudonyms_.of(number->second, text);
    return std::ranges::find(kPlain, name) != std::end(kPlain) ? text : kit::mask_contacts_in(text);
  }

  const Pseudonyms& pseudonyms_;
  Masks masks_;
  bool personal_ = false;
};

}  // namespace

std::string Pseudonyms::of(std::string_view kind, std::string_view text) const {
  if (text.empty()) return {};
  return std::string(kind) + "-" + digest_of({key_, kind, text}).substr(0, kDigits);
}

CaseEvent without_persons(CaseEvent event, const Pseudonyms& pseudonyms, Masks masks) {
  auto& actor = event.actor;
  if (actor.kind == ActorKind::agent || actor.kind == ActorKind::customer)
    actor.id = pseudonyms.of(name_of(actor.kind), actor.id);
  if (actor.badge_no) actor.badge_no = pseudonyms.of("badge", *actor.badge_no);
  event.command_id.value = pseudonyms.of("command", event.command_id.value);
  event.correlation_id = pseudonyms.of("correlation", event.correlation_id);
  event.command_digest.clear();
  event.traceparent.clear();
  event.event = event.event.visit(AllEvents{}, [&](const auto& fact) -> Event {
    auto changed = fact;
    Anonymiser anonymiser(pseudonyms, masks);
    changed.serialize(anonymiser);
    return changed;
  });
  return event;
}

}  // namespace casetrail::exports
