// A record that cannot be a command, kept with the reason.
#pragma once

#include <string>
#include <string_view>

#include "workers/log/event_log.h"

namespace casetrail::command {

/// The largest record that is written: headers, key and value. Below Kafka's default `max.message.bytes`.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{960} << 10;

/// Headers, key and value.
[[nodiscard]] std::size_t size_of(const Message& message);

/// The original bytes, key and headers, and beside them `casetrail.errors.topic`, `.partition`, `.offset`,
/// `.timestamp`, `.code` and `.message`, all text. A record that would not fit goes as the first 64 KiB of
/// its value with `casetrail.errors.size` and `.sha256` of the whole value, without its own headers.
[[nodiscard]] Message make_dead_letter(const log::Record& record, std::string_view code,
                                       std::string_view sentence);

}  // namespace casetrail::command
