// The verb `verify`: reads all of the embedded log while nobody writes it, and names what is damaged.
#include "workers/log/embedded/verify.h"

#include <fmt/format.h>

#include <cereal/cereal.hpp>
#include <optional>

#include "events/wire/json_writer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/progress.h"
#include "workers/cli/session.h"
#include "workers/cli/verbs.h"
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

struct VerifyAnswer {
  std::int64_t records = 0;
  std::vector<DamageAnswer> damage;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(records), CEREAL_NVP(damage));
  }
};

VerifyAnswer answer_of(const embedded::VerifiedLog& verified) {
  VerifyAnswer answer{verified.records, {}};
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

int refuse(int code, const std::string& sentence) {
  fmt::print(stderr, "casetrail: {}\n", sentence);
  return code;
}

}  // namespace

int verify(const Place& place, Output output) {
  if (kind_of(place) == node::LogKind::kafka)
    return refuse(kUsage,
                  "Expected no --brokers, for verify reads an embedded log. Kafka checks its own records.");
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
  const auto verified = embedded::verify_embedded_log(place.data / "log", node::default_memory().log,
                                                      [&](auto done, auto total) {
                                                        bar->show(done, total);
                                                        return true;
                                                      });
  bar.reset();
  if (!verified) return refuse(kUnavailable, verified.error().what);
  const auto answer = answer_of(*verified);
  if (output == Output::json) {
    fmt::print("{}\n", to_json(answer));
  } else {
    for (const auto& damage : answer.damage) fmt::print("{}", line_of(damage));
    fmt::print("{} records were read as they were written; {}\n", answer.records,
               answer.damage.empty() ? "nothing is damaged."
                                     : "what is named above is damaged: restore the folder from a backup.");
  }
  return answer.damage.empty() ? kDone : kRefused;
}

}  // namespace casetrail::cli
