// Families of samples, made when they are asked for: the hot paths only add to counters of their own.
#include "workers/node/metrics_text.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <optional>

#include "events/wire/reflect.h"

namespace casetrail::node {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::map<std::string, std::string>;

/// Samples of one name, added one by one.
class Family {
 public:
  Family(const std::string& name, const std::string& help, MetricType type) {
    family_.name = name;
    family_.help = help;
    family_.type = type;
  }

  Family& add(double value, const Labels& labels = {}) {
    auto& metric = sample(labels);
    family_.type == MetricType::Counter ? metric.counter.value = value : metric.gauge.value = value;
    return *this;
  }
  template <class Optional>
  Family& add_if(const Optional& value, const Labels& labels) {
    if (value) add(static_cast<double>(*value), labels);
    return *this;
  }
  Family& add(const command::DurationHistogram& histogram) {
    auto& into = sample({}).histogram;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < command::DurationHistogram::kBounds.size(); ++i) {
      below += histogram.count(i);
      into.bucket.push_back({below, command::DurationHistogram::kBounds[i]});
    }
    into.sample_count = below + histogram.count(command::DurationHistogram::kBounds.size());
    into.sample_sum = histogram.sum();
    return *this;
  }
  [[nodiscard]] MetricFamily take() { return std::move(family_); }

 private:
  ClientMetric& sample(const Labels& labels) {
    auto& metric = family_.metric.emplace_back();
    for (const auto& [name, value] : labels) metric.label.push_back({name, value});
    return metric;
  }

  MetricFamily family_;
};

/// Nothing where there is no /proc.
std::optional<double> resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  if (!(statm >> pages >> resident)) return std::nullopt;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double count(const command::Counter& counter) { return static_cast<double>(counter.value()); }

Family counter(const std::string& name, const std::string& help) { return {name, help, MetricType::Counter}; }
Family gauge(const std::string& name, const std::string& help) { return {name, help, MetricType::Gauge}; }

void add_commands(const command::CommandMetrics& commands, std::vector<MetricFamily>& into) {
  into.push_back(counter("casetrail_commands_total", "Commands taken, by what became of them")
                     .add(count(commands.accepted), {{"status", "accepted"}})
                     .add(count(commands.rejected), {{"status", "rejected"}})
                     .add(count(commands.repeated), {{"status", "repeated"}})
                     .add(count(commands.dead_letters), {{"status", "dead_letter"}})
                     .take());
  into.push_back(counter("casetrail_command_commits_total", "Transactions, by how they ended")
                     .add(count(commands.commits), {{"outcome", "committed"}})
                     .add(count(commands.aborts), {{"outcome", "aborted"}})
                     .add(count(commands.unknown_commits), {{"outcome", "unknown"}})
                     .add(count(commands.fenced_commits), {{"outcome", "fenced"}})
                     .take());
  const auto one = [&](const std::string& name, const std::string& help, const command::Counter& value) {
    into.push_back(counter(name, help).add(count(value)).take());
  };
  one("casetrail_events_recorded_total", "Events recorded", commands.events);
  one("casetrail_timers_fired_total", "Timers that fired", commands.timers_fired);
  one("casetrail_command_conflicts_total", "Commands refused as stale_version", commands.conflicts);
  one("casetrail_takeovers_total", "Partitions taken over", commands.take_overs);
  one("casetrail_input_positions_behind_total",
      "Take-overs that found the group's offset behind what the outcomes show", commands.positions_behind);
  one("casetrail_partition_times_set_back_total",
      "Partitions whose time was taken from a clock that was ahead, and was set back",
      commands.times_set_back);
  one("casetrail_replayed_events_total", "Events replayed in take-overs", commands.replayed_events);
  one("casetrail_foreign_events_total", "Records of others on the events topic, skipped",
      commands.foreign_events);
  one("casetrail_checkpoints_total", "Snapshots kept", commands.checkpoints);
  into.push_back(Family("casetrail_command_duration_seconds", "From a command's record to its commit",
                        MetricType::Histogram)
                     .add(commands.duration)
                     .take());
  auto fallbacks = counter("casetrail_snapshot_fallbacks_total", "Snapshots that could not be used");
  for (std::size_t i = 0; i < commands.snapshot_fallbacks.size(); ++i) {
    fallbacks.add(count(commands.snapshot_fallbacks[i]),
                  {{"reason", std::string(name_of(static_cast<storage::DiscardReason>(i)))}});
  }
  into.push_back(fallbacks.take());
}

