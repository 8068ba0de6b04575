// What the embedded log answered survives kill -9 and a disk that takes no more.
#include <fmt/core.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <sstream>
#include <thread>

#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/embedded_log.h"

namespace casetrail::embedded {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

/// The child of this test in its own process (a process with RocksDB open must not be forked).
class Child {
 public:
  explicit Child(std::vector<std::string> arguments) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    ::posix_spawn_file_actions_addclose(&actions, ends[0]);
    std::vector<char*> argv{const_cast<char*>(CASETRAIL_CRASH_CHILD)};
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    if (::posix_spawn(&pid_, CASETRAIL_CRASH_CHILD, &actions, nullptr, argv.data(), environ) != 0) {
      throw std::runtime_error("the child does not start");
    }
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    output_ = ends[0];
  }

  void kill() const { ::kill(pid_, SIGKILL); }

  /// All that it said, once it is gone.
  std::istringstream output() {
    std::string said;
    char buffer[4096];
    for (ssize_t n = 0; (n = ::read(output_, buffer, sizeof(buffer))) > 0;)
      said.append(buffer, static_cast<std::size_t>(n));
    ::close(output_);
    ::waitpid(pid_, &status_, 0);
    return std::istringstream(said);
  }

  /// Once it is gone; nothing when a signal ended it.
  [[nodiscard]] std::optional<int> exit_code() const {
    return WIFEXITED(status_) ? std::optional(WEXITSTATUS(status_)) : std::nullopt;
  }

 private:
  pid_t pid_ = 0;
  int output_ = -1;
  int status_ = 0;
};

struct Answers {
  std::map<log::Offset, std::string> appended;
  std::int64_t committed = -1;
  std::string sentence;  ///< its last
};

Answers answers_in(std::istringstream output) {
  Answers answers;
  for (std::string line; std::getline(output, line) && !output.eof();) {
    std::istringstream words(line);
    std::string verb;
    words >> verb;
    log::Offset number = 0;
    if (verb == "appended") words >> number >> answers.appended[number];
    if (verb == "committed") words >> answers.committed;
    if (verb == "casetrail:") answers.sentence = line;
  }
  return answers;
}

class EmbeddedCrash : public testing::Test {
 protected:
  void reopen() {
    auto opened = open_embedded_log({.folder = folder_.path() / "log"});
    ASSERT_TRUE(opened) << opened.error().what;
    log_ = std::move(opened->log);
    ASSERT_TRUE(log_->create_topics(1));
  }

  /// The first word of each value, by offset.
  std::map<log::Offset, std::string> words(log::Topic topic) {
    auto reader = log_->open_reader(topic);
    EXPECT_TRUE(reader->start(0, 0));
    std::map<log::Offset, std::string> words;
    for (;;) {
      const auto records = reader->read(1000, Duration{0});
      if (!records || records->empty()) return words;
      for (const log::Record& record : *records) {
        words[record.offset] = record.message.value.substr(0, record.message.value.find(' '));
      }
    }
  }

  void expect_everything_of(const Answers& answers) {
    const auto commands = words(log::Topic::commands);
    for (const auto& answered : answers.appended) EXPECT_THAT(commands, Contains(answered));
    const auto events = words(log::Topic::events);
    std::int64_t next = 0;
    for (const auto& [offset, word] : events) EXPECT_EQ(word, std::to_string(next++));
    EXPECT_GT(next, answers.committed);
    EXPECT_EQ(events.size(), words(log::Topic::outcomes).size());
    const auto group =
        log_->group_positions(std::string(log::kCommandGroup), log::Topic::commands).value()[0];
    EXPECT_EQ(group.committed.value_or(0), next);
  }

  TemporaryFolder folder_;
  std::unique_ptr<log::EventLog> log_;
};

TEST_F(EmbeddedCrash, EverythingAnsweredIsThereAfterKills) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  std::mt19937 random(seed);
  std::size_t answered = 0;
  // A sanitizer may take longer to start than the first eight live.
  for (unsigned kills = 0; kills < 8 || (answered == 0 && kills < 80); ++kills) {
    Child child({folder_.path().string()});
    std::this_thread::sleep_for(Duration{50 + random() % (200UL * (1 + kills / 8))});
    child.kill();
    const Answers answers = answers_in(child.output());
    answered += answers.appended.size();
    reopen();
    expect_everything_of(answers);
    log_.reset();
  }
  EXPECT_GT(answered, 0U);
}

TEST_F(EmbeddedCrash, AWriteThatFailsEndsTheProcessWithASentenceAndNothingAnsweredIsLost) {
  Child child({folder_.path().string(), "8000000"});
  const Answers answers = answers_in(child.output());
  EXPECT_EQ(child.exit_code(), 3) << "and no assertion";
  EXPECT_THAT(answers.sentence, AllOf(HasSubstr(folder_.path().string()), HasSubstr("File too large"),
                                      HasSubstr("nothing that was answered is lost")));
  EXPECT_FALSE(answers.appended.empty());
  reopen();
  expect_everything_of(answers);
}

}  // namespace
}  // namespace casetrail::embedded
