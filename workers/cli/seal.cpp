// The verb `seal`: a log whose texts lie in the open, copied into a new one in which they are sealed, and
// both held against each other.
#include <fmt/format.h>

#include <cereal/cereal.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "events/wire/json_writer.h"
#include "workers/cli/chain_text.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/log_door.h"
#include "workers/cli/printer.h"
#include "workers/cli/progress.h"
#include "workers/cli/session.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/evidence/check_log.h"
#include "workers/evidence/log_source.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/node/sealing.h"
#include "workers/privacy/copy_check.h"
#include "workers/privacy/master_key.h"
#include "workers/privacy/sealed_log.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

/// How long Kafka may take to delete topics, and how often it is asked.
constexpr auto kDeletionWait = 200ms;
constexpr int kMostDeletionWaits = 150;

template <class T>
using Step = std::expected<T, SessionTrouble>;

std::unexpected<SessionTrouble> trouble(ExitCode code, std::string what) {
  return std::unexpected(SessionTrouble{code, std::move(what)});
}

std::unexpected<SessionTrouble> trouble(const log::LogError& error) {
  return trouble(error.failure == log::LogFailure::refused ? kRefused : kUnavailable, error.what);
}

struct SealAnswer {
  std::string target;
  std::int64_t events = 0;
  std::int64_t equal = 0;  ///< events that were read again and compared
  std::int64_t linked = 0;
  std::int64_t outcomes = 0;
  std::int64_t policies = 0;
  std::int64_t dead_letters = 0;
  std::int64_t quarantined = 0;
  std::int64_t foreign = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(target), CEREAL_NVP(events), CEREAL_NVP(equal), CEREAL_NVP(linked),
            CEREAL_NVP(outcomes), CEREAL_NVP(policies), CEREAL_NVP(dead_letters), CEREAL_NVP(quarantined),
            CEREAL_NVP(foreign));
  }
};

std::string text_of(const SealAnswer& answer, const Place& copy) {
  const bool is_kafka = kind_of(copy) == node::LogKind::kafka;
  auto text = fmt::format(
      "{} holds the log sealed: {} events, each equal to the one that it was made of, {} outcomes, {} "
      "policies "
      "and {} dead letters. No event has a personal text in the open, and the chain of all of them is "
      "whole.\n",
      is_kafka ? "The topics with the prefix " + answer.target : answer.target, answer.events,
      answer.outcomes, answer.policies, answer.dead_letters);
  if (answer.foreign > 0)
    text += fmt::format("{} records of others among the events were left behind.\n", answer.foreign);
  if (answer.quarantined > 0)
    text += fmt::format("Of {} quarantined events the place alone was kept.\n", answer.quarantined);
  const auto place = is_kafka ? fmt::format("--brokers {} --topic-prefix {}", copy.brokers, answer.target)
                              : "--data " + answer.target;
  return text +
         fmt::format(
             "Start with `casetrail serve {} --master-key {}`. The old log and its backups hold every text "
             "in the open: destroy them when you have seen the boards of the new one.\n",
             place, copy.master_key.string());
}

/// A log and what has to outlive it.
struct Held {
  std::unique_ptr<node::FolderLock> lock = {};
  std::unique_ptr<log::EventLog> log = {};
};

Place place_of_copy(const Place& place, const std::string& target) {
  auto copy = place;
  if (kind_of(place) == node::LogKind::kafka)
    copy.prefix = target;
  else
    copy.data = target;
  return copy;
}

Step<void> check_names(const Place& place, const Place& copy) {
  if (place.master_key.empty())
    return trouble(kUsage,
                   "Expected the key to seal with, but there is none. Name it with --master-key FILE; "
                   "`casetrail keys create FILE` makes one.");
  if (const auto key = privacy::read_master_key(place.master_key); !key) return trouble(kUsage, key.error());
  if (auto none = no_log_in(place)) return trouble(kUsage, *std::move(none));
  std::error_code failed;
  const auto inside =
      fs::weakly_canonical(copy.data, failed).lexically_relative(fs::weakly_canonical(place.data, failed));
  const bool is_own = kind_of(place) == node::LogKind::kafka ? copy.prefix == place.prefix
                                                             : !inside.empty() && *inside.begin() != "..";
  if (is_own)
    return trouble(kUsage, "Expected a place for the copy that is not the log's own. Name another one.");
  return {};
}

