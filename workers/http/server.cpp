// The server on Boost.Beast: one coroutine a connection, all on one thread, so that nothing here needs a
// lock.
#include "workers/http/server.h"

#include <poll.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <exception>
#include <functional>
#include <list>
#include <optional>
#include <thread>
#include <utility>

#include "workers/http/problem.h"
#include "workers/http/request_reader.h"
#include "workers/http/stream.h"
#include "workers/http/tls_context.h"
#include "workers/http/wire.h"

namespace casetrail::http {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using net::ip::tcp;
using Stream = Wire;
using BeastResponse = beast::http::response<beast::http::string_body>;

/// Takes one answer, from any thread; those behind the first reach nobody.
class Answerable {
 public:
  Answerable() = default;
  Answerable(const Answerable&) = delete;
  Answerable& operator=(const Answerable&) = delete;
  virtual ~Answerable() = default;
  virtual void give(HttpResponse response) = 0;
};

/// Carries the answer back to the coroutine that waits for it. Keeps the context alive, so that an answer
/// after the server's end reaches nobody and harms nobody.
template <class Completion>
class PendingAnswer final : public Answerable {
 public:
  PendingAnswer(std::shared_ptr<net::io_context> context, Completion completion)
      : context_(std::move(context)), completion_(std::move(completion)) {}
  PendingAnswer(const PendingAnswer&) = delete;
  PendingAnswer& operator=(const PendingAnswer&) = delete;
  ~PendingAnswer() override {
    PendingAnswer::give(problem(
        500, "no_answer", "Expected an answer to this request, but none was given. See the server's log."));
  }

  void give(HttpResponse response) override {
    if (given_.test_and_set()) return;
    net::post(*context_, [completion = std::move(completion_), response = std::move(response)]() mutable {
      std::move(completion)(std::move(response));
    });
  }

 private:
  std::shared_ptr<net::io_context> context_;
  Completion completion_;
  std::atomic_flag given_;
};

/// Hazard: a copy of `context` that stays in the frame of the waiting coroutine is never given up: each would
/// keep the other.
net::awaitable<HttpResponse> ask(const std::shared_ptr<net::io_context>& context, const HttpHandler& handler,
                                 HttpRequest request, std::weak_ptr<Answerable>& awaited) {
  return net::async_initiate<const net::use_awaitable_t<>, void(HttpResponse)>(
      [alive = context, &handler, request = std::move(request), &awaited](auto completion) mutable {
        auto pending =
            std::make_shared<PendingAnswer<decltype(completion)>>(std::move(alive), std::move(completion));
        awaited = pending;
        try {
          handler(std::move(request),
                  [pending](HttpResponse response) { pending->give(std::move(response)); });
        } catch (const std::exception& error) {
          spdlog::error("a request was given up: {}", error.what());
        }
      },
      net::use_awaitable);
}

HttpResponse waited_too_long() {
  return problem(
      504, "too_many_waiting",
      "Expected an answer sooner, but others want to be served, too. A command that names its own id may be "
      "sent again and is answered once; one without an id may have been taken: look before you send it "
      "again.");
}

HttpResponse too_many_streams() {
  auto refusal =
      problem(503, "too_many_streams",
              "As many answers go on already as this server takes on. Ask again in some seconds, or "
              "ask for a page now and then.");
  refusal.headers.push_back({"Retry-After", "5"});
  return refusal;
}

/// What has come and was not read hides the end of a connection: then it is looked for so often.
constexpr std::chrono::milliseconds kEndPause{200};

/// Watches, on the server's thread, whether the client ends its side of the connection. Reads nothing, for
/// what comes is the next request, or part of a TLS record that nobody may tear.
class EndWatch {
 public:
  explicit EndWatch(
      tcp::socket& socket, std::function<void()> on_end = [] {})
      : watched_(std::make_shared<Watched>(&socket, std::move(on_end))) {
    socket.async_wait(tcp::socket::wait_read, [watched = watched_](const error_code& error) {
      if (!error) look(watched);
    });
  }
  EndWatch(const EndWatch&) = delete;
  EndWatch& operator=(const EndWatch&) = delete;
  ~EndWatch() {
    error_code ignored;
    (void)std::exchange(watched_->socket, nullptr)->cancel(ignored);
    watched_->pause.reset();
  }

