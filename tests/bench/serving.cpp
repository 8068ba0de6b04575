// The port is chosen once, so that a client finds the server again after a kill.
#include "tests/bench/serving.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <thread>

#include "events/case/case_event.h"
#include "events/wire/json_reader.h"
#include "workers/api/reason_texts.h"

namespace casetrail::bench {
namespace {

http::HttpAddress free_address() {
  const auto server =
      http::HttpServer::start({"127.0.0.1", 0}, {}, [](const http::HttpRequest&, const http::Reply&) {});
  if (!server) throw std::runtime_error(server.error());
  return (*server)->address();
}

/// Asks `target` until `is_meant` says yes to a 200; false when `patience` ends before.
bool ask_until(const http::HttpAddress& address, const std::string& target, std::chrono::seconds patience,
               const std::function<bool(const std::string& body)>& is_meant) {
  const auto client = http::HttpClient::to(address);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < deadline) {
    const auto answer = client->ask({"GET", target, {}, {}}, std::chrono::seconds(2));
    if (answer && answer->status == 200 && is_meant(answer->body)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

}  // namespace

Serving::Serving(std::filesystem::path data, std::vector<std::string> options)
    : data_(std::move(data)), options_(std::move(options)), address_(free_address()) {}

void Serving::start() {
  std::vector<std::string> arguments{CASETRAIL_BINARY, "serve",    "--data",
                                     data_.string(),   "--listen", address_.text()};
  arguments.insert(arguments.end(), options_.begin(), options_.end());
  process_ = std::make_unique<test::Background>(arguments, data_.string() + ".serve.log");
}

void Serving::wait_until_ready(std::chrono::seconds patience) const {
  if (ask_until(address_, "/readyz", patience, [](const std::string&) { return true; })) return;
  throw std::runtime_error(fmt::format("Expected the engine to become ready in {} s; see {}.serve.log.",
                                       patience.count(), data_.string()));
}

void Serving::wait_until_caught_up(std::chrono::seconds patience) const {
  wait_until_ready(patience);
  const auto has_all = [](const std::string& body) {
    api::LagAnswer answer;
    return !from_json(body, answer) &&
           std::ranges::all_of(answer.partitions, [](const log::PartitionLag& row) { return row.lag == 0; });
  };
  if (ask_until(address_, "/v1/lag", patience, has_all)) return;
  throw std::runtime_error(fmt::format("Expected the views to have every record in {} s; see {}.serve.log.",
                                       patience.count(), data_.string()));
}

void Serving::stop() {
  if (process_->end(SIGTERM) != 0)
    throw std::runtime_error("Expected the engine to stop in order; see " + data_.string() + ".serve.log.");
  process_.reset();
}

double Serving::peak_mib() const {
  std::ifstream status(fmt::format("/proc/{}/status", process_->pid()));
  for (std::string word; status >> word;) {
    double kib = 0;
    if (word == "VmHWM:" && status >> kib) return kib / 1024;
  }
  throw std::runtime_error("Expected the engine to run, but /proc does not know it.");
}

double Serving::cpu_seconds() const {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(process_->pid(), &clock) != 0 || clock_gettime(clock, &time) != 0)
    throw std::runtime_error("Expected the engine to run, but it has no processor clock.");
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

http::HttpRequest post_of(const CommandEnvelope& envelope) {
  const auto message = write_command(envelope);
  const auto& actor = envelope.actor;
  const auto department =
      actor.department_id ? fmt::format(R"("department_id":"{}",)", actor.department_id->value) : "";
  return {"POST",
          "/v1/commands",
          {{"content-type", "application/json"}},
          fmt::format(R"({{"id":"{}","type":"{}","case_id":"{}","actor":"{}",{}"data":{}}})",
                      envelope.id.value, codec_of(envelope.command).type, envelope.case_id.value,
                      to_wire(actor), department, message.value)};
}

}  // namespace casetrail::bench
