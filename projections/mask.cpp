// Finds numbers and addresses in text of any language and puts stars into them.
#include "projections/mask.h"

#include <vector>

namespace casetrail {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_address_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
         c == '-' || c == '+';
}

// Bytes of the first `count` characters of UTF-8 text.
std::size_t bytes_of_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (at < text.size() && count > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    --count;
  }
  return at;
}

void mask_number(std::string& text, const std::vector<std::size_t>& digits) {
  if (digits.size() < 7) return;
  const std::size_t tail = digits.size() >= 11 ? 4 : 2;
  for (std::size_t i = 3; i + tail < digits.size(); ++i) text[digits[i]] = '*';
}

// A number may be written in groups: one blank or hyphen between digits belongs to it.
void mask_numbers(std::string& text) {
  std::vector<std::size_t> digits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_digit(text[at])) {
      digits.push_back(at);
      continue;
    }
    const bool joins = (text[at] == ' ' || text[at] == '-') && at + 1 < text.size() && is_digit(text[at + 1]);
    if (joins && !digits.empty()) continue;
    mask_number(text, digits);
    digits.clear();
  }
  mask_number(text, digits);
}

void mask_addresses(std::string& text) {
  for (auto at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    auto start = at;
    while (start > 0 && is_address_character(text[start - 1])) --start;
    if (start == at) continue;
    text.replace(start + 1, at - start - 1, "***");
    at = start + 4;
  }
}

}  // namespace

std::string mask_name(std::string_view name) {
  if (name.empty()) return {};
  return std::string(name.substr(0, bytes_of_characters(name, 1))) + "**";
}

std::string mask_contacts_in(std::string_view text) {
  std::string masked(text);
  mask_addresses(masked);
  mask_numbers(masked);
  return masked;
}

std::string mask_place(std::string_view place) {
  if (place.empty()) return {};
  return std::string(place.substr(0, bytes_of_characters(place, 2))) + "***";
}

std::string mask_contact(std::string_view contact) {
  auto masked = mask_contacts_in(contact);
  return masked == contact ? mask_place(contact) : masked;
}

}  // namespace casetrail
