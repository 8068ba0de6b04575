// Signs how far the chains go, now and then.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "workers/evidence/signed_head.h"
#include "workers/log/counters.h"
#include "workers/log/event_log.h"

namespace casetrail::evidence {

inline constexpr std::chrono::seconds kSignedEvery{60};

/// Any thread.
struct HeadFigures {
  log::Counter written;
  std::atomic<bool> failing = false;  ///< the last one could not be written
};

struct HeadSigning {
  SigningKey key;
  std::filesystem::path file = {};  ///< where heads are added, too; empty: they lie in the log alone
  Duration every = kSignedEvery;
  std::function<Timestamp()> now;
  std::shared_ptr<HeadFigures> figures = std::make_shared<HeadFigures>();
};

/// Of the partitions that this process writes. A head that is lost, or could not be written, does no harm:
/// the next one says more.
class HeadKeeper {
 public:
  /// `log` outlives it.
  HeadKeeper(log::EventLog& log, HeadSigning signing);
  /// Signs what was not yet.
  ~HeadKeeper();
  HeadKeeper(const HeadKeeper&) = delete;
  HeadKeeper& operator=(const HeadKeeper&) = delete;

  /// `link` was committed with the event at `offset`. Any thread.
  void moved(log::Partition partition, const Link& link, log::Offset offset);

 private:
  struct Head {
    Link link;
    log::Offset offset;
  };

  void run(const std::stop_token& stop);
  void sign();
  /// False: try again later.
  bool write(const SignedHead& head);

  log::EventLog& log_;
  HeadSigning signing_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::map<log::Partition, Head> moved_;
  std::jthread thread_;
};

}  // namespace casetrail::evidence
