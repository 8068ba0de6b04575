// UUIDv5 through Boost.Uuid.
#include "events/case_id.h"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <string>

#include "events/reflect.h"

namespace casetrail {
namespace {

/// UUIDv5 of `casetrail` in the OID namespace of RFC 9562.
constexpr boost::uuids::uuid kNamespace = {
    {0x0d, 0x64, 0x9c, 0x7f, 0x57, 0x8e, 0x5b, 0x1c, 0x9d, 0x8d, 0x3a, 0x7e, 0x63, 0x0f, 0x6d, 0x52}};

}  // namespace

CaseId case_id_of(Channel channel, std::string_view reference) {
  auto name = std::string(name_of(channel)).append(":").append(reference);
  boost::uuids::name_generator_sha1 generate(kNamespace);
  return CaseId{boost::uuids::to_string(generate(name))};
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
