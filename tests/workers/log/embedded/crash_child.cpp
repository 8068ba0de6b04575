// A process that appends to the embedded log until it is killed or its disk takes no more, and tells what it
// was answered.
#include <fmt/core.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <latch>
#include <random>
#include <string>

#include "workers/log/embedded/embedded_log.h"

namespace casetrail::embedded {
namespace {

constexpr int kAtOnce = 8;

void tell(const std::string& line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::_Exit(3);
}

Timestamp now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

std::string noise(std::size_t length) {
  std::minstd_rand random;
  std::string bytes(length, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

// Now and then large enough to reach the file in pieces, and never smaller when it is packed.
std::string value_of(int i) {
  static const std::string bytes = noise(3'000'000);
  return std::to_string(i) + ' ' +
         bytes.substr(0, i % 50 == 0 ? bytes.size() : static_cast<std::size_t>(i % 997));
}

bool append_some(log::EventLog& log, int from) {
  std::latch answered(kAtOnce);
  bool all = true;
  for (int i = from; i < from + kAtOnce; ++i) {
    log.append(log::Topic::commands, 0, {"case", value_of(i), {}, now()},
               [&, i](log::LogResult<log::Offset> at) {
                 if (at) tell(fmt::format("appended {} {}\n", *at, i));
                 all = all && at;
                 answered.count_down();
               });
  }
  answered.wait();
  return all;
}

int run(log::EventLog& log) {
  auto member = std::move(*log.join(std::string(log::kCommandGroup), log::Topic::commands, "child"));
  auto writer = log.open_writer(0);
  if (!writer->fence()) return 2;
  auto next = member->committed(0).value().value_or(0);
  for (int i = 0;; i += kAtOnce, ++next) {
    if (!append_some(log, i)) return 2;
    const Message fact{"case", std::to_string(next), {}, now()};
    const log::Outgoing batch[] = {{log::Topic::events, fact}, {log::Topic::outcomes, fact}};
    if (writer->commit(batch, next + 1, member->generation()).outcome != log::CommitOutcome::committed)
      return 2;
    tell(fmt::format("committed {}\n", next));
  }
}

}  // namespace
}  // namespace casetrail::embedded

// FOLDER [BYTES]: no file may grow beyond BYTES: a write beyond fails.
int main(int argc, char** argv) {
  if (argc > 2) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{std::strtoul(argv[2], nullptr, 10), RLIM_INFINITY};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
  }
  auto opened = casetrail::embedded::open_embedded_log({.folder = std::filesystem::path(argv[1]) / "log"});
  if (!opened || !opened->log->create_topics(1)) return 2;
  return casetrail::embedded::run(*opened->log);
}
