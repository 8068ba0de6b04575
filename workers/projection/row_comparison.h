// Compares the rows of two copies, piece by piece, so that whoever does it can do other things in between.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/storage/store_home.h"

namespace casetrail::projection {

/// What two copies hold of one view or other family.
struct FamilyDifference {
  std::string family;
  std::int64_t rows_live = 0;
  std::int64_t rows_copy = 0;
  std::int64_t differing = 0;             ///< keys that only one has, or whose bytes differ
  std::vector<std::string> first_keys{};  ///< of those, `partition/key`; keys only: rows may be personal

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(family), CEREAL_NVP(rows_live), CEREAL_NVP(rows_copy), CEREAL_NVP(differing),
            CEREAL_NVP(first_keys));
  }
};

/// Two moments of one partition that cover the same events.
struct RowPair {
  log::Partition partition;
  std::unique_ptr<storage::StoreView> live;
  std::unique_ptr<storage::StoreView> copy;
};

class RowComparison {
 public:
  /// `families`: the names of all families of a store but the first, which is about the store itself.
  explicit RowComparison(const std::vector<std::string>& families);

  void add(RowPair pair) { pairs_.push_back(std::move(pair)); }

  enum class State { unfinished, finished };
  /// Compares some thousand rows more. Finished: all that was added is compared, and let go of.
  [[nodiscard]] storage::StoreResult<State> step();

  [[nodiscard]] std::size_t compared() const { return compared_; }  ///< pairs
  [[nodiscard]] bool equal() const;
  [[nodiscard]] const std::vector<FamilyDifference>& families() const { return families_; }

 private:
  struct Row {
    std::string key;
    std::string value;
  };
  [[nodiscard]] storage::StoreResult<std::vector<Row>> read(const storage::StoreView& rows) const;
  void match(const std::vector<Row>& live, const std::vector<Row>& copy);
  void next_family();
  void differ(const std::string& key);

  std::vector<RowPair> pairs_;
  std::size_t compared_ = 0;
  std::size_t family_ = 0;
  std::string from_;
  std::vector<FamilyDifference> families_;
};

}  // namespace casetrail::projection
