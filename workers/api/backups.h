// Lets an operator back up the log of a node that goes on working.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"

namespace casetrail::api {

enum class BackupStage {
  copying,
  verifying,
  done,
  damaged,  ///< the log is, and no backup was kept
  failed,   ///< none was kept
};
constexpr auto enum_names(BackupStage) {
  return std::to_array<std::string_view>({"copying", "verifying", "done", "damaged", "failed"});
}

[[nodiscard]] constexpr bool is_over(BackupStage stage) { return stage >= BackupStage::done; }

struct BackupStatus {
  std::size_t run = 0;         ///< counted since the start of the process
  std::string directory = {};  ///< of the machine of the node
  BackupStage stage = BackupStage::copying;
  std::int64_t bytes_done = 0;
  std::int64_t bytes_total = 0;
  std::int64_t records_done = 0;  ///< that were read again; offsets that hold no record count
  std::int64_t records_total = 0;
  std::string sentence = {};  ///< for people, when over

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(run), CEREAL_NVP(directory), CEREAL_NVP(stage), CEREAL_NVP(bytes_done),
            CEREAL_NVP(bytes_total), CEREAL_NVP(records_done), CEREAL_NVP(records_total),
            CEREAL_NVP(sentence));
  }
};

/// Takes `{directory}`: 202 when it is under way, 409 while another one is or where others keep the log.
[[nodiscard]] http::HttpResponse start_backup(ViewDesk& desk, const std::string& body);

/// JSON Schema of what is taken.
[[nodiscard]] std::string backup_request_schema();

}  // namespace casetrail::api
