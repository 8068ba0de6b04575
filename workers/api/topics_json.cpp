// One object a topic.
#include "workers/api/topics_json.h"

#include <cereal/cereal.hpp>

#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"

namespace casetrail::api {
namespace {

struct TopicRow {
  log::Topic topic{};
  bool exists = false;
  log::Partition partitions = 0;
  std::vector<std::string> problems;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(topic), CEREAL_NVP(exists), CEREAL_NVP(partitions), CEREAL_NVP(problems));
  }
};

struct TopicRows {
  std::vector<TopicRow> topics;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(topics));
  }
};

}  // namespace

std::string topics_schema() { return PublishedSchema::of<TopicRows>(); }

http::HttpResponse json_of(const std::vector<log::TopicReport>& reports) {
  TopicRows rows;
  for (const auto& report : reports)
    rows.topics.push_back({report.topic, report.exists, report.partitions, report.problems});
  return {.status = 200, .body = to_json(rows)};
}

}  // namespace casetrail::api
