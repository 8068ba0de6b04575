// The settings of each topic stand in one table; creating and checking both read it.
#include "workers/log/kafka/topics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <span>
#include <thread>

#include "workers/log/kafka/admin.h"

namespace casetrail::kafka {
namespace {

constexpr std::array kTopics{log::Topic::commands,    log::Topic::events, log::Topic::outcomes,
                             log::Topic::deadletters, log::Topic::policy, log::Topic::keys,
                             log::Topic::evidence};
constexpr std::int64_t kForever = -1;
constexpr std::int64_t kDayMs = std::int64_t{24} * 60 * 60 * 1000;
constexpr std::int64_t kTwoWeeksMs = 14 * kDayMs;
constexpr std::string_view kCompactedWithin = "max.compaction.lag.ms";
/// A node that was away for longer would not hear that a key was destroyed.
constexpr std::int64_t kTombstonesMs = 365 * kDayMs;
/// What the writers may send at most; commands are smaller, so that what comes of one fits.
constexpr std::int64_t kCommandBytes = std::int64_t{1} << 20;
constexpr std::int64_t kRecordBytes = std::int64_t{4} << 20;

struct Needs {
  std::int64_t retention_ms;
  std::int64_t max_bytes;
  std::string_view cleanup = "delete";
};

Needs needs_of(log::Topic topic) {
  switch (topic) {
    case log::Topic::commands: return {kTwoWeeksMs, kCommandBytes};
    case log::Topic::outcomes:
    case log::Topic::deadletters: return {kTwoWeeksMs, kRecordBytes};
    case log::Topic::events:
    case log::Topic::evidence:
    case log::Topic::policy: return {kForever, kRecordBytes};
    // Of a case the last record counts; a record without a value destroys its key, which is gone a day later.
    case log::Topic::keys: return {kForever, kRecordBytes, "compact"};
  }
  std::unreachable();
}

/// Three copies where there are three brokers; with them, two must have a record before it counts.
struct Copies {
  int replicas;
  int in_sync;
};
Copies copies_on(int brokers) {
  const int replicas = std::clamp(brokers, 1, 3);
  return {replicas, replicas == 3 ? 2 : 1};
}

using Values = std::map<std::string, std::string, std::less<>>;

Values values_of(log::Topic topic, int in_sync) {
  const auto needs = needs_of(topic);
  Values values{{"cleanup.policy", std::string(needs.cleanup)},
                {"retention.ms", std::to_string(needs.retention_ms)},
                {"retention.bytes", "-1"},
                {"max.message.bytes", std::to_string(needs.max_bytes)},
                {"message.timestamp.type", "CreateTime"},
                {"min.insync.replicas", std::to_string(in_sync)}};
  if (needs.cleanup == "compact") {
    values.emplace(kCompactedWithin, std::to_string(kDayMs));
    values.emplace("delete.retention.ms", std::to_string(kTombstonesMs));
  }
  return values;
}

/// More room, longer memory, more copies and a sooner compaction than needed are no problem.
bool suffices(std::string_view name, std::int64_t needed, std::int64_t actual) {
  if (name == "retention.ms" || name == "retention.bytes")
    return actual == -1 || (needed != -1 && actual >= needed);
  if (name == kCompactedWithin) return actual <= needed;
  return actual >= needed;
}

bool suffices(std::string_view name, const std::string& needed, const std::string& actual) {
  if (name == "cleanup.policy" || name == "message.timestamp.type") return needed == actual;
  return !actual.empty() && suffices(name, std::stoll(needed), std::stoll(actual));
}

std::unique_ptr<rd_kafka_NewTopic_t, Destroy<rd_kafka_NewTopic_destroy>> wish(const std::string& name,
                                                                              int partitions,
                                                                              log::Topic topic,
                                                                              Copies copies) {
  std::array<char, 256> reason{};
  std::unique_ptr<rd_kafka_NewTopic_t, Destroy<rd_kafka_NewTopic_destroy>> made(
      rd_kafka_NewTopic_new(name.c_str(), partitions, copies.replicas, reason.data(), reason.size()));
  for (const auto& [key, value] : values_of(topic, copies.in_sync))
    rd_kafka_NewTopic_set_config(made.get(), key.c_str(), value.c_str());
  return made;
}

log::LogResult<void> create(rd_kafka_t* client, const KafkaOptions& options, log::Topic topic, int partitions,
                            Copies copies) {
  const auto name = topic_name(options, topic);
  const auto task = fmt::format("create the topic {}", name);
  const auto made = wish(name, partitions, topic, copies);
  if (!made) return std::unexpected(error_of(RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, task));
  auto* wanted = made.get();
  const auto answer = ask(client, RD_KAFKA_ADMIN_OP_CREATETOPICS, options.request_timeout, task,
                          [&](const rd_kafka_AdminOptions_t* how, rd_kafka_queue_t* queue) {
                            rd_kafka_CreateTopics(client, &wanted, 1, how, queue);
                          });
  if (!answer) return std::unexpected(answer.error());
  std::size_t count = 0;
  const auto* const* results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(answer->get()), &count);
  const auto code = rd_kafka_topic_result_error(results[0]);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) return {};
  const auto* reason = rd_kafka_topic_result_error_string(results[0]);
  return std::unexpected(error_of(code, task, reason == nullptr ? "" : reason));
}

