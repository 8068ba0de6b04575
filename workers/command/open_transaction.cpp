// The remedy names every partition of the transaction: ended in some of them alone, it is torn.
#include "workers/command/open_transaction.h"

#include <fmt/format.h>

#include "events/reflect.h"

namespace casetrail {

std::string held_by_transaction(Topic topic, Partition partition, const Bounds& bounds) {
  return fmt::format(
      "An open transaction of another producer holds {}/{} at offset {} of {}. It ends at its timeout. If it "
      "does not, the brokers have lost how it ended, as an only broker that was killed may: "
      "kafka-transactions.sh --bootstrap-server BROKER find-hanging --broker-id ID "
      "--max-transaction-timeout 1 lists it. End it by kafka-transactions.sh --bootstrap-server BROKER abort "
      "--topic TOPIC --partition PARTITION --start-offset OFFSET in every partition that is listed with its "
      "producer id, those of __consumer_offsets too; in some of them alone it would be torn.",
      name_of(topic), partition, bounds.stable, bounds.high);
}

}  // namespace casetrail
