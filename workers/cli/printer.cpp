// What people read has the width of their terminal and the zone of their company.
#include "workers/cli/printer.h"

#include <fmt/format.h>

#include <cereal/cereal.hpp>
#include <chrono>
#include <cstdio>
#include <map>
#include <regex>

#include "aggregates/policy/policy.h"
#include "events/wire/json_reader.h"
#include "workers/api/catalogues.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/pages.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {

using namespace std::chrono_literals;

namespace {

/// Of `GET /v1/words`.
struct NamesThen {
  std::map<std::string, std::string> departments;
  std::map<std::string, std::string> agents;
  std::map<std::string, std::map<std::string, std::string>> roles;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(departments), CEREAL_NVP(agents), CEREAL_NVP(roles));
  }
};

void call_by_names_of(const std::string& moment, Session& session, Display& display) {
  const auto answer =
      session.ask({.method = "GET", .target = "/v1/words" + query_of({{"as_of", moment}})}, 60s);
  NamesThen names;
  if (!answer || answer->status != 200 || from_json(answer->body, names)) return;
  display.departments.insert(names.departments.begin(), names.departments.end());
  display.agents.insert(names.agents.begin(), names.agents.end());
  for (const auto& [id, name] : names.roles) {
    const auto label = name.find(display.say("en", "zh"));
    if (label != name.end()) display.roles.emplace(id, label->second);
  }
}

/// Each moment of the wire as it is, with what it is on the clocks of the person.
std::string with_local_moments(const std::string& sentence, const Display& display) {
  static const std::regex kMoment(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)");
  if (display.zone_name() == "UTC") return sentence;
  std::string text;
  auto rest = sentence.cbegin();
  for (std::sregex_iterator found(sentence.begin(), sentence.end(), kMoment), end; found != end; ++found) {
    text.append(rest, (*found)[0].second);
    text += " (" + display.moment(found->str()) + " " + display.zone_name() + ")";
    rest = (*found)[0].second;
  }
  return text.append(rest, sentence.cend());
}

}  // namespace

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
  const auto read = parse_policy(policy.text("text"));
  if (read) display.catalogues = read->catalogues;
  if (!as_of_.empty()) {
    call_by_names_of(as_of_, *session, display);
  } else if (read) {
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
    auto sentence = complaint(response.body);
    if (session != nullptr) sentence = with_local_moments(sentence, display(session));
    return fail(code, in_language(line_.language, response.body, sentence));
  }
  return code;
}

}  // namespace casetrail::cli
