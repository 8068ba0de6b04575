// What lies in the log has no header of which the published document says nothing.
#include <gmock/gmock.h>
#include <simdjson.h>

#include <map>
#include <memory>
#include <set>
#include <string>

#include "aggregates/policy/policy.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/node/quarantine_story.h"
#include "workers/api/contract.h"
#include "workers/api/wall_clock.h"
#include "workers/evidence/chained_log.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/node/engine.h"
#include "workers/simulate/append_day.h"

namespace casetrail::node {
namespace {

/// The headers of each type of record.
using Headers = std::map<std::string, std::set<std::string>>;

Headers headers_in(log::EventLog& log, log::Topic topic) {
  Headers all;
  const auto reader = log.open_reader(topic);
  for (log::Partition partition = 0; partition < log.partitions(); ++partition)
    must(reader->start(partition, 0));
  for (auto records = must(reader->read(1000, Duration{0})); !records.empty();
       records = must(reader->read(1000, Duration{0}))) {
    for (const auto& record : records) {
      auto& headers = all[std::string(record.message.header("ce_type").value_or(""))];
      for (const auto& header : record.message.headers) headers.emplace(header.name);
    }
  }
  return all;
}

Headers published_headers() {
  simdjson::dom::parser parser;
  const simdjson::dom::object messages =
      parser.parse(api::schema_document("asyncapi").value()).at_pointer("/components/messages").get_object();
  Headers all;
  for (const auto& [key, message] : messages) {
    const auto name = message["name"].get_string();
    const auto headers = message.at_pointer("/headers/properties").get_object();
    if (name.error() || headers.error()) continue;
    for (const auto& [header, schema] : headers.value_unsafe())
      all[std::string(name.value_unsafe())].emplace(header);
  }
  return all;
}

TEST(WrittenHeaders, AreAllNamedByTheAsyncApiDocument) {
  const TemporaryFolder folder;
  const std::shared_ptr<log::EventLog> plain =
      must(embedded::open_embedded_log({.folder = folder.path() / "log"})).log;
  const auto log = evidence::chain_log(plain);
  must(log->create_topics(2));
  const auto day = simulate::simulate_day({.seed = 7, .cases = 12, .until = api::wall_clock()}, Policy{});
  must(simulate::append_day(*log, day, [](std::size_t) {}));
  auto engine = Engine::start(*log, {.data = folder.path(), .node = "n1", .memory = default_memory()});
  ASSERT_TRUE(engine) << engine.error();
  EXPECT_TRUE(test::asked_until(
      [&] {
        std::size_t answers = 0;
        for (log::Partition partition : {0, 1})
          answers += static_cast<std::size_t>(must(log->bounds(log::Topic::outcomes, partition)).high);
        return answers;
      },
      [&](std::size_t answers) { return answers >= day.size(); }));
  engine->reset();
  const auto published = published_headers();
  for (const auto topic : {log::Topic::commands, log::Topic::events, log::Topic::outcomes}) {
    const auto written = headers_in(*plain, topic);
    EXPECT_FALSE(written.empty());
    for (const auto& [type, headers] : written) {
      ASSERT_TRUE(published.contains(type)) << type;
      for (const auto& header : headers)
        EXPECT_TRUE(published.at(type).contains(header)) << type << " " << header;
    }
  }
  EXPECT_TRUE(
      headers_in(*plain, log::Topic::events).at("casetrail.request.registered").contains("casetrail-link"));
}

}  // namespace
}  // namespace casetrail::node
