// Case history: every event of a case, one row each, readable and in order.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "events/wire/ids.h"
#include "events/wire/reflect.h"
#include "events/wire/timestamp.h"
#include "projections/kit/view.h"

namespace casetrail::history {

struct EventRow {
  Timestamp occurred_at{};
  Timestamp recorded_at{};
  std::string type;
  std::string actor;  ///< `kind:id`
  std::optional<std::string>
      command_id;                   ///< of the command that led to it; absent: a timer of the engine's own
  std::int32_t policy_version = 0;  ///< of the policy that decided; 0: before any was published
  std::int64_t log_offset = -1;     ///< where the event lies in its partition
  std::string line;
  RawJson fact;  ///< the event's own fields, names and contacts masked

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(occurred_at), CEREAL_NVP(recorded_at), CEREAL_NVP(type), CEREAL_NVP(actor),
            CEREAL_NVP(command_id), CEREAL_NVP(policy_version), CEREAL_NVP(log_offset), CEREAL_NVP(line),
            CEREAL_NVP(fact));
  }
};

/// The case id and the number of the event in eight bytes, the highest first: byte order is the case's order.
[[nodiscard]] std::string key_of(const CaseId& case_id, std::int64_t seq);

class History final : public kit::View {
 public:
  explicit History(const kit::Rows& rows) : rows_(rows) {}

  void apply(const CaseEvent& event) override;
  void write_changes(const kit::RowSink& sink) override;

 private:
  /// Takes the personal texts out of the case's rows before `seq`.
  void erase_texts(const CaseId& case_id, std::int64_t seq);
  [[nodiscard]] std::string moved_head(const CaseId& case_id, std::int64_t seq) const;

  const kit::Rows& rows_;
  std::map<std::string, std::string> changed_;
  std::map<std::string, std::int64_t> heads_;   // by case, the event that its head is to move to
  std::map<std::string, std::int64_t> erased_;  // by case, the event before which it has no texts
};

}  // namespace casetrail::history
