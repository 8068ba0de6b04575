// The one file of the test kit that sees every type of event.
#include "tests/support/random_event.h"

#include "events/all_events.h"
#include "tests/support/events_of.h"
#include "tests/support/random_reader.h"

namespace casetrail {
namespace {

template <class Fact>
Event random_fact(std::mt19937_64& random) {
  Fact fact;
  RandomReader(random).fill(fact);
  return fact;
}

}  // namespace

Event random_event(std::mt19937_64& random) {
  return [&]<class... Facts>(Family<Facts...>) {
    static constexpr Event (*kMakes[])(std::mt19937_64&) = {random_fact<Facts>...};
    return kMakes[random() % std::size(kMakes)](random);
  }(AllEvents{});
}

std::vector<CaseEvent> random_history(std::uint64_t seed, std::size_t cases, std::size_t events) {
  std::mt19937_64 random(seed);
  std::vector<EventsOf> streams;
  for (std::size_t i = 0; i < cases; ++i) streams.emplace_back("case-" + std::to_string(i));
  std::vector<CaseEvent> history;
  for (std::size_t i = 0; i < events; ++i) {
    auto& stream = streams[random() % cases];
    stream.by(static_cast<ActorKind>(random() % enum_names(ActorKind{}).size()), "a");
    stream.after(std::chrono::seconds(random() % 1000)).add(random_event(random));
    history.push_back(stream.events().back());
  }
  return history;
}

}  // namespace casetrail
