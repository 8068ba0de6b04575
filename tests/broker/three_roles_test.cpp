// Three processes share the roles: one decides, one holds the views, one answers clients. Each is killed in
// turn, while commands are sent and boards are read through the one that answers.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <simdjson.h>

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <thread>

#include "events/case/case_event.h"
#include "tests/broker/events_topic.h"
#include "tests/broker/steady_load.h"
#include "tests/crash/oracle.h"
#include "tests/support/engine_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_reading.h"
#include "tests/support/must.h"
#include "tests/support/plain_count.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "workers/http/client.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using testing::IsEmpty;

constexpr auto kReadPause = 20ms;
constexpr auto kReadsPatience = 120s;
/// Longer than what a node that is ready may lack, so that no board goes back.
constexpr auto kDown = 6s;

/// Asks for a board again and again, and notes every answer that it should not get: a board that is older
/// than the one before, too.
class Reader {
 public:
  explicit Reader(http::HttpAddress server) : server_(std::move(server)) {
    thread_ = std::jthread([this](const std::stop_token& stop) { read(stop); });
  }

  /// Waits for an answer to a question that was begun from now on; how long that took.
  [[nodiscard]] std::optional<Clock::duration> next_board() const {
    const auto from = Clock::now();
    while (last_board_.load() < from && Clock::now() < from + kReadsPatience)
      std::this_thread::sleep_for(5ms);
    if (last_board_.load() < from) return std::nullopt;
    return Clock::now() - from;
  }
  [[nodiscard]] int told_to_come_again() const { return again_; }
  [[nodiscard]] std::vector<std::string> wrong() {
    thread_ = {};
    return wrong_;
  }

 private:
  void read(const std::stop_token& stop) {
    const auto client = http::HttpClient::to(server_);
    for (; !stop.stop_requested(); std::this_thread::sleep_for(kReadPause)) {
      const auto asked = Clock::now();
      const auto answer = client->ask({"GET", "/v1/boards/cases?limit=0", {}, {}}, 90s);
      if (!answer) continue;  // the node that answers is not there
      if (answer->status != 200) {
        note(*answer);
        continue;
      }
      compare(answer->body);
      last_board_ = asked;
    }
  }
  void compare(const std::string& json) {
    simdjson::dom::parser parser;
    std::int64_t stands = 0;
    for (const auto partition : parser.parse(json)["offsets"].get_object())
      stands += partition.value.get_int64();
    if (stands < newest_) wrong_.push_back(fmt::format("a board at {} after one at {}", stands, newest_));
    newest_ = stands;
  }
  void note(const http::HttpResponse& answer) {
    const bool comes_again = std::ranges::any_of(
        answer.headers, [](const auto& header) { return http::same_letters(header.name, "Retry-After"); });
    if (answer.status == 503 && comes_again)
      ++again_;
    else
      wrong_.push_back(fmt::format("{} {}", answer.status, answer.body));
  }

  http::HttpAddress server_;
  std::atomic<Clock::time_point> last_board_{Clock::time_point::min()};
  std::atomic<int> again_ = 0;
  std::vector<std::string> wrong_;  ///< the thread's, as the next one
  std::int64_t newest_ = 0;         ///< sum of the board's offsets
  std::jthread thread_;
};

