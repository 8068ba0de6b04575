// A thread of its own: whoever commits waits for no head.
#include "workers/evidence/head_keeper.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "events/wire/json_writer.h"
#include "workers/evidence/synced_line.h"

namespace casetrail::evidence {

HeadKeeper::HeadKeeper(log::EventLog& log, HeadSigning signing)
    : log_(log), signing_(std::move(signing)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

HeadKeeper::~HeadKeeper() {
  thread_.request_stop();
  thread_.join();
  sign();
}

void HeadKeeper::moved(log::Partition partition, const Link& link, log::Offset offset) {
  const std::scoped_lock lock(mutex_);
  moved_.insert_or_assign(partition, Head{link, offset});
}

void HeadKeeper::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      stopped_.wait_for(lock, stop, signing_.every, [] { return false; });
    }
    if (!stop.stop_requested()) sign();
  }
}

void HeadKeeper::sign() {
  std::map<log::Partition, Head> moved;
  {
    const std::scoped_lock lock(mutex_);
    moved.swap(moved_);
  }
  bool written = true;
  for (auto& [partition, head] : moved) {
    if (written) written = write(sign_head(signing_.key, partition, head.link, head.offset, signing_.now()));
    if (written) continue;
    const std::scoped_lock lock(mutex_);
    moved_.try_emplace(partition, std::move(head));
  }
}

bool HeadKeeper::write(const SignedHead& head) {
  std::string failure;
  if (const auto appended =
          log::append_and_wait(log_, log::Topic::evidence, head.partition, head_record(head));
      !appended)
    failure = appended.error().what;
  if (!signing_.file.empty()) {
    if (const auto added = add_line(signing_.file, to_json(head)); !added)
      failure = "The file " + signing_.file.string() + " cannot be written: " + added.error() + ".";
  }
  const bool was_failing = signing_.figures->failing.exchange(!failure.empty());
  if (failure.empty()) {
    signing_.figures->written.add();
    return true;
  }
  if (!was_failing) {
    spdlog::warn("a signed head is not written: partition={} why=\"{}\"; it is tried again", head.partition,
                 failure);
  }
  return false;
}

}  // namespace casetrail::evidence
