// Two sessions, one code path above them.
#include "workers/cli/session.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "events/wire/reflect.h"
#include "workers/cli/progress.h"
#include "workers/evidence/chained_log.h"
#include "workers/http/client.h"
#include "workers/http/problem.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/kafka/kafka_log.h"
#include "workers/node/data_folder.h"
#include "workers/node/engine.h"
#include "workers/node/erasure_ledger.h"
#include "workers/node/process_clock.h"
#include "workers/node/sealing.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

constexpr log::Partition kEmbeddedPartitions = 8;
constexpr auto kPatience = 10s;
constexpr auto kPause = 10ms;

class RemoteSession final : public Session {
 public:
  /// `remedy`: what to look at when there is no answer of casetrail; a sentence, or empty.
  explicit RemoteSession(node::Holder holder, std::string remedy = {})
      : address_(std::move(holder.address)),
        token_(std::move(holder.token)),
        trust_(std::move(holder.trust)),
        remedy_(std::move(remedy)) {}

  std::expected<http::HttpResponse, std::string> ask(http::HttpRequest request,
                                                     std::chrono::milliseconds timeout) override {
    if (!token_.empty()) request.headers.push_back({"authorization", "Bearer " + token_});
    auto client = take();
    auto answer = client->ask(request, timeout);
    if (!answer) return std::unexpected(with_remedy(answer.error()));
    if (!is_of_casetrail(*answer)) {
      return http::problem(503, "not_casetrail",
                           with_remedy("Expected casetrail at " + address_.text() +
                                       ", but it is another program that answers there."));
    }
    give_back(std::move(client));
    return answer;
  }

  /// An error is a sentence: nobody listens, and nothing was asked.
  std::expected<void, std::string> connect() {
    auto client = take();
    if (auto connected = client->connect(kPatience); !connected)
      return std::unexpected(with_remedy(connected.error()));
    give_back(std::move(client));
    return {};
  }

 private:
  [[nodiscard]] std::string with_remedy(const std::string& what) const {
    return remedy_.empty() ? what : what + " " + remedy_;
  }

  static bool is_of_casetrail(const http::HttpResponse& answer) {
    return std::ranges::any_of(answer.headers, [](const http::HttpHeader& header) {
      return http::same_letters(header.name, http::kApiHeader);
    });
  }

  void give_back(std::unique_ptr<http::HttpClient> client) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(client));
  }

  std::unique_ptr<http::HttpClient> take() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) return http::HttpClient::to(address_, trust_);
    auto client = std::move(idle_.back());
    idle_.pop_back();
    return client;
  }

  http::HttpAddress address_;
  std::string token_;
  http::Trust trust_;
  std::string remedy_;
  std::mutex mutex_;  ///< guards `idle_`
  std::vector<std::unique_ptr<http::HttpClient>> idle_;
};

class LocalSession final : public Session {
 public:
  LocalSession(std::unique_ptr<node::FolderLock> lock, std::unique_ptr<log::EventLog> log,
               std::unique_ptr<node::Engine> engine)
      : lock_(std::move(lock)), log_(std::move(log)), engine_(std::move(engine)) {}

  std::expected<http::HttpResponse, std::string> ask(http::HttpRequest request,
                                                     std::chrono::milliseconds timeout) override {
    const auto answer = std::make_shared<std::promise<http::HttpResponse>>();
    auto answered = answer->get_future();
    engine_->api().handle(std::move(request),
                          [answer](http::HttpResponse response) { answer->set_value(std::move(response)); });
    if (answered.wait_for(timeout) != std::future_status::ready) {
      return std::unexpected("Expected an answer in time, but none came. Try again.");
    }
    return answered.get();
  }

 private:
  std::unique_ptr<node::FolderLock> lock_;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<node::Engine> engine_;
};

std::expected<std::unique_ptr<Session>, SessionTrouble> open_remote(node::Holder holder,
                                                                    std::string remedy = {}) {
  auto session = std::make_unique<RemoteSession>(std::move(holder), std::move(remedy));
  if (auto connected = session->connect(); !connected)
    return std::unexpected(SessionTrouble{kUnavailable, std::move(connected).error()});
  return session;
}

