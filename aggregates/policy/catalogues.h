// The lists of codes that a company works with: those that casetrail brings, and what its policy makes of
// them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/code.h"

namespace casetrail {

/// A code as the policy has it.
struct CatalogueEntry {
  std::string code = {};
  std::string en = {};  ///< its label; empty: the one that casetrail has for it, else the code
  std::string zh = {};
  bool retired = false;  ///< what was recorded keeps it, no command may use it any more
  // The flags, see `catalogue_flags`.
  bool is_complaint = false;
  bool needs_duty = false;
  bool needs_second_person = false;
  bool counts_as_solved = true;
  bool needs_callback = true;
};

/// What the engine decides by, so that it never asks for a code by its name.
struct CatalogueFlag {
  std::string_view key;        ///< in the policy
  std::string_view catalogue;  ///< whose entries have it
  bool CatalogueEntry::* value;
  std::string_view meaning;  ///< what is so where it is set
};
[[nodiscard]] std::span<const CatalogueFlag> catalogue_flags();

struct Catalogue {
  std::string_view name;
  std::vector<CatalogueEntry> entries;  ///< casetrail's first, then the company's, in the policy's order

  /// Null when there is no such code.
  [[nodiscard]] const CatalogueEntry* find(std::string_view code) const;
  /// The codes that a command may use.
  [[nodiscard]] std::vector<std::string> usable() const;
  /// The code that somebody meant who wrote another; empty when none is near. Retired ones are not offered.
  [[nodiscard]] std::string_view nearest_to(std::string_view code) const;
};

/// The catalogue of tags: empty, any text is one.
inline constexpr std::string_view kTagCatalogue = "tag";

class Catalogues {
 public:
  /// As casetrail brings them.
  Catalogues();

  [[nodiscard]] std::span<const Catalogue> all() const { return all_; }
  /// Null when there is no catalogue of that name.
  [[nodiscard]] const Catalogue* find(std::string_view name) const;

  template <Catalogued Known>
  [[nodiscard]] const Catalogue& of() const {
    return *find(catalogue_name(Known{}));
  }
  /// Whether the policy sets the flag for this code.
  template <Catalogued Known>
  [[nodiscard]] bool has(const Code<Known>& code, bool CatalogueEntry::* flag) const {
    const auto* entry = of<Known>().find(code.text());
    return entry != nullptr && entry->*flag;
  }

  /// Adds `entry`, or puts it in the place of the one with its code. Requires: there is such a catalogue.
  void put(std::string_view catalogue, CatalogueEntry entry);

 private:
  std::vector<Catalogue> all_;
};

}  // namespace casetrail
