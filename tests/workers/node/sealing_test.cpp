// The engine over a sealed log: what it answers, and what lies on the disk.
#include "workers/node/sealing.h"

#include <gmock/gmock.h>

#include <fstream>
#include <future>
#include <regex>

#include "aggregates/case/privacy/commands.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/policy/policy.h"
#include "events/wire/json_reader.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/node/quarantine_story.h"
#include "workers/api/reason_texts.h"
#include "workers/api/wall_clock.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/embedded/look.h"
#include "workers/node/engine.h"
#include "workers/privacy/group_member.h"
#include "workers/privacy/key_change.h"
#include "workers/privacy/log_copy.h"
#include "workers/privacy/master_key.h"
#include "workers/simulate/append_day.h"

namespace casetrail::node {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// The bytes of all files below `folder`.
std::string bytes_in(const fs::path& folder) {
  std::string bytes;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

std::unique_ptr<log::EventLog> open_log_in(const fs::path& folder) {
  return std::move(must(embedded::open_embedded_log({.folder = folder})).log);
}

/// The values of all records of the log in `folder`, as they lie there.
std::string values_in(const fs::path& folder) {
  const auto log = open_log_in(folder);
  std::string values;
  for (const auto topic : {log::Topic::commands, log::Topic::events, log::Topic::outcomes,
                           log::Topic::deadletters, log::Topic::keys}) {
    const auto reader = log->open_reader(topic);
    for (log::Partition partition = 0; partition < log->partitions(); ++partition)
      must(reader->start(partition, must(log->bounds(topic, partition)).low));
    for (auto records = must(reader->read(1000, Duration{0})); !records.empty();
         records = must(reader->read(1000, Duration{0}))) {
      for (const auto& record : records) values.append(record.message.value).append("\n");
    }
  }
  return values;
}

/// A data folder with an embedded log of two partitions, and an engine over it.
class SealedNode {
 public:
  explicit SealedNode(const fs::path& master_key) : master_key_(master_key) { start(); }

  void start() {
    engine_.reset();
    log_.reset();
    auto plain = std::move(must(embedded::open_embedded_log({.folder = folder_.path() / "log"})).log);
    must(plain->create_topics(2));
    log_ = std::move(
        *sealed(std::move(plain),
                {.master_key = master_key_, .stores = folder_.path(), .memory = default_memory().keys}));
    engine_ =
        Engine::start(*log_, {.data = folder_.path(), .node = "n1", .memory = default_memory()}).value();
    settle();
  }
  void stop() {
    engine_.reset();
    log_.reset();
  }
  void settle() {
    EXPECT_EQ(test::asked_until([&] { return engine_->backlog().waiting_for; },
                                [](const std::string& why) { return why.empty(); }),
              "");
  }
  void play(std::span<const simulate::TimedCommand> day) {
    must(simulate::append_day(*log_, day, [](std::size_t) {}));
    EXPECT_TRUE(
        test::asked_until([&] { return test::has_taken_all(*log_) && test::has_shown_all(get("/v1/lag")); },
                          [](bool shown) { return shown; }));
  }
  [[nodiscard]] std::string get(const std::string& target) {
    const auto answer = std::make_shared<std::promise<http::HttpResponse>>();
    engine_->api().handle({.method = "GET", .target = target},
                          [answer](http::HttpResponse response) { answer->set_value(std::move(response)); });
    return answer->get_future().get().body;
  }
  /// As it stood at `moment`, seen from there: no clock of today counts.
  [[nodiscard]] std::string board_of(std::string_view view, Timestamp moment) {
    const auto board =
        test::asked_until([&] { return engine_->past_board(view, moment, {.now = moment, .limit = 1000}); },
                          [](const auto& past) { return !past || past->is_made; });
    if (!board) return board.error().sentence;
    // How batches fell together decides where markers lie.
    return std::regex_replace(board->json, std::regex(R"("offsets":\{[^}]*\})"), "");
  }
  [[nodiscard]] fs::path log_folder() const { return folder_.path() / "log"; }

 private:
  fs::path master_key_;
  TemporaryFolder folder_;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<Engine> engine_;
};

class SealedEngine : public testing::Test {
 protected:
  [[nodiscard]] fs::path new_key(const std::string& name) const {
    const auto file = folder_.path() / name;
    EXPECT_TRUE(privacy::create_master_key(file));
    return file;
  }
  [[nodiscard]] static std::vector<simulate::TimedCommand> day() {
    const Timestamp until = api::wall_clock() - std::chrono::minutes(1);
    return simulate::simulate_day({.seed = 7, .cases = 40, .until = until}, Policy{});
  }
  /// The names and first contacts of `commands`.
  [[nodiscard]] static std::vector<std::string> texts_of(std::span<const simulate::TimedCommand> commands) {
    std::vector<std::string> texts;
    for (const auto& command : commands) {
      const auto* request = command.envelope.command.get_if<RegisterRequest>();
      if (request == nullptr || request->pii.name.size() < 6) continue;
      texts.push_back(request->pii.name);
      texts.push_back(request->pii.contacts.front());
      if (request->pii.address) texts.push_back(*request->pii.address);
      if (request->pii.service_need) texts.push_back(*request->pii.service_need);
    }
    return texts;
  }

  TemporaryFolder folder_;
};

TEST_F(SealedEngine, ShowsTheSameBoardsByteForByte) {
  SealedNode open("");
  SealedNode sealed(new_key("master.key"));
  auto commands = day();
  // A log in the open refuses to forget.
  std::erase_if(commands, [](const simulate::TimedCommand& timed) {
    return codec_of(timed.envelope.command).type == RequestErasure::kType;
  });
  open.play(commands);
  sealed.play(commands);
  const auto moment = commands.back().envelope.occurred_at;
  for (const auto* view : {"cases", "handoff", "follow_up", "review"}) {
    const auto expected = open.board_of(view, moment);
    EXPECT_THAT(expected, HasSubstr("rows")) << view;
    EXPECT_EQ(sealed.board_of(view, moment), expected) << view;
  }
}

TEST_F(SealedEngine, LeavesNoPersonalTextInItsLog) {
  const auto commands = day();
  const auto texts = texts_of(commands);
  ASSERT_GT(texts.size(), 50U);
  SealedNode open("");
  SealedNode sealed(new_key("master.key"));
  for (auto* node : {&open, &sealed}) {
    node->play(commands);
    node->stop();
  }
  const auto open_values = values_in(open.log_folder());
  const auto values = values_in(sealed.log_folder());
  const auto bytes = bytes_in(sealed.log_folder());
  for (const auto& text : texts) {
    EXPECT_TRUE(open_values.contains(text)) << text;
    EXPECT_FALSE(values.contains(text)) << text;
    EXPECT_FALSE(bytes.contains(text)) << text;
  }
}

TEST_F(SealedEngine, GoesOnAfterARestart) {
  const auto commands = day();
  SealedNode sealed(new_key("master.key"));
  sealed.play(commands);
  sealed.start();
  const auto id = commands.front().envelope.case_id.value;
  const auto before = sealed.get("/v1/cases/" + id + "/history");
  EXPECT_THAT(before, HasSubstr("request.registered"));
  sealed.start();
  EXPECT_EQ(sealed.get("/v1/cases/" + id + "/history"), before);
  EXPECT_EQ(sealed.get("/readyz"), R"({"status":"ready"})");
}

TEST_F(SealedEngine, ALogWithKeysIsNotOpenedWithoutItsMasterKey) {
  SealedNode sealed_node(new_key("master.key"));
  sealed_node.play(day());
  sealed_node.stop();
  const auto opened_with = [&](const fs::path& key) {
    return sealed(open_log_in(sealed_node.log_folder()),
                  {.master_key = key, .stores = folder_.path(), .memory = 1U << 20U});
  };
  EXPECT_EQ(opened_with("").error().of, SealingTrouble::Of::key);
  EXPECT_THAT(opened_with("").error().what, HasSubstr("--master-key FILE"));
  EXPECT_THAT(opened_with(new_key("another.key")).error().what, HasSubstr("Name the other one"));
  EXPECT_THAT(opened_with(folder_.path() / "none").error().what, HasSubstr("cannot be read"));
  EXPECT_TRUE(opened_with(folder_.path() / "master.key"));
}

TEST_F(SealedEngine, AMasterKeyMayComeToALogThatIsThere) {
  auto plain = open_log_in(folder_.path() / "log");
  must(plain->create_topics(2));
  must(log::append_and_wait(*plain, log::Topic::commands, 0,
                            {"c1", R"({"pii":{"text":"open"}})", {}, Timestamp{}}));
  EXPECT_TRUE(sealed(std::move(plain),
                     {.master_key = new_key("master.key"), .stores = folder_.path(), .memory = 1U << 20U}));
}

TEST(HalfMade, ALogSaysSoAlsoWhereItIsOnlyLookedAt) {
  const TemporaryFolder folder;
  for (const auto& [mark, remedy] : {std::pair{privacy::kHalfCopied, "casetrail seal"},
                                     {privacy::kHalfRewrapped, "casetrail keys rewrap"}}) {
    {
      const auto log = open_log_in(folder.path() / "log");
      must(log->create_topics(2));
      must(privacy::mark(*log, mark));
    }
    const auto look = must(embedded::LogLook::open(folder.path() / "log", 1U << 20U));
    EXPECT_THAT(half_made(must(look.groups())), testing::Optional(HasSubstr(remedy)));
    const auto log = open_log_in(folder.path() / "log");
    must(log->forget_group(std::string(mark), log::Topic::events));
  }
  const auto look = must(embedded::LogLook::open(folder.path() / "log", 1U << 20U));
  EXPECT_EQ(half_made(must(look.groups())), std::nullopt);
}

}  // namespace
}  // namespace casetrail::node
