// The verb `serve`: lock, log, topics, policy, engine, server; and all of it back in the opposite order.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <optional>

#include "aggregates/policy/new_policy.h"
#include "aggregates/policy/policy_changes.h"
#include "events/wire/sha256.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/answer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/policy.h"
#include "workers/cli/session.h"
#include "workers/cli/stop_signals.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/command/policy_book.h"
#include "workers/console/site.h"
#include "workers/evidence/key_file.h"
#include "workers/http/doorkeeper.h"
#include "workers/http/server.h"
#include "workers/identity/gate.h"
#include "workers/identity/token.h"
#include "workers/log/rocks_files.h"
#include "workers/node/data_folder.h"
#include "workers/node/descriptors.h"
#include "workers/node/engine.h"
#include "workers/node/erasure_ledger.h"
#include "workers/node/process_clock.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

/// Why the engine is over, a sentence; nothing when it was told to stop.
std::optional<std::string> wait_for_stop(const sigset_t& signals, node::Engine& engine) {
  while (true) {
    if (const int signal = await_stop_signal(signals); signal > 0) {
      spdlog::info("stopping: signal={}", signal);
      return std::nullopt;
    }
    if (auto why = engine.over()) return why;
  }
}

struct PolicyFile {
  std::string yaml;    ///< empty when no file is named
  std::string faults;  ///< why it may not be published anew; empty when it may
};

/// One that can be read and has faults may be the one that is in force, taken before they were looked for.
std::expected<PolicyFile, std::string> policy_in(const std::filesystem::path& file) {
  if (file.empty()) return PolicyFile{};
  auto yaml = node::read_file(file);
  if (!yaml)
    return std::unexpected("Expected a policy file that can be read, but it is '" + file.string() + "'.");
  PolicyFile policy{*std::move(yaml), {}};
  if (const auto parsed = parse_new_policy(policy.yaml); !parsed)
    policy.faults = faults_text(file, parsed.error());
  if (!parse_policy(policy.yaml)) return std::unexpected(policy.faults);
  return policy;
}

SessionTrouble unavailable(std::string what) { return {kUnavailable, std::move(what)}; }

void tell_warnings(const std::string& yaml) {
  const auto policy = parse_policy(yaml);
  if (!policy) return;
  for (const auto& warning : policy_warnings(*policy, api::wall_clock())) spdlog::warn("policy: {}", warning);
}

std::expected<void, std::string> tell_of_old_rules(log::EventLog& log) {
  command::PolicyBook book(log);
  if (auto read = book.refresh(); !read) return std::unexpected(read.error().what);
  if (book.version() > 0) {
    tell_warnings(book.newest_text());
  } else {
    spdlog::warn(
        "there are no rules: no policy was published, so any department and role may do everything and every "
        "hour "
        "counts; --policy FILE publishes one, such as deploy/policy/example.yaml");
  }
  return {};
}

/// A line each, and how many more there are.
void tell_changes(const std::string& before, const std::string& after) {
  constexpr std::size_t kMostTold = 20;
  if (before.empty() || !parse_policy(before)) return;
  const auto changes = policy_changes(before, after);
  for (std::size_t i = 0; i < std::min(changes.size(), kMostTold); ++i)
    spdlog::info("policy changed: {}", on_one_line(line_of(changes[i])));
  if (changes.size() > kMostTold) spdlog::info("policy changed: {} values more", changes.size() - kMostTold);
}

std::expected<void, SessionTrouble> publish(log::EventLog& log, const PolicyFile& policy,
                                            const std::filesystem::path& file) {
  if (file.empty()) {
    if (auto told = tell_of_old_rules(log); !told) return std::unexpected(unavailable(told.error()));
    return {};
  }
  command::PolicyBook book(log);
  if (auto read = book.refresh(); !read) return std::unexpected(unavailable(read.error().what));
  const auto published = command::publish_policy(log, policy.yaml, api::wall_clock());
  if (!published) {
    const bool refused = published.error().failure == log::LogFailure::refused && !policy.faults.empty();
    return std::unexpected(refused ? SessionTrouble{kUsage, policy.faults}
                                   : unavailable(published.error().what));
  }
  spdlog::info("policy {}: file={}",
               *published == command::Published::new_version ? "published" : "unchanged", file.string());
  tell_warnings(policy.yaml);
  if (*published == command::Published::new_version) tell_changes(book.newest_text(), policy.yaml);
  if (!policy.faults.empty())
    spdlog::warn(
        "policy with faults: file={} was published before and could not be today; "
        "`casetrail policy check` names them",
        file.string());
  return {};
}

/// What clients may call the server by, beside the names of loopback.
std::vector<std::string> names_of(const verb::Serve& options, const http::HttpAddress& listen) {
  auto names = options.allowed_hosts;
  names.push_back(listen.host);
  return names;
}

/// Whom the server asks who they are.
struct Known {
  std::unique_ptr<identity::IdentityBook> book;  ///< nothing: nobody
  std::string
      local_token;  ///< of who may read the data folder, and so everything: for as long as this process lives
};

