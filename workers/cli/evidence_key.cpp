// The verb `evidence key`: who signs how far the chains of events go.
#include <fmt/format.h>

#include <cereal/cereal.hpp>

#include "events/wire/json_writer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/evidence/key_file.h"

namespace casetrail::cli {
namespace {

struct MadeEvidenceKey {
  std::string id;
  std::string file;
  std::string public_file;
  std::string public_key;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(file), CEREAL_NVP(public_file), CEREAL_NVP(public_key));
  }
};

}  // namespace

int make_evidence_key(const verb::EvidenceKey& asked, Output output) {
  const auto key = evidence::create_signing_key(asked.out);
  if (!key) {
    fmt::print(stderr, "casetrail: {}\n", key.error());
    return kUsage;
  }
  const MadeEvidenceKey made{key->public_key().id(), asked.out.string(),
                             evidence::public_file_of(asked.out).string(), key->public_key().text()};
  if (output == Output::json) {
    fmt::print("{}\n", json_for_stdout(to_json(made)));
  } else {
    fmt::print(
        "The key {} that signs heads is in {}: `casetrail serve --evidence-key` takes it. Its public half, "
        "{}, "
        "is in {}: give that to whoever verifies, and keep a copy where nobody who can write the log can "
        "change it.\n",
        made.id, made.file, made.public_key, made.public_file);
  }
  return kDone;
}

}  // namespace casetrail::cli
