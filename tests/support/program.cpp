// fork, exec and files for what is said.
#include "tests/support/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <thread>

namespace casetrail::test {
namespace {

pid_t spawn(const std::vector<std::string>& arguments, int in, int out, int err) {
  if (in < 0 || out < 0 || err < 0)
    throw std::system_error(errno, std::generic_category(), arguments.front());
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status); }

int wait_for(pid_t pid) {
  int status = 0;
  ::waitpid(pid, &status, 0);
  return code_of(status);
}

void to_begin(std::FILE* file) {
  if (std::fseek(file, 0, SEEK_SET) != 0) throw std::system_error(errno, std::generic_category(), "fseek");
}

std::string all_of(std::FILE* file) {
  std::string text;
  to_begin(file);
  char some[4096];
  while (const auto got = std::fread(some, 1, sizeof some, file)) text.append(some, got);
  return text;
}

}  // namespace

Ran run_program(const std::vector<std::string>& arguments, const std::string& input) {
  auto* in = std::tmpfile();
  auto* out = std::tmpfile();
  auto* err = std::tmpfile();
  std::fwrite(input.data(), 1, input.size(), in);
  to_begin(in);
  const auto pid = spawn(arguments, fileno(in), fileno(out), fileno(err));
  Ran ran;
  ran.exit_code = wait_for(pid);
  ran.out = all_of(out);
  ran.err = all_of(err);
  for (auto* file : {in, out, err}) std::fclose(file);
  return ran;
}

Background::Background(const std::vector<std::string>& arguments, const std::string& log_file) {
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  const int log = ::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  pid_ = spawn(arguments, null, null, log);
  ::close(null);
  ::close(log);
}

Background::~Background() {
  if (pid_ > 0) (void)end(SIGKILL);
}

int Background::end(int signal) {
  ::kill(pid_, signal);
  const auto code = wait_for(pid_);
  pid_ = -1;
  return code;
}

std::optional<int> Background::ended_within(std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  int status = 0;
  while (::waitpid(pid_, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() >= until) return std::nullopt;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  pid_ = -1;
  return code_of(status);
}

}  // namespace casetrail::test