  /// Any thread may ask.
  [[nodiscard]] std::function<bool()> question() const {
    return [watched = watched_] { return watched->ended.load(); };
  }

 private:
  struct Watched {
    Watched(tcp::socket* of, std::function<void()> when) : socket(of), on_end(std::move(when)) {}
    tcp::socket* socket;  ///< null: watched no more
    std::function<void()> on_end;
    std::atomic<bool> ended = false;
    std::optional<net::steady_timer> pause = std::nullopt;
  };

  static bool has_ended(tcp::socket& socket) {
    pollfd asked{.fd = socket.native_handle(), .events = POLLRDHUP, .revents = 0};
    return ::poll(&asked, 1, 0) > 0;
  }

  static void look(const std::shared_ptr<Watched>& watched) {
    if (watched->socket == nullptr) return;
    if (has_ended(*watched->socket)) {
      watched->ended = true;
      return watched->on_end();
    }
    if (!watched->pause) watched->pause.emplace(watched->socket->get_executor());
    watched->pause->expires_after(kEndPause);
    watched->pause->async_wait([watched](const error_code& error) {
      if (!error) look(watched);
    });
  }

  std::shared_ptr<Watched> watched_;
};

HttpResponse tls_expected() {
  return problem(400, "tls_expected",
                 "Expected TLS, but it is plain HTTP. Ask this server with https:// instead of http://.");
}

class BeastServer final : public HttpServer {
 public:
  BeastServer(const HttpLimits& limits, std::unique_ptr<ServerTls> tls)
      : limits_(limits), tls_(std::move(tls)) {
    if (tls_) certificate_end_ = tls_->certificate_end();
  }
  BeastServer(const BeastServer&) = delete;
  BeastServer& operator=(const BeastServer&) = delete;
  ~BeastServer() override { BeastServer::stop(); }

  [[nodiscard]] std::expected<void, std::string> take(const HttpAddress& address) {
    error_code error;
    const auto host = net::ip::make_address(address.host == "localhost" ? "127.0.0.1" : address.host, error);
    if (error)
      return std::unexpected("Expected an IP address to listen on, but it is '" + address.host + "'.");
    const tcp::endpoint endpoint(host, address.port);
    (void)acceptor_.open(endpoint.protocol(), error);
    if (!error) (void)acceptor_.set_option(net::socket_base::reuse_address(true), error);
    if (!error) (void)acceptor_.bind(endpoint, error);
    if (error) return std::unexpected(cannot_listen(address, error));
    const auto local = acceptor_.local_endpoint();
    address_ = {local.address().to_string(), local.port(), tls_ ? Scheme::https : Scheme::http};
    return {};
  }

  [[nodiscard]] std::expected<void, std::string> listen(HttpHandler handler) override {
    error_code error;
    (void)acceptor_.listen(net::socket_base::max_listen_connections, error);
    if (error) return std::unexpected(cannot_listen(address_, error));
    handler_ = std::move(handler);
    net::co_spawn(*context_, accept(), net::detached);
    if (tls_) look_at_files();
    thread_ = std::jthread([this] { run(); });
    return {};
  }

  [[nodiscard]] HttpAddress address() const override { return address_; }

  [[nodiscard]] std::optional<Timestamp> certificate_end() const override {
    return tls_ ? std::optional(certificate_end_.load()) : std::nullopt;
  }

  void stop() override {
    if (!thread_.joinable()) return;
    net::post(*context_, [this] { begin_stop(); });
    thread_.join();
  }

 private:
  static std::string cannot_listen(const HttpAddress& address, const error_code& error) {
    return "Expected to listen on " + address.text() + ", but: " + error.message() +
           ". Choose another address with --listen.";
  }

