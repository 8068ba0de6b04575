// What a decision looked at, noted while it is made for whoever asks why. A decision that nobody asks about
// notes nothing.
#pragma once

#include <cereal/cereal.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/case/decider.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// A guard that was asked. Its name is the code of the refusal that it stands for, or `status`.
struct AskedGuard {
  std::string name;
  bool bites = false;
  std::string value;  ///< what it looked at; empty where the answer says it all

  bool operator==(const AskedGuard&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(bites), CEREAL_NVP(value));
  }
};

/// What was chosen by the policy or by the state, where another choice would have led to other events.
struct Choice {
  std::string name;
  std::string value;

  bool operator==(const Choice&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(value));
  }
};

class Trace {
 public:
  /// In the order in which they were asked; the same answer is noted once.
  void asked(AskedGuard guard);
  void chose(Choice choice);

  [[nodiscard]] const std::vector<AskedGuard>& guards() const { return guards_; }
  [[nodiscard]] const std::vector<Choice>& choices() const { return choices_; }

 private:
  std::vector<AskedGuard> guards_;
  std::vector<Choice> choices_;
};

// The same decisions as without a trace.
[[nodiscard]] Decision decide(const CaseState& state, const CommandEnvelope& envelope, Timestamp now,
                              const Policy& policy, Trace& trace);
[[nodiscard]] std::vector<Event> fire_earliest_timer(const CaseState& state, Timestamp now,
                                                     const Policy& policy, Trace& trace);

}  // namespace casetrail
