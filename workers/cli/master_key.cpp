// The verb `keys`: a key for personal texts, in a file that `serve` is given.
#include "workers/privacy/master_key.h"

#include <fmt/format.h>

#include <cereal/cereal.hpp>

#include "events/wire/json_writer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"

namespace casetrail::cli {
namespace {

struct MadeKey {
  std::string id;
  std::string file;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(file));
  }
};

}  // namespace

int create_master_key(const verb::Keys& asked, Output output) {
  const auto key = privacy::create_master_key(asked.file);
  if (!key) {
    fmt::print(stderr, "casetrail: {}\n", key.error());
    return kUsage;
  }
  if (output == Output::json) {
    fmt::print("{}\n", json_for_stdout(to_json(MadeKey{key->id(), asked.file.string()})));
  } else {
    fmt::print(
        "The master key {} is in {}. Keep a copy of it apart from the log and its backups: without it nobody "
        "reads "
        "the personal texts again, and whoever has both reads them all.\n",
        key->id(), asked.file.string());
  }
  return kDone;
}

}  // namespace casetrail::cli
