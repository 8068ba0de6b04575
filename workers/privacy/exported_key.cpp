// Without a store of keys: whoever exports may stand beside an engine that has it open.
#include "workers/privacy/exported_key.h"

#include <fmt/format.h>

#include <chrono>
#include <string>

#include "workers/log/partition.h"
#include "workers/privacy/key_ring.h"

namespace casetrail::privacy {
namespace {

constexpr std::size_t kKeysAtOnce = 2000;
constexpr Duration kWaitForKeys{100};
constexpr auto kKeysPatience = std::chrono::seconds(30);

}  // namespace

log::LogResult<std::optional<Secret>> exported_key(log::EventLog& log, const Secret& master,
                                                   const CaseId& case_id) {
  const auto home = log::partition_of(case_id.value, log.partitions());
  const auto bounds = log.bounds(log::Topic::keys, home);
  if (!bounds) return std::unexpected(bounds.error());
  const auto reader = log.open_reader(log::Topic::keys);
  if (auto started = reader->start(home, bounds->low); !started) return std::unexpected(started.error());
  std::string newest;
  const auto until = std::chrono::steady_clock::now() + kKeysPatience;
  while (reader->position(home) < bounds->stable) {
    const auto records = reader->read(kKeysAtOnce, kWaitForKeys);
    if (!records) return std::unexpected(log::LogError(records.error()));
    for (const auto& record : *records) {
      if (record.message.key == case_id.value) newest = record.message.value;
    }
    if (records->empty() && std::chrono::steady_clock::now() > until) {
      return std::unexpected(log::LogError{
          log::LogFailure::unavailable,
          fmt::format("casetrail.keys/{} does not come. Check the brokers, and try again.", home)});
    }
  }
  if (newest.empty()) return std::nullopt;
  return unwrapped(master, case_id.value, newest);
}

}  // namespace casetrail::privacy
