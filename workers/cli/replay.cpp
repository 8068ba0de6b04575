// The verb `replay`: asks for what is wanted of a case, and steps through it where a person presses keys.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "workers/api/wall_clock.h"
#include "workers/cli/asked_moment.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/keys.h"
#include "workers/cli/pages.h"
#include "workers/cli/printer.h"
#include "workers/cli/verbs.h"

namespace casetrail::cli {
namespace {

class Replay {
 public:
  Replay(const CommandLine& line, const verb::Replay& asked, Session& session)
      : line_(line), printer_(line), asked_(asked), session_(session) {}

  int run() {
    if (!asked_.diff.empty()) return compare();
    if (asked_.held) return show_held();
    const auto history = ask_pages(session_, target_ + "/history", {{"token", asked_.token}}, kEveryRow);
    if (!history) return fail(kUnavailable, history.error());
    if (exit_code_of(*history) != kDone) return printer_.print(*history, changes_text);
    const Parameters moment{
        {"as_of", as_of_}, {"seq", asked_.seq}, {"before_command", asked_.before_command}};
    return query_of(moment).empty() ? show_steps(history->body) : show_moment(history->body, moment);
  }

 private:
  std::expected<http::HttpResponse, std::string> ask(const std::string& path, Parameters query) {
    query.emplace("token", asked_.token);
    return session_.ask({.method = "GET", .target = target_ + path + query_of(query)},
                        std::chrono::seconds(60));
  }

  int compare() {
    const auto diff = ask("/diff", {{"from", asked_moment(asked_.diff.front(), line_.zone)},
                                    {"to", asked_moment(asked_.diff.back(), line_.zone)},
                                    {"every", asked_.every ? "true" : ""}});
    return diff ? printer_.print(*diff, changes_text, &session_) : fail(kUnavailable, diff.error());
  }

  int show_held() {
    http::HttpRequest request{.method = "GET",
                              .target = target_ + "/held" + query_of({{"token", asked_.token}})};
    if (asked_.csv) request.headers = {{"accept", "text/csv"}};
    const auto held = session_.ask(std::move(request), std::chrono::seconds(60));
    if (!held) return fail(kUnavailable, held.error());
    if (!asked_.csv || exit_code_of(*held) != kDone) return printer_.print(*held, held_text, &session_);
    fmt::print("{}", held->body);
    return kDone;
  }

  int show_moment(const std::string& history, const Parameters& moment) {
    const auto state = ask("", moment);
    if (!state) return fail(kUnavailable, state.error());
    return Printer(line_, Fields(state->body).text("last_recorded_at"))
        .print(
            *state,
            [&](const std::string& json, const Display& display) {
              const auto then = as_of_.empty() ? Fields(json).text("last_recorded_at") : as_of_;
              return moment_text(json, display) +
                     case_text(json, history, moment_of(then, display.zone).value_or(api::wall_clock()),
                               Clocks::shown, display);
            },
            &session_);
  }

  int show_steps(const std::string& history) {
    const auto diff = ask("/diff", {{"from", "0"}, {"every", "true"}});
    if (!diff) return fail(kUnavailable, diff.error());
    if (line_.output != Output::json && exit_code_of(*diff) == kDone && is_interactive())
      return step_through(history, diff->body);
    return printer_.print(
        *diff,
        [&](const std::string& json, const Display& display) { return steps_text(history, json, display); },
        &session_);
  }

  /// A screen for each event: the case behind it, and what it changed.
  int step_through(const std::string& history, const std::string& diff) {
    const auto events = Fields(history).objects("rows");
    KeyReader keys;
    for (std::size_t at = 0;;) {
      const auto& event = events.at(at);
      const auto display = Printer(line_, event.text("recorded_at")).display(&session_);
      const auto state = ask("", {{"seq", event.text("seq")}});
      if (!state) return fail(kUnavailable, state.error());
      const auto then = parse_timestamp(event.text("recorded_at")).value_or(api::wall_clock());
      fmt::print("\x1b[H\x1b[2J{}{}\n{}\n{}\n", moment_text(state->body, display),
                 case_head_text(state->body, history, then, display), step_text(event, diff, display),
                 display.of({"next: → j   back: ← k   ends: g G   leave: q",
                             "下一步：→ j   上一步：← k   首尾：g G   退出：q"}));
      (void)std::fflush(stdout);
      switch (keys.read()) {
        case Key::next: at = std::min(at + 1, events.size() - 1); break;
        case Key::previous: at -= at > 0 ? 1 : 0; break;
        case Key::first: at = 0; break;
        case Key::last: at = events.size() - 1; break;
        case Key::quit: return kDone;
        case Key::other: break;
      }
    }
  }

  const CommandLine& line_;
  Printer printer_;
  const verb::Replay& asked_;
  Session& session_;
  std::string as_of_ = asked_moment(asked_.as_of, line_.zone);
  std::string target_ = "/v1/cases/" + http::percent_encode(asked_.id);
};

}  // namespace

int replay(const CommandLine& line, const verb::Replay& asked) {
  const auto session = open_session(line.place, NoLog::refuse);
  if (!session) return fail(session.error().code, session.error().what);
  return Replay(line, asked, **session).run();
}

}  // namespace casetrail::cli