  enum class Doing { listening, deciding, answering, streaming };

  /// Kept in the order in which they began what they are doing: the front has been at it longest.
  struct Connection {
    explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}
    Stream stream;
    Doing doing = Doing::listening;
    std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();  ///< doing that
    std::weak_ptr<Answerable> awaited;                                               ///< while deciding
    bool gives_way = false;                          ///< closes after its answer
    std::size_t untaken = 0;                         ///< bytes of its answer
    std::shared_ptr<AnswerStream> source = nullptr;  ///< while streaming
  };
  using Connections = std::list<Connection>;
  using Place = Connections::iterator;

  /// Takes the connection off the list with the coroutine that serves it, however that ends. Shares the list,
  /// for the coroutine may end with the context, after the server.
  struct Stay {
    Stay(std::shared_ptr<Connections> list, Place at) : connections(std::move(list)), place(at) {}
    Stay(const Stay&) = delete;
    Stay& operator=(const Stay&) = delete;
    ~Stay() { connections->erase(place); }
    std::shared_ptr<Connections> connections;
    Place place;
  };

  /// What a connection throws where no coroutine catches it ends that connection alone.
  void run() {
    while (true) {
      try {
        context_->run();
        return;
      } catch (const std::exception& error) {
        spdlog::error("a connection was given up: {}", error.what());
      }
    }
  }

  void begin_stop() {
    stopping_ = true;
    error_code ignored;
    (void)acceptor_.close(ignored);
    for (auto& connection : *connections_) {
      if (connection.doing == Doing::listening) connection.stream.close();
      if (connection.source) connection.source->finish();
    }
    files_.cancel();
    grace_.expires_after(limits_.grace);
    grace_.async_wait([this](const error_code& error) {
      if (!error) context_->stop();
    });
    if (connections_->empty()) grace_.cancel();
  }

  void look_at_files() {
    tls_->look();
    certificate_end_ = tls_->certificate_end();
    files_.expires_after(kFilesPause);
    files_.async_wait([this](const error_code& error) {
      if (!error && !stopping_) look_at_files();
    });
  }

  net::awaitable<void> accept() {
    while (!stopping_) {
      error_code error;
      // Without a file descriptor to spare an accept fails even when nobody waits for it.
      co_await acceptor_.async_wait(tcp::acceptor::wait_read, into(error));
      auto socket = co_await acceptor_.async_accept(into(error));
      if (stopping_) co_return;
      if (error) {
        if (error == net::error::no_descriptors) (void)make_room();
        net::steady_timer pause(*context_, std::chrono::milliseconds(50));
        co_await pause.async_wait(into(error));
        continue;
      }
      if (connections_->size() >= limits_.connections && !make_room()) continue;
      (void)socket.set_option(tcp::no_delay(true), error);
      connections_->emplace_back(std::move(socket));
      const auto place = std::prev(connections_->end());
      net::co_spawn(*context_, serve(place), [this](const std::exception_ptr& thrown) {
        if (stopping_ && connections_->empty()) grace_.cancel();
        if (thrown) std::rethrow_exception(thrown);
      });
    }
  }

  /// False when everybody has just begun to wait for an answer: then the new connection has to come again.
  bool make_room() {
    return close_longest(Doing::listening) || close_longest(Doing::answering) || end_longest_wait() ||
           close_longest(Doing::streaming);
  }

  bool end_longest_wait() {
    const auto limit = std::chrono::steady_clock::now() - limits_.wait;
    for (auto& connection : *connections_) {
      if (connection.doing != Doing::deciding || connection.gives_way || connection.since > limit) continue;
      const auto awaited = connection.awaited.lock();
      if (awaited == nullptr) continue;
      connection.gives_way = true;
      awaited->give(waited_too_long());
      return true;
    }
    return false;
  }

