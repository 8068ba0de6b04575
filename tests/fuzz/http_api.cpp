// Requests to the API, in process: whatever a client sends, it gets a whole answer, and never one that blames
// the server.
#include <chrono>
#include <future>

#include "events/wire/json_reader.h"
#include "events/wire/utf8.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/instant_log.h"
#include "tests/fuzz/letter.h"
#include "tests/fuzz/story_desk.h"
#include "workers/api/api.h"
#include "workers/http/doorkeeper.h"
#include "workers/http/stream.h"

using namespace casetrail;
using namespace std::chrono_literals;

namespace {

struct Problem {
  std::string type;
  std::string title;
  int status = 0;
  std::string detail;
  std::string code;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(type), CEREAL_NVP(title), CEREAL_NVP(status), CEREAL_NVP(detail), CEREAL_NVP(code));
  }
};

http::HttpResponse ask(http::HttpRequest request) {
  static fuzz::InstantLog log;
  static fuzz::StoryDesk desk;
  static const auto outcomes = api::OutcomeWaiter::start(log).value();
  static const api::Api api(log, outcomes.get(), desk);
  const auto promise = std::make_shared<std::promise<http::HttpResponse>>();
  auto answer = promise->get_future();
  api.handle(std::move(request),
             [promise](http::HttpResponse response) { promise->set_value(std::move(response)); });
  fuzz::must(answer.wait_for(60s) == std::future_status::ready, "every request is answered");
  return answer.get();
}

void check_problem(const http::HttpResponse& response) {
  Problem problem;
  const auto unreadable = from_json(response.body, problem);
  fuzz::must(!unreadable, "a problem has its members", response.body);
  fuzz::must(problem.status == response.status && !problem.detail.empty() && !problem.code.empty(),
             "a problem says what it is", response.body);
}

void check(const http::HttpRequest& request, const http::HttpResponse& response) {
  // Who gives a command no time to be answered is told that it is not known.
  const bool impatient = response.status == 504 && request.target.find("timeout") != std::string::npos;
  fuzz::must(response.status >= 200 && (response.status < 500 || impatient),
             "a client cannot break the server", response.body);
  if (response.content_type.starts_with("text/plain")) return;
  if (response.stream) return response.stream->cut();
  fuzz::must(!check_json_object(response.body), "an answer is well-formed JSON", response.body);
  if (response.status >= 400) {
    fuzz::must(response.content_type == "application/problem+json", "a refusal is a problem", response.body);
    check_problem(response);
  }
  for (const auto& header : response.headers)
    fuzz::must(header.value.find_first_of("\r\n") == std::string::npos, "no header breaks out of its line",
               header.value);
}

}  // namespace

/// `METHOD TARGET`, headers, an empty line, the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto text = fuzz::text_of(bytes, size);
  auto line = fuzz::take_until(text, '\n');
  http::HttpRequest request{.method = std::string(fuzz::take_until(line, ' ')), .target = std::string(line)};
  for (const auto& header : fuzz::take_headers(text))
    request.headers.push_back({std::string(header.name), std::string(header.value)});
  request.body = text;
  static const http::Doorkeeper door({"casetrail.example"});
  if (const auto refusal = door.refusal_of(request)) check(request, *refusal);
  check(request, ask(request));
  const auto decoded = http::percent_decode(request.target);
  if (decoded)
    fuzz::must(http::percent_decode(http::percent_encode(*decoded)) == decoded,
               "what is encoded is decoded as it was");
  return 0;
}
