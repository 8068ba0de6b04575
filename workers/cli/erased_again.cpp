// The engine decides it as any erasure, so that the copy tells who erased, when and why.
#include "workers/cli/erased_again.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "aggregates/case/privacy/commands.h"
#include "events/wire/json_writer.h"
#include "workers/api/uuid_v7.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/answer.h"
#include "workers/cli/command_request.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/progress.h"
#include "workers/node/erasure_ledger.h"
#include "workers/privacy/exported_key.h"
#include "workers/privacy/master_key.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kAnswerWait = 60s;

std::unexpected<SessionTrouble> not_erased(const std::string& case_id, const std::string& why) {
  return std::unexpected(SessionTrouble{
      kRefused, fmt::format("Case {} of the ledger was not erased in the copy: {} Nothing was restored.",
                            case_id, why)});
}

class Again {
 public:
  Again(Session& session, std::string reason, const std::string& actor)
      : session_(session), reason_(std::move(reason)), actor_(actor) {}

  std::expected<void, SessionTrouble> erase(const node::LedgerEntry& entry, ErasedAgain& done) {
    const auto& id = entry.case_id;
    const auto state = session_.ask({.method = "GET", .target = path_of(id)}, kAnswerWait);
    if (!state) return not_erased(id, state.error());
    if (exit_code_of(*state) == kNotFound) {
      ++done.absent;
      return {};
    }
    if (exit_code_of(*state) != kDone) return not_erased(id, problem_sentence(state->body));
    const auto known = parse_timestamp(privacy_of(*state).object("erased").text("at"));
    if (entry.erased_at && known && *known >= *entry.erased_at) {
      ++done.before;
      return {};
    }
    return erase(id, done);
  }

 private:
  static std::string path_of(const std::string& case_id) {
    return "/v1/cases/" + http::percent_encode(case_id);
  }
  static Fields privacy_of(const http::HttpResponse& state) {
    return Fields(state.body).object("head").object("privacy");
  }

  std::expected<void, SessionTrouble> erase(const std::string& id, ErasedAgain& done) {
    const auto outcome =
        session_.ask(command_request({.type = std::string(RequestErasure::kType),
                                      .case_id = id,
                                      .actor = actor_,
                                      .id = api::uuid_v7(api::wall_clock())},
                                     to_json(RequestErasure{LegalBasis::legal_obligation, reason_})),
                     kAnswerWait);
    if (!outcome) return not_erased(id, outcome.error());
    if (exit_code_of(*outcome) != kDone) return not_erased(id, problem_sentence(outcome->body));
    const auto token = http::percent_encode(Fields(outcome->body).text("token"));
    const auto after =
        session_.ask({.method = "GET", .target = path_of(id) + "?token=" + token}, kAnswerWait);
    if (!after) return not_erased(id, after.error());
    if (exit_code_of(*after) != kDone) return not_erased(id, problem_sentence(after->body));
    (privacy_of(*after).object("waiting").empty() ? done.erased : done.held).push_back(id);
    return {};
  }

  Session& session_;
  std::string reason_;
  const std::string& actor_;
};

/// As the log lies there now. Opening it takes the bytes of destroyed keys from the disk, where that was not
/// done before.
std::expected<void, SessionTrouble> check_gone(const Place& place, const std::vector<std::string>& erased) {
  const auto master = privacy::read_master_key(place.master_key);
  if (!master) return std::unexpected(SessionTrouble{kUsage, master.error()});
  const auto log = open_log(place, Loss::refuse);
  if (!log) return std::unexpected(SessionTrouble{kUnavailable, log.error()});
  for (const auto& id : erased) {
    const auto key = privacy::exported_key(**log, *master, CaseId{id});
    if (!key) return not_erased(id, key.error().what);
    if (*key) return not_erased(id, "its key is still there.");
  }
  return {};
}

}  // namespace

std::expected<ErasedAgain, SessionTrouble> erase_again(const Place& place,
                                                       const std::filesystem::path& ledger,
                                                       const std::string& actor) {
  const auto entries = node::read_ledger(ledger);
  if (!entries) return std::unexpected(SessionTrouble{kUsage, entries.error()});
  if (auto named = node::name_ledger(place.data, ledger); !named)
    return std::unexpected(SessionTrouble{kUnavailable, named.error()});
  ErasedAgain done;
  if (entries->empty()) return done;
  {
    const auto session = open_session(place, NoLog::refuse);
    if (!session) return std::unexpected(session.error());
    Again again(**session, "restored from a backup; listed in the ledger of erasures", actor);
    ProgressBar bar("erasing again", "cases");
    for (std::int64_t at = 0; const auto& entry : *entries) {
      bar.show(at++, std::ssize(*entries));
      if (auto one = again.erase(entry, done); !one) return std::unexpected(std::move(one).error());
    }
  }
  if (auto gone = check_gone(place, done.erased); !gone) return std::unexpected(std::move(gone).error());
  return done;
}

}  // namespace casetrail::cli
