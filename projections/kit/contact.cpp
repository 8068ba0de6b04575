// Contacts in one spelling, and their keys.
#include "projections/kit/contact.h"

#include <algorithm>
#include <array>

#include "events/wire/digest.h"
#include "events/wire/letter_case.h"
#include "events/wire/unicode.h"

namespace casetrail::kit {
namespace {

constexpr std::string_view kMarks = " \t-().+/";
constexpr std::size_t kShortestNumber = 5;
constexpr std::size_t kChineseNumber = 11;

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

std::string number_of(std::string digits) {
  if (digits.starts_with("00")) digits.erase(0, 2);
  if (digits.starts_with("86") && digits.size() == kChineseNumber + 2) digits.erase(0, 2);
  return digits;
}

}  // namespace

std::string plain_contact(std::string_view contact) {
  auto text = without_scheme(plain_forms(contact));
  auto digits = text;
  const auto trunk = digits.find(kTrunk);
  const bool is_international = digits.starts_with('+') || digits.starts_with("00");
  if (is_international && trunk != std::string::npos) digits.erase(trunk, kTrunk.size());
  std::erase_if(digits, is_mark);
  if (digits.size() >= kShortestNumber && std::ranges::all_of(digits, is_ascii_digit))
    return number_of(std::move(digits));
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
  return lower_case(text);
}

std::string contact_key(std::string_view secret, std::string_view contact) {
  return digest_of({secret, plain_contact(contact)});
}

}  // namespace casetrail::kit
