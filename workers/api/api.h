// The HTTP API as an object: requests in, answers out, with a socket before it or without.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "workers/api/board_streams.h"
#include "workers/api/dead_letters.h"
#include "workers/api/elsewhere.h"
#include "workers/api/errands.h"
#include "workers/api/event_streams.h"
#include "workers/api/outcome_waiter.h"
#include "workers/api/submission.h"
#include "workers/api/traffic.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"
#include "workers/http/router.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

struct RouteText;

/// The log, the waiter and the desk outlive it.
class Api {
 public:
  /// Requires: `outcomes`, where the node has role `api`.
  Api(log::EventLog& log, OutcomeWaiter* outcomes, ViewDesk& desk, Node node = {});
  ~Api();
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  /// Any thread; never waits. Reads are answered on threads of the API's own.
  void handle(http::HttpRequest request, const http::Reply& reply) const {
    router_.handle(std::move(request), reply);
  }
  /// Answers what comes to no route of the API, and counts it with the rest under a name of few.
  void give(const http::RouteName& name, http::HttpResponse answer, const http::Reply& reply) {
    traffic_.watch(name, reply)(std::move(answer));
  }
  [[nodiscard]] const Traffic& traffic() const { return traffic_; }
  /// As they were seconds ago; nothing where the log did not say. Any thread.
  [[nodiscard]] std::optional<LetterCounts> letter_counts() const;

 private:
  using Work = std::function<http::HttpResponse()>;
  /// Cases by their numbers, as another node knows them, and the number that has to be asked for next.
  struct Numbers {
    std::map<std::string, std::expected<CaseId, std::string>> known;
    std::optional<std::string> missing;
  };
  using OnCase = std::function<void(std::expected<CaseId, std::string>)>;

  [[nodiscard]] bool holds(Role role) const { return node_.roles.contains(role); }
  [[nodiscard]] bool may_ask_others(const http::HttpRequest& request) const;
  /// A request that its route has let in: acts, asks another node, or says that this one cannot answer.
  void take(const RouteText& route, const http::Router::Action& action, http::Call call,
            const http::Reply& reply);
  /// Asks who holds the boards; where they do not answer, the reply has their problem instead.
  void find_elsewhere(const std::string& number, const http::Call& call, const http::Reply& reply,
                      OnCase found);
  void find_missing(const http::Call& call, const http::Reply& reply, const std::shared_ptr<Numbers>& numbers,
                    std::function<void()> again);
  /// A route of `route_texts()`; a query parameter that it does not have is refused.
  void add(std::string_view method, std::string_view path, http::Router::Action action);
  void add_commands();
  void add_reads();
  void add_rebuilds();
  void add_events();
  void add_operations();
  void add_letters();
  void count_letters();
  void add_health();
  /// By its number, id or `channel:reference`; an error is a sentence.
  [[nodiscard]] std::expected<CaseId, std::string> find_case(std::string_view text) const;
  [[nodiscard]] Arrival arrival(const http::HttpRequest& request) const;
  /// The same where the boards may be held elsewhere.
  [[nodiscard]] Arrival arrival(const http::HttpRequest& request, Numbers& numbers) const;
  void show_board(const std::string& view, const http::Call& call, const http::Reply& reply);
  void show_past(const std::string& view, const http::Call& call, const http::Reply& reply);
  [[nodiscard]] std::optional<CaseId> case_in(const http::Call& call, const http::Reply& reply) const;
  void show_standing(const http::Call& call, const http::Reply& reply);
  void show_diff(const http::Call& call, const http::Reply& reply);
  void show_board_diff(const http::Call& call, const http::Reply& reply);
  /// Once the view covers what the call asks for, and all of the log when it is of a time.
  void when_told(const http::Call& call, const CaseId& id, bool is_time, const http::Reply& reply,
                 const Work& show);
  void show_held(const http::Call& call, const http::Reply& reply);
  void show_contact(const http::Call& call, const http::Reply& reply);
  void show_events(const http::Call& call, const http::Reply& reply);
  void show_history(const http::Call& call, const http::Reply& reply);
  void take_command(const http::Call& call, const http::Reply& reply,
                    const std::shared_ptr<Numbers>& numbers);
  void take_batch(const http::Call& call, const http::Reply& reply, const std::shared_ptr<Numbers>& numbers);
  void show_actions(const http::Call& call, const http::Reply& reply);
  void show_why(const http::Call& call, const http::Reply& reply);
  /// For whom a case is asked what it allows; without an answer the client has one.
  [[nodiscard]] static std::expected<std::optional<Actor>, http::HttpResponse> actor_in(
      const http::Call& call);
  void open_board(const http::Call& call, const http::Reply& reply);

