// A table of codes, by their first digits.
#include "aggregates/policy/dialling.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace casetrail {
namespace {

/// Of one and two digits.
constexpr auto kShortCodes = std::to_array<std::string_view>(
    {"1",  "7",  "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45",
     "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
     "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"});

/// Of three digits, where not all that begin so are assigned: the first two, and the third ones.
struct LongCodes {
  std::string_view begin;
  std::string_view ends;
};
constexpr auto kLongCodes = std::to_array<LongCodes>(
    {{"21", "12368"},      {"22", "0123456789"}, {"23", "0123456789"}, {"24", "0123456789"},
     {"25", "012345678"},  {"26", "0123456789"}, {"29", "01789"},      {"35", "0123456789"},
     {"37", "0123456789"}, {"38", "01235679"},   {"42", "013"},        {"50", "0123456789"},
     {"59", "0123456789"}, {"67", "023456789"},  {"68", "012356789"},  {"69", "012"},
     {"80", "08"},         {"85", "02356"},      {"87", "08"},         {"88", "012368"},
     {"96", "012345678"},  {"97", "012345679"},  {"99", "234568"}});

}  // namespace

bool is_country_code(std::string_view digits) {
  if (std::ranges::find(kShortCodes, digits) != kShortCodes.end()) return true;
  if (digits.size() != 3) return false;
  const auto found = std::ranges::find(kLongCodes, digits.substr(0, 2), &LongCodes::begin);
  return found != kLongCodes.end() && found->ends.contains(digits.back());
}

std::string_view country_code_of(std::string_view digits) {
  for (const std::size_t length : {1, 2, 3}) {
    const auto code = digits.substr(0, length);
    if (is_country_code(code)) return code;
  }
  return {};
}

std::string_view trunk_prefix_of(std::string_view country_code) {
  if (country_code == "1") return "1";
  if (country_code == "7") return "8";
  if (country_code == "36") return "06";
  return "0";
}

}  // namespace casetrail
