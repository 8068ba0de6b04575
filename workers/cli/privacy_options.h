// What is asked for of keys, and of a log that is to be sealed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "workers/privacy/log_copy.h"

namespace casetrail::cli::verb {

enum class KeysTask { create, export_, rewrap };
struct Keys {
  KeysTask task = KeysTask::create;
  std::filesystem::path file = {};  ///< of the master key that is made, or wraps from now on
  std::string case_id = {};         ///< whose key is exported, or its `channel:reference`
};

struct Seal {
  std::string target = {};  ///< a data folder; on Kafka, the prefix of the new topics
  std::optional<privacy::Letters> letters = {};
};

}  // namespace casetrail::cli::verb