/// Shows how much is left while it waits; gives up when something has to be done by a person.
std::expected<void, std::string> catch_up(node::Engine& engine) {
  ProgressBar bar("catching up", "records");
  std::int64_t most = 0;
  auto moved = std::chrono::steady_clock::now();
  std::int64_t last = -1;
  while (true) {
    const auto backlog = engine.backlog();
    if (backlog.waiting_for.empty()) return {};
    if (auto why = engine.over()) return std::unexpected(*std::move(why));
    const auto left = backlog.commands + backlog.events;
    most = std::max(most, left);
    bar.show(most - left, most);
    const auto now = std::chrono::steady_clock::now();
    if (left != last) moved = now;
    last = left;
    if (now - moved > 60s) return std::unexpected(backlog.waiting_for);
    std::this_thread::sleep_for(kPause);
  }
}

std::expected<std::unique_ptr<Session>, SessionTrouble> open_local(const Place& place,
                                                                   node::DataFolder& folder,
                                                                   std::unique_ptr<node::FolderLock> lock) {
  const auto unavailable = [](std::string what) {
    return std::unexpected(SessionTrouble{kUnavailable, std::move(what)});
  };
  auto opened = open_log(place, Loss::refuse, node::default_memory(), node::default_disk_reserve(place.data));
  if (!opened) return unavailable(std::move(opened).error());
  if (auto topics = prepare_topics(**opened, place); !topics) return unavailable(std::move(topics).error());
  auto log = sealed(*std::move(opened), place, place.data);
  if (!log) return std::unexpected(std::move(log).error());
  auto node = folder.node_id();
  if (!node) return unavailable(std::move(node).error());
  auto engine = node::Engine::start(**log, {.data = place.data,
                                            .node = *std::move(node),
                                            .memory = node::default_memory(),
                                            .simulation = node::Simulation::allowed});
  if (!engine) return unavailable(std::move(engine).error());
  if (auto caught_up = catch_up(**engine); !caught_up) return unavailable(std::move(caught_up).error());
  return std::make_unique<LocalSession>(std::move(lock), *std::move(log), *std::move(engine));
}

std::expected<kafka::KafkaOptions, std::string> kafka_options(const Place& place) {
  kafka::KafkaOptions options;
  options.brokers = place.brokers;
  options.prefix = place.prefix;
  options.compression = place.compression;
  if (!place.kafka_config.empty()) {
    auto properties = kafka::read_kafka_properties(place.kafka_config);
    if (!properties) return std::unexpected(std::move(properties).error().what);
    options.properties = *std::move(properties);
  }
  return options;
}

}  // namespace

std::expected<std::string, std::string> token_of(const Place& place) {
  if (place.token_file.empty()) return {};
  auto text = node::read_file(place.token_file).value_or("");
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.pop_back();
  const auto is_blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  if (!text.empty() && std::ranges::none_of(text, is_blank)) return text;
  return std::unexpected("Expected " + place.token_file.string() +
                         " to hold one token, as `casetrail identities add` prints it, but it does not.");
}

std::expected<std::unique_ptr<log::EventLog>, std::string> open_log(
    const Place& place, Loss loss, const node::MemoryPlan& memory, std::uint64_t disk_reserve,
    std::optional<evidence::HeadSigning> signing) {
  if (place.brokers.empty()) {
    if (const auto lost = node::DataFolder(place.data).lost_log()) {
      if (loss == Loss::refuse) {
        return std::unexpected(*lost +
                               " Bring it back, or restore the data folder from a backup, or start with "
                               "--accept-loss to begin a "
                               "new one.");
      }
      spdlog::warn("{} A new one is begun.", *lost);
    }
    auto opened = embedded::open_embedded_log({.folder = place.data / "log",
                                               .loss = loss == Loss::accept
                                                           ? embedded::EmbeddedLogOptions::Loss::accept
                                                           : embedded::EmbeddedLogOptions::Loss::refuse,
                                               .memory_bytes = memory.log,
                                               .disk_reserve_bytes = disk_reserve,
                                               .now = [] { return node::process_clock().now(); }});
    if (!opened) return std::unexpected(std::move(opened).error().what);
    for (const auto& lost : opened->lost) {
      spdlog::warn("offsets are lost: topic={} partition={} from={} until={}", name_of(lost.topic),
                   lost.partition, lost.from, lost.until);
    }
    return evidence::chain_log(std::move(opened->log), std::move(signing));
  }
  auto options = kafka_options(place);
  if (!options) return std::unexpected(std::move(options).error());
  options->prefetch_bytes = node::fetch_ahead_of(memory);
  auto log = kafka::open_kafka_log(*std::move(options));
  if (!log) return std::unexpected(std::move(log).error().what);
  return evidence::chain_log(*std::move(log), std::move(signing));
}

