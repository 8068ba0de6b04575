// What somebody may do to a log behind casetrail's back, as one suite over both logs.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "events/wire/message.h"
#include "workers/log/event_log.h"

namespace casetrail::evidence {

/// A log of one partition that somebody can write without casetrail.
class LogUnderAttack {
 public:
  virtual ~LogUnderAttack() = default;

  /// As a process finds it, without links of its own. Called again after the one before was closed.
  [[nodiscard]] virtual std::unique_ptr<log::EventLog> open() = 0;

  /// Puts `events` and `heads` in the place of all that `casetrail.events` and `casetrail.evidence` hold.
  /// Called while it is closed.
  virtual void replace(const std::vector<Message>& events, const std::vector<Message>& heads) = 0;
};

/// `INSTANTIATE_TEST_SUITE_P(Kafka, Attack, testing::Values(AttackedLog{"Kafka", make}));`, with
/// `attacks.cpp` among the sources of the binary.
struct AttackedLog {
  std::string name;
  std::function<std::unique_ptr<LogUnderAttack>()> make;

  friend void PrintTo(const AttackedLog& kind, std::ostream* out) { *out << kind.name; }
};

class Attack : public testing::TestWithParam<AttackedLog> {
 protected:
  void SetUp() override;

  std::unique_ptr<LogUnderAttack> log_ = GetParam().make();
};

}  // namespace casetrail::evidence
