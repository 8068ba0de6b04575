// Does an event cost more when ten million cases came before it? Generated events, one partition, one thread.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "projections/boards.h"
#include "projections/kit/view.h"
#include "tests/bench/case_copies.h"
#include "tests/bench/rows.h"
#include "workers/api/wall_clock.h"
#include "workers/projection/projection_partition.h"
#include "workers/projection/projection_type.h"
#include "workers/projection/stored_rows.h"
#include "workers/storage/store_folder.h"

namespace casetrail::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMemory = std::size_t{1} << 30;
constexpr std::size_t kBatch = 50'000;

/// The boards' partition that the events are folded into.
struct Desk {
  projection::ProjectionType type;
  storage::StorageMemory memory{kMemory};
  storage::StoreFolder home;
  std::unique_ptr<projection::ProjectionPartition> partition;

  explicit Desk(const std::filesystem::path& data)
      : type(boards()), home(data, "growth", 0, projection::family_names(type), memory) {
    const auto opened = home.open({"growth", projection::fingerprint_of(type)});
    if (!opened) throw std::runtime_error(opened.error().what);
    partition = std::make_unique<projection::ProjectionPartition>(0, 1, home, *opened->store, type,
                                                                  projection::PartitionPosition{},
                                                                  std::vector<projection::ClosedCase>{});
  }

  static projection::ProjectionType boards() {
    for (auto& type : projection::projection_types(view_types())) {
      if (type.name == "boards") return type;
    }
    throw std::runtime_error("Expected a projection 'boards', but there is none.");
  }
};

/// A page of 50 cases, what needs attention first: the median of some.
Figure page_of_cases(const Desk& desk, std::size_t cases) {
  constexpr std::size_t kPages = 21;
  const auto& views = desk.type.views;
  const auto view = std::ranges::find(views, "cases", [](const kit::ViewType* type) { return type->name; });
  const auto snapshot = desk.partition->snapshot();
  const projection::StoredRows rows(
      *snapshot, projection::kFirstViewFamily + static_cast<std::size_t>(view - views.begin()), {});
  const kit::Rows* const partition = &rows;
  std::vector<double> took;
  for (std::size_t i = 0; i < kPages; ++i) {
    const auto begun = Clock::now();
    const auto page = (*view)->render({&partition, 1}, {.now = api::wall_clock(), .limit = 50});
    if (!page) throw std::runtime_error(page.error());
    took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
  }
  std::ranges::nth_element(took, took.begin() + kPages / 2);
  return {fmt::format("cases_page.{}", cases), fmt::format("a page of 50 of {} open cases", cases),
          took[kPages / 2], "ms", "sorted by what needs attention, with totals, one partition, median of 21"};
}

}  // namespace

Figures growth_rows(const std::filesystem::path& data, std::size_t most_cases) {
  CaseCopies events;
  Desk desk(data);
  Figures figures;
  log::Offset offset = 0;
  std::size_t in_batch = 0;
  std::size_t milestone = 10'000;
  auto begun = Clock::now();
  log::Offset begun_at = 0;
  for (std::size_t number = 1; number <= most_cases; ++number) {
    events.set_case(number);
    for (std::size_t i = 0; i < events.events(); ++i, ++offset)
      desk.partition->apply({0, offset, events.event(i)});
    in_batch += events.events();
    if (in_batch >= kBatch || number == milestone) {
      desk.partition->write(offset);
      desk.partition->keep_if_due(api::wall_clock());
      in_batch = 0;
    }
    if (number != milestone) continue;
    const auto took = std::chrono::duration<double, std::nano>(Clock::now() - begun).count();
    figures.push_back({fmt::format("growth.{}", number), fmt::format("an event, with {} cases", number),
                       took / static_cast<double>(offset - begun_at), "ns/event",
                       fmt::format("the boards, events {} to {} of {} cases, generated, one thread", begun_at,
                                   offset, number)});
    figures.push_back(page_of_cases(desk, number));
    milestone *= 10;
    begun = Clock::now();
    begun_at = offset;
  }
  const auto progress = desk.partition->progress();
  if (progress.health != projection::PartitionHealth::sound || progress.position.applied != offset)
    throw std::runtime_error("Not every generated event was folded: " + progress.stopped);
  return figures;
}

}  // namespace casetrail::bench
