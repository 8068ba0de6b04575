// Every answer begins with what it covers.
#include "workers/projection/boards.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "events/wire/json_writer.h"
#include "projections/boards.h"
#include "workers/log/partition.h"

namespace casetrail::projection {
namespace {

std::int64_t records_behind(const ProjectionControl& control, log::Partition partition, log::Offset next) {
  const auto end = control.end(partition);
  return end ? std::max<log::Offset>(0, end->high - next) : 0;
}

/// Of a whole projection; a partition of which nothing is known makes it unknown.
void add_lag(const std::vector<log::PartitionLag>& rows, ProjectionMetrics& into) {
  const auto known = [&](auto member) {
    return !rows.empty() &&
           std::ranges::all_of(rows, [&](const auto& row) { return (row.*member).has_value(); });
  };
  const bool records = known(&log::PartitionLag::lag);
  const bool seconds = known(&log::PartitionLag::lag_seconds);
  if (records) into.lag_events = 0;
  if (seconds) into.lag_seconds = 0;
  for (const auto& row : rows) {
    if (records) *into.lag_events += *row.lag;
    if (seconds) into.lag_seconds = std::max(into.lag_seconds, row.lag_seconds);
    into.log_end_age_seconds = std::max(into.log_end_age_seconds, row.end_age_seconds);
  }
}

}  // namespace

std::optional<ReadToken> parse_token(std::string_view text) {
  ReadToken token{};
  const auto* end = text.data() + text.size();
  const auto partition = std::from_chars(text.data(), end, token.partition);
  if (partition.ec != std::errc{} || partition.ptr == end || *partition.ptr != ':') return std::nullopt;
  const auto offset = std::from_chars(partition.ptr + 1, end, token.offset);
  if (offset.ec != std::errc{} || offset.ptr != end || token.partition < 0 || token.offset < 0) {
    return std::nullopt;
  }
  return token;
}

std::optional<std::map<log::Partition, log::Offset>> Boards::offsets(
    std::string_view view, const std::optional<CaseId>& only) const {
  const auto found = find(view);
  if (!found) return std::nullopt;
  const auto copy = found->control->projection().copies().live;
  std::map<log::Partition, log::Offset> offsets;
  for (const auto partition : partitions_of(*copy, only))
    offsets[partition] = copy->partition(partition).progress().position.next;
  return offsets;
}

std::expected<RenderedBoard, BoardError> Boards::render(std::string_view view, const kit::BoardQuery& query,
                                                        const std::optional<CaseId>& only) const {
  const auto found = find(view);
  if (!found) return std::unexpected(unknown(view));
  const auto& projection = found->control->projection();
  const auto copy = projection.copies().live;
  const auto behind = [&](log::Partition partition, log::Offset next) {
    return records_behind(*found->control, partition, next);
  };
  return render_copy(*copy, projection.type(), found->index, partitions_of(*copy, only), query, behind);
}

Sight Boards::sight(std::string_view view, ReadToken token) const {
  const auto found = find(view);
  if (!found) return Sight::no_such;
  const auto copy = found->control->projection().copies().live;
  if (static_cast<std::size_t>(token.partition) >= copy->partitions().size()) return Sight::no_such;
  // The end is heard of before the position is taken: what lies below the end is in the rows, or it is not
  // yet.
  const auto end = found->control->end(token.partition);
  const auto position = copy->partition(token.partition).progress().position;
  if (position.last_command >= token.offset) return Sight::seen;
  if (end && end->handled > token.offset && position.next >= end->high) return Sight::seen;
  return Sight::not_yet;
}

std::string Boards::behind(std::string_view view, ReadToken token) const {
  const auto found = find(view);
  if (!found) return unknown(view).sentence;
  const auto copy = found->control->projection().copies().live;
  if (static_cast<std::size_t>(token.partition) >= copy->partitions().size()) {
    return fmt::format("Expected a token of one of {} partitions, but it names {}.",
                       copy->partitions().size(), token.partition);
  }
  const auto progress = copy->partition(token.partition).progress();
  if (progress.health != PartitionHealth::sound) return progress.stopped;
  return fmt::format(
      "Expected view {} to show command {}:{}, but it is {} records behind, at command {}. Ask again.", view,
      token.partition, token.offset, records_behind(*found->control, token.partition, progress.position.next),
      progress.position.last_command);
}

std::optional<std::string> Boards::short_of(std::string_view view, log::Partition partition,
                                            log::Offset end) const {
  const auto found = find(view);
  if (!found) return unknown(view).sentence;
  const auto copy = found->control->projection().copies().live;
  const auto progress = copy->partition(partition).progress();
  if (progress.position.next >= end) return std::nullopt;
  if (progress.health != PartitionHealth::sound) return progress.stopped;
  return fmt::format("View {} is {} records behind the log in partition {}. Ask again.", view,
                     end - progress.position.next, partition);
}

std::expected<RebuildStatus, BoardError> Boards::rebuild(std::string_view view) const {
  const auto found = find(view);
  if (!found) return std::unexpected(unknown(view));
  auto asked = found->control->projection().rebuild();
  if (!asked) return std::unexpected(BoardError{BoardError::Kind::conflict, std::move(asked).error()});
  return *std::move(asked);
}

std::optional<RebuildStatus> Boards::rebuild_status(std::string_view view) const {
  const auto found = find(view);
  if (!found) return std::nullopt;
  return found->control->projection().rebuild_status();
}

std::vector<RebuildStatus> Boards::rebuilds() const {
  std::vector<RebuildStatus> all;
  for (const auto* control : controls_) {
    if (auto status = control->projection().rebuild_status()) all.push_back(*std::move(status));
  }
  return all;
}

std::vector<log::PartitionLag> Boards::lag(Timestamp now) const {
  std::vector<log::PartitionLag> rows;
  for (const auto* control : controls_) {
    auto more = control->lag(now);
    std::move(more.begin(), more.end(), std::back_inserter(rows));
  }
  return rows;
}

std::vector<ProjectionMetrics> Boards::metrics(Timestamp now) const {
  std::vector<ProjectionMetrics> all;
  for (const auto* control : controls_) {
    ProjectionMetrics sum;
    sum.worker = control->projection().type().name;
    for (const auto* view : control->projection().type().views) sum.views.emplace_back(view->name);
    const auto copies = control->projection().copies();
    for (const auto& partition : copies.live->partitions()) {
      const auto progress = partition->progress();
      sum.applied_events_total += progress.position.applied;
      sum.foreign_records_total += progress.position.foreign;
      sum.damaged_records_total += progress.position.damaged;
      sum.repeated_events_total += progress.position.repeats;
      sum.sequence_gaps_total += progress.position.gaps;
      if (const auto& damage = progress.position.damage) {
        sum.closed_cases += damage->closed_cases;
        sum.ignored_events_total += damage->ignored;
        sum.quarantined_records_total += damage->quarantined;
        sum.stray_events_total += damage->strays.value_or(Strays{}).count;
      }
      if (progress.health != PartitionHealth::sound) ++sum.stopped_partitions;
      sum.kept_copies += static_cast<std::int64_t>(progress.kept_for_later.copies);
      sum.kept_copies_bytes += static_cast<std::int64_t>(progress.kept_for_later.bytes);
      sum.failed_copies_total += progress.failed_to_keep;
    }
    sum.discarded_stores = control->projection().discarded_stores();
    auto rows = control->lag(now);
    std::erase_if(rows, [](const auto& row) { return row.building; });
    add_lag(rows, sum);
    const auto rebuild = control->projection().rebuild_status();
    if (rebuild && !is_over(rebuild->stage)) {
      sum.rebuild_progress_ratio =
          rebuild->events_total == 0
              ? 1.0
              : static_cast<double>(rebuild->events_done) / static_cast<double>(rebuild->events_total);
    }
    all.push_back(std::move(sum));
  }
  return all;
}

std::vector<kit::Sample> Boards::samples() const {
  std::vector<kit::Sample> all;
  for (const auto* control : controls_) {
    const auto& type = control->projection().type();
    for (std::size_t i = 0; i < type.views.size(); ++i) {
      if (type.views[i]->samples == nullptr) continue;
      const auto copy = control->projection().copies().live;
      std::vector<Moment> moments;
      std::vector<const kit::Rows*> rows;
      for (const auto& partition : copy->partitions()) {
        auto moment = moment_of(*partition, kFirstViewFamily + i, type.secret);
        if (!moment) break;  // an unreadable view is told as one that has stopped
        rows.push_back(moment->rows.get());
        moments.push_back(*std::move(moment));
      }
      if (rows.size() != copy->partitions().size()) continue;
      auto samples = type.views[i]->samples(rows);
      const auto failed = [](const Moment& moment) { return moment.rows->failure().has_value(); };
      if (std::ranges::none_of(moments, failed)) std::ranges::move(samples, std::back_inserter(all));
    }
  }
  return all;
}

std::vector<log::Reason> Boards::problems() const {
  std::vector<log::Reason> all;
  for (const auto* control : controls_) {
    auto more = control->problems();
    std::move(more.begin(), more.end(), std::back_inserter(all));
  }
  return all;
}

std::map<log::Partition, std::vector<ClosedCase>> Boards::closed_cases() const {
  std::map<log::Partition, std::vector<ClosedCase>> all;
  for (const auto* control : controls_) {
    for (const auto& partition : control->projection().copies().live->partitions()) {
      auto closed = partition->closed_cases();
      if (!closed.empty()) std::ranges::move(closed, std::back_inserter(all[partition->number()]));
    }
  }
  return all;
}

std::map<log::Partition, std::vector<ClosedCase>> Boards::take_newly_closed() {
  std::map<log::Partition, std::vector<ClosedCase>> all;
  for (const auto* control : controls_) {
    for (const auto& partition : control->projection().copies().live->partitions()) {
      auto closed = partition->take_newly_closed();
      if (!closed.empty()) std::ranges::move(closed, std::back_inserter(all[partition->number()]));
    }
  }
  return all;
}

std::map<log::Partition, std::string> Boards::strays() const {
  std::map<log::Partition, std::string> all;
  for (const auto* control : controls_) {
    for (const auto& partition : control->projection().copies().live->partitions()) {
      const auto damage = partition->progress().position.damage;
      if (!damage || !damage->strays) continue;
      all.emplace(
          partition->number(),
          fmt::format("casetrail.events/{} holds events that no reader takes, {} of them, {}. Look at "
                      "who may write there.",
                      partition->number(), damage->strays->count, damage->strays->first));
    }
  }
  return all;
}

std::optional<Boards::Found> Boards::find(std::string_view view) const {
  for (const auto* control : controls_) {
    const auto& views = control->projection().type().views;
    for (std::size_t i = 0; i < views.size(); ++i) {
      if (views[i]->name == view) return Found{control, i};
    }
  }
  return std::nullopt;
}

BoardError Boards::unknown(std::string_view view) const {
  std::vector<std::string_view> names;
  for (const auto* control : controls_) {
    for (const auto* type : control->projection().type().views) names.push_back(type->name);
  }
  return {BoardError::Kind::unknown_view, unknown_view(view, names)};
}

}  // namespace casetrail::projection
