// The verb `verify`: reads all of the embedded log while nobody writes it, and names what is damaged; of
// events, on either log, whether they are those that were written.
#include "workers/log/embedded/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <expected>
#include <filesystem>
#include <fstream>
#include <optional>

#include "events/wire/json_writer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/progress.h"
#include "workers/cli/readable.h"
#include "workers/cli/session.h"
#include "workers/cli/verbs.h"
#include "workers/evidence/check_log.h"
#include "workers/node/data_folder.h"

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

struct BreakAnswer {
  log::Partition partition = 0;
  log::Offset offset = 0;
  std::string what;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partition), CEREAL_NVP(offset), CEREAL_NVP(what));
  }
};

/// Of the chains of all partitions.
struct ChainAnswer {
  std::int64_t linked = 0;
  std::int64_t before_the_chain = 0;
  std::int64_t unlinked = 0;
  std::int64_t broken = 0;          ///< breaks in all
  std::vector<BreakAnswer> breaks;  ///< the first ones of each partition

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(linked), CEREAL_NVP(before_the_chain), CEREAL_NVP(unlinked), CEREAL_NVP(broken),
            CEREAL_NVP(breaks));
  }
};

struct VerifyAnswer {
  std::optional<std::int64_t> records;  ///< of the embedded log
  std::vector<DamageAnswer> damage;
  ChainAnswer chain;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(records), CEREAL_NVP(damage), CEREAL_NVP(chain));
  }

  [[nodiscard]] bool sound() const { return damage.empty() && chain.broken == 0 && chain.unlinked == 0; }
};

ChainAnswer chain_of(const std::vector<evidence::ChainCheck>& checks) {
  ChainAnswer answer;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    answer.linked += checks[i].linked();
    answer.before_the_chain += checks[i].before_the_chain();
    answer.unlinked += checks[i].unlinked();
    answer.broken += checks[i].broken();
    for (const auto& [offset, what] : checks[i].breaks())
      answer.breaks.push_back({static_cast<log::Partition>(i), offset, what});
  }
  return answer;
}

VerifyAnswer answer_of(const embedded::VerifiedLog& verified,
                       const std::vector<evidence::ChainCheck>& checks) {
  VerifyAnswer answer{verified.records, {}, chain_of(checks)};
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

std::string verdict_on(const ChainAnswer& chain) {
  if (chain.broken > 0)
    return "the chain is broken where it is named above: these are not the events that were written. Compare "
           "with a backup from before.";
  if (chain.unlinked > 0)
    return fmt::format(
        "{} within the chain, named above, without a link. If an older casetrail wrote then, keep heads now: "
        "--heads accepts what lies before them.",
        counted(chain.unlinked, "event"));
  return chain.linked == 0 ? "there is no chain to check." : "the chain is whole.";
}

std::string text_of(const ChainAnswer& chain) {
  std::string text;
  for (const auto& [partition, offset, what] : chain.breaks)
    text += fmt::format("casetrail.events/{}, offset {}: {}\n", partition, offset, what);
  text += fmt::format("{} linked each to the one before it; ", counted(chain.linked, "event"));
  if (chain.before_the_chain > 0)
    text += fmt::format("{} older than the chain; ", counted(chain.before_the_chain, "event"));
  return text + verdict_on(chain) + "\n";
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
  return text + text_of(answer.chain);
}

int refuse(int code, const std::string& sentence) {
  fmt::print(stderr, "casetrail: {}\n", sentence);
  return code;
}

std::expected<evidence::Heads, std::string> kept_heads(const std::filesystem::path& file) {
  if (file.empty()) return evidence::Heads{};
  const auto text = node::read_file(file);
  if (!text) return std::unexpected("Expected a file that can be read, but it is '" + file.string() + "'.");
  auto heads = evidence::parse_heads(*text);
  if (heads && heads->empty())
    return std::unexpected("Expected heads in " + file.string() + ", but it has none.");
  return heads;
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
  const bool may_be_kept = answer.damage.empty() && answer.chain.broken == 0;
  if (may_be_kept && !asked.keep_heads.empty() &&
      !write_heads(asked.keep_heads, evidence::heads_text(checks)))
    return refuse(kUnavailable, "The heads cannot be written to " + asked.keep_heads.string() + ".");
  return answer.sound() ? kDone : kRefused;
}

/// Kafka checks its own records, whoever writes meanwhile.
int verify_on_kafka(const Place& place, const verb::Verify& asked, const evidence::Heads& kept,
                    Output output) {
  const auto log = open_log(place, Loss::refuse);
  if (!log) return refuse(kUnavailable, log.error());
  std::optional<ProgressBar> bar(std::in_place, "verifying", "events");
  const auto checks =
      evidence::check_log(**log, kept, [&](auto done, auto total) { bar->show(done, total); });
  bar.reset();
  if (!checks) return refuse(kUnavailable, checks.error().what);
  return tell({.records = {}, .damage = {}, .chain = chain_of(*checks)}, *checks, asked, output);
}

}  // namespace

int verify(const Place& place, const verb::Verify& asked, Output output) {
  const auto kept = kept_heads(asked.heads);
  if (!kept) return refuse(kUsage, kept.error());
  if (kind_of(place) == node::LogKind::kafka) return verify_on_kafka(place, asked, *kept, output);
  if (const auto none = no_log_in(place)) return refuse(kUsage, *none);
  node::DataFolder folder(place.data);
  const auto lock = folder.lock(10s);
  if (!lock && lock.error().holder)
    return refuse(kUnavailable,
                  lock.error().what + " Stop it first: verify reads the log while nobody writes it.");
  if (!lock) return refuse(kUnavailable, lock.error().what);
  if (const auto fits = folder.check_served(node::LogKind::embedded); !fits)
    return refuse(kUsage, fits.error());
  std::optional<ProgressBar> bar(std::in_place, "verifying", "records");
  auto checks = evidence::checks_for(0, *kept);
  const auto verified = embedded::verify_embedded_log(
      place.data / "log", node::default_memory().log,
      [&](auto done, auto total) {
        bar->show(done, total);
        return true;
      },
      [&](log::Topic topic, log::Partition partition, log::Offset offset, const MessageView& record) {
        if (topic != log::Topic::events) return;
        checks.resize(std::max(checks.size(), static_cast<std::size_t>(partition) + 1));
        checks[static_cast<std::size_t>(partition)].take(offset, record);
      });
  bar.reset();
  if (!verified) return refuse(kUnavailable, verified.error().what);
  std::vector<log::Offset> ends;
  for (const auto& held : verified->partitions) {
    if (held.topic == log::Topic::events) ends.push_back(held.next);
  }
  evidence::finish_all(checks, ends);
  return tell(answer_of(*verified, checks), checks, asked, output);
}

}  // namespace casetrail::cli
