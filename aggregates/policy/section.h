// Keys of YAML, each named once: over a text it is read into a member, over a shape it tells what it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aggregates/policy/shape.h"
#include "aggregates/policy/yaml.h"
#include "events/wire/code.h"
#include "events/wire/ids.h"
#include "events/wire/reflect.h"

namespace casetrail::yaml {

/// Names the keys of a mapping one by one. Of a text: `done` refuses those that nobody named.
class Section {
 public:
  explicit Section(Place place);       ///< reads
  explicit Section(Shape& described);  ///< tells; outlives the section

  /// The key that fills `into`, and is what `into` is where nothing is said. `meaning` is one sentence. A
  /// rule has `check(place, value)` for what was read and `tell(shape)` for who describes it.
  template <class T, class... Rules>
  void take(const std::string& key, T& into, std::string_view meaning, const Rules&... rules) {
    value(key, Presence::optional, into, meaning, rules...);
  }
  template <class T, class... Rules>
  void require(const std::string& key, T& into, std::string_view meaning, const Rules&... rules) {
    value(key, Presence::required, into, meaning, rules...);
  }

  /// A key with keys of its own, which `name_keys(Section&)` names.
  template <class NameKeys>
  void group(const std::string& key, std::string_view meaning, NameKeys name_keys,
             Presence presence = Presence::optional) {
    const auto name_all = [&](auto&& from) {
      Section keys(from);
      name_keys(keys);
      keys.done();
    };
    entry(key, presence, meaning, name_all, name_all);
  }

  /// Any key: `read(place)` is called where it is there, `tell(shape)` where it is described.
  template <class Read, class Tell>
  void entry(const std::string& key, Presence presence, std::string_view meaning, Read read, Tell tell) {
    if (!keys_)
      tell(add(key, presence, meaning));
    else if (presence == Presence::required)
      keys_->require_with(key, read);
    else
      keys_->with(key, read);
  }

  /// Calls `check(place, keys)` of a text, for what its keys are together.
  template <class Check>
  void together(Check check) {
    if (!keys_) return;
    auto keys = *keys_;  // what is looked at again is named already
    check(place_, keys);
  }

  void done();

 private:
  template <class T, class... Rules>
  void value(const std::string& key, Presence presence, T& into, std::string_view meaning,
             const Rules&... rules) {
    entry(
        key, presence, meaning,
        [&](const Place& found) {
          read(found, into);
          (rules.check(found, into), ...);
        },
        [&](Shape& shape) {
          tell(shape, into);
          (rules.tell(shape), ...);
        });
  }

  Shape& add(const std::string& key, Presence presence, std::string_view meaning);

  Place place_;
  std::optional<Keys> keys_;  ///< of a text
  Shape* described_ = nullptr;
};

/// A type whose keys `describe(Section&, T&)` names; `check(place, value)`, where there is one, says what
/// they are together.
template <class T>
concept Described = requires(Section& keys, T& value) { describe(keys, value); };

/// A text that is told as it is written: `takes` in words, `pattern` as a regular expression, empty for any.
void tell_text(Shape& shape, std::string_view takes, std::string_view pattern, std::string_view value);
/// A list; `elements` are shapes for the values that are in it.
void tell_list(Shape& shape, Shape element, const std::vector<Shape>& elements);

void tell(Shape& shape, const std::string& value);
void tell(Shape& shape, const std::int32_t& value);
void tell(Shape& shape, const std::int64_t& value);
void tell(Shape& shape, const bool& value);

template <class Tag>
void tell(Shape& shape, const Id<Tag>& value) {
  tell_text(shape, "an id", "", value.value);
}

template <NamedEnum Word>
void tell(Shape& shape, const Word& value) {
  for (const auto name : enum_names(Word{})) shape.words.emplace_back(name);
  tell_text(shape, "", "", name_of(value));
}
template <Catalogued Known>
void tell(Shape& shape, const Code<Known>& value) {
  const auto catalogue = catalogue_type<Known>();
  shape.words.assign(catalogue.codes.begin(), catalogue.codes.end());
  tell_text(shape, "a code of the catalogue `" + std::string(catalogue.name) + "`", "[a-z0-9_.]{1,48}",
            value.text());
}

template <Described T>
void read(const Place& place, T& into) {
  Section keys(place);
  describe(keys, into);
  keys.done();
  if constexpr (requires { check(place, into); }) check(place, into);
}
template <Described T>
void tell(Shape& shape, T value) {
  Section keys(shape);
  describe(keys, value);
  keys.done();
}

template <class T>
void tell(Shape& shape, const std::optional<T>& value) {
  tell(shape, value.value_or(T{}));
  if (!value) shape.value.clear();
}

template <class T>
void tell(Shape& shape, const std::vector<T>& value) {
  Shape element;
  tell(element, T{});
  std::vector<Shape> elements(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) tell(elements[i], value[i]);
  tell_list(shape, std::move(element), elements);
}

}  // namespace casetrail::yaml
