// Only what is committed goes another way.
#include "workers/evidence/chained_log.h"

#include <utility>

#include "workers/evidence/chained_writer.h"
#include "workers/log/passing_log.h"

namespace casetrail::evidence {
namespace {

class ChainedLog final : public log::PassingLog {
 public:
  explicit ChainedLog(std::shared_ptr<log::EventLog> inner) : PassingLog(std::move(inner)) {}

  std::unique_ptr<log::PartitionWriter> open_writer(log::Partition partition) override {
    return std::make_unique<ChainedWriter>(inner().open_writer(partition), inner(), partition);
  }
};

}  // namespace

std::unique_ptr<log::EventLog> chain_log(std::shared_ptr<log::EventLog> log) {
  return std::make_unique<ChainedLog>(std::move(log));
}

}  // namespace casetrail::evidence