std::expected<std::unique_ptr<log::EventLog>, SessionTrouble> sealed(std::unique_ptr<log::EventLog> log,
                                                                     const Place& place,
                                                                     const std::filesystem::path& folder,
                                                                     const node::MemoryPlan& memory) {
  auto made =
      node::sealed(std::move(log), {.master_key = place.master_key, .stores = folder, .memory = memory.keys});
  if (made) {
    const auto ledger = node::ledger_of(place.data);
    return ledger ? node::keep_erasures(*std::move(made), *ledger) : *std::move(made);
  }
  auto& trouble = made.error();
  return std::unexpected(SessionTrouble{trouble.of == node::SealingTrouble::Of::key ? kUsage : kUnavailable,
                                        std::move(trouble.what)});
}

std::expected<kafka::ClusterReport, std::string> cluster_of(const Place& place) {
  const auto options = kafka_options(place);
  if (!options) return std::unexpected(options.error());
  auto told = kafka::look_at_cluster(*options);
  if (!told) return std::unexpected(std::move(told).error().what);
  return *std::move(told);
}

std::expected<void, std::string> delete_topics(const Place& place) {
  const auto options = kafka_options(place);
  if (!options) return std::unexpected(options.error());
  if (auto deleted = kafka::delete_kafka_topics(*options); !deleted)
    return std::unexpected(deleted.error().what);
  return {};
}

std::expected<void, std::string> begin_commands(const Place& place, log::EventLog& log,
                                                const std::vector<log::Offset>& beginnings) {
  const auto options = kafka_options(place);
  if (!options) return std::unexpected(options.error());
  if (auto begun = kafka::begin_kafka_commands(*options, log, beginnings); !begun)
    return std::unexpected(begun.error().what);
  return {};
}

std::expected<void, std::string> prepare_topics(log::EventLog& log, const Place& place) {
  const bool fresh = place.brokers.empty() && log.partitions() == 0;
  const auto reports = fresh ? log.create_topics(kEmbeddedPartitions) : log.check_topics();
  if (!reports) return std::unexpected(reports.error().what);
  std::string problems;
  for (const auto& report : *reports) {
    for (const auto& problem : report.problems) problems.append(problems.empty() ? "" : "\n").append(problem);
  }
  if (problems.empty()) return {};
  return std::unexpected("Expected topics as the engine needs them, but:\n" + problems);
}

std::optional<std::string> no_log_in(const Place& place) {
  if (place.server || kind_of(place) == node::LogKind::kafka || !node::DataFolder(place.data).is_new())
    return std::nullopt;
  const auto folder = place.data.string();
  return "Expected a folder with a log in it, but " + folder +
         " has none. Name that of the log with --data, or " +
         "Kafka with --brokers, or begin one there with `casetrail serve --data " + folder + "`.";
}

std::expected<std::unique_ptr<Session>, SessionTrouble> open_session(const Place& place, NoLog no_log) {
  auto token = token_of(place);
  if (!token) return std::unexpected(SessionTrouble{kUsage, std::move(token).error()});
  if (place.server) {
    return open_remote({*place.server, *std::move(token), place.trust},
                       "Look at --server or CASETRAIL_SERVER, and whether `casetrail "
                       "serve` there listens on an address that "
                       "this machine reaches (--listen, --allowed-host).");
  }
  if (no_log == NoLog::refuse) {
    if (auto none = no_log_in(place)) return std::unexpected(SessionTrouble{kUsage, *std::move(none)});
  }
  node::DataFolder folder(place.data);
  auto lock = folder.lock(kPatience);
  if (!lock) {
    if (lock.error().holder) {
      const auto fits = kind_of(place) == node::LogKind::kafka ? folder.check_served(node::LogKind::kafka)
                                                               : std::expected<void, std::string>();
      if (!fits) return std::unexpected(SessionTrouble{kUsage, fits.error()});
      auto holder = *lock.error().holder;
      if (!token->empty()) holder.token = *std::move(token);
      return open_remote(std::move(holder));
    }
    return std::unexpected(SessionTrouble{kUnavailable, std::move(lock).error().what});
  }
  if (auto fits = folder.check_served(kind_of(place)); !fits)
    return std::unexpected(SessionTrouble{kUsage, std::move(fits).error()});
  return open_local(place, folder, *std::move(lock));
}

}  // namespace casetrail::cli
