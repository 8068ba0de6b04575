// A thread a peer looks at it, and a thread a question waits for its answer: few and idle, for people ask.
#include "workers/node/peers.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <optional>
#include <utility>

#include "events/wire/json_reader.h"
#include "events/wire/reflect.h"
#include "workers/http/client.h"
#include "workers/http/problem.h"
#include "workers/http/stream.h"
#include "workers/identity/credentials.h"

namespace casetrail::node {
namespace {

using namespace std::chrono_literals;
using PeerClock = std::chrono::steady_clock;

constexpr auto kPeerPause = 1s;     ///< between two looks at a peer
constexpr auto kPeerPatience = 3s;  ///< for a connection, and for what it says of itself
constexpr auto kAnswerPatience =
    60s;  ///< for an answer, of however many peers; and for the next bytes of one
/// As many as the server has answers that go on, and as many that end.
constexpr std::size_t kMostAsking = 512;
constexpr std::size_t kMostWaiting = 256 << 10;  ///< bytes of a stream that its client has not taken
constexpr auto kSlowPause = 5ms;
constexpr std::size_t kMostIdle = 8;  ///< connections that are kept to a peer

constexpr std::string_view kApiVersion = "v1";

/// Of a request, what its answer depends on, and who asks.
constexpr auto kHandedOn =
    std::to_array<std::string_view>({"accept", "accept-language", "authorization", "cookie", "last-event-id",
                                     "traceparent", "x-casetrail-token"});
/// Of an answer: the server says these of its own.
constexpr auto kOwnHeaders =
    std::to_array<std::string_view>({"connection", "content-length", "content-type", "date", "keep-alive",
                                     "server", "transfer-encoding", "x-casetrail-api"});

template <class Names>
bool is_among(const Names& names, std::string_view name) {
  return std::ranges::any_of(names, [&](std::string_view one) { return http::same_letters(one, name); });
}

http::HttpResponse later(std::string_view code, const std::string& sentence) {
  auto refusal = http::problem(503, code, sentence);
  refusal.headers.push_back({"Retry-After", "1"});
  return refusal;
}

struct CodedProblem {
  std::string code;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(code));
  }
};

/// Of a problem; empty where there is none.
std::string code_of(const http::HttpResponse& answer) {
  CodedProblem problem;
  return from_json(answer.body, problem) ? "" : problem.code;
}

std::string_view work_of(api::Role role) {
  switch (role) {
    case api::Role::commands: return "decides commands";
    case api::Role::boards: return "holds the boards";
    case api::Role::history: return "holds the histories";
    case api::Role::api: return "answers clients";
  }
  return "";
}

Standing in_trouble(std::string why) { return {{}, std::move(why)}; }

}  // namespace

Standing standing_of(const std::expected<http::HttpResponse, std::string>& answer, const std::string& node,
                     const std::string& log) {
  if (!answer) return in_trouble(answer.error());
  const auto version = std::ranges::find_if(
      answer->headers, [](const auto& header) { return http::same_letters(header.name, http::kApiHeader); });
  if (version == answer->headers.end())
    return in_trouble("It is another program that answers there. Correct --peers.");
  if (version->value != kApiVersion) {
    return in_trouble("It speaks the API " + version->value + ", and this node " + std::string(kApiVersion) +
                      ". Upgrade the older one.");
  }
  api::NodeAnswer said;
  if (answer->status == 404) return in_trouble("It is too old to say what it holds. Upgrade it.");
  if (answer->status != 200)
    return in_trouble("It answers " + std::to_string(answer->status) + " " + code_of(*answer) + ".");
  if (from_json(answer->body, said))
    return in_trouble("It says what it holds in other words than this node. Upgrade the older one.");
  if (said.node == node) return {};
  if (said.log != log) {
    return in_trouble("It serves another log (" + said.log + ") than this node (" + log +
                      "). Correct --peers, or --brokers and --topic-prefix.");
  }
  return {{said.roles.begin(), said.roles.end()}, said.missing};
}

