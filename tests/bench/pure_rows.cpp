// What the heart costs: bytes to events and back, decisions, folds. Nothing here waits for anything.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>

#include "aggregates/case/decider.h"
#include "projections/boards.h"
#include "tests/bench/rows.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/map_rows.h"
#include "workers/bench/desk_load.h"
#include "workers/simulate/rehearsal.h"
#include "workers/simulate/simulate_day.h"

namespace casetrail::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kLongCase = 10'000;

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

/// A day decided, and all that was recorded in it.
struct Lived {
  std::size_t commands = 0;
  double seconds = 0;
  std::vector<CaseEvent> events;
};

/// Keeps events with all that the engine would record of them.
struct Recorder {
  std::vector<CaseEvent>& events;
  CaseId case_id;

  void operator()(const CaseEvent& event) const {
    auto& kept = events.emplace_back(event);
    kept.case_id = case_id;
    kept.command_digest = "0123456789abcdef0123456789abcdef";
    kept.command_offset = static_cast<std::int64_t>(events.size());
    kept.policy_version = 1;
    kept.correlation_id = case_id.value;
  }
};

Lived live(std::size_t cases, const Policy& policy) {
  const auto day =
      simulate::simulate_day({.seed = 7, .cases = cases, .until = from_epoch_ms(1'795'421'109'120)}, policy);
  Lived lived;
  lived.commands = day.size();
  std::map<CaseId, simulate::Rehearsal> desk;
  for (const auto& [envelope, expectation] : day) {
    auto& one =
        desk.try_emplace(envelope.case_id, policy, Recorder{lived.events, envelope.case_id}).first->second;
    const auto begun = Clock::now();
    const auto taken = one.take(envelope);
    lived.seconds += seconds_since(begun);
    if (taken.has_value() != (expectation == simulate::Expectation::accepted))
      throw std::runtime_error("A decision of the simulated day is not the one that it was made for.");
  }
  return lived;
}

std::vector<CaseEvent> long_case(const Policy& policy) {
  std::vector<CaseEvent> events;
  const auto at = from_epoch_ms(1'795'421'109'120);
  simulate::Rehearsal one(policy, Recorder{events, {"long-0-0"}});
  const DeskLoad load("long", 1);
  const auto take = [&](const CommandEnvelope& envelope) {
    if (!one.take(envelope)) throw std::runtime_error("A command of the long case was refused.");
  };
  for (std::size_t step = 0; step < 7; ++step) take(load.command(step, at));
  for (auto word = load.command(7, at); events.size() < kLongCase; take(word)) {
    word.id.value = fmt::format("long/{}", events.size());
  }
  events.resize(kLongCase);
  return events;
}

void add_codec(const std::vector<CaseEvent>& events, Figures& into) {
  std::vector<Message> written;
  written.reserve(events.size());
  auto begun = Clock::now();
  for (const auto& event : events) written.push_back(write_event(event));
  const auto encoding = seconds_since(begun);
  std::deque<BorrowedMessage> borrowed;
  for (const auto& message : written) borrowed.emplace_back(message);
  std::size_t bytes = 0;
  CaseEvent event;
  begun = Clock::now();
  for (std::size_t i = 0; i < borrowed.size(); ++i) {
    if (read_event(borrowed[i].view(), event).reading != Reading::ours || event.seq != events[i].seq)
      throw std::runtime_error("An event that was written is not read as it was.");
    bytes += written[i].value.size();
  }
  const auto decoding = seconds_since(begun);
  const auto count = static_cast<double>(events.size());
  const auto note = fmt::format("{} events, JSON of {} B on average, with its headers", events.size(),
                                bytes / events.size());
  into.push_back({"codec.encode", "an event into its bytes", count / encoding, "events/s", note});
  into.push_back({"codec.decode", "bytes into an event", count / decoding, "events/s", note});
}

/// Seconds that the long case takes from its bytes.
double rebuild(const std::deque<BorrowedMessage>& messages) {
  CaseState state;
  CaseEvent event;
  const auto begun = Clock::now();
  for (const auto& message : messages) {
    if (read_event(message.view(), event).reading != Reading::ours)
      throw std::runtime_error("An event of the long case cannot be read.");
    evolve(state, event);
  }
  const auto took = seconds_since(begun);
  if (state.seq != static_cast<std::int64_t>(kLongCase))
    throw std::runtime_error("The long case is not whole.");
  return took;
}

void add_long_case(const Policy& policy, Figures& into) {
  std::vector<Message> written;
  for (const auto& event : long_case(policy)) written.push_back(write_event(event));
  std::deque<BorrowedMessage> borrowed;
  for (const auto& message : written) borrowed.emplace_back(message);
  std::array<double, 11> took{};
  for (auto& seconds : took) seconds = rebuild(borrowed);
  std::ranges::nth_element(took, took.begin() + took.size() / 2);
  into.push_back({"rebuild.case", "a case of 10,000 events rebuilt", took[took.size() / 2] * 1'000, "ms",
                  fmt::format("{} events decoded and evolved, from their bytes in memory, median of {}",
                              kLongCase, took.size())});
}

/// A view that counts the rows that it writes.
class CountedView final : public kit::View {
 public:
  explicit CountedView(std::unique_ptr<kit::View> view) : view_(std::move(view)) {}

  void apply(const CaseEvent& event) override { view_->apply(event); }
  void write_changes(const kit::RowSink& sink) override {
    view_->write_changes([&](std::string_view key, std::optional<std::string_view> value) {
      ++written_;
      sink(key, value);
    });
  }
  [[nodiscard]] double written() const { return static_cast<double>(written_); }

 private:
  std::unique_ptr<kit::View> view_;
  std::size_t written_ = 0;
};

/// What each view makes of the same events, a batch at a time, into rows in memory.
void add_views(const std::vector<CaseEvent>& events, Figures& into) {
  static constexpr std::size_t kBatch = 500;
  const auto count = static_cast<double>(events.size());
  for (const auto& type : view_types()) {
    MapRows rows(events.size());
    CountedView view(type.open(rows));
    const auto begun = Clock::now();
    for (std::size_t at = 0; at < events.size(); rows.take(view)) {
      for (const auto end = std::min(at + kBatch, events.size()); at < end; ++at) view.apply(events[at]);
    }
    into.push_back(
        {fmt::format("view.{}", type.name), fmt::format("an event in the view {}", type.name),
         seconds_since(begun) * 1e9 / count, "ns/event",
         fmt::format("{:.1f} rows written an event, {} events a batch", view.written() / count, kBatch)});
  }
}

}  // namespace

Figures pure_rows(std::size_t cases) {
  const auto policy = parse_policy(text_of("deploy/policy/example.yaml"));
  if (!policy) throw std::runtime_error(policy.error().sentence);
  const auto lived = live(cases, *policy);
  Figures figures;
  add_codec(lived.events, figures);
  figures.push_back(
      {"decide", "decide and evolve", static_cast<double>(lived.commands) / lived.seconds, "commands/s",
       fmt::format("{} commands of {} cases, {} events", lived.commands, cases, lived.events.size())});
  add_long_case(*policy, figures);
  add_views(lived.events, figures);
  return figures;
}

}  // namespace casetrail::bench
