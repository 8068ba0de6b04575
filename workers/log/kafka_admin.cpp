// The administration calls of librdkafka, each as one question and one answer.
#include "workers/log/kafka_admin.h"

#include <fmt/format.h>

#include <array>

namespace casetrail::kafka {

LogResult<Answer> ask(rd_kafka_t* client, rd_kafka_admin_op_t operation, Duration timeout,
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

LogResult<std::vector<GroupPosition>> group_offsets(rd_kafka_t* client, const std::string& group,
                                                    const std::string& topic, Partition partitions,
                                                    Duration timeout) {
  const auto task = fmt::format("name the offsets of the group {}", group);
  const PartitionList asked(rd_kafka_topic_partition_list_new(partitions));
  rd_kafka_topic_partition_list_add_range(asked.get(), topic.c_str(), 0, partitions - 1);
  rd_kafka_ListConsumerGroupOffsets_t* wanted =
      rd_kafka_ListConsumerGroupOffsets_new(group.c_str(), asked.get());
  const auto answer = ask(client, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, timeout, task,
                          [&](const rd_kafka_AdminOptions_t* options, rd_kafka_queue_t* queue) {
                            rd_kafka_ListConsumerGroupOffsets(client, &wanted, 1, options, queue);
                          });
  rd_kafka_ListConsumerGroupOffsets_destroy(wanted);
  if (!answer) return std::unexpected(answer.error());
  std::size_t count = 0;
  const auto* const* groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
      rd_kafka_event_ListConsumerGroupOffsets_result(answer->get()), &count);
  if (count != 1) return std::unexpected(error_of(RD_KAFKA_RESP_ERR_UNKNOWN, task));
  if (const auto* fault = rd_kafka_group_result_error(groups[0]); fault != nullptr)
    return std::unexpected(error_of(rd_kafka_error_code(fault), task, rd_kafka_error_string(fault)));
  const auto* list = rd_kafka_group_result_partitions(groups[0]);
  std::vector<GroupPosition> positions;
  for (int i = 0; i < list->cnt; ++i) {
    const auto& element = list->elems[i];
    if (element.err != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(error_of(element.err, task));
    positions.push_back(
        {element.partition, element.offset < 0 ? std::nullopt : std::optional(element.offset)});
  }
  return positions;
}

}  // namespace casetrail::kafka
