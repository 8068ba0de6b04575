// UUIDv5 through Boost.Uuid.
#include "events/case/case_id.h"

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <string>

#include "events/wire/reflect.h"

namespace casetrail {
namespace {

/// UUIDv5 of `casetrail` in the OID namespace of RFC 9562.
constexpr boost::uuids::uuid kNamespace = {
    {0xdb, 0x46, 0x20, 0x8c, 0x16, 0xc1, 0x57, 0x8c, 0x82, 0x39, 0xf9, 0x44, 0x5a, 0xc6, 0xee, 0x8e}};

constexpr std::size_t kLongestCaseId = 64;

}  // namespace

CaseId case_id_of(const Code<Channel>& channel, std::string_view reference) {
  auto name = std::string(name_of(channel)).append(":").append(reference);
  boost::uuids::name_generator_sha1 generate(kNamespace);
  return CaseId{boost::uuids::to_string(generate(name))};
}

bool is_case_id(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == ':';
  };
  return !text.empty() && text.size() <= kLongestCaseId && text != "." && text != ".." &&
         std::ranges::all_of(text, allowed);
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

}  // namespace casetrail
