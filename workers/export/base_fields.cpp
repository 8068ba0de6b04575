// One list for all formats.
#include "workers/export/base_fields.h"

#include <string>
#include <utility>

#include "events/wire/reflect.h"

namespace casetrail::exports {
namespace {

Value text_or_none(std::string_view text) { return text.empty() ? Value() : Value(std::string(text)); }

bool is_lost(const Field& field) {
  const auto* text = std::get_if<std::string>(&field.value);
  if (field.kind != FieldKind::moment || text == nullptr) return false;
  const auto at = parse_timestamp(*text);
  return !at || !is_plausible(*at);
}

}  // namespace

std::vector<Field> base_fields(const ExportedEvent& of) {
  const auto& event = of.event;
  const auto& actor = event.actor;
  return {
      {"seq", FieldKind::whole, event.seq},
      {"recorded_at", FieldKind::moment, to_wire(event.recorded_at)},
      {"actor_kind", FieldKind::text, std::string(name_of(actor.kind))},
      {"actor", FieldKind::text, text_or_none(actor.id)},
      {"actor_department", FieldKind::text, text_or_none(actor.department_id.value_or(DepartmentId{}).value)},
      {"actor_role", FieldKind::text, text_or_none(actor.role.value_or(""))},
      {"holder", FieldKind::text, text_or_none(of.holder)},
      {"status", FieldKind::text, event.status_after ? text_or_none(name_of(*event.status_after)) : Value()},
      {"policy_version", FieldKind::whole, static_cast<std::int64_t>(event.policy_version)}};
}

std::vector<Field> all_fields(const ExportedEvent& of, FlatEvent flat) {
  auto fields = base_fields(of);
  for (auto& field : flat.fields) {
    if (is_lost(field)) field.value = {};
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace casetrail::exports
