// The port is chosen before the first start, so that clients find the engine again after a kill.
#include "tests/support/engine_process.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "workers/http/client.h"

namespace casetrail {
namespace {

constexpr std::chrono::seconds kPatience{240};  // beside other load
constexpr std::chrono::milliseconds kPause{20};

}  // namespace

std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof any;
  const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&any), size) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&any), &size) == 0;
  ::close(socket);
  if (!bound) throw std::runtime_error("Expected a free port on 127.0.0.1, but there is none.");
  return ntohs(any.sin_port);
}

EngineProcess::EngineProcess(std::filesystem::path data, std::vector<std::string> options)
    : data_(std::move(data)), options_(std::move(options)), address_{"127.0.0.1", free_port()} {}

void EngineProcess::start() {
  launch();
  wait_until_ready();
}

void EngineProcess::launch() { launch({CASETRAIL_BINARY}); }

void EngineProcess::launch(const std::vector<std::string>& program) {
  process_.reset();
  auto arguments = program;
  arguments.insert(arguments.end(), {"serve", "--data", data_.string(), "--listen", address_.text()});
  arguments.insert(arguments.end(), options_.begin(), options_.end());
  const auto log = data_ / "serve.log";
  std::error_code none_yet;
  const auto size = std::filesystem::file_size(log, none_yet);
  said_before_ = none_yet ? 0 : size;
  process_ = std::make_unique<test::Background>(arguments, log.string());
}

std::optional<int> EngineProcess::ended_within(std::chrono::milliseconds patience) {
  const auto code = process_->ended_within(patience);
  if (code) process_.reset();
  return code;
}

void EngineProcess::wait_until_ready() {
  const auto client = http::HttpClient::to(address_);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < deadline) {
    const auto answer = client->ask({"GET", "/readyz", {}, {}}, std::chrono::seconds(2));
    if (answer && answer->status == 200) return;
    if (const auto code = ended_within({})) {
      throw std::runtime_error("Expected the engine to become ready, but it ended with " +
                               std::to_string(*code) + " and said:\n" + said());
    }
    std::this_thread::sleep_for(kPause);
  }
  throw std::runtime_error("Expected the engine to become ready, but it said:\n" + said());
}

std::string EngineProcess::not_ready_for(const std::string& what) const {
  const auto client = http::HttpClient::to(address_);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  std::string last;
  while (std::chrono::steady_clock::now() < deadline && last.find(what) == std::string::npos) {
    if (const auto answer = client->ask({"GET", "/readyz", {}, {}}, std::chrono::seconds(10)))
      last = answer->body;
    std::this_thread::sleep_for(kPause);
  }
  return last;
}

int EngineProcess::stop() {
  const int exit_code = process_->end(SIGTERM);
  process_.reset();
  return exit_code;
}

std::string EngineProcess::said() const {
  std::ifstream file(data_ / "serve.log");
  file.seekg(static_cast<std::streamoff>(said_before_));
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace casetrail
