// The verb `keys`: the master key of a log, in a file that `serve` is given, and the key of one case.
#include "workers/privacy/master_key.h"

#include <fmt/format.h>

#include <cereal/cereal.hpp>
#include <optional>

#include "events/case/case_id.h"
#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/progress.h"
#include "workers/cli/session.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/privacy/exported_key.h"
#include "workers/privacy/key_change.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

struct MadeKey {
  std::string id;
  std::string file;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(file));
  }
};

struct ExportedKey {
  CaseId case_id;
  std::string key_id;
  std::string key;  ///< base64

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(key_id), CEREAL_NVP(key));
  }
};

int refuse_key(ExitCode code, const std::string& sentence) {
  fmt::print(stderr, "casetrail: {}\n", sentence);
  return code;
}

int create_key(const verb::Keys& asked, Output output) {
  const auto key = privacy::create_master_key(asked.file);
  if (!key) return refuse_key(kUsage, key.error());
  if (output == Output::json) {
    fmt::print("{}\n", json_for_stdout(to_json(MadeKey{std::string(key->id()), asked.file.string()})));
  } else {
    fmt::print(
        "The master key {} is in {}. Keep a copy of it apart from the log and its backups: without it nobody "
        "reads the personal texts again, and whoever has both reads them all.\n",
        key->id(), asked.file.string());
  }
  return kDone;
}

struct RewrappedKeys {
  std::string master_id;
  std::int64_t keys;
  std::int64_t already;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(master_id), CEREAL_NVP(keys), CEREAL_NVP(already));
  }
};

CaseId case_of_words(const std::string& words) {
  const auto colon = words.find(':');
  const auto channel = colon == std::string::npos ? std::nullopt : enum_from<Channel>(words.substr(0, colon));
  return channel ? case_id_of(*channel, words.substr(colon + 1)) : CaseId{words};
}

/// The log that keys are read from or written to, and the lock on its folder.
struct KeyLog {
  std::unique_ptr<node::FolderLock> lock;
  std::unique_ptr<log::EventLog> log;
};

std::expected<KeyLog, SessionTrouble> open_for_keys(const Place& place) {
  const auto trouble = [](ExitCode code, std::string what) {
    return std::unexpected(SessionTrouble{code, std::move(what)});
  };
  if (auto none = no_log_in(place)) return trouble(kUsage, *std::move(none));
  KeyLog opened;
  if (kind_of(place) == node::LogKind::embedded) {
    auto locked = node::DataFolder(place.data).lock(10s);
    if (!locked) return trouble(kUnavailable, std::move(locked).error().what);
    opened.lock = *std::move(locked);
  }
  auto log = open_log(place, Loss::refuse);
  if (!log) return trouble(kUnavailable, std::move(log).error());
  opened.log = *std::move(log);
  return opened;
}

std::expected<privacy::Secret, std::string> master_of_place(const Place& place) {
  if (place.master_key.empty())
    return std::unexpected(
        "The keys of cases are wrapped with the master key. Name that with --master-key FILE.");
  return privacy::read_master_key(place.master_key);
}

/// One line for a program, whatever is asked for.
int export_key(const Place& place, const verb::Keys& asked) {
  const auto master = master_of_place(place);
  if (!master) return refuse_key(kUsage, master.error());
  const auto opened = open_for_keys(place);
  if (!opened) return refuse_key(opened.error().code, opened.error().what);
  const auto case_id = case_of_words(asked.case_id);
  const auto key = privacy::exported_key(*opened->log, *master, case_id);
  if (!key)
    return refuse_key(key.error().failure == log::LogFailure::refused ? kUsage : kUnavailable,
                      key.error().what);
  if (!*key) {
    return refuse_key(kNotFound, "Case " + case_id.value +
                                     " has no key: nothing of it is sealed, or its key was destroyed.");
  }
  fmt::print("{}\n",
             to_json(ExportedKey{case_id, std::string((*key)->id()), privacy::to_base64((*key)->bytes())}));
  return kDone;
}

/// What the old master key wraps leaves an embedded log when that is opened next, and a store with the store.
std::expected<void, std::string> forget_old_wrappings(const Place& place) {
  if (kind_of(place) == node::LogKind::kafka) return {};
  std::error_code failed;
  const auto stores = place.data / "stores" / "keys";
  std::filesystem::remove_all(stores, failed);
  if (failed) return std::unexpected(stores.string() + " cannot be removed: " + failed.message());
  const auto log = open_log(place, Loss::refuse);
  return log ? std::expected<void, std::string>() : std::unexpected(log.error());
}

int rewrap(const Place& place, const verb::Keys& asked, Output output) {
  const auto from = master_of_place(place);
  if (!from) return refuse_key(kUsage, from.error());
  const auto to = privacy::read_master_key(asked.file);
  if (!to) return refuse_key(kUsage, to.error());
  if (from->id() == to->id())
    return refuse_key(kUsage, "Expected another master key than that of --master-key, but it is the same.");
  auto opened = open_for_keys(place);
  if (!opened) return refuse_key(opened.error().code, opened.error().what);
  if (auto topics = prepare_topics(*opened->log, place); !topics)
    return refuse_key(kUnavailable, topics.error());
  std::optional<ProgressBar> bar(std::in_place, "wrapping keys", "partitions");
  const auto done =
      privacy::rewrap_keys(*opened->log, *from, *to, [&](auto of, auto total) { bar->show(of, total); });
  bar.reset();
  if (!done)
    return refuse_key(done.error().failure == log::LogFailure::refused ? kRefused : kUnavailable,
                      done.error().what);
  opened->log.reset();
  if (const auto gone = forget_old_wrappings(place); !gone) return refuse_key(kUnavailable, gone.error());
  const RewrappedKeys answer{std::string(to->id()), done->keys, done->already};
  if (output == Output::json) {
    fmt::print("{}\n", json_for_stdout(to_json(answer)));
  } else {
    fmt::print(
        "The keys of {} cases are wrapped with the master key {}. Start with it: casetrail serve "
        "--master-key {}. "
        "Keep the old one as long as there are backups from before, which it opens, and destroy it with "
        "them.\n",
        answer.keys, answer.master_id, asked.file.string());
  }
  return kDone;
}

}  // namespace

int work_with_keys(const Place& place, const verb::Keys& asked, Output output) {
  switch (asked.task) {
    case verb::KeysTask::create: return create_key(asked, output);
    case verb::KeysTask::export_: return export_key(place, asked);
    case verb::KeysTask::rewrap: return rewrap(place, asked, output);
  }
  std::unreachable();
}

}  // namespace casetrail::cli