struct Peers::Peer {
  explicit Peer(http::HttpAddress of) : address(std::move(of)) {}

  [[nodiscard]] Standing standing() const {
    const std::scoped_lock lock(mutex);
    return last;
  }
  void take(Standing standing) {
    const std::scoped_lock lock(mutex);
    if (standing.trouble != last.trouble) {
      if (standing.trouble.empty())
        spdlog::info("peer ready: url={}", address.url());
      else
        spdlog::warn("peer not asked: url={} why=\"{}\"", address.url(), standing.trouble);
    }
    last = std::move(standing);
  }
  /// A connection that is kept, or nothing.
  [[nodiscard]] std::unique_ptr<http::HttpClient> take_idle() {
    const std::scoped_lock lock(mutex);
    if (idle.empty()) return nullptr;
    auto client = std::move(idle.back());
    idle.pop_back();
    return client;
  }
  void give_back(std::unique_ptr<http::HttpClient> client) {
    const std::scoped_lock lock(mutex);
    if (idle.size() < kMostIdle) idle.push_back(std::move(client));
  }

  const http::HttpAddress address;
  mutable std::mutex mutex;  ///< guards the next two
  Standing last = in_trouble("It was not asked yet.");
  std::vector<std::unique_ptr<http::HttpClient>> idle;
  std::jthread watch;
};

/// Hands an answer on: as a whole, or as it comes when it goes on.
class Peers::Passing final : public http::Follower {
 public:
  Passing(const Peers& peers, const Peer& peer, const http::Reply& reply, PeerClock::time_point until)
      : peers_(peers), peer_(peer), reply_(reply), until_(until) {}

  void begin(http::HttpResponse head) override {
    std::erase_if(head.headers, [](const auto& header) { return is_among(kOwnHeaders, header.name); });
    head_ = std::move(head);
    if (!head_.content_type.starts_with(http::kEventStreamType)) return;
    stream_ = std::make_shared<http::AnswerStream>();
    head_.stream = stream_;
    reply_(std::move(head_));
  }
  /// A client that reads slowly slows the peer down, which cuts off who does not read at all.
  void more(std::string_view bytes) override {
    if (!stream_) {
      head_.body += bytes;
      return;
    }
    while (stream_->waiting() > kMostWaiting && goes_on()) std::this_thread::sleep_for(kSlowPause);
    stream_->write(std::make_shared<const std::string>(bytes));
  }
  [[nodiscard]] bool goes_on() override {
    if (peers_.is_stopping_ || !peer_.standing().trouble.empty()) return false;
    return stream_ ? stream_->open() : PeerClock::now() < until_;
  }

  [[nodiscard]] const std::shared_ptr<http::AnswerStream>& stream() const { return stream_; }
  [[nodiscard]] http::HttpResponse& answer() { return head_; }

 private:
  const Peers& peers_;
  const Peer& peer_;
  const http::Reply& reply_;
  PeerClock::time_point until_;
  http::HttpResponse head_;
  std::shared_ptr<http::AnswerStream> stream_;  ///< of an answer that goes on
};

Peers::Peers(const PeerOptions& options, std::string node, std::string log)
    : options_(options), node_(std::move(node)), log_(std::move(log)) {
  for (const auto& address : options_.addresses) peers_.push_back(std::make_unique<Peer>(address));
  for (auto& peer : peers_)
    peer->watch = std::jthread([this, raw = peer.get()](const std::stop_token& stop) { look(*raw, stop); });
}

Peers::~Peers() { stop(); }

void Peers::stop() {
  is_stopping_ = true;
  for (auto& peer : peers_) peer->watch.request_stop();
  for (auto& peer : peers_) {
    if (peer->watch.joinable()) peer->watch.join();
  }
  std::list<std::unique_ptr<Asking>> left;
  {
    const std::scoped_lock lock(mutex_);
    left.swap(asking_);
  }
  left.clear();
}

