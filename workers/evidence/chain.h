// What makes a partition's events evidence: each carries a link that depends on all before it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/attribute_texts.h"
#include "events/wire/message.h"

namespace casetrail::evidence {

/// The place of a record in the chain of its partition.
struct Link {
  std::int64_t number = 0;  ///< 1, 2, 3 … without gaps; 0: before the first
  std::string digest;       ///< 32 hex digits; empty before the first

  bool operator==(const Link&) const = default;
};

/// Of the record behind `before`: BLAKE2b-128 over that link and over key, time, headers but the link's own,
/// and value, each with its length.
[[nodiscard]] Link next_link(const Link& before, const MessageView& record);
/// Of one that has no link yet.
[[nodiscard]] Link next_link(const Link& before, const Message& record);

[[nodiscard]] std::string to_text(const Link& link);
/// Nothing when it is none.
[[nodiscard]] std::optional<Link> parse_link(std::string_view text);

/// The link that a record carries; nothing when it has none, or none that can be read.
[[nodiscard]] std::optional<Link> link_of(const MessageView& record);

/// Whether the engine wrote it: records of others on the topic are in no chain.
[[nodiscard]] bool is_ours(const MessageView& record);

}  // namespace casetrail::evidence