  bool close_longest(Doing doing) {
    for (auto& connection : *connections_) {
      if (connection.doing != doing || !connection.stream.socket().is_open()) continue;
      connection.stream.close();
      if (connection.source) connection.source->cut();
      return true;
    }
    return false;
  }

  void begin(Place place, Doing doing) {
    place->doing = doing;
    place->since = std::chrono::steady_clock::now();
    connections_->splice(connections_->end(), *connections_, place);
  }

  void begin_answer(Place place, std::size_t bytes) {
    std::size_t untaken = bytes;
    for (const auto& connection : *connections_) untaken += connection.untaken;
    for (auto& other : *connections_) {
      if (untaken <= limits_.answer_bytes) break;
      if (other.untaken == 0) continue;
      other.stream.close();
      untaken -= std::exchange(other.untaken, 0);
    }
    begin(place, Doing::answering);
    place->untaken = bytes;
  }

  net::awaitable<void> serve(Place place) {
    const Stay stay(connections_, place);
    auto& stream = place->stream;
    if (tls_ && !co_await has_shaken_hands(place)) co_return;
    RequestReader reader(stream, limits_);
    while (!stopping_) {
      auto incoming = co_await reader.next();
      if (!incoming) {
        const auto refusal = std::move(incoming).error();
        if (!refusal) break;
        begin(place, Doing::answering);
        if (co_await send(stream, *refusal, 11, beast::http::verb::get, Persist::close))
          co_await drain(stream);
        co_return;
      }
      begin(place, Doing::deciding);
      std::optional<EndWatch> watch(stream.socket());
      incoming->request.gone = watch->question();
      auto response = co_await ask(context_, handler_, std::move(incoming->request), place->awaited);
      watch.reset();
      if (response.stream) {
        if (may_stream()) {
          co_await go_on(place, std::move(response), *incoming);
          break;
        }
        response.stream->cut();
        response = too_many_streams();
      }
      const auto persist =
          incoming->keep_alive && !stopping_ && !place->gives_way ? Persist::keep_alive : Persist::close;
      begin_answer(place, response.body.size());
      const auto sent =
          co_await send(stream, std::move(response), incoming->version, incoming->verb, persist);
      if (!sent || persist == Persist::close) break;
      place->untaken = 0;
      begin(place, Doing::listening);
    }
    (void)co_await end(stream);
  }

  /// The beginning of a connection with TLS. Who speaks plainly is told so.
  net::awaitable<bool> has_shaken_hands(Place place) {
    auto& stream = place->stream;
    stream.encrypt(tls_->context());
    stream.expires_after(limits_.handshake);
    error_code error;
    co_await stream.async_handshake(net::ssl::stream_base::server, into(error));
    if (!error) co_return true;
    if (!is_plain_http(error)) {
      spdlog::debug("tls: a handshake failed: {}", error.message());
      co_return false;
    }
    spdlog::info("tls: a client spoke plain HTTP; it was told to use https://");
    stream.speak_plainly();
    begin(place, Doing::answering);
    if (co_await send(stream, tls_expected(), 11, beast::http::verb::get, Persist::close))
      co_await drain(stream);
    co_return false;
  }

  /// Says that nothing more will come. False: the other side may still be sending.
  static net::awaitable<bool> end(Stream& stream) {
    error_code error = net::error::in_progress;
    if (stream.is_encrypted()) {
      stream.expires_after(kFarewell);
      co_await stream.async_shutdown(into(error));
    }
    error_code ignored;
    (void)stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    co_return !error || error == net::error::eof || is_cut(error) || error == beast::error::timeout;
  }

  [[nodiscard]] bool may_stream() const {
    const auto streaming = std::ranges::count(*connections_, Doing::streaming, &Connection::doing);
    return static_cast<std::size_t>(streaming) < limits_.streams && !stopping_;
  }

  /// Cuts the stream with the coroutine that sends it, however that ends.
  struct Sending {
    explicit Sending(Place at) : place(at) {}
    Sending(const Sending&) = delete;
    Sending& operator=(const Sending&) = delete;
    ~Sending() {
      place->source->listen({});
      place->source->cut();
      place->source.reset();
    }
    Place place;
  };

