// What the reasons say for which a node does not do its work, in English and Chinese, and the answers that
// hold them.
#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/vector.hpp>
#include <string>
#include <utility>
#include <vector>

#include "workers/http/exchange.h"
#include "workers/log/partition_lag.h"
#include "workers/log/reason.h"

namespace casetrail::api {

/// A reason as it is answered.
struct ReasonRow {
  log::Reason reason;
  std::string en;  ///< what is wrong, then what to do
  std::string zh;  ///< the same; what only the detail says stands there

  template <class Archive>
  void serialize(Archive& archive) {
    reason.serialize(archive);
    archive(CEREAL_NVP(en), CEREAL_NVP(zh));
  }
};
using ReasonRows = std::vector<ReasonRow>;

[[nodiscard]] ReasonRows rows_of(std::vector<log::Reason> reasons);

/// In English, all in one text; the first ones and a count when there are many. Empty: there are none.
[[nodiscard]] std::string in_one(const std::vector<log::Reason>& reasons);

/// The answer of `GET /v1/lag`.
struct LagAnswer {
  std::vector<log::PartitionLag> partitions;  ///< of the views
  std::vector<log::PartitionLag> commands;    ///< of all partitions, whichever process decides them
  std::vector<std::string> problems = {};     ///< `en` of the reasons
  ReasonRows reasons;                         ///< what keeps the engine from its work
  std::string node = {};                      ///< who answers, as its data folder names it
  std::string log = {};                       ///< which log that is: see `EventLog::identity`

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partitions), CEREAL_NVP(commands), CEREAL_NVP(problems), CEREAL_NVP(reasons),
            CEREAL_NVP(node), CEREAL_NVP(log));
  }
};

/// 200, with what somebody has to look at all the same.
[[nodiscard]] http::HttpResponse ready_answer(std::vector<log::Reason> attention);
[[nodiscard]] std::string readiness_schema();

/// 503 `code`, with what it waits for. Requires: there are reasons.
[[nodiscard]] http::HttpResponse waiting_answer(std::string code, std::vector<log::Reason> reasons);
[[nodiscard]] std::string waiting_schema();

}  // namespace casetrail::api
