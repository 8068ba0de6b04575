// Events without the person: what views store and show of them.
#pragma once

#include <cereal/cereal.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/event.h"

namespace casetrail::kit {

/// `text` masked by the kind of its field: a name, a contact, a place, or words in which numbers and
/// addresses may stand.
[[nodiscard]] std::string mask_personal(std::string_view field, std::string_view text);

/// Whether a field of a `pii` holds words, which may say anything of anybody: no name, contact or place.
[[nodiscard]] bool holds_words(std::string_view field);

/// Masks every text of what is serialized into it, by the kind of its field.
class PersonMask {
 public:
  template <class... Fields>
  void operator()(Fields&&... fields) {
    (take(fields.name, fields.value), ...);
  }

 private:
  static void take(std::string_view field, std::string& text) { text = mask_personal(field, text); }
  template <class T>
  void take(std::string_view field, std::optional<T>& value) {
    if (value) take(field, *value);
  }
  template <class T>
    requires requires(T& part, PersonMask& mask) { part.serialize(mask); }
  void take(std::string_view, T& part) {
    part.serialize(*this);
  }
  template <class T>
  void take(std::string_view field, std::vector<T>& list) {
    for (auto& one : list) take(field, one);
  }
};

/// Empties every text of what is serialized into it: as it reads when its key was destroyed.
class TextsErased {
 public:
  template <class... Fields>
  void operator()(Fields&&... fields) {
    (take(fields.value), ...);
  }

 private:
  static void take(std::string& text) { text.clear(); }
  template <class T>
  void take(std::optional<T>& value) {
    if (value) take(*value);
  }
  template <class T>
    requires requires(T& part, TextsErased& erased) { part.serialize(erased); }
  void take(T& part) {
    part.serialize(*this);
  }
  template <class T>
  void take(std::vector<T>& list) {
    for (auto& one : list) take(one);
  }
};

/// Of a row that has it: nothing of the person is left, and what is there stays there.
template <class Personal>
void erase_texts(Personal& personal) {
  TextsErased erased;
  personal.serialize(erased);
}
template <class Personal>
void erase_texts(std::optional<Personal>& personal) {
  if (personal) erase_texts(*personal);
}
inline void erase_texts(std::optional<std::string>& text) {
  if (text) text->clear();
}

/// `personal`, the `pii` of an event, masked.
template <class Personal>
[[nodiscard]] Personal without_person(Personal personal) {
  PersonMask mask;
  personal.serialize(mask);
  return personal;
}
template <class Personal>
[[nodiscard]] std::optional<Personal> without_person(std::optional<Personal> personal) {
  if (personal) personal = without_person(*std::move(personal));
  return personal;
}

/// `event` with its `pii` masked, whatever its type; the same event where it has none.
[[nodiscard]] Event event_without_person(const Event& event);

/// `event` with its `pii` as it reads when its key was destroyed.
[[nodiscard]] Event event_without_texts(const Event& event);

}  // namespace casetrail::kit
