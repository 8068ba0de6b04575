// A head is signed by its meaning, not by how its JSON is spelled.
#include "workers/evidence/signed_head.h"

#include <fmt/format.h>

#include "events/wire/cloud_event.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"

namespace casetrail::evidence {

std::string signed_text(const SignedHead& head) {
  return fmt::format("casetrail-head-1 {} {} {} {} {}", head.partition, head.number, head.digest, head.offset,
                     to_wire(head.at));
}

SignedHead sign_head(const SigningKey& key, log::Partition partition, const Link& link, log::Offset offset,
                     Timestamp at) {
  SignedHead head{.partition = partition,
                  .number = link.number,
                  .digest = link.digest,
                  .offset = offset,
                  .at = at,
                  .key_id = key.public_key().id()};
  head.signature = key.sign(signed_text(head));
  return head;
}

Message head_record(const SignedHead& head) {
  return {.key = "head",
          .value = to_json(head),
          .headers = {{"content-type", "application/json"}, {kWriterHeader, kWriterGeneration}},
          .timestamp = head.at};
}

std::optional<SignedHead> parse_head(std::string_view json) {
  SignedHead head;
  if (from_json(json, head) || !parse_link(to_text(head.link()))) return std::nullopt;
  return head;
}

}  // namespace casetrail::evidence
