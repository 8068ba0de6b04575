// Reads an embedded log that another process may be writing.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "workers/log/embedded/rows.h"
#include "workers/log/event_log.h"

namespace casetrail::embedded {

/// What was on the disk when it was opened. It changes nothing, and sees nothing of what comes later.
class LogLook {
 public:
  /// `unavailable`: it cannot be read now.
  [[nodiscard]] static log::LogResult<LogLook> open(const std::filesystem::path& folder,
                                                    std::size_t memory_bytes);

  [[nodiscard]] log::LogResult<log::Partition> partitions() const;
  [[nodiscard]] log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) const;

  /// Those with an offset anywhere, each once.
  [[nodiscard]] log::LogResult<std::vector<std::string>> groups() const;

  using OnRecord = std::function<void(log::Offset offset, const MessageView& record)>;
  /// From the first record at or behind `from` to before `end`. `refused`: one is damaged.
  [[nodiscard]] log::LogResult<void> read(log::Topic topic, log::Partition partition, log::Offset from,
                                          log::Offset end, const OnRecord& on_record) const;

 private:
  explicit LogLook(std::unique_ptr<EmbeddedRows> rows) : rows_(std::move(rows)) {}

  std::unique_ptr<EmbeddedRows> rows_;
};

}  // namespace casetrail::embedded