void add_projections(const std::vector<projection::ProjectionMetrics>& projections,
                     std::vector<MetricFamily>& into) {
  auto applied = counter("casetrail_projection_applied_events_total", "Events folded into the views");
  auto foreign = counter("casetrail_projection_foreign_records_total", "Records of others, skipped");
  auto damaged =
      counter("casetrail_projection_damaged_records_total", "Records that cannot be read, skipped");
  auto gaps =
      counter("casetrail_projection_sequence_gaps_total", "Cases closed by an event beyond the next one");
  auto repeats =
      counter("casetrail_projection_repeated_events_total", "Cases closed by an event that was there");
  auto closed =
      gauge("casetrail_projection_closed_cases", "Cases that take no more events, for their log is damaged");
  auto ignored = counter("casetrail_projection_ignored_events_total", "Events of such cases, not applied");
  auto quarantined =
      counter("casetrail_projection_quarantined_records_total", "Records passed over by an operator's word");
  auto strays =
      counter("casetrail_projection_stray_events_total", "Events of cases of other partitions, not applied");
  auto lag = gauge("casetrail_projection_lag_events", "Records that the views do not cover yet");
  auto seconds =
      gauge("casetrail_projection_lag_seconds", "Age of the first record that is not covered; 0: caught up");
  auto end_age = gauge("casetrail_projection_log_end_age_seconds", "Since the log's end was last heard of");
  auto stopped = gauge("casetrail_projection_stopped_partitions", "Partitions that take no more records");
  auto discarded = counter("casetrail_projection_discarded_stores_total",
                           "Stores that did not fit the log or were damaged, and are built anew from it");
  auto rebuild = gauge("casetrail_projection_rebuild_progress_ratio", "How far a rebuild is");
  for (const auto& projection : projections) {
    const Labels labels{{"worker", projection.worker}};
    applied.add(static_cast<double>(projection.applied_events_total), labels);
    foreign.add(static_cast<double>(projection.foreign_records_total), labels);
    damaged.add(static_cast<double>(projection.damaged_records_total), labels);
    gaps.add(static_cast<double>(projection.sequence_gaps_total), labels);
    repeats.add(static_cast<double>(projection.repeated_events_total), labels);
    closed.add(static_cast<double>(projection.closed_cases), labels);
    ignored.add(static_cast<double>(projection.ignored_events_total), labels);
    quarantined.add(static_cast<double>(projection.quarantined_records_total), labels);
    strays.add(static_cast<double>(projection.stray_events_total), labels);
    lag.add_if(projection.lag_events, labels);
    seconds.add_if(projection.lag_seconds, labels);
    end_age.add_if(projection.log_end_age_seconds, labels);
    stopped.add(static_cast<double>(projection.stopped_partitions), labels);
    rebuild.add_if(projection.rebuild_progress_ratio, labels);
    for (std::size_t i = 0; i < projection.discarded_stores.size(); ++i) {
      discarded.add(static_cast<double>(projection.discarded_stores[i]),
                    {{"reason", std::string(name_of(static_cast<storage::DiscardReason>(i)))},
                     {"worker", projection.worker}});
    }
  }
  for (auto* family : {&applied, &foreign, &damaged, &gaps, &repeats, &closed, &ignored, &quarantined,
                       &strays, &lag, &seconds, &end_age, &stopped, &discarded, &rebuild}) {
    into.push_back(family->take());
  }
}