std::vector<CaseEvent> all_events(log::EventLog& log) {
  std::vector<CaseEvent> events;
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    const auto bounds = settled_bounds(log, log::Topic::events, partition);
    const auto reader = log.open_reader(log::Topic::events);
    must(reader->start(partition, bounds.low));
    while (reader->position(partition) < bounds.stable) {
      const auto records = must(reader->read(1'000, Duration{20}));
      for (const log::Record& record : records) {
        CaseEvent event;
        static_cast<void>(read_event(record.message, event));
        events.push_back(std::move(event));
      }
    }
  }
  return events;
}

class ThreeRoles : public testing::Test {
 protected:
  ThreeRoles() {
    nodes_.heal();
    const auto created = test::run_program({CASETRAIL_BINARY, "topics", "create", "--brokers",
                                            nodes_.address(), "--data", (folder_.path() / "any").string()});
    if (created.exit_code != 0) throw std::runtime_error(created.err);
    decides_ = engine("decides", {"--roles", "commands"});
    views_ = engine("views", {"--roles", "boards,history"});
    answers_ = engine(
        "answers", {"--roles", "api", "--peers", decides_->address().url() + "," + views_->address().url()});
    for (auto* node : {decides_.get(), views_.get(), answers_.get()}) node->start();
  }

  void kill_and_bring_back(const std::string& who, EngineProcess& node) {
    node.kill();
    std::this_thread::sleep_for(kDown);
    const auto started = Clock::now();
    node.start();
    const auto ready = Clock::now() - started;
    EXPECT_TRUE(load_->goes_on()) << who;
    const auto board = reader_->next_board();
    EXPECT_TRUE(board) << who;
    fmt::print("[ ready    ] {} killed -9: ready {} ms after its start, {} s later\n", who,
               std::chrono::duration_cast<std::chrono::milliseconds>(ready).count(), kDown.count());
  }

  void expect_boards_equal_plain_counts() const {
    kafka::KafkaOptions options;
    options.brokers = nodes_.address();
    const auto log = must(kafka::open_kafka_log(options));
    EXPECT_THAT(contradictions_in_events(*log), IsEmpty());
    const auto events = all_events(*log);
    EXPECT_FALSE(events.empty());
    for (const std::string view : {"follow_up", "handoff", "review"}) {
      const auto answer =
          http::HttpClient::to(answers_->address())->ask({"GET", "/v1/boards/" + view, {}, {}}, 30s);
      ASSERT_TRUE(answer) << answer.error();
      simdjson::dom::parser parser;
      const auto board = parser.parse(answer->body);
      const auto counts = plain_counts(view, events);
      EXPECT_FALSE(counts.empty()) << view;
      for (const auto& [pointer, counted] : counts)
        EXPECT_EQ(std::int64_t(board.at_pointer(pointer)), counted) << view << pointer;
    }
  }

  [[nodiscard]] std::unique_ptr<EngineProcess> engine(const std::string& name,
                                                      std::vector<std::string> options) const {
    std::filesystem::create_directories(folder_.path() / name);
    options.insert(options.end(), {"--brokers", nodes_.address()});
    return std::make_unique<EngineProcess>(folder_.path() / name, std::move(options));
  }

  ThreeNodes nodes_;
  TemporaryFolder folder_;
  std::unique_ptr<EngineProcess> decides_;
  std::unique_ptr<EngineProcess> views_;
  std::unique_ptr<EngineProcess> answers_;
  std::optional<SteadyLoad> load_;
  std::optional<Reader> reader_;
};

TEST_F(ThreeRoles, EachIsKilledInTurnAndNothingIsLostDoubledOrWrong) {
  load_.emplace(std::vector{answers_->address()}, fmt::format("roles{:x}", std::random_device{}()));
  reader_.emplace(answers_->address());
  EXPECT_TRUE(load_->goes_on());
  const auto from = Clock::now();

  views_->kill();
  EXPECT_TRUE(load_->goes_on()) << "Commands need no view.";
  EXPECT_GT(reader_->told_to_come_again(), 0);
  kill_and_bring_back("boards and history", *views_);

  decides_->kill();
  EXPECT_TRUE(reader_->next_board()) << "Boards need no decision.";
  kill_and_bring_back("commands", *decides_);

  kill_and_bring_back("api", *answers_);

  const auto promises = load_->end();
  load_->report_pause("each of three roles killed", from);
  EXPECT_THAT(reader_->wrong(), IsEmpty());
  EXPECT_THAT(crash::broken_promises(answers_->address(), promises), IsEmpty());
  EXPECT_THAT(crash::differences_from_a_rebuild(views_->data(), {"--brokers", nodes_.address()}), IsEmpty());
  expect_boards_equal_plain_counts();
}

}  // namespace
}  // namespace casetrail