Step<std::unique_ptr<log::EventLog>> open_at(const Place& place) {
  auto opened = open_log(place, Loss::refuse);
  if (!opened) return trouble(kUnavailable, std::move(opened).error());
  return *std::move(opened);
}

Step<std::unique_ptr<log::EventLog>> open_sealed(std::unique_ptr<log::EventLog> log, const Place& place,
                                                 const fs::path& stores) {
  auto made = node::sealed(std::move(log), {.master_key = place.master_key,
                                            .stores = stores,
                                            .memory = node::default_memory().keys,
                                            .half = node::HalfCopy::allowed});
  if (made) return *std::move(made);
  return trouble(made.error().of == node::SealingTrouble::Of::key ? kUsage : kUnavailable,
                 std::move(made.error().what));
}

/// The log as its events are read: through the key where some of it was sealed before.
Step<Held> open_source(const Place& place, const fs::path& stores) {
  Held source;
  if (kind_of(place) == node::LogKind::embedded) {
    node::DataFolder folder(place.data);
    auto lock = folder.lock(10s);
    if (!lock && lock.error().holder)
      return trouble(kUnavailable,
                     "The log is being written: a server holds " + place.data.string() + ". Stop it first.");
    if (!lock) return trouble(kUnavailable, std::move(lock).error().what);
    source.lock = *std::move(lock);
    if (auto fits = folder.check_served(node::LogKind::embedded); !fits)
      return trouble(kUsage, std::move(fits).error());
  }
  auto log = open_at(place);
  if (!log) return std::unexpected(std::move(log).error());
  if (auto topics = prepare_topics(**log, place); !topics)
    return trouble(kUnavailable, std::move(topics).error());
  const auto has_keys = privacy::has_keys(**log);
  if (!has_keys) return trouble(has_keys.error());
  if (*has_keys) {
    log = open_sealed(*std::move(log), place, stores);
    if (!log) return std::unexpected(std::move(log).error());
    bool lies_open = false;
    for (log::Partition partition = 0; partition < (*log)->partitions(); ++partition)
      lies_open = lies_open || (*log)->cannot_forget(partition).has_value();
    if (!lies_open)
      return trouble(kUsage, "This log is sealed from its first text on: there is nothing to do.");
  }
  source.log = *std::move(log);
  return source;
}

/// A text that is no JSON cannot be sealed: whoever has such letters has to choose.
Step<void> check_letters(log::EventLog& log, std::optional<privacy::Letters> letters) {
  if (letters) return {};
  const auto all = log.bounds(log::Topic::deadletters);
  if (!all) return trouble(all.error());
  for (const auto& bounds : *all) {
    if (bounds.low == bounds.high) continue;
    return trouble(kUsage,
                   "The log has dead letters, and one that is no JSON cannot be sealed. Say what becomes of "
                   "them: --dead-letters drop, or --dead-letters keep where they hold nothing personal "
                   "(`casetrail deadletters list --all`).");
  }
  return {};
}

/// What there is where a copy is to be made.
enum class Found {
  nothing,
  half,  ///< of a copy that was cut short: it goes
};

Step<Found> found_in(log::EventLog& log, const std::string& where) {
  const auto half = privacy::is_half_copied(log);
  if (!half) return trouble(half.error());
  if (*half) return Found::half;
  const auto empty = privacy::holds_nothing(log);
  if (!empty) return trouble(empty.error());
  if (*empty) return Found::nothing;
  return trouble(
      kUsage, "Expected a place without a log, but " + where + " holds one. Name another one for the copy.");
}

