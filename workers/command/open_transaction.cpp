// The remedy is one line without double quotes, so that it can be copied out of a JSON answer, too. Positions
// lie in a topic of all groups: what is ours there is known by its producer, as in `list`.
#include "workers/command/open_transaction.h"

#include <fmt/format.h>

#include <string_view>

#include "events/wire/reflect.h"

namespace casetrail::command {
namespace {

constexpr std::string_view kRemedy =
    "It ends at its timeout. If it does not, the brokers have lost how it ended, as Kafka 4.3 and 4.4 may "
    "when all of them were killed (KAFKA-20734). Then abort it in all of its partitions, for aborted in some "
    "of them alone it would be torn. With an address of the cluster for BROKER and the ids of all brokers "
    "for IDS: `(kafka-transactions.sh --bootstrap-server BROKER list; for id in IDS; do "
    "kafka-transactions.sh --bootstrap-server BROKER find-hanging --broker-id $id "
    "--max-transaction-timeout 0; done) | awk '/casetrail/ {ours[$3]} "
    "NF == 8 {row[$1 OFS $2 OFS $6] = $3} END {for (i in row) if (row[i] in ours) print i}' | "
    "while read -r topic partition offset; do kafka-transactions.sh --bootstrap-server BROKER abort "
    "--topic $topic --partition $partition --start-offset $offset; done`.";

}  // namespace

std::string held_by_transaction(log::Topic topic, log::Partition partition, const log::Bounds& bounds) {
  return fmt::format("An open transaction of another producer holds {}/{} at offset {} of {}. {}",
                     name_of(topic), partition, bounds.stable, bounds.high, kRemedy);
}

std::string position_held_by_transaction(log::Partition partition) {
  return fmt::format(
      "An open transaction of another producer probably holds the group's offset of {}/{}, as the brokers "
      "answer all else. {}",
      name_of(log::Topic::commands), partition, kRemedy);
}

}  // namespace casetrail::command
