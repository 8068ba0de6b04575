// Does an event cost more when ten million cases came before it? Generated events, one partition, one thread.
#include <fmt/format.h>

#include <chrono>
#include <deque>
#include <stdexcept>

#include "projections/view.h"
#include "tests/bench/rows.h"
#include "workers/bench/desk_load.h"
#include "workers/http/uuid_v7.h"
#include "workers/projection/projection_partition.h"
#include "workers/projection/projection_type.h"
#include "workers/simulate/rehearsal.h"
#include "workers/storage/store_folder.h"

namespace casetrail::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMemory = std::size_t{1} << 30;
constexpr std::size_t kBatch = 50'000;
constexpr std::size_t kSteps = 4;                 ///< commands that each generated case has
constexpr std::string_view kName = "growth-0-0";  ///< of the case that the others are copied from
constexpr std::size_t kDigits = 10;

/// A message whose bytes may be changed where they are.
struct Stencil {
  explicit Stencil(Message message)
      : key(std::move(message.key)), value(std::move(message.value)), timestamp(message.timestamp) {
    for (const auto& [name, text] : message.headers) headers.emplace_back(name, text);
    for (const auto& [name, text] : headers) views.push_back({name, text});
  }
  [[nodiscard]] MessageView view() const { return {key, value, views, timestamp}; }

  std::string key;
  std::string value;
  Timestamp timestamp;
  std::vector<std::pair<std::string, std::string>> headers;
  std::vector<HeaderView> views;  ///< of `headers`
};

/// The events of one short case, whose id is changed in place from case to case.
class Template {
 public:
  Template() {
    const Policy policy;
    Rehearsal one(policy, [&](CaseEvent event) {
      event.case_id.value = kName;
      event.correlation_id = kName;
      stencils_.emplace_back(write_event(event));
    });
    const DeskLoad load("growth", 1);
    for (std::size_t step = 0; step < kSteps; ++step) {
      if (!one.take(load.command(step, from_epoch_ms(1'795'421'109'120))))
        throw std::runtime_error("A command of the short case was refused.");
    }
    for (auto& stencil : stencils_) {
      find(stencil.key);
      find(stencil.value);
      for (auto& [name, value] : stencil.headers) find(value);
    }
  }

  [[nodiscard]] std::size_t events() const { return stencils_.size(); }
  [[nodiscard]] MessageView event(std::size_t index) const { return stencils_[index].view(); }

  /// From now on the events are of case `number`.
  void set_case(std::size_t number) {
    const auto id = fmt::format("{:010}", number);
    for (auto* place : places_) std::copy(id.begin(), id.end(), place);
  }

 private:
  void find(std::string& text) {
    for (auto at = text.find(kName); at != std::string::npos; at = text.find(kName, at + kDigits))
      places_.push_back(text.data() + at);
  }

  static_assert(kName.size() == kDigits);
  std::deque<Stencil> stencils_;
  std::vector<char*> places_;
};

/// The boards' partition that the events are folded into.
struct Desk {
  ProjectionType type;
  StorageMemory memory{kMemory};
  StoreFolder home;
  std::unique_ptr<ProjectionPartition> partition;

  explicit Desk(const std::filesystem::path& data)
      : type(boards()), home(data, "growth", 0, family_names(type), memory) {
    const auto opened = home.open({"growth", fingerprint_of(type)});
    if (!opened) throw std::runtime_error(opened.error().what);
    partition = std::make_unique<ProjectionPartition>(0, home, *opened->store, type, PartitionPosition{});
  }

  static ProjectionType boards() {
    for (auto& type : projection_types(view_types())) {
      if (type.name == "boards") return type;
    }
    throw std::runtime_error("Expected a projection 'boards', but there is none.");
  }
};

}  // namespace

Figures growth_rows(const std::filesystem::path& data, std::size_t most_cases) {
  Template events;
  Desk desk(data);
  Figures figures;
  Offset offset = 0;
  std::size_t in_batch = 0;
  std::size_t milestone = 10'000;
  auto begun = Clock::now();
  Offset begun_at = 0;
  for (std::size_t number = 1; number <= most_cases; ++number) {
    events.set_case(number);
    for (std::size_t i = 0; i < events.events(); ++i, ++offset)
      desk.partition->apply({0, offset, events.event(i)});
    in_batch += events.events();
    if (in_batch >= kBatch || number == milestone) {
      desk.partition->write(offset);
      desk.partition->keep_if_due(wall_clock());
      in_batch = 0;
    }
    if (number != milestone) continue;
    const auto took = std::chrono::duration<double, std::nano>(Clock::now() - begun).count();
    figures.push_back({fmt::format("growth.{}", number), fmt::format("an event, with {} cases", number),
                       took / static_cast<double>(offset - begun_at), "ns/event",
                       fmt::format("three boards, events {} to {} of {} cases, generated, one thread",
                                   begun_at, offset, number)});
    milestone *= 10;
    begun = Clock::now();
    begun_at = offset;
  }
  const auto progress = desk.partition->progress();
  if (progress.health != PartitionHealth::sound || progress.position.applied != offset)
    throw std::runtime_error("Not every generated event was folded: " + progress.stopped);
  return figures;
}

}  // namespace casetrail::bench
