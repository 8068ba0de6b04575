// What every log must do, as one suite that each adapter's tests instantiate.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail::log {

inline constexpr Partition kConformancePartitions = 2;

/// The log that one test runs on. It may hold records of earlier tests: none relies on an empty topic.
class LogUnderTest {
 public:
  virtual ~LogUnderTest() = default;

  /// The log as a process finds it when it starts, with `kConformancePartitions`. Called again after the one
  /// before was closed.
  [[nodiscard]] virtual std::unique_ptr<EventLog> open() = 0;

  /// Deletes the topics and creates them anew. Called while it is closed.
  virtual void recreate() = 0;

  /// How long something that must come may take.
  [[nodiscard]] virtual Duration patience() const { return std::chrono::seconds(60); }
};

/// `INSTANTIATE_TEST_SUITE_P(Embedded, LogConformance, testing::Values(TestedLog{"Embedded", make}));`, with
/// `conformance.cpp` among the sources of the binary.
struct TestedLog {
  std::string name;
  std::function<std::unique_ptr<LogUnderTest>()> make;

  friend void PrintTo(const TestedLog& kind, std::ostream* out) { *out << kind.name; }
};

/// A record that outlives its reader's batch.
struct KeptRecord {
  Partition partition;
  Offset offset;
  Message message;
};

class LogConformance : public testing::TestWithParam<TestedLog> {
 protected:
  void SetUp() override { log_ = under_test_->open(); }

  [[nodiscard]] Offset end_of(Topic topic, Partition partition = 0);
  Offset append(Topic topic, std::string value, Partition partition = 0);

  /// A reader of one partition of `topic`.
  [[nodiscard]] std::unique_ptr<Reader> reader_from(Topic topic, Offset from, Partition partition = 0);
  /// What comes until there are `count` records or patience ends.
  [[nodiscard]] std::vector<KeptRecord> take(Reader& reader, std::size_t count);
  [[nodiscard]] std::vector<std::string> values(Reader& reader, std::size_t count);
  /// Nothing more may come: reads once more, shortly.
  [[nodiscard]] std::vector<std::string> rest(Reader& reader);

  /// A member that has been given all partitions.
  [[nodiscard]] std::unique_ptr<Membership> join(const std::string& group, Topic topic,
                                                 const std::optional<std::string>& member = "conformance");
  /// Acknowledges what the group says until it assigns partitions.
  void take_assignment(Membership& member);
  [[nodiscard]] std::unique_ptr<Membership> join_commands() {
    return join(std::string(kCommandGroup), Topic::commands);
  }
  [[nodiscard]] std::unique_ptr<PartitionWriter> fenced_writer(Partition partition = 0);

  std::unique_ptr<LogUnderTest> under_test_ = GetParam().make();
  std::unique_ptr<EventLog> log_;
};

/// What only a log that lasts and takes several threads can show.
class LastingLogConformance : public LogConformance {};

}  // namespace casetrail::log