std::expected<Known, std::string> known_in(const std::filesystem::path& file) {
  if (file.empty()) return Known{};
  auto token = identity::new_token();
  auto book = identity::IdentityBook::open(
      file, {.token_sha256 = sha256_hex(token),
             .identity = {
                 .id = "local",
                 .kind = ActorKind::system,
                 .actor = "casetrail",
                 .department = std::nullopt,
                 .rights = {identity::kEveryRight.begin(), identity::kEveryRight.end()},
                 .speaks_for = {ActorKind::agent, ActorKind::customer, ActorKind::import_, ActorKind::system},
                 .source = std::string(identity::kOwnSource)}});
  if (!book) return std::unexpected(std::move(book).error());
  return Known{*std::move(book), std::move(token)};
}

/// Nothing: no heads are signed. An error is a sentence.
std::expected<std::optional<evidence::HeadSigning>, std::string> signing_of(const verb::HeadOptions& heads) {
  if (heads.key.empty()) return std::nullopt;
  auto key = evidence::read_signing_key(heads.key);
  if (!key) return std::unexpected(std::move(key).error());
  return evidence::HeadSigning{
      .key = *std::move(key), .file = heads.file, .every = std::chrono::seconds(heads.every), .now = [] {
        return node::process_clock().now();
      }};
}

/// What cannot be written later must not be begun.
std::expected<void, SessionTrouble> begin_ledger(const Place& place, const std::filesystem::path& ledger) {
  if (ledger.empty()) return {};
  if (!std::ofstream(ledger, std::ios::app)) {
    return std::unexpected(SessionTrouble{
        kUsage, "The ledger of erasures " + ledger.string() +
                    " cannot be written. Name a file that can with --erasure-ledger, such as one beside the "
                    "backups; the package's service needs ReadWritePaths= for it."});
  }
  if (auto named = node::name_ledger(place.data, ledger); !named)
    return std::unexpected(unavailable(std::move(named).error()));
  return {};
}

std::vector<std::string_view> words_of(const api::Roles& roles) {
  std::vector<std::string_view> words;
  for (const auto role : roles) words.push_back(name_of(role));
  return words;
}

void tell_signing(const std::optional<evidence::HeadSigning>& signing) {
  if (signing) {
    spdlog::info("heads of the chains of events are signed: key={} file={}", signing->key.public_key().id(),
                 signing->file.empty() ? "none" : signing->file.string());
  } else {
    spdlog::info(
        "heads of the chains of events are not signed: `casetrail verify` cannot name a cut end; "
        "--evidence-key FILE signs them, `casetrail evidence key` makes one");
  }
}

/// Nobody was asked who they are.
void tell_denial(const http::HttpRequest& request, const http::HttpResponse& refusal) {
  spdlog::warn("denied: code={} identity=nobody why=\"{}\" method={}", Fields(refusal.body).text("code"),
               on_one_line(problem_sentence(refusal.body)), request.method);
}

