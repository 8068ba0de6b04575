// A real browser shows a page of another site, which tries what a page can to make it write through a server
// of its user: nothing reaches the log. No network is asked but loopback.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/api/desk.h"
#include "tests/workers/api/served.h"
#include "workers/http/doorkeeper.h"

namespace casetrail::api {
namespace {

using namespace std::chrono_literals;

/// What a page of another site may send without asking first. `TARGET` is where, and every attack has a path
/// of its own. The image is there when all have been answered; until then the page is not loaded.
constexpr auto kAttack = R"(<!doctype html><body><script>
const command = '{"type":"request.register","actor":"agent:li","data":{"kind":"inquiry","channel":"email",' +
                '"pii":{"name":"Ann","contacts":[]}}}';
const bytes = new TextEncoder().encode(command);
const send = (path, more) => fetch('TARGET' + path, {method: 'POST', mode: 'no-cors', ...more}).catch(() => {});
const form = (path, enctype) => new Promise(done => {
  const frame = document.createElement('iframe');
  frame.name = path;
  document.body.append(frame);
  const form = document.createElement('form');
  Object.assign(form, {method: 'POST', action: 'TARGET' + path, target: path, enctype});
  const field = document.createElement('input');
  Object.assign(field, {name: command, value: ''});
  form.append(field);
  document.body.append(form);
  frame.onload = done;
  form.submit();
});
navigator.sendBeacon('TARGET/v1/commands?beacon', new Blob([command]));
Promise.all([
  send('/v1/commands?blob', {body: new Blob([command])}),
  send('/v1/commands?bytes', {body: bytes}),
  send('/v1/commands?text', {body: command}),
  send('/v1/commands?json', {body: command, headers: {'content-type': 'application/json'}}),
  send('/v1/commands?asked', {mode: 'cors', body: command, headers: {'content-type': 'application/json'}}),
  send('/v1/rebuilds/handoff?none', {}),
  send('/v1/simulations?none', {}),
  form('/v1/commands?form', 'text/plain'),
  form('/v1/rebuilds/handoff?form', 'application/x-www-form-urlencoded'),
]).then(() => fetch('/done'));
</script><img src="/when-done"></body>)";

/// What a page under a name of its own reads and writes: nothing keeps it from sending JSON to its own site.
constexpr auto kOwnPage = R"(<!doctype html><body><script>
const command = '{"type":"request.register","actor":"agent:li","data":{"kind":"inquiry","channel":"email",' +
                '"pii":{"name":"Ann","contacts":[]}}}';
Promise.all([
  fetch('/v1/boards/handoff?read'),
  fetch('/v1/commands?own', {method: 'POST', body: command, headers: {'content-type': 'application/json'}}),
]).then(() => fetch('/done'));
</script><img src="/when-done"></body>)";

/// Serves `page`; `/when-done` is answered after `/done`.
class Site {
 public:
  explicit Site(std::string page) : page_(std::move(page)) {}

  /// False: the request is for none of its own.
  bool handle(const http::HttpRequest& request, const http::Reply& reply) {
    if (request.target == "/") {
      reply({.status = 200, .content_type = "text/html; charset=utf-8", .body = page_});
    } else if (request.target == "/when-done") {
      waiting_.push_back(reply);
    } else if (request.target == "/favicon.ico") {
      reply({.status = 204});
    } else if (request.target == "/done") {
      reply({.status = 204});
      for (const auto& waits : waiting_) waits({.status = 204});
      waiting_.clear();
    } else {
      return false;
    }
    return true;
  }

 private:
  std::string page_;
  std::vector<http::Reply> waiting_;
};

/// A desk behind its door, and what came to it: each query with the status of its answer.
class Guarded {
 public:
  explicit Guarded(std::string own_page) : own_(std::move(own_page)) {}

  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(server_.port()); }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] log::Offset commands() { return desk_.commands(); }
  /// Waits until as many came as `queries` has.
  [[nodiscard]] std::map<std::string, int> statuses(std::size_t count) {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, 10s, [&] { return statuses_.size() >= count; });
    return statuses_;
  }

 private:
  void handle(http::HttpRequest request, const http::Reply& reply) {
    if (own_.handle(request, reply)) return;
    const auto question = request.target.find('?');
    const auto name = request.method + " " + request.target;
    request.target.resize(std::min(question, request.target.size()));
    const auto note = [this, name, reply](http::HttpResponse response) {
      {
        const std::scoped_lock lock(mutex_);
        statuses_[name] = response.status;
      }
      came_.notify_all();
      reply(std::move(response));
    };
    if (auto refusal = door_.refusal_of(request)) return note(*std::move(refusal));
    desk_.api().handle(std::move(request), note);
  }

  Site own_;
  http::Doorkeeper door_{{}};
  std::mutex mutex_;  ///< guards `statuses_`
  std::condition_variable came_;
  std::map<std::string, int> statuses_;
  test::Desk<> desk_;
  test::Server server_{
      [this](http::HttpRequest request, const http::Reply& reply) { handle(std::move(request), reply); }};
};

/// Shows `url` until it is loaded.
void show(const std::string& url) {
  const TemporaryFolder profile;
  const auto shown = test::run_program(
      {CASETRAIL_CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
       "--no-first-run", "--disable-background-networking", "--host-resolver-rules=MAP * 127.0.0.1",
       "--user-data-dir=" + profile.path().string(), "--dump-dom", url});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
}

TEST(Browser, APageOfAnotherSiteWritesNothing) {
  Guarded guarded("");
  std::string page = kAttack;
  for (auto at = page.find("TARGET"); at != std::string::npos; at = page.find("TARGET"))
    page.replace(at, 6, "http://" + guarded.address());
  Site evil(page);
  const test::Server site(
      [&](const http::HttpRequest& request, const http::Reply& reply) { evil.handle(request, reply); });
  show("http://evil.example:" + std::to_string(site.port()) + "/");

  const auto statuses = guarded.statuses(10);
  const std::map<std::string, int> expected{
      {"OPTIONS /v1/commands?asked", 403},     {"POST /v1/commands?beacon", 403},
      {"POST /v1/commands?blob", 403},         {"POST /v1/commands?bytes", 403},
      {"POST /v1/commands?form", 403},         {"POST /v1/commands?json", 403},
      {"POST /v1/commands?text", 403},         {"POST /v1/rebuilds/handoff?form", 403},
      {"POST /v1/rebuilds/handoff?none", 403}, {"POST /v1/simulations?none", 403}};
  EXPECT_EQ(statuses, expected);
  EXPECT_EQ(guarded.commands(), 0);
}

TEST(Browser, APageUnderANameThatPointsToTheServerReadsAndWritesNothing) {
  Guarded guarded(kOwnPage);
  show("http://evil.example:" + std::to_string(guarded.port()) + "/");
  const std::map<std::string, int> expected{{"GET /v1/boards/handoff?read", 421},
                                            {"POST /v1/commands?own", 421}};
  EXPECT_EQ(guarded.statuses(2), expected);
  EXPECT_EQ(guarded.commands(), 0);
}

TEST(Browser, APageOfTheServerItselfReadsAndWrites) {
  Guarded guarded(kOwnPage);
  show("http://localhost:" + std::to_string(guarded.port()) + "/");
  const std::map<std::string, int> expected{{"GET /v1/boards/handoff?read", 200},
                                            {"POST /v1/commands?own", 201}};
  EXPECT_EQ(guarded.statuses(2), expected);
  EXPECT_EQ(guarded.commands(), 1);
}

}  // namespace
}  // namespace casetrail::api
