// Only what is committed goes another way.
#include "workers/evidence/chained_log.h"

#include <utility>

#include "workers/evidence/chained_writer.h"
#include "workers/log/passing_log.h"

namespace casetrail::evidence {
namespace {

class ChainedLog final : public log::PassingLog {
 public:
  ChainedLog(std::shared_ptr<log::EventLog> log, std::optional<HeadSigning> signing)
      : PassingLog(std::move(log)) {
    if (signing) keeper_.emplace(inner(), *std::move(signing));
  }

  std::unique_ptr<log::PartitionWriter> open_writer(log::Partition partition) override {
    return std::make_unique<ChainedWriter>(inner().open_writer(partition), inner(), partition,
                                           keeper_ ? &*keeper_ : nullptr);
  }

 private:
  std::optional<HeadKeeper> keeper_;
};

}  // namespace

std::unique_ptr<log::EventLog> chain_log(std::shared_ptr<log::EventLog> log,
                                         std::optional<HeadSigning> signing) {
  return std::make_unique<ChainedLog>(std::move(log), std::move(signing));
}

}  // namespace casetrail::evidence
