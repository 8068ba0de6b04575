// The administration calls of librdkafka, each as one question and one answer.
#include "workers/log/kafka/admin.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace casetrail::kafka {

log::LogResult<Answer> ask(rd_kafka_t* client, rd_kafka_admin_op_t operation, Duration timeout,
                           std::string_view task, const AdminRequest& request) {
  const std::unique_ptr<rd_kafka_AdminOptions_t, Destroy<rd_kafka_AdminOptions_destroy>> options(
      rd_kafka_AdminOptions_new(client, operation));
  std::array<char, 256> reason{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), milliseconds(timeout), reason.data(),
                                            reason.size());
  const Queue queue(rd_kafka_queue_new(client));
  request(options.get(), queue.get());
  Answer answer(rd_kafka_queue_poll(queue.get(), milliseconds(timeout) + 1'000));
  if (!answer) return std::unexpected(error_of(RD_KAFKA_RESP_ERR__TIMED_OUT, task));
  if (const auto code = rd_kafka_event_error(answer.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR)
    return std::unexpected(error_of(code, task, rd_kafka_event_error_string(answer.get())));
  return answer;
}

log::LogResult<std::vector<log::GroupReport>> list_groups(rd_kafka_t* client, std::string_view prefix,
                                                          Duration timeout) {
  const rd_kafka_group_list* answer = nullptr;
  const auto code = rd_kafka_list_groups(client, nullptr, &answer, milliseconds(timeout));
  const std::unique_ptr<const rd_kafka_group_list, Destroy<rd_kafka_group_list_destroy>> list(answer);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(error_of(code, "list the groups"));
  std::vector<log::GroupReport> groups;
  for (const auto& group : std::span(list->groups, static_cast<std::size_t>(list->group_cnt))) {
    const std::string_view name(group.group);
    if (name.starts_with(prefix))
      groups.push_back({std::string(name), static_cast<std::size_t>(group.member_cnt)});
  }
  std::ranges::sort(groups, {}, &log::GroupReport::group);
  return groups;
}

log::LogResult<void> delete_group(rd_kafka_t* client, const std::string& group, Duration timeout) {
  const auto task = fmt::format("forget the group {}", group);
  rd_kafka_DeleteGroup_t* unwanted = rd_kafka_DeleteGroup_new(group.c_str());
  const auto answer = ask(client, RD_KAFKA_ADMIN_OP_DELETEGROUPS, timeout, task,
                          [&](const rd_kafka_AdminOptions_t* options, rd_kafka_queue_t* queue) {
                            rd_kafka_DeleteGroups(client, &unwanted, 1, options, queue);
                          });
  rd_kafka_DeleteGroup_destroy(unwanted);
  if (!answer) return std::unexpected(answer.error());
  std::size_t count = 0;
  const auto* const* groups =
      rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(answer->get()), &count);
  if (count != 1) return std::unexpected(error_of(RD_KAFKA_RESP_ERR_UNKNOWN, task));
  const auto* fault = rd_kafka_group_result_error(groups[0]);
  if (fault == nullptr || rd_kafka_error_code(fault) == RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND) return {};
  return std::unexpected(error_of(rd_kafka_error_code(fault), task, rd_kafka_error_string(fault)));
}

log::LogResult<std::vector<log::GroupPosition>> GroupOffsets::of(const std::string& group,
                                                                 const std::string& topic,
                                                                 log::Partition partitions) {
  const auto task = fmt::format("name the offsets of the group {}", group);
  const PartitionList asked(rd_kafka_topic_partition_list_new(partitions));
  rd_kafka_topic_partition_list_add_range(asked.get(), topic.c_str(), 0, partitions - 1);
  {
    const std::scoped_lock lock(mutex_);
    auto& client = clients_[group];
    if (!client) {
      Settings settings(options_, {});
      settings.require("group.id", group).require("isolation.level", "read_uncommitted");
      auto made = std::move(settings).create(RD_KAFKA_CONSUMER);
      if (!made) return std::unexpected(std::move(made.error()));
      client = std::move(*made);
    }
    const auto code = rd_kafka_committed(client.get(), asked.get(), milliseconds(options_.request_timeout));
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(error_of(code, task));
  }
  std::vector<log::GroupPosition> positions;
  for (int i = 0; i < asked->cnt; ++i) {
    const auto& element = asked->elems[i];
    if (element.err != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(error_of(element.err, task));
    positions.push_back(
        {element.partition, element.offset < 0 ? std::nullopt : std::optional(element.offset)});
  }
  return positions;
}

}  // namespace casetrail::kafka
