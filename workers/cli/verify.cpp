// The verb `verify`: reads all of the embedded log, where nobody writes it, and names what is damaged; of
// events, on either log, whether they are those that were written.
#include "workers/log/embedded/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <expected>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

#include "events/wire/json_writer.h"
#include "workers/cli/chain_text.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/looked_at.h"
#include "workers/cli/printer.h"
#include "workers/cli/progress.h"
#include "workers/cli/session.h"
#include "workers/cli/verbs.h"
#include "workers/cli/verify_case.h"
#include "workers/evidence/check_log.h"
#include "workers/log/embedded/look.h"
#include "workers/node/data_folder.h"
#include "workers/node/sealing.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

/// Absent: of a file, or of the log as a whole.
struct DamageAnswer {
  std::optional<std::string> topic;
  std::optional<log::Partition> partition;
  std::optional<log::Offset> from;
  std::optional<log::Offset> to;  ///< the last
  std::optional<std::string> file;
  std::string what;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(topic), CEREAL_NVP(partition), CEREAL_NVP(from), CEREAL_NVP(to), CEREAL_NVP(file),
            CEREAL_NVP(what));
  }
};

struct VerifyAnswer {
  std::optional<std::int64_t> records;  ///< of the embedded log, all of whose files were read
  std::vector<DamageAnswer> damage;
  ChainAnswer chain;
  std::optional<std::string> half_made;  ///< why nobody may use it yet, and what ends that

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(records), CEREAL_NVP(damage), CEREAL_NVP(chain), CEREAL_NVP(half_made));
  }

  [[nodiscard]] bool sound() const { return damage.empty() && chain.sound() && !half_made; }
};

/// Why the log may not be used yet, as it says itself; one whose groups cannot be read is told of elsewhere.
std::optional<std::string> half_made_at(const Place& place) {
  std::vector<std::string> groups;
  if (kind_of(place) == node::LogKind::kafka) {
    const auto log = open_log(place, Loss::refuse);
    if (!log) return std::nullopt;
    const auto told = (*log)->groups();
    if (!told) return std::nullopt;
    for (const auto& group : *told) groups.push_back(group.group);
  } else if (const auto look = embedded::LogLook::open(place.data / "log", node::default_memory().log)) {
    groups = look->groups().value_or(std::vector<std::string>());
  }
  return node::half_made(groups);
}

VerifyAnswer answer_of(const embedded::VerifiedLog& verified, const CheckedChains& checked,
                       std::optional<std::string> half_made) {
  VerifyAnswer answer{verified.records, {}, chain_of(checked), std::move(half_made)};
  for (const auto& damage : verified.damage) {
    auto& named = answer.damage.emplace_back();
    if (!damage.topic.empty()) {
      named.topic = damage.topic;
      named.partition = damage.partition;
      named.from = damage.from;
      named.to = damage.until - 1;
    }
    if (!damage.file.empty()) named.file = damage.file;
    named.what = damage.what;
  }
  return answer;
}

std::string line_of(const DamageAnswer& damage) {
  std::string line;
  if (damage.topic)
    line +=
        fmt::format("{}/{}, offsets {} to {}", *damage.topic, *damage.partition, *damage.from, *damage.to);
  if (damage.file) line += (line.empty() ? "" : ", in ") + *damage.file;
  return line + ": " + damage.what + "\n";
}

std::string text_of(const VerifyAnswer& answer) {
  std::string text;
  for (const auto& damage : answer.damage) text += line_of(damage);
  if (answer.records) {
    text += fmt::format("{} records were read as they were written; {}\n", *answer.records,
                        answer.damage.empty()
                            ? "nothing is damaged."
                            : "what is named above is damaged: restore the folder from a backup.");
  }
  text += text_of(answer.chain);
  return answer.half_made ? text + *answer.half_made + "\n" : text;
}

/// Whole or not at all, so that a file of heads is never one that asks for less.
bool write_heads(const std::filesystem::path& file, const std::string& text) {
  const auto beside = file.string() + ".new";
  {
    std::ofstream out(beside);
    out << text;
    out.flush();
    if (!out) return false;
  }
  std::error_code failed;
  std::filesystem::rename(beside, file, failed);
  return !failed;
}

