// What people read has the width of their terminal and the zone of their company.
#include "workers/cli/printer.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "aggregates/policy/policy.h"
#include "workers/api/catalogues.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {

using namespace std::chrono_literals;

int fail(int code, const std::string& sentence) {
  fmt::print(stderr, "casetrail: {}\n", on_one_line(sentence));
  return code;
}

Display Printer::display(Session* session) const {
  Display display{.width = line_.output == Output::wide ? 0 : terminal_width(),
                  .language = line_.language,
                  .zone = line_.zone.value_or(Zone()),
                  .colours = shows_colours()};
  if (session == nullptr) return display;
  const auto answer = session->ask({.method = "GET", .target = "/v1/policies/current"}, 60s);
  if (!answer) return display;
  const Fields policy(answer->body);
  if (auto zone = Zone::load(policy.text("tz")); zone && !line_.zone) display.zone = *std::move(zone);
  if (const auto read = parse_policy(policy.text("text"))) {
    display.catalogues = read->catalogues;
    for (const auto& department : read->departments)
      display.departments.emplace(department.id.value, department.name);
    for (const auto& agent : read->names.agents) display.agents.emplace(agent.id.value, agent.name);
    for (const auto& role : read->names.roles)
      display.roles.emplace(role.id, display.of(api::label_of(role)));
  }
  return display;
}

int Printer::print(const http::HttpResponse& response, const Render& render, Session* session,
                   Complaint complaint) const {
  const auto code = exit_code_of(response);
  if (line_.output == Output::json) {
    fmt::print("{}\n", json_for_stdout(response.body));
  } else if (code == kDone) {
    fmt::print("{}", render(response.body, display(session)));
  } else {
    return fail(code, in_language(line_.language, response.body, complaint(response.body)));
  }
  return code;
}

}  // namespace casetrail::cli
