// A page reads no farther than the log reached when it was asked for.
#include "workers/api/event_door.h"

#include <algorithm>
#include <cereal/cereal.hpp>

#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "workers/log/partition.h"

namespace casetrail::api {
namespace {

/// Of one page, whether they pass its filter or not.
constexpr std::size_t kMostRecords = 20'000;
constexpr std::size_t kAtOnce = 1'000;
/// How long the log may take to hand over a record that it says it holds.
constexpr Duration kHandOverWait{1'000};

struct EventsPage {
  std::vector<RawJson> events;
  std::string next;
  bool at_end = false;
  std::optional<std::string> resync;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(events), CEREAL_NVP(next), CEREAL_NVP(at_end), CEREAL_NVP(resync));
  }
};

std::string not_here(const Positions& asked, const Positions& high) {
  const auto why = same_partitions(asked, high)
                       ? "it is ahead of the end"
                       : "a position names each of its " + std::to_string(high.size()) +
                             " partitions, as `next` of a page does";
  return "This log has no position " + to_text(asked) + ": " + why +
         ". What follows begins with the first event that is kept.";
}

std::string no_longer_here(const Positions& asked) {
  return "Events from " + to_text(asked) +
         " on are no longer all kept. What follows begins with the first ones that are.";
}

}  // namespace

std::expected<EventsFrom, std::string> events_from(std::string_view text) {
  if (text == "start") return FromStart{};
  if (text == "end") return FromEnd{};
  if (auto positions = positions_from(text)) return *std::move(positions);
  return std::unexpected("Expected 'from' to be start, end or positions such as 0:12,1:40, but it is '" +
                         std::string(text) + "'.");
}

log::LogResult<EventPlace> place_of(log::EventLog& log, const EventsFrom& from) {
  const auto bounds = log.bounds(log::Topic::events);
  if (!bounds) return std::unexpected(bounds.error());
  Positions first;
  Positions last;
  Positions high;
  for (log::Partition partition = 0; partition < std::ssize(*bounds); ++partition) {
    const auto& of = bounds->at(static_cast<std::size_t>(partition));
    first[partition] = of.low;
    last[partition] = of.stable;
    high[partition] = of.high;
  }
  if (std::holds_alternative<FromStart>(from)) return EventPlace{first, {}};
  if (std::holds_alternative<FromEnd>(from)) return EventPlace{last, {}};
  const auto& asked = std::get<Positions>(from);
  if (!same_partitions(asked, high) || is_ahead(asked, high)) return EventPlace{first, not_here(asked, high)};
  if (!is_ahead(first, asked)) return EventPlace{asked, {}};
  EventPlace place{asked, no_longer_here(asked)};
  for (auto& [partition, next] : place.next) next = std::max(next, first.at(partition));
  return place;
}

std::vector<log::Partition> partitions_of(const EventFilter& filter, const Positions& of_log) {
  if (filter.case_id)
    return {log::partition_of(filter.case_id->value, static_cast<log::Partition>(of_log.size()))};
  std::vector<log::Partition> all;
  for (const auto& [partition, next] : of_log) all.push_back(partition);
  return all;
}

log::LogResult<std::string> EventPages::page(const EventsFrom& from, const EventFilter& filter,
                                             std::size_t limit) {
  auto place = place_of(log_, from);
  if (!place) return std::unexpected(std::move(place).error());
  auto page = read(*std::move(place), filter, limit);
  // What was started stays started in it.
  if (!page) reader_.reset();
  return page;
}

log::LogResult<std::string> EventPages::read(EventPlace place, const EventFilter& filter, std::size_t limit) {
  const auto end = place_of(log_, FromEnd{});
  if (!end) return std::unexpected(end.error());
  if (reader_ == nullptr) reader_ = log_.open_reader(log::Topic::events);
  auto partitions = partitions_of(filter, place.next);
  std::erase_if(partitions,
                [&](auto partition) { return place.next.at(partition) >= end->next.at(partition); });
  for (const auto partition : partitions) {
    if (auto started = reader_->start(partition, place.next.at(partition)); !started)
      return std::unexpected(std::move(started).error());
  }
  const auto is_left = [&](auto partition) { return reader_->position(partition) < end->next.at(partition); };
  EventsPage page;
  std::size_t records = 0;
  while (page.events.size() < limit && records < kMostRecords && std::ranges::any_of(partitions, is_left)) {
    const auto read = reader_->read(std::min(limit - page.events.size(), kAtOnce), kHandOverWait);
    if (!read) return std::unexpected(read.error());
    if (read->empty()) break;
    records += read->size();
    for (const auto& record : *read) {
      ShownEvent event(record);
      if (event.passes(filter) && !event.json().empty()) page.events.push_back({event.json()});
    }
  }
  page.at_end = std::ranges::none_of(partitions, is_left);
  for (const auto partition : partitions) {
    place.next.at(partition) = reader_->position(partition);
    reader_->stop(partition);
  }
  page.next = to_text(place.next);
  if (!place.resync.empty()) page.resync = std::move(place.resync);
  return to_json(page);
}

std::string events_page_schema() { return PublishedSchema::of<EventsPage>(); }

}  // namespace casetrail::api