log::LogResult<Values> configuration(rd_kafka_t* client, const KafkaOptions& options,
                                     const std::string& topic) {
  const auto task = fmt::format("describe the topic {}", topic);
  rd_kafka_ConfigResource_t* resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str());
  const auto answer = ask(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, options.request_timeout, task,
                          [&](const rd_kafka_AdminOptions_t* how, rd_kafka_queue_t* queue) {
                            rd_kafka_DescribeConfigs(client, &resource, 1, how, queue);
                          });
  rd_kafka_ConfigResource_destroy(resource);
  if (!answer) return std::unexpected(answer.error());
  std::size_t count = 0;
  const auto* const* resources =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(answer->get()), &count);
  if (const auto code = rd_kafka_ConfigResource_error(resources[0]); code != RD_KAFKA_RESP_ERR_NO_ERROR)
    return std::unexpected(error_of(code, task));
  const auto* const* entries = rd_kafka_ConfigResource_configs(resources[0], &count);
  Values values;
  for (std::size_t i = 0; i < count; ++i) {
    const auto* value = rd_kafka_ConfigEntry_value(entries[i]);
    values.emplace(rd_kafka_ConfigEntry_name(entries[i]), value == nullptr ? "" : value);
  }
  return values;
}

/// Replicas of the first partition; 0 for a missing topic.
struct Described {
  log::Partition partitions = 0;
  int replicas = 0;
};
Described described(const rd_kafka_metadata_t& cluster, const std::string& name) {
  for (int i = 0; i < cluster.topic_cnt; ++i) {
    const auto& topic = cluster.topics[i];
    if (name == topic.topic && topic.err == RD_KAFKA_RESP_ERR_NO_ERROR && topic.partition_cnt > 0)
      return {topic.partition_cnt, topic.partitions[0].replica_cnt};
  }
  return {};
}

std::vector<std::string> problems_of(const std::string& name, const Values& needed, const Values& actual) {
  std::vector<std::string> problems;
  for (const auto& [key, value] : needed) {
    const auto found = actual.find(key);
    const std::string stands = found == actual.end() ? "" : found->second;
    if (suffices(key, value, stands)) continue;
    problems.push_back(
        fmt::format("{} of {} is '{}' and must be '{}'. Set it with kafka-configs --alter --topic {} "
                    "--add-config {}={}.",
                    key, name, stands, value, name, key, value));
  }
  return problems;
}

/// The sharded topics go together, and keep the number by which their cases were placed; the policy is one
/// order for all.
void compare_partitions(std::vector<log::TopicReport>& reports, const KafkaOptions& options,
                        log::Partition made_with) {
  const auto expected =
      made_with > 0 ? made_with
                    : std::ranges::find(reports, log::Topic::commands, &log::TopicReport::topic)->partitions;
  for (auto& report : reports) {
    const auto needed = report.topic == log::Topic::policy ? 1 : expected;
    if (!report.exists || report.partitions == needed || needed == 0) continue;
    report.problems.push_back(
        fmt::format("{} has {} partitions and must have {}: a case is found by that number, and it is fixed. "
                    "Changing the "
                    "number is a copy into new topics.",
                    topic_name(options, report.topic), report.partitions, needed));
  }
}

