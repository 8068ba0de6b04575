// What is wrong with the keys of a server, and with what they are for: texts that lie in the open, and
// persons whose erasure a restore would undo.
#include <fmt/format.h>

#include <system_error>

#include "workers/cli/doctor.h"
#include "workers/node/erasure_ledger.h"

namespace casetrail::cli {
namespace {

namespace fs = std::filesystem;

Finding ledger_in(const fs::path& data) {
  constexpr auto kId = "erasure_ledger_missing";
  constexpr auto kRemedy =
      "Start the server with --erasure-ledger FILE, beside the backups: `casetrail restore` follows it.";
  const auto ledger = node::ledger_of(data);
  if (!ledger) {
    return {kId, Severity::warning,
            "Who is erased is written into no ledger: a backup would bring them back.", kRemedy};
  }
  if (const auto read = node::read_ledger(*ledger); !read)
    return {kId, Severity::error, read.error() + " Nobody can be erased meanwhile.", kRemedy};
  return {kId, Severity::ok, "Who is erased is written into " + ledger->string() + "."};
}

}  // namespace

Finding look_at_key(std::string id, const fs::path& file) {
  std::error_code failed;
  const auto rights = fs::status(file, failed).permissions();
  if (failed) {
    return {std::move(id), Severity::error,
            fmt::format("{} cannot be looked at ({}).", file.string(), failed.message()),
            "Name the file that the server is given, as somebody who may read it."};
  }
  if ((rights & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none)
    return {std::move(id), Severity::ok, "Its owner alone may read " + file.string() + "."};
  const bool is_read_by_all = (rights & fs::perms::others_all) != fs::perms::none;
  return {std::move(id), is_read_by_all ? Severity::error : Severity::warning,
          fmt::format("{} may read or write {}.", is_read_by_all ? "Everybody on this machine" : "A group",
                      file.string()),
          fmt::format("chmod go= {}; it belongs to the server's user. Who may have read it has the key: make "
                      "another.",
                      file.string())};
}

Findings look_at_sealing(Texts texts, const Surroundings& around) {
  constexpr auto kId = "log_not_sealed";
  if (texts == Texts::sealed) {
    Findings findings{{kId, Severity::ok, "The personal texts of the log are sealed."}};
    if (!around.data.empty()) findings.push_back(ledger_in(around.data));
    return findings;
  }
  if (!around.asks_who) return {};
  return {
      {kId, Severity::warning,
       "Others than this machine's user ask this server, and its personal texts lie in the open: nobody can "
       "be erased, and a backup shows them to whoever has it.",
       "`casetrail keys create`, then `casetrail seal` (\"Sealing what lies in the open\" of operate.md)."}};
}

}  // namespace casetrail::cli
