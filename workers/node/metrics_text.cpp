// Families of samples, made when they are asked for: the hot paths only add to counters of their own.
#include "workers/node/metrics_text.h"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <map>
#include <string>

#include "events/wire/reflect.h"
#include "workers/node/kafka_metrics.h"
#include "workers/node/metric_family.h"
#include "workers/node/process_metrics.h"
#include "workers/node/store_metrics.h"

namespace casetrail::node {
namespace {

using prometheus::MetricFamily;

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

void add_commands(const command::CommandMetrics& commands, std::vector<MetricFamily>& into) {
  into.push_back(counter("casetrail_commands_total", "Commands taken from the log, by what became of them.")
                     .add(commands.accepted, {{"status", "accepted"}})
                     .add(commands.rejected, {{"status", "rejected"}})
                     .add(commands.repeated, {{"status", "repeated"}})
                     .add(commands.dead_letters, {{"status", "dead_letter"}})
                     .take());
  auto refusals = counter("casetrail_command_rejections_total", "Commands refused, by the refusal's code.");
  for (const auto& [code, times] : commands.refusals.counts())
    refusals.add(static_cast<double>(times), {{"code", code}});
  into.push_back(refusals.take());
  into.push_back(
      counter("casetrail_command_commits_total", "Transactions of the command workers, by how they ended.")
          .add(commands.commits, {{"outcome", "committed"}})
          .add(commands.aborts, {{"outcome", "aborted"}})
          .add(commands.unknown_commits, {{"outcome", "unknown"}})
          .add(commands.fenced_commits, {{"outcome", "fenced"}})
          .take());
  const auto one = [&](const std::string& name, const std::string& help, const log::Counter& value) {
    into.push_back(counter(name, help).add(value).take());
  };
  one("casetrail_events_recorded_total", "Events recorded in the log.", commands.events);
  one("casetrail_timers_fired_total", "Timers of cases that fired.", commands.timers_fired);
  one("casetrail_command_conflicts_total",
      "Commands refused because the case had moved on (code stale_version).", commands.conflicts);
  one("casetrail_takeovers_total", "Command partitions that this process began to take over.",
      commands.take_overs);
  one("casetrail_input_positions_behind_total",
      "Take-overs that found the group's offset behind what the outcomes show, and went on from there.",
      commands.positions_behind);
  one("casetrail_input_positions_ahead_total",
      "Take-overs that found the group's offset beyond commands that nobody has answered, and followed it.",
      commands.positions_ahead);
  one("casetrail_partition_times_set_back_total",
      "Command partitions whose time came from a clock that was ahead, and was set back.",
      commands.times_set_back);
  one("casetrail_replayed_events_total", "Events replayed from the log in take-overs.",
      commands.replayed_events);
  one("casetrail_foreign_events_total", "Records of other writers on the events topic that were skipped.",
      commands.foreign_events);
  one("casetrail_checkpoints_total", "Snapshots of a partition's cases that were kept on the disk.",
      commands.checkpoints);
  into.push_back(histogram("casetrail_command_duration_seconds",
                           "Time from a command's record to its commit. Imported facts, and commands dated "
                           "back by more than a minute when they came into the log, are left out.")
                     .add(commands.duration)
                     .take());
  auto fallbacks = counter("casetrail_snapshot_fallbacks_total",
                           "Snapshots of a partition's cases that were found and could not be used.");
  for (std::size_t i = 0; i < commands.snapshot_fallbacks.size(); ++i) {
    fallbacks.add(commands.snapshot_fallbacks[i],
                  {{"reason", std::string(name_of(static_cast<storage::DiscardReason>(i)))}});
  }
  into.push_back(fallbacks.take());
  into.push_back(gauge("casetrail_policy_version",
                       "Version of the company policy that commands are decided by. 0: the built-in one.")
                     .add(commands.policy_version.load())
                     .take());
}

void add_partitions(const EngineFigures& figures, std::vector<MetricFamily>& into) {
  auto phases = gauge("casetrail_command_partitions", "Command partitions of this process, by phase.");
  auto damaged =
      gauge("casetrail_damaged_cases", "Cases that take no commands because their log is damaged.");
  auto restored =
      gauge("casetrail_command_restore_progress_ratio",
            "Share of the events to replay that a take-over has replayed. 1: the partition runs.");
  auto age = gauge("casetrail_snapshot_age_seconds",
                   "Time since the newest snapshot of a partition's cases was begun, or since the partition "
                   "was taken over where there is none yet.");
  auto unsaved = gauge("casetrail_snapshot_unsaved_events",
                       "Events of a partition that its newest snapshot lacks, and a restart replays.");
  std::map<std::string, double> counts;
  std::size_t damaged_cases = 0;
  for (const auto& partition : figures.partitions) {
    const Labels labels{{"partition", std::to_string(partition.partition)}};
    counts[std::string(name_of(partition.phase))] += 1;
    damaged_cases += partition.damaged->size();
    restored.add_if(partition.restored, labels);
    if (!partition.snapshot) continue;
    age.add(std::max(0.0, seconds(figures.now - partition.snapshot->kept_at)), labels);
    unsaved.add(static_cast<double>(partition.snapshot->unsaved_events), labels);
  }
  for (const auto phase : enum_names(command::PartitionPhase{}))
    phases.add(counts[std::string(phase)], {{"phase", std::string(phase)}});
  damaged.add(static_cast<double>(damaged_cases));
  for (auto* family : {&phases, &damaged, &restored, &age, &unsaved}) into.push_back(family->take());
}

void add_projections(const std::vector<projection::ProjectionMetrics>& projections,
                     std::vector<MetricFamily>& into) {
  auto applied =
      counter("casetrail_projection_applied_events_total", "Events that the views of a worker have taken.");
  auto foreign = counter("casetrail_projection_foreign_records_total",
                         "Records of other writers that the views skipped.");
  auto damaged = counter("casetrail_projection_damaged_records_total",
                         "Records that cannot be read and that the views skipped.");
  auto gaps = counter("casetrail_projection_sequence_gaps_total",
                      "Cases that the views closed because an event was missing before the one that came.");
  auto repeats = counter("casetrail_projection_repeated_events_total",
                         "Cases that the views closed because an event came a second time.");
  auto closed = gauge("casetrail_projection_closed_cases",
                      "Cases that the views have closed because their log is damaged.");
  auto ignored = counter("casetrail_projection_ignored_events_total",
                         "Events of such closed cases that the views did not take.");
  auto quarantined = counter("casetrail_projection_quarantined_records_total",
                             "Records that the views skipped because an operator quarantined them.");
  auto strays = counter("casetrail_projection_stray_events_total",
                        "Events that belong to no case of their partition and that the views did not take.");
  auto lag = gauge("casetrail_projection_lag_events",
                   "Records of all partitions that the views of a worker do not cover yet.");
  auto seconds = gauge("casetrail_projection_lag_seconds",
                       "Age of the oldest record that the views of a worker do not cover. 0: caught up.");
  auto end_age = gauge("casetrail_projection_log_end_age_seconds",
                       "Time since the log last said where it ends, at most. The lag is as old as that.");
  auto stopped = gauge("casetrail_projection_stopped_partitions",
                       "Partitions whose records the views take no more until somebody helps.");
  auto kept = gauge("casetrail_projection_kept_copies",
                    "Copies of the stores of views that boards of the past "
                    "begin with, of all partitions.");
  auto kept_bytes = gauge("casetrail_projection_kept_copies_bytes",
                          "Bytes of such copies on the disk that the live stores do not share.");
  auto failed = counter("casetrail_projection_failed_copies_total",
                        "Such copies that could not be made. Boards of the past take longer.");
  auto discarded = counter("casetrail_projection_discarded_stores_total",
                           "Stores of views that were not usable and are rebuilt from the log.");
  auto rebuild = gauge("casetrail_projection_rebuild_progress_ratio",
                       "Share of the events that a running rebuild has taken. No sample: none runs.");
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
    kept.add(static_cast<double>(projection.kept_copies), labels);
    kept_bytes.add(static_cast<double>(projection.kept_copies_bytes), labels);
    failed.add(static_cast<double>(projection.failed_copies_total), labels);
    for (std::size_t i = 0; i < projection.discarded_stores.size(); ++i) {
      discarded.add(static_cast<double>(projection.discarded_stores[i]),
                    {{"reason", std::string(name_of(static_cast<storage::DiscardReason>(i)))},
                     {"worker", projection.worker}});
    }
  }
  for (auto* family :
       {&applied, &foreign, &damaged, &gaps, &repeats, &closed, &ignored, &quarantined, &strays, &lag,
        &seconds, &end_age, &stopped, &kept, &kept_bytes, &failed, &discarded, &rebuild}) {
    into.push_back(family->take());
  }
}

/// What the families of a lag are called, and whose it is.
struct LagNames {
  std::string records;
  std::string seconds;
  std::string offset;
  std::string whose;
};

/// What is not known has no sample. `labels` names the samples of a row.
template <class LabelsOf>
void add_lag(const LagNames& names, const std::vector<log::PartitionLag>& rows, const LabelsOf& labels,
             std::vector<MetricFamily>& into) {
  auto records = gauge(names.records, "Records of a partition that " + names.whose + " not taken yet.");
  auto seconds = gauge(names.seconds, "Age of the oldest record of a partition that " + names.whose +
                                          " not taken, at most. 0: caught up.");
  auto offset = gauge(names.offset, "Offset up to which " + names.whose +
                                        " taken a partition. While there is a lag it has to move.");
  for (const auto& row : rows) {
    for (auto of : labels(row)) {
      of.insert({{"group", row.group}, {"partition", std::to_string(row.partition)}});
      records.add_if(row.lag, of);
      seconds.add_if(row.lag_seconds, of);
      offset.add_if(row.end_age_seconds ? std::optional(row.current_offset) : std::nullopt, of);
    }
  }
  for (auto* family : {&records, &seconds, &offset}) into.push_back(family->take());
}

/// A view moves with its worker: each has a sample of its own, so that nobody has to know which.
void add_lags(const EngineFigures& figures, std::vector<MetricFamily>& into) {
  const auto plain = [](const log::PartitionLag&) { return std::vector<Labels>{{}}; };
  add_lag({"casetrail_command_lag_records", "casetrail_command_lag_seconds", "casetrail_command_offset",
           "the command workers have"},
          figures.command_lag, plain, into);
  const auto views = [&](const log::PartitionLag& row) {
    std::vector<Labels> labels;
    for (const auto& projection : figures.projections) {
      if (row.building || projection.worker != row.worker) continue;
      for (const auto& view : projection.views) labels.push_back({{"view", view}});
    }
    return labels;
  };
  add_lag({"casetrail_projection_lag_records", "casetrail_projection_partition_lag_seconds",
           "casetrail_projection_offset", "a view has"},
          figures.view_lag, views, into);
}

/// What a view tells under names of its own.
void add_samples(const std::vector<kit::Sample>& samples, std::vector<MetricFamily>& into) {
  for (auto sample = samples.begin(); sample != samples.end();) {
    const std::string name(sample->name);
    const std::string help(sample->help);
    auto family = name.ends_with("_total") ? counter(name, help) : gauge(name, help);
    for (; sample != samples.end() && sample->name == name; ++sample)
      family.add(static_cast<double>(sample->value), {sample->labels.begin(), sample->labels.end()});
    into.push_back(family.take());
  }
}

void add_http(const api::Traffic& traffic, std::vector<MetricFamily>& into) {
  auto requests = counter("casetrail_http_requests_total",
                          "HTTP requests answered, by the pattern of the route and the status. Route /: the "
                          "console; other: no such path, or not let in.");
  auto duration = histogram("casetrail_http_request_duration_seconds",
                            "Time from the end of an HTTP request to its answer. A command waits for its "
                            "outcome, a read with a token for its view.");
  traffic.each([&](const http::RouteName& route, const api::Traffic::Figures& figures) {
    Labels labels{{"method", route.method}, {"route", route.path}};
    duration.add(figures.duration, labels);
    for (const auto& [status, answers] : figures.answers) {
      labels["status"] = std::to_string(status);
      requests.add(static_cast<double>(answers), labels);
    }
  });
  into.push_back(requests.take());
  into.push_back(duration.take());
}

void add_letters(const EngineFigures& figures, std::vector<MetricFamily>& into) {
  auto open = gauge("casetrail_dead_letters_open",
                    "Records that could not be commands and that nobody has retried or dropped yet.");
  auto oldest = gauge("casetrail_dead_letters_oldest_age_seconds",
                      "Time since the oldest of them was sent. 0: there is none.");
  if (const auto& letters = figures.letters) {
    open.add(static_cast<double>(letters->open));
    oldest.add(letters->oldest_open ? std::max(0.0, seconds(figures.now - *letters->oldest_open)) : 0.0);
  }
  for (auto* family : {&open, &oldest}) into.push_back(family->take());
}

void add_memory(const EngineFigures& figures, std::vector<MetricFamily>& into) {
  const auto bytes = [](std::size_t value) { return static_cast<double>(value); };
  const auto& plan = figures.memory;
  into.push_back(
      gauge("casetrail_memory_ceiling_bytes", "Memory that the option --memory allows the process.")
          .add(bytes(plan.ceiling))
          .take());
  into.push_back(gauge("casetrail_memory_share_bytes", "Memory that each part of the process may take of it.")
                     .add(bytes(plan.stores), {{"part", "stores"}})
                     .add(bytes(plan.log), {{"part", "log"}})
                     .add(bytes(plan.cases), {{"part", "cases"}})
                     .add(bytes(plan.rows), {{"part", "rows"}})
                     .add(bytes(plan.batches), {{"part", "batches"}})
                     .take());
}

void add_disk(const DiskFigures& disk, std::vector<MetricFamily>& into) {
  into.push_back(gauge("casetrail_disk_free_bytes", "Bytes free on the file system of the data folder.")
                     .add_if(disk.free)
                     .take());
  into.push_back(gauge("casetrail_disk_reserve_bytes",
                       "Bytes that new commands leave free on it. 0: the log does not lie there.")
                     .add(static_cast<double>(disk.reserve))
                     .take());
}

void add_heads(const evidence::HeadFigures* heads, std::vector<MetricFamily>& into) {
  if (heads == nullptr) return;
  into.push_back(
      counter("casetrail_evidence_heads_total", "Heads of the chains of events that were signed and written.")
          .add(heads->written)
          .take());
  into.push_back(
      gauge("casetrail_evidence_signing", "1 while signed heads are written, 0 while they cannot be.")
          .add(heads->failing ? 0 : 1)
          .take());
}

void add_certificate(const std::optional<Timestamp>& end, std::vector<MetricFamily>& into) {
  if (!end) return;
  into.push_back(gauge("casetrail_tls_certificate_expiry_timestamp_seconds",
                       "When the certificate of this server ends, in seconds of Unix time.")
                     .add(static_cast<double>(epoch_ms(*end)) / 1000)
                     .take());
}

std::vector<MetricFamily> families_of(const EngineFigures& figures) {
  std::vector<MetricFamily> families;
  families.push_back(gauge("casetrail_build_info", "Which casetrail this is. The value is always 1.")
                         .add(1, {{"version", CASETRAIL_VERSION}, {"compiler", __VERSION__}})
                         .take());
  if (figures.commands != nullptr) {
    add_commands(*figures.commands, families);
    add_partitions(figures, families);
  }
  families.push_back(gauge("casetrail_clock_leap_seconds",
                           "How far the system clock leapt ahead of the time that the engine goes by.")
                         .add(seconds(figures.clock_leap))
                         .take());
  add_projections(figures.projections, families);
  add_lags(figures, families);
  add_samples(figures.view_samples, families);
  add_http(figures.traffic, families);
  add_letters(figures, families);
  add_memory(figures, families);
  add_stores(figures.stores, families);
  add_kafka(families);
  add_heads(figures.heads, families);
  add_certificate(figures.certificate_end, families);
  add_disk(figures.disk, families);
  add_process(families);
  return families;
}

}  // namespace

std::string metrics_text(const EngineFigures& figures) {
  return prometheus::TextSerializer().Serialize(families_of(figures));
}

api::MetricsAnswer metrics_answer(const EngineFigures& figures) {
  api::MetricsAnswer answer;
  for (const auto& family : families_of(figures)) {
    if (family.type == prometheus::MetricType::Histogram) continue;
    const bool counts = family.type == prometheus::MetricType::Counter;
    api::Metric metric{
        family.name, family.help, counts ? api::MetricKind::counter : api::MetricKind::gauge, {}};
    for (const auto& sample : family.metric) {
      api::MetricSample taken{{}, counts ? sample.counter.value : sample.gauge.value};
      for (const auto& label : sample.label) taken.labels[label.name] = label.value;
      metric.samples.push_back(std::move(taken));
    }
    answer.metrics.push_back(std::move(metric));
  }
  return answer;
}

}  // namespace casetrail::node