  /// Sends an answer that goes on, until it ends; the connection does not outlive it. A client of HTTP/1.0
  /// gets it without chunks.
  net::awaitable<void> go_on(Place place, HttpResponse response, const Incoming& asked) {
    begin(place, Doing::streaming);
    place->source = std::move(response.stream);
    const Sending sending(place);
    auto& stream = place->stream;
    auto& source = *place->source;
    const auto wake = std::make_shared<net::steady_timer>(*context_, net::steady_timer::time_point::max());
    // Neither is kept alive by the stream: both keep the coroutine, which keeps the stream.
    source.listen([context = std::weak_ptr(context_), timer = std::weak_ptr(wake), place] {
      const auto alive = context.lock();
      if (alive == nullptr) return;
      net::post(*alive, [timer, place] {
        const auto waits = timer.lock();
        if (waits == nullptr) return;
        waits->cancel();
        if (place->source->was_cut()) place->stream.close();
      });
    });
    const EndWatch watch(stream.socket(), [&source] { source.cut(); });
    beast::http::response<beast::http::empty_body> head(static_cast<beast::http::status>(response.status),
                                                        asked.version);
    fill(head, response);
    head.chunked(asked.version >= 11);
    head.keep_alive(false);
    beast::http::response_serializer<beast::http::empty_body> serializer(head);
    error_code error;
    stream.expires_after(limits_.write);
    co_await beast::http::async_write_header(stream, serializer, into(error));
    if (asked.verb == beast::http::verb::head) co_return;
    while (!error) {
      auto taken = source.take();
      if (taken.then == AnswerStream::Taken::Then::cut) co_return stream.close();
      if (!taken.frames.empty()) {
        co_await send_frames(stream, std::move(taken.frames), asked, error);
        continue;
      }
      if (taken.then == AnswerStream::Taken::Then::end) break;
      error_code woken;
      wake->expires_at(net::steady_timer::time_point::max());
      stream.expires_never();
      co_await wake->async_wait(into(woken));
    }
    stream.expires_after(limits_.write);
    if (!error && head.chunked())
      co_await net::async_write(stream, beast::http::make_chunk_last(), into(error));
  }

  net::awaitable<void> send_frames(Stream& stream, std::vector<Frame> frames, const Incoming& asked,
                                   error_code& error) {
    std::vector<net::const_buffer> buffers;
    buffers.reserve(frames.size());
    for (const auto& frame : frames) buffers.emplace_back(net::buffer(*frame));
    stream.expires_after(limits_.write);
    if (asked.version >= 11)
      co_await net::async_write(stream, beast::http::make_chunk(buffers), into(error));
    else
      co_await net::async_write(stream, buffers, into(error));
  }

  template <class Message>
  static void fill(Message& message, const HttpResponse& response) {
    message.reason(status_title(response.status));
    message.set(kApiHeader, "v1");
    message.set(beast::http::field::content_type, response.content_type);
    for (const auto& header : response.headers) message.set(header.name, header.value);
  }

  enum class Persist { keep_alive, close };

  net::awaitable<bool> send(Stream& stream, HttpResponse response, unsigned version, beast::http::verb verb,
                            Persist persist) {
    BeastResponse message(static_cast<beast::http::status>(response.status), version);
    fill(message, response);
    message.body() = std::move(response.body);
    message.keep_alive(persist == Persist::keep_alive);
    message.prepare_payload();
    error_code error;
    stream.expires_after(limits_.write);
    if (verb == beast::http::verb::head) {
      beast::http::response_serializer<beast::http::string_body> serializer(message);
      co_await beast::http::async_write_header(stream, serializer, into(error));
    } else {
      co_await beast::http::async_write(stream, message, into(error));
    }
    co_return !error;
  }