  /// Who waits for an answer.
  struct Client {
    Client(const http::Call& call, const http::Reply& to) : reply(to), gone(call.request.gone) {}
    [[nodiscard]] bool has_left() const;

    http::Reply reply;
    std::function<bool()> gone;
    Errands::Clock::time_point since = Errands::Clock::now();
  };
  /// A read that has to cover something first.
  struct Waiting {
    Client client;
    std::function<std::optional<std::string>()> behind;  ///< nothing: covered
    Errands::Clock::time_point until;
    std::function<void()> covered;
    std::optional<Token> unseen = std::nullopt;  ///< what it has to cover, and may not be there at all
  };

  /// 503 when as many wait for `where` as may. Whoever has gone before their turn is not worked for.
  static void offer(Errands& where, const Client& client, Errands::Errand errand);
  static void answer_on(Errands& where, const Client& client, Work work);
  void when_covered(const http::Call& call, const std::string& view, const Client& client,
                    const std::function<void()>& covered);
  void look(const std::shared_ptr<Waiting>& waiting);
  void find_or_look(Token token, const std::shared_ptr<Waiting>& waiting);
  void show_case(const Client& client, const CaseId& id, const Work& show);
  void once_covered(const Client& client, const CaseId& id, const std::function<void()>& covered);
  /// Goes on with `there` when there is such a case, and nothing speaks against tying another one to it.
  void when_there(const Client& client, const TiedCase& tied, const std::function<void()>& there);
  void show_once_covered(Errands& where, const Client& client, const CaseId& id, const Work& show);
  /// Of what asks the log: once more when the case or its moment is not there yet; with `is_time`, not before
  /// all is there that was recorded until now.
  void show_from_log(const Client& client, const CaseId& id, bool is_time, const Work& show);
  /// What is missing before this node is ready; empty when it is.
  [[nodiscard]] std::vector<log::Reason> missing();
  [[nodiscard]] http::HttpResponse readiness();
  [[nodiscard]] http::HttpResponse startup();
  void simulate(const SimulatedDay& day, const Client& client);

  log::EventLog& log_;
  OutcomeWaiter* outcomes_;
  ViewDesk& desk_;
  Node node_;
  Traffic traffic_;
  std::atomic<bool> was_ready_ = false;
  LetterDesk letter_desk_{log_};  ///< of `letters_`
  mutable std::mutex letter_counts_mutex_;
  std::optional<LetterCounts> letter_counts_;  ///< guarded by it
  http::Router router_{[this](const http::RouteName& route, const http::Reply& reply) {
    return traffic_.watch(route, reply);
  }};
  // Each on a thread of its own, so that none waits for what takes longer than itself.
  static constexpr std::size_t kMostWaiting = 128;
  Errands errands_{kMostWaiting};     ///< what is short and never waits
  Errands cases_{kMostWaiting};       ///< of one case
  Errands boards_{kMostWaiting};      ///< of all cases
  Errands asking_{kMostWaiting};      ///< what asks the log, and may wait for it
  Errands simulating_{kMostWaiting};  ///< what makes a whole day
  Errands reading_{kMostWaiting};     ///< pages of events
  Errands recalling_{kMostWaiting};   ///< boards of the past, which may be made first
  Errands letters_{kMostWaiting};     ///< dead letters
  EventPages event_pages_{log_};      ///< of `reading_`
  BoardStreams board_streams_{desk_};
  EventStreams event_streams_{log_};
};

}  // namespace casetrail::api
