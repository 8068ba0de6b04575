// The verb `keys`: the master key of a log, in a file that `serve` is given, and the key of one case.
#include "workers/privacy/master_key.h"

#include <fmt/format.h>

#include <cereal/cereal.hpp>

#include "events/case/case_id.h"
#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/session.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/privacy/exported_key.h"

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

CaseId case_of_words(const std::string& words) {
  const auto colon = words.find(':');
  const auto channel = colon == std::string::npos ? std::nullopt : enum_from<Channel>(words.substr(0, colon));
  return channel ? case_id_of(*channel, words.substr(colon + 1)) : CaseId{words};
}

/// One line for a program, whatever is asked for.
int export_key(const Place& place, const verb::Keys& asked) {
  if (place.master_key.empty())
    return refuse_key(kUsage,
                      "The key of a case is wrapped with the master key. Name that with --master-key FILE.");
  const auto master = privacy::read_master_key(place.master_key);
  if (!master) return refuse_key(kUsage, master.error());
  if (auto none = no_log_in(place)) return refuse_key(kUsage, *none);
  node::DataFolder folder(place.data);
  std::unique_ptr<node::FolderLock> lock;
  if (kind_of(place) == node::LogKind::embedded) {
    auto locked = folder.lock(10s);
    if (!locked) return refuse_key(kUnavailable, locked.error().what);
    lock = *std::move(locked);
  }
  const auto log = open_log(place, Loss::refuse);
  if (!log) return refuse_key(kUnavailable, log.error());
  const auto case_id = case_of_words(asked.case_id);
  const auto key = privacy::exported_key(**log, *master, case_id);
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

}  // namespace

int work_with_keys(const Place& place, const verb::Keys& asked, Output output) {
  switch (asked.task) {
    case verb::KeysTask::create: return create_key(asked, output);
    case verb::KeysTask::export_: return export_key(place, asked);
  }
  std::unreachable();
}

}  // namespace casetrail::cli
