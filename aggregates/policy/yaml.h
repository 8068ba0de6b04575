// YAML as values that know their names, read strictly: all that is wrong with a text is found at once.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aggregates/policy/complaint.h"
#include "events/wire/code.h"
#include "events/wire/ids.h"
#include "events/wire/reflect.h"

namespace casetrail::yaml {

/// `lenient`: for texts that were taken once, so that only what cannot be read is wrong.
enum class Strictness { lenient, strict };

/// What is wrong with one text.
class Findings {
 public:
  explicit Findings(Strictness strictness) : strictness_(strictness) {}

  [[nodiscard]] bool strict() const { return strictness_ == Strictness::strict; }
  void add(Complaint complaint) { all_.push_back(std::move(complaint)); }

  /// Runs `read`; the complaint that ended it is kept, and the reading of what follows goes on. Returns
  /// whether there was none.
  template <class Read>
  bool keep(Read read) {
    try {
      read();
      return true;
    } catch (Complaint& complaint) {
      add(std::move(complaint));
      return false;
    }
  }

  /// By line and column.
  [[nodiscard]] std::vector<Complaint> take();

 private:
  Strictness strictness_;
  std::vector<Complaint> all_;
};

/// One value of the text and the name under which a person knows it: `handoff.accept_within`.
struct Place {
  YAML::Node node;
  std::string path;
  Findings* findings;  ///< outlives the place

  /// Ends the reading of this value. `expected` completes "Expected 'path' to be ".
  [[noreturn]] void fail(const std::string& expected) const;
  /// The same when the reading is strict; else nothing. The reading goes on.
  void refuse_new(const std::string& expected) const;

  [[nodiscard]] Complaint complaint(std::string sentence) const;
  /// The value as a text that is not empty.
  [[nodiscard]] const std::string& text(const std::string& expected) const;

  [[nodiscard]] Place element(std::size_t index) const;
  [[nodiscard]] std::string name_of_key(const std::string& key) const;

  /// Strict: each element of a list once; one with keys is known by its `id`, `group` or `code`.
  void check_elements_differ() const;
};

/// The text as a tree: UTF-8, and one document alone. Nothing, with a finding, where it cannot be read.
[[nodiscard]] std::optional<YAML::Node> document(std::string_view text, Findings& findings);

/// What an element of a list is known by: itself when it is a text, else its `id`, `group` or `code`;
/// nothing when it has none.
[[nodiscard]] std::optional<std::string> known_by(const YAML::Node& element);

/// Takes the keys of a mapping one by one; `done` refuses those that nobody took.
class Keys {
 public:
  explicit Keys(Place place);

  [[nodiscard]] std::optional<Place> find(const std::string& key);

  /// Calls `read` with the place of the key when it is there.
  template <class Read>
  void with(const std::string& key, Read read) {
    if (const auto found = find(key)) place_.findings->keep([&] { read(*found); });
  }
  template <class Read>
  void require_with(const std::string& key, Read read) {
    if (const auto found = find(key)) {
      place_.findings->keep([&] { read(*found); });
      return;
    }
    place_.findings->add(
        place_.complaint("Expected '" + place_.name_of_key(key) + "' to be there, but it is missing."));
  }
  template <class T>
  void take(const std::string& key, T& into) {
    with(key, [&](const Place& found) { read(found, into); });
  }
  template <class T>
  void require(const std::string& key, T& into) {
    require_with(key, [&](const Place& found) { read(found, into); });
  }

  void done() const;

 private:
  Place place_;
  std::vector<std::string> taken_;
};

void read(const Place& place, std::string& into);
void read(const Place& place, std::int32_t& into);
void read(const Place& place, std::int64_t& into);
void read(const Place& place, bool& into);

template <class Tag>
void read(const Place& place, Id<Tag>& into) {
  into.value = place.text("an id");
}

template <class Word>
  requires(NamedEnum<Word> || is_code<Word>)
void read(const Place& place, Word& into) {
  const auto known = word_from<Word>(place.text(expected_words<Word>()));
  if (!known) place.fail(expected_words<Word>());
  into = *known;
}

template <class T>
void read(const Place& place, std::optional<T>& into) {
  read(place, into.emplace());
}

template <class T>
void read(const Place& place, std::vector<T>& into) {
  if (!place.node.IsSequence()) place.fail("a list");
  place.check_elements_differ();
  into.clear();
  for (std::size_t i = 0; i < place.node.size(); ++i) {
    place.findings->keep([&] { read(place.element(i), into.emplace_back()); });
  }
}

enum class Presence { required, optional };

/// A key of a mapping and the member that it fills.
template <class Section, class T>
struct Member {
  const char* key;
  T Section::* into;
  Presence presence;
};
template <class Section, class T>
Member<Section, T> required(const char* key, T Section::* into) {
  return {key, into, Presence::required};
}
template <class Section, class T>
Member<Section, T> optional(const char* key, T Section::* into) {
  return {key, into, Presence::optional};
}

/// Reads a mapping that has these keys and no others.
template <class Section, class... T>
void read_members(const Place& place, Section& into, const Member<Section, T>&... members) {
  Keys keys(place);
  const auto read_member = [&](const auto& member) {
    auto& value = into.*member.into;
    member.presence == Presence::required ? keys.require(member.key, value) : keys.take(member.key, value);
  };
  (read_member(members), ...);
  keys.done();
}

}  // namespace casetrail::yaml
