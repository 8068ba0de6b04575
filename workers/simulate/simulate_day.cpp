// Every case is played alone, because no decision asks about another one; then the days are laid over each
// other.
#include "workers/simulate/simulate_day.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "events/case/case_id.h"
#include "workers/simulate/rehearsal.h"
#include "workers/simulate/script.h"

namespace casetrail::simulate {
namespace {

using namespace std::chrono_literals;

/// Neighbouring seeds must not give similar days (splitmix64).
std::uint64_t mix(std::uint64_t seed, std::uint64_t number) {
  auto value = seed + (number + 1) * 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

/// One category of the policy's routing, its `*` filled in.
std::string draw_category(const Policy& policy, Random& random) {
  static constexpr std::array<std::string_view, 5> kLeaves{"power", "screen", "noise", "parts", "usage"};
  if (policy.routing.empty()) return "general/usage";
  auto category = random.pick(policy.routing).category;
  if (!category.ends_with('*')) return category;
  category.pop_back();
  if (category.empty()) category = "question/";
  return category.append(random.pick(kLeaves));
}

CaseKind draw_kind(Random& random) {
  const auto draw = random.below(100);
  if (draw < 68) return CaseKind::service_request;
  return draw < 84 ? CaseKind::complaint : CaseKind::inquiry;
}

/// One of the policy's channels on which people come.
Code<Channel> draw_channel(const Policy& policy, Random& random) {
  auto codes = policy.catalogues.of<Channel>().usable();
  std::erase(codes, name_of(Channel::api));
  return Code<Channel>::from(random.pick(codes)).value_or(Channel::phone);
}

class Day {
 public:
  Day(const SimulationOptions& options, const Policy& policy)
      : options_(options), policy_(policy), cast_(policy, hiring_), day_(epoch_ms(options.until)) {}

  std::vector<TimedCommand> play() {
    for (std::size_t number = 0; number < options_.cases; ++number) play_case(number);
    std::ranges::stable_sort(commands_, {},
                             [](const TimedCommand& command) { return command.envelope.occurred_at; });
    return std::move(commands_);
  }

 private:
  /// One case in ten is of the hour in which one matter floods its department.
  [[nodiscard]] static bool is_of_flood(std::size_t number) {
    return number >= kCarriedOver && number % 10 == 7;
  }

  /// A fifth of the cases has time enough for everything that takes days; who shops at night, writes at
  /// night.
  Timestamp draw_start(std::size_t number, Random& random) const {
    if (is_of_flood(number))
      return policy_.add(hours_, options_.until - 7 * 24h, 2h) + random.between(0min, 60min);
    if (number >= kCarriedOver && random.percent(8)) {
      const auto& zone = policy_.zone();
      const auto day = std::chrono::floor<std::chrono::days>(zone.to_local(options_.until)) -
                       std::chrono::days(2 + random.below(10));
      return zone.to_utc(day + 22h) + random.between(0min, 7h);
    }
    if (number < kCarriedOver || random.percent(4))
      return policy_.add(hours_, options_.until - random.between(120h, 144h), random.between(1min, 5h));
    const auto long_ago = options_.until - 14 * 24h;
    const auto open = policy_.between(hours_, long_ago, options_.until);
    return policy_.add(hours_, long_ago, std::max(open - random.between(4min, 10h), Duration{0}));
  }

  CaseFile open_file(std::size_t number, Random& random) const {
    CaseFile file;
    file.reference = fmt::format("sim-{}-{}-{}", options_.seed, day_, number + 1);
    file.channel = draw_channel(policy_, random);
    file.id = case_id_of(file.channel, file.reference);
    file.language = random.percent(65) ? Language::chinese : Language::english;
    file.customer_name = person_name(file.language, random);
    file.customer = {fmt::format("cust-{}", random.between(10'000, 99'999))};
    file.contact = file.language == Language::chinese
                       ? fmt::format("138-0000-{:04}", random.below(10'000))
                       : fmt::format("caller{}@example.com", random.below(10'000));
    file.product = product_model(random);
    file.kind = number < kCarriedOver ? static_cast<CaseKind>(number % 3) : draw_kind(random);
    Random of_flood(mix(options_.seed, kFlood));
    file.category = draw_category(policy_, is_of_flood(number) ? of_flood : random);
    return file;
  }

  void play_case(std::size_t number) {
    Random random(mix(options_.seed, number));
    auto file = open_file(number, random);
    const auto neighbour = number == 0 ? 1 : number - 1;
    Random of_neighbour(mix(options_.seed, neighbour));
    file.earlier = open_file(neighbour, of_neighbour).id;
    const auto course = draw_course(number, random);
    Rehearsal rehearsal(policy_);
    auto now = draw_start(number, random);
    for (const auto& cue : write_script(course, file)) {
      now = time_of(cue, rehearsal.state(), now, random);
      if (now > options_.until) return;
      rehearsal.advance(now);
      const auto deed = cue.turn({rehearsal.state(), now, policy_, cast_, file, random});
      if (deed) attempt(rehearsal, cue.expectation, envelope_of(file, now, *deed));
    }
  }

  /// Short pauses count in the department's hours; who is silent for longer, comes back in them.
  Timestamp time_of(const Cue& cue, const CaseState& state, Timestamp now, Random& random) const {
    const auto pause = random.between(cue.least, cue.most);
    if (cue.wait == Cue::Wait::for_callback) {
      const auto open = std::ranges::find(state.callbacks, CallbackPhase::scheduled, &CallbackRegion::phase);
      if (open != state.callbacks.end()) now = std::max(now, open->not_before);
    }
    if (pause <= 5h) return policy_.add(hours_, now, pause);
    return policy_.add(hours_, now + pause, random.between(1min, 2h));
  }

  CommandEnvelope envelope_of(const CaseFile& file, Timestamp now, const Deed& deed) const {
    CommandEnvelope envelope;
    envelope.case_id = file.id;
    envelope.id = {fmt::format("{}/{}", file.reference, epoch_ms(now))};
    envelope.actor = deed.actor;
    envelope.occurred_at = now;
    envelope.command = deed.command;
    return envelope;
  }

  /// What would come to nothing, or to what was not meant, is left undone.
  void attempt(Rehearsal& rehearsal, Expectation expectation, CommandEnvelope envelope) {
    const auto decision = decide(rehearsal.state(), envelope, envelope.occurred_at, policy_);
    switch (expectation) {
      case Expectation::refused:
        if (decision) return;
        break;
      case Expectation::accepted:
        if (!decision || decision->empty()) return;
        (void)rehearsal.take(envelope);
        break;
    }
    commands_.push_back({std::move(envelope), expectation});
  }

  static constexpr std::size_t kCarriedOver = 64;
  static constexpr auto kFlood = ~std::uint64_t{2};

  const SimulationOptions& options_;
  const Policy& policy_;
  Random hiring_{mix(options_.seed, ~std::uint64_t{1})};
  Cast cast_;
  std::optional<CalendarId> hours_ = policy_.sla.front().calendar;  ///< in which people work
  std::int64_t day_;                                                ///< in the names of cases
  std::vector<TimedCommand> commands_;
};

}  // namespace

std::vector<TimedCommand> simulate_day(const SimulationOptions& options, const Policy& policy) {
  return Day(options, policy).play();
}

}  // namespace casetrail::simulate