Step<void> clear_folder(const Place& copy) {
  if (!fs::exists(copy.data / "log")) return {};
  {
    const auto log = open_at(copy);
    if (!log) return std::unexpected(log.error());
    if (const auto found = found_in(**log, copy.data.string()); !found) return std::unexpected(found.error());
  }
  std::error_code failed;
  for (const auto* name : {"log", "log.known", "stores"}) {
    fs::remove_all(copy.data / name, failed);
    if (failed)
      return trouble(kUnavailable, fmt::format("{} cannot be removed ({}). Check its rights.",
                                               (copy.data / name).string(), failed.message()));
  }
  return {};
}

Step<Held> begin_folder(const Place& copy, const std::vector<log::Offset>& commands) {
  Held begun;
  auto lock = node::DataFolder(copy.data).lock(0ms);
  if (!lock) return trouble(kUnavailable, std::move(lock).error().what);
  begun.lock = *std::move(lock);
  if (auto cleared = clear_folder(copy); !cleared) return std::unexpected(std::move(cleared).error());
  if (auto made = embedded::begin_embedded_log(copy.data / "log", commands); !made)
    return trouble(made.error());
  auto log = open_at(copy);
  if (!log) return std::unexpected(std::move(log).error());
  begun.log = *std::move(log);
  return begun;
}

/// Returns when no broker that is asked knows them any more.
Step<void> clear_topics(const Place& copy) {
  if (auto deleted = delete_topics(copy); !deleted) return trouble(kUnavailable, std::move(deleted).error());
  for (int waits = 0; waits < kMostDeletionWaits; ++waits) {
    const auto log = open_at(copy);
    if (!log) return std::unexpected(log.error());
    if ((*log)->partitions() == 0) return {};
    std::this_thread::sleep_for(kDeletionWait);
  }
  return trouble(kUnavailable,
                 "The brokers do not delete the topics of the copy that was cut short. Look at "
                 "them, and begin again.");
}

Step<Held> begin_topics(const Place& copy, const std::vector<log::Offset>& commands) {
  auto log = open_at(copy);
  if (!log) return std::unexpected(std::move(log).error());
  const auto found =
      (*log)->partitions() == 0 ? Step<Found>(Found::nothing) : found_in(**log, "the prefix " + copy.prefix);
  if (!found) return std::unexpected(found.error());
  if (*found == Found::half) {
    log->reset();
    if (auto cleared = clear_topics(copy); !cleared) return std::unexpected(std::move(cleared).error());
    log = open_at(copy);
    if (!log) return std::unexpected(std::move(log).error());
  }
  const auto made = (*log)->create_topics(static_cast<log::Partition>(commands.size()));
  if (!made) return trouble(made.error());
  if (auto fit = prepare_topics(**log, copy); !fit) return trouble(kUnavailable, std::move(fit).error());
  if (std::cmp_not_equal((*log)->partitions(), commands.size()))
    return trouble(kUsage, fmt::format("Expected topics of {} partitions with the prefix {}, as those of the "
                                       "log are, but they have {}. Name another prefix.",
                                       commands.size(), copy.prefix, (*log)->partitions()));
  if (auto marked = privacy::mark_half_copied(**log); !marked) return trouble(marked.error());
  if (auto begun = begin_commands(copy, **log, commands); !begun)
    return trouble(kUnavailable, std::move(begun).error());
  return Held{.log = *std::move(log)};
}

Step<Held> begin_copy(const Place& copy, const std::vector<log::Offset>& commands) {
  if (kind_of(copy) == node::LogKind::kafka) return begin_topics(copy, commands);
  auto begun = begin_folder(copy, commands);
  if (!begun) return begun;
  if (auto marked = privacy::mark_half_copied(*begun->log); !marked) return trouble(marked.error());
  return begun;
}

