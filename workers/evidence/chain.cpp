// Links on the digest of the wire.
#include "workers/evidence/chain.h"

#include <algorithm>

#include "events/wire/cloud_event.h"
#include "events/wire/digest.h"
#include "events/wire/timestamp.h"
#include "events/wire/whole_number.h"

namespace casetrail::evidence {
namespace {

constexpr std::size_t kDigestDigits = 32;

Link link_behind(const Link& before, std::string_view key, Timestamp at, std::string_view headers,
                 std::string_view value) {
  const auto number = before.number + 1;
  return {number, digest_of({before.digest, std::to_string(number), key, std::to_string(epoch_ms(at)),
                             headers, value})};
}

}  // namespace

Link next_link(const Link& before, const MessageView& record) {
  Headers headers;
  for (const auto& [name, value] : record.headers) {
    if (name != kLinkHeader) headers.add(name, value);
  }
  return link_behind(before, record.key.value_or(""), record.timestamp, headers.packed(), record.value);
}

Link next_link(const Link& before, const Message& record) {
  return link_behind(before, record.key, record.timestamp, record.headers.packed(), record.value);
}

std::string to_text(const Link& link) { return std::to_string(link.number) + " " + link.digest; }

std::optional<Link> parse_link(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto number = whole_number<std::int64_t>(text.substr(0, space));
  const auto digest = text.substr(space + 1);
  const bool is_digest = digest.size() == kDigestDigits && std::ranges::all_of(digest, [](char c) {
                           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                         });
  if (!number || *number < 1 || !is_digest) return std::nullopt;
  return Link{*number, std::string(digest)};
}

std::optional<Link> link_of(const MessageView& record) {
  const auto text = record.header(kLinkHeader);
  return text ? parse_link(*text) : std::nullopt;
}

bool is_ours(const MessageView& record) { return record.header(kWriterHeader).has_value(); }

}  // namespace casetrail::evidence
