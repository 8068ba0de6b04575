// How answers are shown to the person who asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "aggregates/policy/catalogues.h"
#include "aggregates/time/zone.h"
#include "projections/kit/words.h"

namespace casetrail::cli {

enum class Language { en, zh };

struct Display {
  std::size_t width = 0;  ///< of the terminal; 0: as wide as it needs
  Language language = Language::en;
  Zone zone = {};
  bool colours = false;
  using Names = std::map<std::string, std::string, std::less<>>;
  // By id, as the policy has them.
  Names departments = {};
  Names agents = {};
  Names roles = {};
  Names cases = {};            ///< the numbers of cases that a case is linked to, by their ids
  Catalogues catalogues = {};  ///< as the policy has them

  [[nodiscard]] std::string_view of(const kit::Words& words) const {
    return language == Language::zh ? words.zh : words.en;
  }
  [[nodiscard]] std::string say(std::string_view en, std::string_view zh) const {
    return std::string(of({en, zh}));
  }
  /// What a word of the wire, such as `in_progress`, is called.
  [[nodiscard]] std::string word(std::string_view name) const;
  /// Why something is refused: in English the engine's own `sentence`, in Chinese what `code` means.
  [[nodiscard]] std::string reason(const std::string& code, const std::string& sentence) const;
  /// `Technical service (tech)`; the id alone where the policy names it no other way.
  [[nodiscard]] std::string department(std::string_view id) const;
  [[nodiscard]] std::string agent(std::string_view id) const;
  [[nodiscard]] std::string role(std::string_view id) const;
  /// The id of a case whose number is not known.
  [[nodiscard]] std::string case_number(std::string_view id) const;
  /// Of `kind:id`: an agent whom the policy names as `Li Wei (agent:li.wei)`.
  [[nodiscard]] std::string actor(std::string_view actor) const;
  /// `2026-11-23 16:05` on the clocks of the zone, of a moment's wire form; other text as it is.
  [[nodiscard]] std::string moment(std::string_view wire) const;
  /// Every moment within `text` so.
  [[nodiscard]] std::string with_short_moments(std::string_view text) const;
  /// `2h 05m`, `2小时5分`.
  [[nodiscard]] std::string duration(std::int64_t milliseconds) const;
  /// `UTC`, `Asia/Shanghai`.
  [[nodiscard]] std::string zone_name() const;
  /// The title of a column of moments, with the zone.
  [[nodiscard]] std::string moments_title(std::string_view title) const;
};

}  // namespace casetrail::cli