/// The copy read anew, first as it lies there, then through its keys.
Step<void> check_copy(log::EventLog& source, const Place& place, const fs::path& stores, SealAnswer& answer) {
  auto raw = open_at(place);
  if (!raw) return std::unexpected(std::move(raw).error());
  if (auto sealed = privacy::check_nothing_open(**raw); !sealed) return trouble(sealed.error());
  std::optional<ProgressBar> bar(std::in_place, "verifying the chain", "events");
  evidence::LogSource chained(**raw);
  CheckedChains checked;
  auto checks =
      evidence::check_log(chained, checked.known, [&](auto done, auto total) { bar->show(done, total); });
  if (!checks) return trouble(checks.error());
  checked.checks = *std::move(checks);
  const auto chain = chain_of(checked);
  if (!chain.sound() || chain.linked != answer.events)
    return trouble(kRefused,
                   "The chain of the copy is broken. Do not use it, and begin again.\n" + text_of(chain));
  answer.linked = chain.linked;
  bar.emplace("comparing", "events");
  auto copy = open_sealed(*std::move(raw), place, stores);
  if (!copy) return std::unexpected(std::move(copy).error());
  const auto equal =
      privacy::compare_copy(source, **copy, [&](auto done, auto total) { bar->show(done, total); });
  if (!equal) return trouble(equal.error());
  answer.equal = *equal;
  return {};
}

/// From now on the copy is a log as any other.
Step<void> finish(const Place& copy) {
  const auto log = open_at(copy);
  if (!log) return std::unexpected(log.error());
  if (auto done = (*log)->forget_group(std::string(privacy::kHalfCopied), log::Topic::events); !done)
    return trouble(done.error());
  return {};
}

Step<SealAnswer> seal_into(const Place& place, const verb::Seal& asked) {
  const auto target = place_of_copy(place, asked.target);
  if (auto named = check_names(place, target); !named) return std::unexpected(std::move(named).error());
  const ScratchFolder scratch(place.data);
  auto source = open_source(place, scratch.path() / "source");
  if (!source) return std::unexpected(std::move(source).error());
  const auto commands = privacy::ends_of_commands(*source->log);
  if (!commands) return trouble(commands.error());
  if (auto chosen = check_letters(*source->log, asked.letters); !chosen)
    return std::unexpected(std::move(chosen).error());
  auto copy = begin_copy(target, *commands);
  if (!copy) return std::unexpected(std::move(copy).error());
  SealAnswer answer{.target = asked.target};
  {
    const auto sealed = open_sealed(std::move(copy->log), target, scratch.path() / "copy");
    if (!sealed) return std::unexpected(sealed.error());
    ProgressBar bar("sealing", "records");
    const auto copied =
        privacy::copy_log(*source->log, **sealed, asked.letters.value_or(privacy::Letters::kept),
                          [&](auto done, auto total) { bar.show(done, total); });
    if (!copied) return trouble(copied.error());
    answer.events = copied->events;
    answer.outcomes = copied->outcomes;
    answer.policies = copied->policies;
    answer.dead_letters = copied->letters;
    answer.quarantined = copied->quarantined;
    answer.foreign = copied->foreign;
  }
  if (auto checked = check_copy(*source->log, target, scratch.path() / "check", answer); !checked)
    return std::unexpected(std::move(checked).error());
  const auto still = privacy::ends_of_commands(*source->log);
  if (!still) return trouble(still.error());
  if (*still != *commands)
    return trouble(kRefused, "The log was written while it was copied. Stop who writes it, and begin again.");
  if (auto finished = finish(target); !finished) return std::unexpected(std::move(finished).error());
  return answer;
}

}  // namespace

int seal(const CommandLine& line, const verb::Seal& asked) {
  const auto answer = seal_into(line.place, asked);
  if (!answer) return fail(answer.error().code, answer.error().what);
  fmt::print("{}", line.output == Output::json ? json_for_stdout(to_json(*answer)) + "\n"
                                               : text_of(*answer, place_of_copy(line.place, asked.target)));
  return kDone;
}

}  // namespace casetrail::cli
