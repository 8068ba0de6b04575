// Yesterday's log under today's binary: every version of every event that was ever written, as it was
// written.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "tests/support/events_of.h"
#include "tests/support/message_headers.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/node/quarantine_story.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/partition.h"
#include "workers/node/data_folder.h"

namespace casetrail::node {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// `<type>.v<version>.json`
struct OldEvent {
  std::string type;
  std::string version;
  std::string json;
};

std::vector<OldEvent> old_events() {
  std::vector<OldEvent> all;
  for (const auto& entry : fs::directory_iterator(CASETRAIL_GOLDEN)) {
    const auto stem = entry.path().stem().string();
    const auto at = stem.rfind(".v");
    std::ifstream file(entry.path());
    std::getline(file, all.emplace_back(OldEvent{stem.substr(0, at), stem.substr(at + 2), {}}).json);
  }
  return all;
}

/// As its version wrote it: of the headers that came later it has none.
Message record_of(const OldEvent& old, const CaseId& id, std::int64_t seq) {
  auto event = EventsOf(id.value)
                   .add(decode_event(old.type, std::stoi(old.version), old.json).value())
                   .events()
                   .front();
  event.seq = seq;
  auto message = write_event(event);
  message.value = old.json;
  auto schema = header_of(message, "ce_dataschema");
  schema.replace(schema.rfind('/') + 1, std::string::npos, old.version);
  change_header(message, "ce_dataschema", schema);
  return message;
}

/// Before there was a checksum, the file was its numbers alone.
void write_marks_as_they_were(const fs::path& log) {
  constexpr std::size_t kHead = 8;
  constexpr std::size_t kSum = 4;
  const auto marks = read_file(log / "answered").value();
  std::ofstream(log / "answered", std::ios::binary | std::ios::trunc)
      << marks.substr(kHead, marks.size() - kHead - kSum);
}

class OldLog : public testing::Test {
 protected:
  void SetUp() override {
    auto log = open();
    const auto all = old_events();
    const auto registered = std::ranges::find(all, "request.registered", &OldEvent::type);
    for (const auto& old : all) {
      const auto id = id_of(old);
      append(*log, record_of(*registered, id, 1));
      append(*log, record_of(old, id, 2));
    }
    log.reset();
    write_marks_as_they_were(folder_.path() / "log");
    log_ = open();
    engine_ =
        Engine::start(*log_, {.data = folder_.path(), .node = "n1", .memory = default_memory()}).value();
    EXPECT_EQ(test::asked_until([&] { return engine_->backlog().waiting_for; },
                                [](const std::string& why) { return why.empty(); }),
              "");
  }

  static CaseId id_of(const OldEvent& old) { return {old.type + "-" + old.version}; }

  [[nodiscard]] std::unique_ptr<log::EventLog> open() const {
    auto log = std::move(must(embedded::open_embedded_log({.folder = folder_.path() / "log"})).log);
    EXPECT_TRUE(log->create_topics(2));
    return log;
  }
  static void append(log::EventLog& log, Message message) {
    const auto home = log::partition_of(message.key, log.partitions());
    (void)must(log::append_and_wait(log, log::Topic::events, home, std::move(message)));
  }
  http::HttpResponse ask(http::HttpRequest request) {
    const auto answer = std::make_shared<std::promise<http::HttpResponse>>();
    engine_->api().handle(std::move(request),
                          [answer](http::HttpResponse response) { answer->set_value(std::move(response)); });
    return answer->get_future().get();
  }
  std::string get(const std::string& target) { return ask({.method = "GET", .target = target}).body; }

  TemporaryFolder folder_;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<Engine> engine_;
};

TEST_F(OldLog, OfEveryVersionThatWasEverWrittenIsReadAndItsBoardsAreBuilt) {
  EXPECT_EQ(get("/readyz"), R"({"status":"ready"})") << "Nothing has stopped, and no case is closed.";
  const auto all = old_events();
  ASSERT_GT(all.size(), 70U);
  for (const auto& old : all)
    EXPECT_THAT(get("/v1/cases/" + id_of(old).value + "/history"), HasSubstr(R"("type":")" + old.type + '"'));
  for (const auto* board : {"cases", "handoff", "follow_up", "review"})
    EXPECT_EQ(ask({.method = "GET", .target = std::string("/v1/boards/") + board}).status, 200) << board;
  const auto lag = get("/v1/lag");
  EXPECT_THAT(lag, HasSubstr(R"("problems":[])"));
}

TEST_F(OldLog, TakesCommandsToItsCases) {
  for (const auto& old : old_events()) {
    const auto noted =
        ask({.method = "POST",
             .target = "/v1/commands",
             .headers = {{"content-type", "application/json"}},
             .body = R"({"type":"work.message.receive","actor":"system:shop","case_id":")" +
                     id_of(old).value + R"(","data":{"channel":"email","pii":{"text":"?"}}})"});
    const bool over =
        old.type == "case.closed" || old.type == "request.rejected" || old.type == "request.withdrawn";
    EXPECT_TRUE(noted.status == 201 || over) << old.type << ": " << noted.body;
    EXPECT_TRUE(noted.status < 500 && !noted.body.contains("case_damaged")) << old.type << ": " << noted.body;
  }
}

}  // namespace
}  // namespace casetrail::node