void Peers::look(Peer& peer, const std::stop_token& stop) {
  const auto client = http::HttpClient::to(peer.address, options_.trust);
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    peer.take(standing_of(client->ask({.method = "GET", .target = "/v1/node"}, kPeerPatience), node_, log_));
    ended.wait_for(lock, stop, kPeerPause, [] { return false; });
  }
}

std::vector<log::Reason> Peers::missing_of(const api::Roles& roles) const {
  std::vector<log::Reason> missing;
  for (const auto role : roles) {
    std::string why;
    bool is_held = false;
    for (const auto& peer : peers_) {
      const auto standing = peer->standing();
      is_held |= standing.may_answer(role);
      if (!standing.trouble.empty())
        why.append(" ").append(peer->address.url()).append(": ").append(standing.trouble);
    }
    if (is_held) continue;
    missing.push_back({.code = log::ReasonCode::peer_missing,
                       .worker = std::string(name_of(role)),
                       .about = std::string(work_of(role)),
                       .detail = why.empty() ? " Name one with --peers." : std::move(why)});
  }
  return missing;
}

void Peers::ask(api::Role role, http::HttpRequest request, const http::Reply& reply) {
  std::unique_lock lock(mutex_);
  std::erase_if(asking_, [](const auto& asking) { return asking->is_over.load(); });
  if (is_stopping_ || asking_.size() >= kMostAsking) {
    lock.unlock();
    return reply(
        later("busy", "More is asked of other nodes than this one takes on. Ask again in a second."));
  }
  auto& asking = *asking_.emplace_back(std::make_unique<Asking>());
  asking.thread = std::jthread([this, role, request = std::move(request), reply, &asking] {
    pass(role, request, reply);
    asking.is_over = true;
  });
}

void Peers::pass(api::Role role, const http::HttpRequest& request, const http::Reply& reply) {
  http::HttpRequest handed{.method = "GET", .target = request.target};
  std::ranges::copy_if(request.headers, std::back_inserter(handed.headers),
                       [](const auto& header) { return is_among(kHandedOn, header.name); });
  handed.headers.push_back({api::kForwardedHeader, "1"});
  const auto shown = identity::credentials_of(request);
  if (shown && !options_.local_token.empty() && shown->token == options_.local_token) {
    std::erase_if(handed.headers, [](const auto& header) {
      return header.name == "authorization" || header.name == "cookie";
    });
    if (!options_.token_for_others.empty())
      handed.headers.push_back({"authorization", "Bearer " + options_.token_for_others});
  }
  const auto until = PeerClock::now() + kAnswerPatience;
  for (auto& peer : peers_) {
    if (!peer->standing().may_answer(role)) continue;
    if (pass_to(*peer, handed, reply, until) == Passed::answered) return;
  }
  reply(later("no_peer", "No node that " + std::string(work_of(role)) +
                             " is ready now. Ask again in a second; GET /readyz of this node says what keeps "
                             "them."));
}

Peers::Passed Peers::pass_to(Peer& peer, const http::HttpRequest& request, const http::Reply& reply,
                             PeerClock::time_point until) {
  auto client = peer.take_idle();
  if (!client) client = http::HttpClient::to(peer.address, options_.trust);
  Passing passing(*this, peer, reply, until);
  auto passed = client->connect(kPeerPatience);
  if (passed) passed = client->follow(request, passing, kAnswerPatience);
  if (passing.stream()) {
    passed ? passing.stream()->finish() : passing.stream()->cut();
    return Passed::answered;
  }
  if (!passed) {
    spdlog::warn("peer without an answer: url={} why=\"{}\"", peer.address.url(), passed.error());
    return Passed::next;
  }
  peer.give_back(std::move(client));
  auto& answer = passing.answer();
  const auto code = answer.status == 503 ? code_of(answer) : "";
  if (code == "not_held_here" || code == "starting") return Passed::next;
  if (answer.status == 401) {
    reply(later("peer_refuses",
                "The node that is asked for this does not know who asks. Start all nodes with the same "
                "--identities; for the verbs of this machine's own user, this one with --token-file."));
  } else {
    reply(std::move(answer));
  }
  return Passed::answered;
}

}  // namespace casetrail::node