/// Heads of a chain that is broken are not kept.
int tell(const VerifyAnswer& answer, const std::vector<evidence::ChainCheck>& checks,
         const verb::Verify& asked, Output output) {
  fmt::print("{}", output == Output::json ? to_json(answer) + "\n" : text_of(answer));
  const bool may_be_kept = answer.damage.empty() && answer.chain.broken == 0 && !answer.half_made;
  if (may_be_kept && !asked.keep_heads.empty() &&
      !write_heads(asked.keep_heads, evidence::heads_text(checks)))
    return fail(kUnavailable, "The heads cannot be written to " + asked.keep_heads.string() + ".");
  return answer.sound() ? kDone : kRefused;
}

/// Whoever writes meanwhile. `beside`: what people are told first.
int verify_chains(const Place& place, const verb::Verify& asked, evidence::KnownHeads known, Output output,
                  std::string_view beside = {}) {
  return check_records_of(place, [&](evidence::RecordSource& source, ExitCode refused) -> int {
    if (output != Output::json) fmt::print("{}", beside);
    CheckedChains checked{std::move(known)};
    std::optional<ProgressBar> bar(std::in_place, "verifying", "events");
    auto checks =
        evidence::check_log(source, checked.known, [&](auto done, auto total) { bar->show(done, total); });
    bar.reset();
    if (!checks) {
      return fail(checks.error().failure == log::LogFailure::refused ? refused : kUnavailable,
                  checks.error().what);
    }
    checked.checks = *std::move(checks);
    return tell({.records = {}, .damage = {}, .chain = chain_of(checked), .half_made = half_made_at(place)},
                checked.checks, asked, output);
  });
}

/// Files that somebody writes cannot be told from damaged ones.
constexpr std::string_view kBeside =
    "The log is served: chains are checked, but not its files, for which stop the server or verify a "
    "backup.\n";

/// The chains of a log whose records are read once, heads before events.
class ChainsOnTheWay {
 public:
  explicit ChainsOnTheWay(evidence::KnownHeads known) : checked_{std::move(known)} {}

  void take(log::Topic topic, log::Partition partition, log::Offset offset, const MessageView& record) {
    if (topic == log::Topic::evidence) checked_.known.take(partition, offset, record);
    if (topic == log::Topic::events) check_of(partition).take(offset, record);
  }

  [[nodiscard]] CheckedChains finish(const std::vector<embedded::VerifiedPartition>& held) {
    std::vector<log::Offset> ends;
    for (const auto& partition : held) {
      if (partition.topic == log::Topic::events) ends.push_back(partition.next);
    }
    begin();
    evidence::finish_all(checked_.checks, ends);
    return std::move(checked_);
  }

 private:
  void begin() {
    if (!std::exchange(begun_, true)) checked_.checks = checked_.known.checks_for(0);
  }

  evidence::ChainCheck& check_of(log::Partition partition) {
    begin();
    const auto at = static_cast<std::size_t>(partition);
    checked_.checks.resize(std::max(checked_.checks.size(), at + 1));
    return checked_.checks[at];
  }

  CheckedChains checked_;
  bool begun_ = false;
};

}  // namespace

int verify(const Place& place, const verb::Verify& asked, Output output) {
  auto known = known_heads(asked);
  if (!known) return fail(kUsage, known.error());
  if (!asked.case_id.empty()) return verify_case(place, asked.case_id, *std::move(known), output);
  if (kind_of(place) == node::LogKind::kafka) return verify_chains(place, asked, *std::move(known), output);
  if (const auto none = no_log_in(place)) return fail(kUsage, *none);
  node::DataFolder folder(place.data);
  const auto lock = folder.lock(10s);
  if (!lock && lock.error().holder) return verify_chains(place, asked, *std::move(known), output, kBeside);
  if (!lock) return fail(kUnavailable, lock.error().what);
  if (const auto fits = folder.check_served(node::LogKind::embedded); !fits)
    return fail(kUsage, fits.error());
  std::optional<ProgressBar> bar(std::in_place, "verifying", "records");
  ChainsOnTheWay chains(*std::move(known));
  const auto verified = embedded::verify_embedded_log(
      place.data / "log", node::default_memory().log,
      [&](auto done, auto total) {
        bar->show(done, total);
        return true;
      },
      [&](log::Topic topic, log::Partition partition, log::Offset offset, const MessageView& record) {
        chains.take(topic, partition, offset, record);
      });
  bar.reset();
  if (!verified) return fail(kUnavailable, verified.error().what);
  const auto checked = chains.finish(verified->partitions);
  return tell(answer_of(*verified, checked, half_made_at(place)), checked.checks, asked, output);
}

}  // namespace casetrail::cli