  /// Takes what the client is still sending, for a while: closing at once would reset the connection before
  /// it has read the refusal.
  net::awaitable<void> drain(Stream& stream) {
    if (co_await end(stream)) co_return;
    error_code error;
    std::string sink(64 << 10, '\0');
    stream.expires_after(kFarewell);
    while (!error) co_await stream.tcp().async_read_some(net::buffer(sink), into(error));
  }

  /// For a client to read an end, and to end, too.
  static constexpr std::chrono::seconds kFarewell{2};
  /// Between two looks at the files of the certificate and its key.
  static constexpr std::chrono::seconds kFilesPause{1};

  HttpLimits limits_;
  std::unique_ptr<ServerTls> tls_;            ///< null: plain HTTP
  std::atomic<Timestamp> certificate_end_{};  ///< of `tls_`
  HttpHandler handler_;
  HttpAddress address_;
  std::shared_ptr<net::io_context> context_ = std::make_shared<net::io_context>(1);
  tcp::acceptor acceptor_{*context_};
  net::steady_timer grace_{*context_};
  net::steady_timer files_{*context_};
  std::shared_ptr<Connections> connections_ = std::make_shared<Connections>();
  bool stopping_ = false;
  std::jthread thread_;
};

}  // namespace

std::string HttpAddress::text() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string HttpAddress::url() const { return (scheme == Scheme::https ? "https://" : "http://") + text(); }

std::expected<HttpAddress, std::string> parse_address(const std::string& text) {
  HttpAddress address;
  const auto colon = text.rfind(':');
  auto host = colon == std::string::npos ? std::string() : text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (!host.empty()) address.host = host;
  const auto port = colon == std::string::npos ? text : text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc{} || end != port.data() + port.size()) {
    return std::unexpected("Expected HOST:PORT, such as 127.0.0.1:8377, but it is '" + text + "'.");
  }
  return address;
}

std::expected<HttpAddress, std::string> parse_server_url(const std::string& text) {
  constexpr std::string_view kPlain = "http://";
  constexpr std::string_view kEncrypted = "https://";
  constexpr std::uint16_t kPortOfHttps = 443;
  const auto scheme = text.starts_with(kEncrypted) ? Scheme::https : Scheme::http;
  auto host = text;
  for (const auto beginning : {kPlain, kEncrypted})
    if (text.starts_with(beginning)) host = text.substr(beginning.size());
  if (host.ends_with('/')) host.pop_back();
  if (host.empty() || host.find_first_of("/?#@ ") != std::string::npos) {
    return std::unexpected("Expected the URL of a server, such as http://desk-1:8377, but it is '" + text +
                           "'. It speaks HTTP or HTTPS and answers at the root.");
  }
  const auto colon = host.rfind(':');
  const bool names_port = colon != std::string::npos && !host.ends_with(']');
  const auto port = scheme == Scheme::https ? kPortOfHttps : HttpAddress{}.port;
  auto address = parse_address(names_port ? host : host + ":" + std::to_string(port));
  if (address) address->scheme = scheme;
  return address;
}

std::expected<std::unique_ptr<HttpServer>, std::string> HttpServer::bind(const HttpAddress& address,
                                                                         const HttpLimits& limits,
                                                                         const std::optional<TlsFiles>& tls) {
  std::unique_ptr<ServerTls> keys;
  if (tls) {
    auto read = ServerTls::read(*tls);
    if (!read) return std::unexpected(std::move(read).error());
    keys = *std::move(read);
  }
  auto server = std::make_unique<BeastServer>(limits, std::move(keys));
  if (auto taken = server->take(address); !taken) return std::unexpected(taken.error());
  return server;
}

std::expected<std::unique_ptr<HttpServer>, std::string> HttpServer::start(
    const HttpAddress& address, const HttpLimits& limits, HttpHandler handler,
    const std::optional<TlsFiles>& tls) {
  auto server = bind(address, limits, tls);
  if (!server) return server;
  if (auto listening = (*server)->listen(std::move(handler)); !listening)
    return std::unexpected(listening.error());
  return server;
}

}  // namespace casetrail::http