/// Two families, records and seconds; what is not known has no sample. `labels` names the samples of a row.
template <class LabelsOf>
void add_lag(const std::string& records_name, const std::string& seconds_name,
             const std::vector<log::PartitionLag>& rows, const LabelsOf& labels,
             std::vector<MetricFamily>& into) {
  auto records = gauge(records_name, "Records of a partition that are not taken yet");
  auto seconds = gauge(seconds_name, "Age of the first of them, at most; 0: caught up");
  for (const auto& row : rows) {
    for (auto of : labels(row)) {
      of.insert({{"group", row.group}, {"partition", std::to_string(row.partition)}});
      records.add_if(row.lag, of);
      seconds.add_if(row.lag_seconds, of);
    }
  }
  into.push_back(records.take());
  into.push_back(seconds.take());
}

/// A view moves with its worker: each has a sample of its own, so that nobody has to know which.
void add_lags(const EngineFigures& figures, std::vector<MetricFamily>& into) {
  const auto plain = [](const log::PartitionLag&) { return std::vector<Labels>{{}}; };
  add_lag("casetrail_command_lag_records", "casetrail_command_lag_seconds", figures.command_lag, plain, into);
  const auto views = [&](const log::PartitionLag& row) {
    std::vector<Labels> labels;
    for (const auto& projection : figures.projections) {
      if (row.building || projection.worker != row.worker) continue;
      for (const auto& view : projection.views) labels.push_back({{"view", view}});
    }
    return labels;
  };
  add_lag("casetrail_projection_lag_records", "casetrail_projection_partition_lag_seconds", figures.view_lag,
          views, into);
}

void add_memory(const EngineFigures& figures, std::vector<MetricFamily>& into) {
  const auto bytes = [](std::size_t value) { return static_cast<double>(value); };
  const auto& plan = figures.memory;
  into.push_back(gauge("casetrail_memory_ceiling_bytes", "What --memory allows the process")
                     .add(bytes(plan.ceiling))
                     .take());
  into.push_back(gauge("casetrail_memory_share_bytes", "What each part of the process may take of it")
                     .add(bytes(plan.stores), {{"part", "stores"}})
                     .add(bytes(plan.log), {{"part", "log"}})
                     .add(bytes(plan.cases), {{"part", "cases"}})
                     .add(bytes(plan.rows), {{"part", "rows"}})
                     .add(bytes(plan.batches), {{"part", "batches"}})
                     .take());
  into.push_back(gauge("casetrail_store_memory_bytes", "Block cache and write buffers of all stores")
                     .add(bytes(figures.stores.used_bytes()))
                     .take());
}

void add_disk(const DiskFigures& disk, std::vector<MetricFamily>& into) {
  into.push_back(gauge("casetrail_disk_free_bytes", "Free on the file system of the data folder")
                     .add_if(disk.free, {})
                     .take());
  into.push_back(gauge("casetrail_disk_reserve_bytes",
                       "What new commands leave free on it; 0: no log of its own lies there")
                     .add(static_cast<double>(disk.reserve))
                     .take());
}

}  // namespace

std::string metrics_text(const EngineFigures& figures) {
  std::vector<MetricFamily> families;
  add_commands(figures.commands, families);
  auto phases = gauge("casetrail_command_partitions", "Command partitions of this process, by phase");
  std::map<std::string, double> counts;
  for (const auto& partition : figures.partitions) counts[std::string(name_of(partition.phase))] += 1;
  for (const auto& [phase, partitions] : counts) phases.add(partitions, {{"phase", phase}});
  families.push_back(phases.take());
  std::size_t damaged = 0;
  for (const auto& partition : figures.partitions) damaged += partition.damaged.size();
  families.push_back(gauge("casetrail_damaged_cases", "Cases closed because their stream is damaged")
                         .add(static_cast<double>(damaged))
                         .take());
  families.push_back(gauge("casetrail_clock_leap_seconds",
                           "How far the system clock leapt ahead of the time that is worked by; 0: followed")
                         .add(std::chrono::duration<double>(figures.clock_leap).count())
                         .take());
  add_projections(figures.projections, families);
  add_lags(figures, families);
  add_memory(figures, families);
  add_disk(figures.disk, families);
  if (const auto resident = resident_bytes())
    families.push_back(gauge("process_resident_memory_bytes", "Of this process").add(*resident).take());
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace casetrail::node
