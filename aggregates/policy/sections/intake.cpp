// What a request has to hold, and how urgent it is.
#include <array>
#include <string>
#include <vector>

#include "aggregates/policy/sections/sections.h"
#include "aggregates/policy/shape_words.h"

namespace casetrail::yaml {
namespace {

using PriorityMatrix = std::array<std::array<Priority, 3>, 3>;

void read_required(const Place& place, Policy& policy) {
  Keys kinds(place);
  for (const auto& kind : policy.catalogues.of<CaseKind>().entries)
    kinds.with(kind.code, [&](const Place& fields) { read(fields, policy.intake[kind.code]); });
  kinds.done();
}

void tell_required(Shape& shape) {
  shape.kind = Shape::Kind::table;
  shape.parts.resize(2);
  tell(shape.parts[0], Code<CaseKind>());
  shape.parts[0].value.clear();
  tell(shape.parts[1], std::vector<IntakeField>{});
  shape.takes = "codes of the catalogue `kind`, each with a list of " + takes_of(shape.parts[1].parts[0]);
  shape.value = "{}";
}

void name_matrix(Section& impacts, PriorityMatrix& matrix) {
  for (std::size_t impact = 0; impact < matrix.size(); ++impact) {
    const std::string of_impact(name_of(static_cast<Level>(impact)));
    const auto name_urgencies = [&](Section& urgencies) {
      for (std::size_t urgency = 0; urgency < matrix.size(); ++urgency) {
        const std::string of_urgency(name_of(static_cast<Level>(urgency)));
        urgencies.require(of_urgency, matrix[impact][urgency],
                          "The priority for impact " + of_impact + " and urgency " + of_urgency + ".");
      }
    };
    impacts.group(of_impact, "The priorities for impact " + of_impact + ", by urgency.", name_urgencies,
                  Presence::required);
  }
}

}  // namespace

void name_intake(Section& policy_keys, Policy& policy) {
  policy_keys.group(
      "intake", "What has to be known of a request before it is registered.", [&](Section& keys) {
        keys.entry(
            "required", Presence::optional, "The fields that a request needs, by the kind of its case.",
            [&](const Place& place) { read_required(place, policy); }, tell_required);
      });
}

void name_priority(Section& policy_keys, Policy& policy) {
  policy_keys.group("priority", "How the priority of a case comes about.", [&](Section& keys) {
    keys.group("matrix", "The priority by impact and, within it, by urgency; all nine are told.",
               [&](Section& impacts) { name_matrix(impacts, policy.priority_matrix); });
  });
}

}  // namespace casetrail::yaml
