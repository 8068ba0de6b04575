// Tells the story of a case in commands: what is given, what is asked, what then happens. Prints the log of
// the case when an expectation fails.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "aggregates/case/decider.h"
#include "events/case/event.h"
#include "tests/support/events_of.h"
#include "tests/support/shown.h"
#include "tests/support/traced.h"

namespace casetrail {

inline Actor agent(std::string id, std::string department, std::optional<std::string> role = {}) {
  return {ActorKind::agent, std::move(id), DepartmentId{std::move(department)}, std::move(role), {}};
}

inline Actor system_actor() { return {ActorKind::system, "crm", {}, {}, {}}; }

/// Time stands still unless a test moves it; a timer fires when time passes it, as in the engine.
class Given {
 public:
  explicit Given(Policy policy = {}) : policy_(std::move(policy)) {}

  /// Before the first step.
  Given& of(std::string case_id) {
    case_id_.value = std::move(case_id);
    return *this;
  }

  Given& as(Actor actor) {
    actor_ = std::move(actor);
    return *this;
  }

  /// The following steps are decided by another policy.
  Given& under(Policy policy) {
    policy_ = std::move(policy);
    return *this;
  }

  /// The following steps happened this much before they are told.
  Given& told_late_by(Duration time) {
    told_late_by_ = time;
    return *this;
  }

  /// Fires every timer that is due on the way.
  Given& after(Duration time) {
    now_ += time;
    for (auto due = earliest_due(state_); due && *due <= now_; due = earliest_due(state_)) {
      const auto events = fire_earliest_timer(state_, now_, policy_);
      expect_same_with_trace(state_, now_, policy_, events);
      record({ActorKind::timer, "timer", {}, {}, {}}, events, *due);
      if (log_.size() > 100'000) {
        ADD_FAILURE() << "A timer fires for ever.\n" << *this;
        break;
      }
    }
    return *this;
  }

  /// A step that must be accepted.
  Given& and_given(Command command) {
    when(std::move(command));
    if (!last_) ADD_FAILURE() << "Refused: " << last_.error().sentence << "\n" << *this;
    return *this;
  }

  Given& when(Command command) { return when(std::move(command), {}); }

  Given& when(Command command, std::optional<std::int64_t> expected_seq) {
    CommandEnvelope envelope;
    envelope.id.value = "command-" + std::to_string(++commands_);
    envelope.case_id = case_id_;
    envelope.actor = actor_;
    envelope.occurred_at = now_ - told_late_by_;
    envelope.expected_seq = expected_seq;
    envelope.command = std::move(command);
    asked_ = codec_of(envelope.command).type;
    last_ = decide(state_, envelope, now_, policy_);
    expect_same_with_trace(state_, envelope, now_, policy_, last_);
    before_last_ = log_.size();
    if (last_) record(actor_, *last_, envelope.occurred_at);
    return *this;
  }

  /// The last command led to events of exactly these types.
  Given& then(const std::vector<std::string>& types) {
    EXPECT_TRUE(last_.has_value()) << (last_ ? "" : last_.error().sentence) << "\n" << *this;
    EXPECT_EQ(types_since(before_last_), types) << *this;
    if (last_ && !types.empty()) Shown::by_this_program().accept(asked_);
    return *this;
  }

  /// What time alone led to since the last command.
  Given& then_time_brings(const std::vector<std::string>& types) {
    EXPECT_EQ(types_since(before_last_ + (last_ ? last_->size() : 0)), types) << *this;
    return *this;
  }

  Given& then_nothing() { return then({}); }

  Given& then_refused(const std::string& code) {
    EXPECT_EQ(last_ ? "accepted" : last_.error().code, code) << *this;
    if (!last_) {
      EXPECT_THAT(last_.error().sentence, testing::MatchesRegex("Expected to .+, but .+\\."));
      Shown::by_this_program().refuse(asked_, last_.error().code);
    }
    return *this;
  }

  /// What the last refusal says; empty when the last command was taken.
  [[nodiscard]] std::string refusal() const { return last_ ? "" : last_.error().sentence; }
  [[nodiscard]] const CaseState& state() const { return state_; }
  [[nodiscard]] const std::vector<CaseEvent>& log() const { return log_; }
  [[nodiscard]] const Decision& last() const { return last_; }
  [[nodiscard]] Timestamp now() const { return now_; }

  /// The last event of this type.
  template <class Fact>
  [[nodiscard]] Fact last_of() const {
    for (auto it = log_.rbegin(); it != log_.rend(); ++it) {
      if (const auto* fact = it->event.get_if<Fact>()) return *fact;
    }
    ADD_FAILURE() << "No " << Fact::kType << " happened.\n" << *this;
    return {};
  }

  friend std::ostream& operator<<(std::ostream& out, const Given& story) {
    for (const auto& record : story.log_) {
      const auto& codec = codec_of(record.event);
      std::string body;
      record.event.append_json(body);
      out << record.seq << ' ' << to_wire(record.recorded_at) << ' ' << to_wire(record.actor) << ' '
          << codec.type << ' ' << body << '\n';
    }
    return out;
  }

 private:
  void record(const Actor& actor, const std::vector<Event>& events, Timestamp occurred_at) {
    for (const auto& fact : events) {
      CaseEvent event;
      event.case_id = case_id_;
      event.seq = state_.seq + 1;
      event.occurred_at = occurred_at;
      event.recorded_at = now_;
      event.actor = actor;
      event.event = fact;
      evolve(state_, event);
      log_.push_back(std::move(event));
    }
  }

  [[nodiscard]] std::vector<std::string> types_since(std::size_t first) const {
    std::vector<std::string> types;
    for (std::size_t i = first; i < log_.size(); ++i) types.emplace_back(codec_of(log_[i].event).type);
    return types;
  }

  Policy policy_;
  CaseId case_id_{"0190a0b0-0000-7000-8000-000000000001"};
  Actor actor_ = agent("li.wei", "cs");
  Timestamp now_ = kMonday;
  Duration told_late_by_{0};
  CaseState state_;
  std::vector<CaseEvent> log_;
  Decision last_ = std::vector<Event>{};
  std::size_t before_last_ = 0;
  std::string_view asked_;  ///< the type of the last command
  int commands_ = 0;
};

}  // namespace casetrail
