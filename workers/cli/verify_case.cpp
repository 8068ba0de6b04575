// A case's partition alone is read: of Kafka through the port, of an embedded log beside whoever writes it.
#include "workers/cli/verify_case.h"

#include <fmt/format.h>

#include <cereal/cereal.hpp>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "events/case/case_number.h"
#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"
#include "workers/api/submission.h"
#include "workers/cli/answer.h"
#include "workers/cli/chain_text.h"
#include "workers/cli/fields.h"
#include "workers/cli/looked_at.h"
#include "workers/cli/printer.h"
#include "workers/cli/progress.h"
#include "workers/cli/readable.h"
#include "workers/cli/session.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"
#include "workers/evidence/case_check.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

struct CheckedEventAnswer {
  std::int64_t seq = 0;
  log::Offset offset = 0;
  std::int64_t link = 0;
  std::string type;
  std::string command_id;
  std::optional<log::Offset> command_offset;
  std::string command;  ///< `none`, `gone`, `same`, `other`

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(offset), CEREAL_NVP(link), CEREAL_NVP(type), CEREAL_NVP(command_id),
            CEREAL_NVP(command_offset), CEREAL_NVP(command));
  }
};

struct CaseVerified {
  std::string case_id;
  log::Partition partition = 0;
  log::Offset from = 0;  ///< what was read of the partition
  log::Offset end = 0;   ///< behind the last one
  std::vector<CheckedEventAnswer> events = {};
  std::vector<std::string> problems = {};
  ChainAnswer chain = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("case", case_id), CEREAL_NVP(partition), CEREAL_NVP(from), CEREAL_NVP(end),
            CEREAL_NVP(events), CEREAL_NVP(problems), CEREAL_NVP(chain));
  }

  [[nodiscard]] bool sound() const { return problems.empty() && chain.sound(); }
};

/// The case that the words name; whoever has the boards knows numbers.
std::expected<CaseId, SessionTrouble> case_named(const Place& place, const std::string& words) {
  if (!parse_case_number(words)) {
    auto id = api::find_case_id(words);
    if (!id) return std::unexpected(SessionTrouble{kUsage, std::move(id).error()});
    return *std::move(id);
  }
  const auto session = open_session(place, NoLog::refuse);
  if (!session) return std::unexpected(session.error());
  const auto answer = (*session)->ask({.method = "GET", .target = "/v1/cases/" + words}, 60s);
  if (!answer) return std::unexpected(SessionTrouble{kUnavailable, answer.error()});
  if (const auto code = exit_code_of(*answer); code != kDone)
    return std::unexpected(SessionTrouble{static_cast<ExitCode>(code), problem_sentence(answer->body)});
  return CaseId{Fields(answer->body).text("case_id")};
}

std::string command_text(evidence::CommandFound found) {
  switch (found) {
    case evidence::CommandFound::none: return "none: a clock";
    case evidence::CommandFound::gone: return "no longer kept";
    case evidence::CommandFound::same: return "there";
    case evidence::CommandFound::other: return "not there";
  }
  std::unreachable();
}

std::string text_of(const CaseId& case_id, const evidence::CheckedCase& checked, const ChainAnswer& chain,
                    std::size_t width) {
  TextTable table({{"seq"}, {"offset"}, {"link"}, {"event"}, {"its command"}, {"id", 2}, {"at", 2}});
  for (const auto& event : checked.events) {
    table.add({std::to_string(event.seq), std::to_string(event.offset),
               event.link > 0 ? std::to_string(event.link) : "none", event.type, command_text(event.command),
               event.command_id, event.command_offset < 0 ? "" : std::to_string(event.command_offset)});
  }
  auto text = fmt::format("Case {}: {} in casetrail.events/{}\n{}", case_id.value,
                          counted(std::ssize(checked.events), "event"), checked.partition, table.text(width));
  for (const auto& problem : checked.problems) text += problem + "\n";
  if (checked.problems.empty()) text += "Its events follow each other without a gap.\n";
  return text +
         fmt::format("casetrail.events/{} was read from offset {} to before {}.\n", checked.partition,
                     checked.from, checked.end) +
         text_of(chain);
}

CaseVerified answer_of(const CaseId& case_id, const evidence::CheckedCase& checked, ChainAnswer chain) {
  CaseVerified answer{.case_id = case_id.value,
                      .partition = checked.partition,
                      .from = checked.from,
                      .end = checked.end,
                      .problems = checked.problems,
                      .chain = std::move(chain)};
  for (const auto& event : checked.events) {
    answer.events.push_back({event.seq, event.offset, event.link, event.type, event.command_id,
                             event.command_offset < 0 ? std::nullopt : std::optional(event.command_offset),
                             std::string(name_of(event.command))});
  }
  return answer;
}

/// `refused`: what it means that the source refuses records.
int check_in(evidence::RecordSource& source, const CaseId& case_id, evidence::KnownHeads known, Output output,
             ExitCode refused) {
  std::optional<ProgressBar> bar(std::in_place, "verifying", "events");
  auto checked =
      evidence::check_case(source, case_id, known, [&](auto done, auto total) { bar->show(done, total); });
  bar.reset();
  if (!checked) {
    return fail(checked.error().failure == log::LogFailure::refused ? refused : kUnavailable,
                checked.error().what);
  }
  if (checked->events.empty() && checked->problems.empty())
    return fail(kNotFound, "There is no event of a case " + case_id.value + ".");
  CheckedChains chains{std::move(known)};
  chains.checks.resize(static_cast<std::size_t>(checked->partition));
  chains.checks.push_back(checked->chain);
  const auto chain = chain_of(chains);
  const auto answer = answer_of(case_id, *checked, chain);
  fmt::print("{}", output == Output::json
                       ? to_json(answer) + "\n"
                       : text_of(case_id, *checked, chain, output == Output::wide ? 0 : terminal_width()));
  return answer.sound() ? kDone : kRefused;
}

}  // namespace

int verify_case(const Place& place, const std::string& asked, evidence::KnownHeads known, Output output) {
  if (kind_of(place) == node::LogKind::embedded) {
    if (const auto none = no_log_in(place)) return fail(kUsage, *none);
    if (const auto fits = node::DataFolder(place.data).check_served(node::LogKind::embedded); !fits)
      return fail(kUsage, fits.error());
  }
  const auto case_id = case_named(place, asked);
  if (!case_id) return fail(case_id.error().code, case_id.error().what);
  return check_records_of(place, [&](evidence::RecordSource& source, ExitCode refused) {
    return check_in(source, *case_id, std::move(known), output, refused);
  });
}

}  // namespace casetrail::cli
