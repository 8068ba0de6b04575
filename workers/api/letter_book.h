// Which records of casetrail.deadletters are open, and what became of the others.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "events/wire/letter_fact.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// A dead letter without what it holds.
struct KnownLetter {
  log::Partition partition = 0;
  log::Offset offset = 0;
  Timestamp at{};                  ///< of the record that could not be a command
  std::optional<LetterFact> fact;  ///< nothing: it is open
};

struct LetterCounts {
  std::int64_t open = 0;
  std::optional<Timestamp> oldest_open;
  bool are_all = true;  ///< there are no older ones that were left out
};

/// Belongs to one thread. `log` outlives it. Of each partition it knows the newest letters, as many as it
/// keeps; what the log forgets, it forgets.
class LetterBook {
 public:
  static constexpr std::size_t kKept = 5'000;

  explicit LetterBook(log::EventLog& log, std::size_t kept = kKept) : log_(log), kept_(kept) {}

  /// Reads what came since the last call. Waits for the log; after a failure the next call goes on there.
  [[nodiscard]] log::LogResult<void> read_on();

  [[nodiscard]] LetterCounts counts() const;
  /// Null when there is none.
  [[nodiscard]] const KnownLetter* find(log::Partition partition, log::Offset offset) const;
  /// At most `limit`, the newest first: all, or those that became what `wanted` says, or the open ones.
  enum class Wanted { all, open, retried, dropped };
  [[nodiscard]] std::vector<KnownLetter> newest(Wanted wanted, std::size_t limit) const;

 private:
  struct Shelf {
    log::Offset next = 0;
    bool are_all = true;
    std::map<log::Offset, KnownLetter> letters;
  };

  [[nodiscard]] log::LogResult<void> read_to(log::Offset end, log::Partition partition, log::Reader& reader,
                                             Shelf& shelf) const;
  void forget(const log::Bounds& bounds, Shelf& shelf) const;
  static void take(const log::Record& record, Shelf& shelf);

  log::EventLog& log_;
  std::size_t kept_;
  std::vector<Shelf> shelves_;  ///< one a partition
};

constexpr auto enum_names(LetterBook::Wanted) {
  return std::to_array<std::string_view>({"all", "open", "retried", "dropped"});
}

}  // namespace casetrail::api
