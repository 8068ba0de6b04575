// Words as the API names them; moments by the zone's clocks.
#include "workers/cli/display.h"

#include <fmt/format.h>

#include <algorithm>

#include "workers/api/catalogues.h"
#include "workers/api/problem_texts.h"
#include "workers/api/word_texts.h"
#include "workers/cli/readable.h"

namespace casetrail::cli {

namespace {

/// `Technical service (tech)`; `shown` alone where `id` has no other name.
std::string with_name(const Display::Names& names, std::string_view id, std::string_view shown) {
  const auto found = names.find(id);
  if (found == names.end() || found->second.empty() || found->second == id) return std::string(shown);
  return fmt::format("{} ({})", found->second, shown);
}

}  // namespace

std::string Display::word(std::string_view name) const {
  for (const auto& catalogue : catalogues.all()) {
    const auto* entry = catalogue.find(name);
    if (entry != nullptr && !(entry->en.empty() && entry->zh.empty()))
      return std::string(of(api::label_of(*entry)));
  }
  const auto* label = api::find_word(name);
  return label == nullptr ? words_of(name) : std::string(of(*label));
}

std::string Display::reason(const std::string& code, const std::string& sentence) const {
  const auto meaning = language == Language::zh ? api::find_sentence(code) : std::nullopt;
  return (meaning ? std::string(meaning->zh) : sentence) + " [" + code + "]";
}

std::string Display::duration(std::int64_t milliseconds) const {
  return language == Language::zh ? chinese_duration(milliseconds) : duration_text(milliseconds);
}

std::string Display::department(std::string_view id) const { return with_name(departments, id, id); }
std::string Display::agent(std::string_view id) const { return with_name(agents, id, id); }
std::string Display::role(std::string_view id) const { return with_name(roles, id, id); }

std::string Display::case_number(std::string_view id) const {
  const auto found = cases.find(id);
  return found == cases.end() ? std::string(id) : found->second;
}

std::string Display::actor(std::string_view actor) const {
  static constexpr std::string_view kAgent = "agent:";
  return actor.starts_with(kAgent) ? with_name(agents, actor.substr(kAgent.size()), actor)
                                   : std::string(actor);
}

std::string Display::moment(std::string_view wire) const {
  const auto at = parse_timestamp(wire);
  if (!at) return std::string(wire);
  const auto local = to_wire(Timestamp(zone.to_local(*at)));
  return local.substr(0, 10) + " " + local.substr(11, 5);
}

std::string Display::with_short_moments(std::string_view text) const {
  static constexpr std::size_t kWireForm = std::string_view("2026-11-23T08:05:09.120Z").size();
  std::string out;
  while (!text.empty()) {
    const auto candidate = text.substr(0, kWireForm);
    const bool is_moment =
        candidate.size() == kWireForm && candidate.back() == 'Z' && parse_timestamp(candidate);
    out += is_moment ? moment(candidate) : std::string(1, text.front());
    text.remove_prefix(is_moment ? kWireForm : 1);
  }
  return out;
}

std::string Display::zone_name() const { return zone.name() == Zone().name() ? "UTC" : zone.name(); }

std::string Display::moments_title(std::string_view title) const {
  return fmt::format("{} ({})", title, zone_name());
}

}  // namespace casetrail::cli
