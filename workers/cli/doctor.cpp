// The verb `doctor`: asks the node where one works, else looks at the folder, or at the brokers.
#include "workers/cli/doctor.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "events/wire/json_writer.h"
#include "workers/api/dead_letters.h"
#include "workers/api/policies.h"
#include "workers/api/topics_json.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/printer.h"
#include "workers/cli/readable.h"
#include "workers/cli/session.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/http/client.h"
#include "workers/http/problem.h"
#include "workers/log/embedded/look.h"
#include "workers/node/data_folder.h"
#include "workers/privacy/sealed_log.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kLookTimeout = 10s;

struct DoctorAnswer {
  std::string looked_at;  ///< `node`, `folder` or `brokers`
  Findings findings;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(looked_at), CEREAL_NVP(findings));
  }
};

void add(Findings more, Findings& findings) { std::ranges::move(more, std::back_inserter(findings)); }

/// Of the server that the place names, where it speaks TLS; one that does not answer is told elsewhere.
void look_at_its_certificate(const Place& place, DoctorAnswer& answer) {
  const auto client = http::HttpClient::to(*place.server, place.trust);
  if (!client->connect(kLookTimeout)) return;
  if (const auto end = client->certificate_end())
    answer.findings.push_back(look_at_certificate(*end, api::wall_clock()));
}

/// Requires: the place names a server.
void ask_node(const Place& place, DoctorAnswer& answer) {
  answer.looked_at = "node";
  const auto session = open_session(place, NoLog::refuse);
  if (!session) {
    answer.findings.push_back({"node_silent", Severity::error, session.error().what,
                               "Look whether it runs, and at the end of its log."});
    return;
  }
  add(look_at_node(
          [&](const std::string& target) {
            return (*session)->ask({.method = "GET", .target = target}, kLookTimeout);
          },
          api::wall_clock()),
      answer.findings);
  look_at_its_certificate(place, answer);
}

/// What a node would answer, of the log alone.
std::expected<http::HttpResponse, std::string> answer_of_log(log::EventLog& log, const std::string& target) {
  const auto answered = [](auto result, const auto& as_response) -> http::HttpResponse {
    return result ? as_response(*result) : http::problem(503, "unavailable", result.error().what);
  };
  if (target == "/v1/topics") return answered(log.check_topics(), api::json_of);
  if (target == "/v1/policies/current") return api::policy_answer(log, "current");
  return api::LetterDesk(log).list(api::LetterBook::Wanted::open, 1);
}

void ask_brokers(const Place& place, DoctorAnswer& answer) {
  answer.looked_at = "brokers";
  const auto log = open_log(place, Loss::refuse);
  const auto ask = [&](const std::string& target) -> std::expected<http::HttpResponse, std::string> {
    if (!log) return std::unexpected(log.error());
    return answer_of_log(**log, target);
  };
  add(look_at_topics(ask, api::wall_clock()), answer.findings);
}

/// As the log lies there, beside whoever writes it; nothing: it cannot be read now, which is told elsewhere.
std::optional<Texts> texts_of(const Place& place) {
  if (kind_of(place) == node::LogKind::kafka) {
    const auto log = open_log(place, Loss::refuse);
    const auto has_keys = log ? privacy::has_keys(**log) : log::LogResult<bool>(false);
    if (!log || !has_keys) return std::nullopt;
    return *has_keys ? Texts::sealed : Texts::open;
  }
  const auto look = embedded::LogLook::open(place.data / "log", node::default_memory().log);
  const auto partitions = look ? look->partitions() : log::LogResult<log::Partition>(0);
  if (!look || !partitions) return std::nullopt;
  for (log::Partition partition = 0; partition < *partitions; ++partition) {
    if (const auto keys = look->bounds(log::Topic::keys, partition); keys && keys->high > 0)
      return Texts::sealed;
  }
  return Texts::open;
}

