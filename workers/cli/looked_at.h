// The records of a log of either kind, beside whoever writes it.
#pragma once

#include <utility>

#include "workers/cli/exit_code.h"
#include "workers/cli/printer.h"
#include "workers/cli/session.h"
#include "workers/evidence/log_source.h"
#include "workers/evidence/record_source.h"
#include "workers/log/embedded/look.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {

class LookedAt final : public evidence::RecordSource {
 public:
  explicit LookedAt(embedded::LogLook look) : look_(std::move(look)) {}

  log::LogResult<log::Partition> partitions() override { return look_.partitions(); }
  log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) override {
    return look_.bounds(topic, partition);
  }
  log::LogResult<void> read(log::Topic topic, log::Partition partition, log::Offset from, log::Offset end,
                            const OnRecord& on_record) override {
    return look_.read(topic, partition, from, end, on_record);
  }

 private:
  embedded::LogLook look_;
};

/// What `check(source, refused)` returns, or the exit code of a log that cannot be read. `refused`: what it
/// means that the source refuses records.
template <class Check>
int check_records_of(const Place& place, const Check& check) {
  if (kind_of(place) == node::LogKind::kafka) {
    const auto log = open_log(place, Loss::refuse);
    if (!log) return fail(kUnavailable, log.error());
    evidence::LogSource source(**log);
    return check(source, kUnavailable);
  }
  auto look = embedded::LogLook::open(place.data / "log", node::default_memory().log);
  if (!look) return fail(kUnavailable, look.error().what);
  LookedAt source(*std::move(look));
  return check(source, kRefused);
}

}  // namespace casetrail::cli
