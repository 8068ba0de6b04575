// Contacts in one spelling, and their keys.
#include "projections/kit/contact.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "aggregates/policy/dialling.h"
#include "events/wire/digest.h"
#include "events/wire/letter_case.h"
#include "events/wire/unicode.h"

namespace casetrail::kit {
namespace {

constexpr std::string_view kMarks = " \t-().+/";
constexpr std::size_t kShortestNumber = 5;
constexpr std::size_t kChineseNumber = 11;
/// Without its country code.
constexpr std::size_t kShortestNational = 7;
constexpr std::string_view kInternational = "00";

bool is_mark(char c) { return kMarks.contains(c); }
bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

/// What is written before a contact to say what it is.
constexpr auto kSchemes = std::to_array<std::string_view>({"mailto:", "tel:"});
/// Dialled within the country alone, where the number of the country stands before it.
constexpr std::string_view kTrunk = "(0)";

std::string without_scheme(std::string text) {
  for (const auto scheme : kSchemes) {
    if (lower_case(text).starts_with(scheme)) return text.substr(scheme.size());
  }
  return text;
}

struct Dialled {
  std::string digits;  ///< behind an international prefix
  bool is_international;
};

/// Of a telephone number; nothing when `text` is none.
std::optional<Dialled> dialled_of(std::string text) {
  const bool has_zeros = text.starts_with(kInternational);
  const bool is_international = has_zeros || text.starts_with('+');
  const auto trunk = text.find(kTrunk);
  if (is_international && trunk != std::string::npos) text.erase(trunk, kTrunk.size());
  std::erase_if(text, is_mark);
  if (text.size() < kShortestNumber || !std::ranges::all_of(text, is_ascii_digit)) return std::nullopt;
  if (text.starts_with(kInternational)) text.erase(0, kInternational.size());
  return Dialled{std::move(text), is_international};
}

std::string number_of(std::string digits) {
  if (digits.starts_with("86") && digits.size() == kChineseNumber + 2) digits.erase(0, 2);
  return digits;
}

}  // namespace

std::string plain_contact(std::string_view contact) {
  auto text = without_scheme(plain_forms(contact));
  if (auto dialled = dialled_of(text)) return number_of(std::move(dialled->digits));
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
  return lower_case(text);
}

std::vector<std::string> contact_spellings(std::string_view contact, std::string_view country_code) {
  std::vector<std::string> all{plain_contact(contact)};
  const auto add = [&](std::string spelling) {
    if (std::ranges::find(all, spelling) == all.end()) all.push_back(std::move(spelling));
  };
  const auto dialled = dialled_of(without_scheme(plain_forms(contact)));
  if (!dialled) return all;
  const auto add_number = [&](std::string_view code, std::string_view number) {
    const std::string trunk(trunk_prefix_of(code));
    const auto bare = number.starts_with(trunk) ? number.substr(trunk.size()) : number;
    for (const auto within : {number, bare}) {
      add(plain_contact("+" + std::string(code).append(within)));
      if (code != country_code) continue;
      add(plain_contact(within));
      add(plain_contact(trunk + std::string(within)));
    }
  };
  const auto& [digits, is_international] = *dialled;
  const auto code = is_international ? country_code_of(digits) : std::string_view();
  if (!code.empty()) add_number(code, std::string_view(digits).substr(code.size()));
  if (is_international) return all;
  add_number(country_code, digits);
  if (digits.starts_with(country_code) && digits.size() >= country_code.size() + kShortestNational)
    add_number(country_code, std::string_view(digits).substr(country_code.size()));
  return all;
}

std::string contact_key(std::string_view secret, std::string_view contact) {
  return digest_of({secret, plain_contact(contact)});
}

}  // namespace casetrail::kit