std::expected<void, SessionTrouble> serve_in(const Place& place, const verb::Serve& options,
                                             node::DataFolder& folder, node::FolderLock& lock,
                                             const http::HttpAddress& listen, const PolicyFile& policy,
                                             const Known& who, const node::MemoryPlan& memory,
                                             std::optional<evidence::HeadSigning> signing,
                                             const node::PortWraps& wraps) {
  const auto signals = block_stop_signals();
  const auto descriptors = node::raise_descriptor_limit();
  const auto connections = node::connections_under(descriptors);
  if (!connections) {
    return std::unexpected(
        unavailable(fmt::format("The hard limit of file descriptors is {}, but the stores, the log and a few "
                                "clients need {}. Raise it "
                                "(`ulimit -Hn`, LimitNOFILE=) and start again.",
                                descriptors, node::kLeastDescriptors)));
  }
  const http::HttpLimits limits{.connections = *connections};
  if (limits.connections < http::HttpLimits().connections) {
    spdlog::warn(
        "few file descriptors: limit={} connections={}; raise the hard limit (ulimit -Hn, LimitNOFILE)",
        descriptors, limits.connections);
  }
  // Whoever cannot have the address is told before any partition is taken over.
  const auto tls = options.tls.certificate.empty() ? std::nullopt : std::optional(options.tls);
  if (tls) {
    if (auto usable = http::check_tls_files(*tls); !usable)
      return std::unexpected(SessionTrouble{kUsage, std::move(usable).error()});
  }
  const auto server = http::HttpServer::bind(listen, limits, tls);
  if (!server) return std::unexpected(unavailable(server.error()));
  const auto reserve = options.disk_reserve.value_or(node::default_disk_reserve(place.data));
  tell_signing(signing);
  const auto heads = signing ? signing->figures : nullptr;
  auto opened =
      open_log(place, options.accept_loss ? Loss::accept : Loss::refuse, memory, reserve, std::move(signing));
  if (!opened) return std::unexpected(unavailable(std::move(opened).error()));
  auto plain = node::wrapped(*std::move(opened), wraps.log);
  if (auto topics = prepare_topics(*plain, place); !topics)
    return std::unexpected(unavailable(topics.error()));
  if (auto kept = begin_ledger(place, options.erasure_ledger); !kept) return kept;
  auto taken = sealed(std::move(plain), place, place.data, memory);
  if (!taken) return std::unexpected(std::move(taken).error());
  const auto log = *std::move(taken);
  if (auto published = publish(*log, policy, options.policy); !published) return published;
  const auto node = folder.node_id();
  if (!node) return std::unexpected(unavailable(node.error()));
  auto token = options.peers.empty() ? std::expected<std::string, std::string>() : token_of(place);
  if (!token) return std::unexpected(SessionTrouble{kUsage, std::move(token).error()});
  const auto engine = node::Engine::start(
      *log, {.data = place.data,
             .node = *node,
             .memory = memory,
             .disk_reserve = place.brokers.empty() ? reserve : 0,
             .keep_boards = options.keep_boards,
             .wraps = wraps,
             .simulation = options.allow_simulation ? node::Simulation::allowed : node::Simulation::refused,
             .heads = heads,
             .roles = options.roles,
             .peers = {.addresses = options.peers,
                       .trust = place.trust,
                       .local_token = who.local_token,
                       .token_for_others = *std::move(token)},
             .certificate_end = [&server] { return (*server)->certificate_end(); }});
  if (!engine) return std::unexpected(unavailable(engine.error()));
  const http::Doorkeeper door(names_of(options, listen));
  const bool answers = options.roles.contains(api::Role::api);
  const console::Site site(console::files());
  std::optional<identity::Gate> gate;
  if (who.book) gate.emplace(*who.book);
  const auto answer = [&](http::HttpRequest request, const http::Reply& reply) {
    if (auto refusal = door.refusal_of(request)) {
      tell_denial(request, *refusal);
      return (*engine)->api().give({}, *std::move(refusal), reply);
    }
    if (auto page = answers ? site.answer(request) : std::nullopt)
      return (*engine)->api().give({"GET", "/"}, *std::move(page), reply);
    auto denied = gate ? gate->admit(request, api::wall_clock()) : std::nullopt;
    if (denied) return (*engine)->api().give({}, *std::move(denied), reply);
    (*engine)->api().handle(std::move(request), reply);
  };
  if (auto listening = (*server)->listen(answer); !listening)
    return std::unexpected(unavailable(listening.error()));
  const auto address = (*server)->address();
  const auto told = lock.publish({address, who.local_token});
  spdlog::info("serving: address={} data={} log={} node={} partitions={} roles={}", address.url(),
               place.data.string(), place.brokers.empty() ? "embedded" : place.brokers, *node,
               log->partitions(), fmt::join(words_of(options.roles), ","));
  // Without a reserve the log itself may be what has no room: commands would wait for it, and be in doubt.
  if (!place.brokers.empty() || reserve > 0) log::when_disk_is_full(log::FullDisk::waits);
  const auto over = told ? wait_for_stop(signals, **engine) : told.error();
  log::when_disk_is_full(log::FullDisk::ends);
  (*server)->stop();
  if (over) return std::unexpected(unavailable(*over));
  return {};
}

}  // namespace

int serve(const Place& place, const verb::Serve& options, const node::PortWraps& wraps) {
  const auto refuse = [](int code, const std::string& sentence) {
    fmt::print(stderr, "casetrail: {}\n", sentence);
    return code;
  };
  const auto listen = http::parse_address(options.listen);
  if (!listen) return refuse(kUsage, listen.error());
  const auto who = known_in(options.identities);
  if (!who) return refuse(kUsage, who.error());
  if (!http::is_loopback(listen->host)) {
    if (!who->book) {
      return refuse(
          kUsage, "Others reach " + listen->text() +
                      ", and would be asked nothing. Say who may do what with --identities FILE (`casetrail "
                      "identities add` makes one), or listen on this machine alone, such as 127.0.0.1:8377.");
    }
    if (options.tls.certificate.empty()) {
      spdlog::warn(
          "tokens and cases are sent unencrypted: address={}; where the network is not yours alone, name "
          "--tls-certificate and --tls-key, or put a proxy with TLS before it",
          listen->text());
    }
    spdlog::info(
        "called by localhost, {} alone: other machines need --allowed-host NAME, what they call it by",
        fmt::join(names_of(options, *listen), ", "));
  }
  const auto policy = policy_in(options.policy);
  if (!policy) return refuse(kUsage, policy.error());
  auto signing = signing_of(options.heads);
  if (!signing) return refuse(kUsage, signing.error());
  const auto memory = node::plan_memory(options.memory_mib);
  if (!memory) return refuse(kUsage, memory.error());
  node::DataFolder folder(place.data);
  const auto lock = folder.lock(10s);
  if (!lock) return refuse(kUnavailable, lock.error().what);
  if (const auto fits = folder.check_served(kind_of(place)); !fits) return refuse(kUsage, fits.error());
  if (const auto open = node::open_to_others(place.data)) spdlog::warn("{}", *open);
  const auto served =
      serve_in(place, options, folder, **lock, *listen, *policy, *who, *memory, *std::move(signing), wraps);
  if (!served) return refuse(served.error().code, served.error().what);
  spdlog::info("stopped: everything is flushed");
  return kDone;
}

}  // namespace casetrail::cli
