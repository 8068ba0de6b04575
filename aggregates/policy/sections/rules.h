// What several sections ask of their values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/policy/policy.h"
#include "aggregates/policy/section.h"
#include "aggregates/policy/values.h"

namespace casetrail::yaml {

/// Any check, and its words for who writes a policy; without words, others have them.
template <class Check>
struct Rule {
  std::string_view words;
  Check look;  ///< `look(place, value)`

  template <class T>
  void check(const Place& place, const T& value) const {
    look(place, value);
  }
  void tell(Shape& shape) const {
    if (!words.empty()) shape.rules.emplace_back(words);
  }
};

/// Strict: an amount or a number of 0 forbids all that it limits.
struct Some {
  template <class T>
  void check(const Place& place, const T& limit) const {
    if (limit == T{}) place.refuse_new("more than 0, which would allow nothing");
  }
  void tell(Shape& shape) const { shape.least = 1; }
};
inline constexpr Some kSome;

/// A number within bounds.
struct Bounds {
  std::int64_t least;
  std::int64_t most;
  const char* expected = nullptr;  ///< null: whoever reads the whole asks `hold`

  [[nodiscard]] bool hold(std::int64_t number) const { return number >= least && number <= most; }
  void check(const Place& place, const std::optional<std::int32_t>& number) const {
    if (expected != nullptr && !hold(*number)) place.fail(expected);
  }
  void tell(Shape& shape) const;
};

/// Strict: somebody has each of the roles. Where anybody may lead, any role may be somebody's.
struct KnownRoles {
  const RoleRules& roles;

  void check(const Place& place, const std::vector<std::string>& named) const;
  void check(const Place& place, const std::optional<std::string>& named) const;
  void tell(Shape& shape) const;

 private:
  void check_one(const Place& place, const std::string& role) const;
};

/// Strict: refuses a code that its catalogue does not have.
template <Catalogued Known>
void check_code(const Place& place, const Code<Known>& code, const Policy& policy) {
  const auto& catalogue = policy.catalogues.of<Known>();
  if (catalogue.find(code.text()) != nullptr) return;
  const auto meant = catalogue.nearest_to(code.text());
  place.refuse_new("a code of the catalogue '" + std::string(catalogue.name) + "'" +
                   (meant.empty() ? std::string() : " such as '" + std::string(meant) + "'"));
}
template <Catalogued Known>
void check_codes(const Place& place, const std::vector<Code<Known>>& codes, const Policy& policy) {
  for (std::size_t i = 0; i < codes.size(); ++i) check_code(place.element(i), codes[i], policy);
}

/// The calendar in whose business time the limits of a section are told.
class BusinessTime {
 public:
  /// Names the key `calendar`, which fills `into`.
  BusinessTime(Section& keys, const Policy& policy, std::optional<CalendarId>& into);

  void take(const std::string& key, BusinessSpan& into, std::string_view meaning);

  /// How long an amount is about, to tell which is longer.
  [[nodiscard]] Duration about(const BusinessSpan& span) const { return day() * span.days + span.time; }

 private:
  [[nodiscard]] Duration day() const;
  void check(const Place& place, const BusinessSpan& limit) const;

  Section& keys_;
  bool named_ = false;
  const Calendar* calendar_ = nullptr;  // none known: every hour counts
};

}  // namespace casetrail::yaml
