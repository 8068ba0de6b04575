// Whoever asks why changes nothing: a decision with a trace is the decision without one.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "aggregates/case/guard_text.h"
#include "aggregates/case/trace.h"

namespace casetrail {

/// A line an event.
inline std::string lines_of(const std::vector<Event>& events) {
  std::string lines;
  for (const auto& event : events) {
    lines.append(codec_of(event).type).append(" ");
    event.append_json(lines);
    lines.append("\n");
  }
  return lines;
}

inline std::string lines_of(const Decision& decision) {
  return decision ? lines_of(*decision) : decision.error().code + " " + decision.error().sentence;
}

/// Each name in it has its words.
inline void expect_told(const Trace& trace) {
  for (const auto& guard : trace.guards()) EXPECT_TRUE(trace_text(guard.name)) << guard.name;
  for (const auto& choice : trace.choices()) EXPECT_TRUE(trace_text(choice.name)) << choice.name;
}

inline void expect_same_with_trace(const CaseState& state, const CommandEnvelope& envelope, Timestamp now,
                                   const Policy& policy, const Decision& decision) {
  Trace trace;
  EXPECT_EQ(lines_of(decide(state, envelope, now, policy, trace)), lines_of(decision));
  expect_told(trace);
}

inline void expect_same_with_trace(const CaseState& state, Timestamp now, const Policy& policy,
                                   const std::vector<Event>& events) {
  Trace trace;
  EXPECT_EQ(lines_of(fire_earliest_timer(state, now, policy, trace)), lines_of(events));
  expect_told(trace);
}

}  // namespace casetrail
