// A writer that stopped within its transaction: its records lie on the log, and nobody has decided about
// them.
#pragma once

#include <memory>
#include <string>

#include "workers/log/kafka/options.h"

namespace casetrail {

class Zombie {
 public:
  /// Writes `value` to `topic` under the id that the writer of `partition` uses first, and stops there.
  Zombie(const kafka::KafkaOptions& options, log::Topic topic, log::Partition partition,
         const std::string& value);
  /// The same under an id that no writer of ours has and none fences.
  Zombie(const kafka::KafkaOptions& options, log::Topic topic, log::Partition partition,
         const std::string& value, const std::string& id);
  ~Zombie();
  Zombie(const Zombie&) = delete;
  Zombie& operator=(const Zombie&) = delete;

  /// Moves the position of `group` in partition 0 of `input` within the transaction.
  void take_input(const std::string& group, const std::string& input, log::Offset next);

  /// Tries to commit after all; what the broker says to that.
  [[nodiscard]] std::string commit();

 private:
  struct Client;
  std::unique_ptr<Client> client_;
};

}  // namespace casetrail
