// What librdkafka's clients tell of themselves, summed for the exporter.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace casetrail::kafka {

/// Clients come and go; what they counted stays counted. Any thread.
class Statistics {
 public:
  using Clock = std::chrono::steady_clock;
  /// How often a client tells, and after how long one that tells no more is gone.
  static constexpr std::chrono::milliseconds kEvery{5'000};
  static constexpr std::chrono::milliseconds kGone = 3 * kEvery;

  /// Of all clients of one kind: `producer`, `consumer`.
  struct Clients {
    std::int64_t now = 0;  ///< that tell
    std::int64_t sent_bytes = 0;
    std::int64_t received_bytes = 0;
    std::int64_t queued_messages = 0;  ///< that wait to be sent or answered, now
  };
  /// Of a broker, by its number.
  struct Broker {
    double round_trip_seconds = 0;  ///< the 99th percentile of the client that waits longest, now
    std::int64_t errors = 0;        ///< of requests and answers
    std::int64_t timeouts = 0;
    std::int64_t disconnects = 0;
  };
  /// Of a partition that is read.
  struct Ends {
    std::int64_t high_watermark = 0;
    std::int64_t last_stable_offset = 0;
  };
  struct Figures {
    std::map<std::string, Clients> clients{};
    std::map<std::string, Broker> brokers{};
    std::map<std::pair<std::string, std::int64_t>, Ends> ends{};  ///< by topic and partition
  };

  Statistics();
  ~Statistics();
  Statistics(const Statistics&) = delete;
  Statistics& operator=(const Statistics&) = delete;

  /// `json` is one statistics event of a client, as STATISTICS.md of librdkafka has it.
  void heard(std::string_view json, Clock::time_point now);
  [[nodiscard]] Figures figures(Clock::time_point now) const;

 private:
  struct Client;

  mutable std::mutex mutex_;
  Figures counted_;  ///< what only grows
  std::map<std::string, std::unique_ptr<Client>> clients_;
};

/// Of this process.
[[nodiscard]] Statistics& statistics();

}  // namespace casetrail::kafka