/// What the files of this machine tell, whoever answers.
void look_at_privacy(const Place& place, const verb::Doctor& asked, Findings& findings) {
  if (!place.master_key.empty())
    findings.push_back(look_at_key("master_key_open_to_others", place.master_key));
  if (!asked.tls_key.empty()) findings.push_back(look_at_key("tls_key_open_to_others", asked.tls_key));
  if (place.server) return;
  const bool asks_who = !asked.identities.empty() || std::filesystem::exists(place.data / node::kTokenFile);
  const bool is_kafka = kind_of(place) == node::LogKind::kafka;
  if (const auto texts = texts_of(place))
    add(look_at_sealing(*texts, {asks_who, is_kafka ? std::filesystem::path() : place.data}), findings);
}

/// Or the exit code after a sentence.
std::expected<DoctorAnswer, int> look(const Place& place) {
  DoctorAnswer answer;
  if (place.server) {
    ask_node(place, answer);
    return answer;
  }
  if (const auto none = no_log_in(place)) return std::unexpected(fail(kUsage, *none));
  const node::DataFolder folder(place.data);
  const auto held = folder.look();
  if (!held.is_held()) {
    if (const auto fits = folder.check_served(kind_of(place)); !fits)
      return std::unexpected(fail(kUsage, fits.error()));
  }
  answer.findings = look_at_folder(place.data, node::default_disk_reserve(place.data));
  if (held.holder()) {
    // The node knows its own reserve.
    std::erase_if(answer.findings, [](const Finding& finding) { return finding.id == "disk_space_low"; });
    // Named as a server, so that none is begun here when it ends at this moment.
    auto node = place;
    node.server = held.holder()->address;
    node.trust = held.holder()->trust;
    if (node.token_file.empty() && !held.holder()->token.empty())
      node.token_file = place.data / node::kTokenFile;
    ask_node(node, answer);
  } else if (kind_of(place) == node::LogKind::kafka) {
    ask_brokers(place, answer);
  } else {
    answer.looked_at = "folder";
    if (!held.is_held()) add(look_at_log(place.data), answer.findings);
  }
  return answer;
}

std::string text_of(const DoctorAnswer& answer, std::size_t width) {
  auto findings = answer.findings;
  std::ranges::stable_sort(findings, std::ranges::greater(), &Finding::severity);
  TableRows rows;
  for (const auto& finding : findings)
    rows.push_back({std::string(name_of(finding.severity)), finding.id,
                    finding.remedy.empty() ? finding.sentence : finding.sentence + " → " + finding.remedy});
  auto text = wrapped_table({{"severity"}, {"finding"}, {"what it is → what to do"}}, rows, width);
  const auto count = [&](Severity severity) {
    return std::ranges::count(findings, severity, &Finding::severity);
  };
  text += fmt::format("\n{}, {}, {} in order.\n", counted(count(Severity::error), "error"),
                      counted(count(Severity::warning), "warning"), count(Severity::ok));
  if (answer.looked_at != "node")
    text +=
        "No node is at work here: what only a node knows (lag, boards, memory, snapshots) was not looked "
        "at.\n";
  return text;
}

}  // namespace

int doctor(const CommandLine& line) {
  auto answer = look(line.place);
  if (!answer) return answer.error();
  if (!line.place.brokers.empty()) answer->findings.push_back(look_at_brokers(cluster_of(line.place)));
  const auto& asked = std::get<verb::Doctor>(line.verb);
  if (!asked.identities.empty())
    add(look_at_identities(asked.identities, api::wall_clock()), answer->findings);
  look_at_privacy(line.place, asked, answer->findings);
  if (line.output == Output::json)
    fmt::print("{}\n", to_json(*answer));
  else
    fmt::print("{}", text_of(*answer, line.output == Output::wide ? 0 : terminal_width()));
  const bool well = std::ranges::all_of(
      answer->findings, [](const Finding& finding) { return finding.severity == Severity::ok; });
  return well ? kDone : kRefused;
}

}  // namespace casetrail::cli