/// A new topic shows up in metadata a little after its creation.
log::LogResult<void> wait_for_topics(rd_kafka_t* client, const KafkaOptions& options) {
  const auto deadline = std::chrono::steady_clock::now() + options.request_timeout;
  for (;;) {
    const auto counts = partition_counts(client, options);
    if (!counts) return std::unexpected(counts.error());
    if (std::ranges::find(*counts, 0) == counts->end()) return {};
    if (std::chrono::steady_clock::now() > deadline)
      return std::unexpected(error_of(RD_KAFKA_RESP_ERR__TIMED_OUT, "show the topics that it created"));
    std::this_thread::sleep_for(Duration{20});
  }
}

}  // namespace

log::LogResult<void> delete_topics(rd_kafka_t* client, const KafkaOptions& options) {
  std::vector<rd_kafka_DeleteTopic_t*> wishes;
  wishes.reserve(kTopics.size());
  for (const auto topic : kTopics)
    wishes.push_back(rd_kafka_DeleteTopic_new(topic_name(options, topic).c_str()));
  const auto answer =
      ask(client, RD_KAFKA_ADMIN_OP_DELETETOPICS, options.request_timeout, "delete the topics",
          [&](const rd_kafka_AdminOptions_t* how, rd_kafka_queue_t* queue) {
            rd_kafka_DeleteTopics(client, wishes.data(), wishes.size(), how, queue);
          });
  rd_kafka_DeleteTopic_destroy_array(wishes.data(), wishes.size());
  if (!answer) return std::unexpected(answer.error());
  std::size_t count = 0;
  const auto* const* results =
      rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(answer->get()), &count);
  for (const auto* result : std::span(results, count)) {
    const auto code = rd_kafka_topic_result_error(result);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) continue;
    return std::unexpected(
        error_of(code, fmt::format("delete the topic {}", rd_kafka_topic_result_name(result))));
  }
  return {};
}

log::LogResult<std::vector<log::Partition>> partition_counts(rd_kafka_t* client,
                                                             const KafkaOptions& options) {
  const auto cluster = metadata(client, Scope::all, options.request_timeout);
  if (!cluster) return std::unexpected(cluster.error());
  std::vector<log::Partition> counts;
  counts.reserve(kTopics.size());
  for (const log::Topic topic : kTopics)
    counts.push_back(described(**cluster, topic_name(options, topic)).partitions);
  return counts;
}

log::LogResult<std::vector<log::TopicReport>> check_topics(rd_kafka_t* client, const KafkaOptions& options,
                                                           log::Partition made_with) {
  const auto cluster = metadata(client, Scope::all, options.request_timeout);
  if (!cluster) return std::unexpected(cluster.error());
  std::vector<log::TopicReport> reports;
  for (const log::Topic topic : kTopics) {
    const auto name = topic_name(options, topic);
    const auto stands = described(**cluster, name);
    log::TopicReport report{topic, stands.partitions > 0, stands.partitions, {}};
    if (report.exists) {
      const auto actual = configuration(client, options, name);
      if (!actual) return std::unexpected(actual.error());
      report.problems = problems_of(name, values_of(topic, copies_on(stands.replicas).in_sync), *actual);
    } else {
      report.problems.push_back(
          fmt::format("{} is missing. Create it with `casetrail topics create`.", name));
    }
    reports.push_back(std::move(report));
  }
  compare_partitions(reports, options, made_with);
  return reports;
}

log::LogResult<std::vector<log::Topic>> create_missing_topics(rd_kafka_t* client, const KafkaOptions& options,
                                                              log::Partition partitions) {
  const auto cluster = metadata(client, Scope::all, options.request_timeout);
  if (!cluster) return std::unexpected(cluster.error());
  std::vector<log::Topic> created;
  for (const log::Topic topic : kTopics) {
    if (described(**cluster, topic_name(options, topic)).partitions > 0) continue;
    if (auto made = create(client, options, topic, topic == log::Topic::policy ? 1 : partitions,
                           copies_on((*cluster)->broker_cnt));
        !made) {
      return std::unexpected(made.error());
    }
    created.push_back(topic);
  }
  if (auto shown = wait_for_topics(client, options); !shown) return std::unexpected(shown.error());
  return created;
}

}  // namespace casetrail::kafka
