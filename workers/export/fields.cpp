// A walk through the types: ids say by their type what they name.
#include "workers/export/fields.h"

#include <map>
#include <utility>

#include "events/case/all_events.h"
#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"

namespace casetrail::exports {
namespace {

/// The type of what an id names; empty: it is a value like others. `kWithin`: its ids count within a case.
template <class T>
inline constexpr std::string_view kTypeOf{};
template <>
inline constexpr std::string_view kTypeOf<CaseId> = "case";
template <>
inline constexpr std::string_view kTypeOf<AgentId> = "agent";
template <>
inline constexpr std::string_view kTypeOf<DepartmentId> = "department";
template <>
inline constexpr std::string_view kTypeOf<CustomerRef> = "customer";
template <>
inline constexpr std::string_view kTypeOf<HandoffId> = "handoff";
template <>
inline constexpr std::string_view kTypeOf<CallbackId> = "callback";
template <>
inline constexpr std::string_view kTypeOf<ReviewId> = "review";
template <class T>
inline constexpr bool kWithin =
    std::is_same_v<T, HandoffId> || std::is_same_v<T, CallbackId> || std::is_same_v<T, ReviewId>;

std::string without_id(const std::string& path) {
  for (const std::string_view end : {"_id", "_ref"}) {
    if (path.ends_with(end)) return path.substr(0, path.size() - end.size());
  }
  return path;
}

class Flattener {
 public:
  Flattener(const CaseId& case_id, FlatEvent& into) : case_id_(case_id), into_(into) {}

  template <class... Fields>
  void operator()(Fields&&... fields) {
    (take(fields.name, fields.value), ...);
  }

 private:
  template <class T>
  void take(const std::string& name, const T& value) {
    const auto path = prefix_ + name;
    if constexpr (is_optional<T>) {
      const bool outer = std::exchange(absent_, absent_ || !value);
      take(name, value.value_or(typename T::value_type{}));
      absent_ = outer;
    } else if constexpr (is_vector<T>) {
      put(path, FieldKind::text, [&] { return to_json(value); });
      for (const auto& one : value) mention_within(path, one);
    } else if constexpr (std::is_same_v<T, bool>) {
      put(path, FieldKind::flag, [&] { return value; });
    } else if constexpr (NamedEnum<T> || is_code<T>) {
      put(path, FieldKind::text, [&] { return std::string(name_of(value)); });
    } else if constexpr (std::is_floating_point_v<T>) {
      put(path, FieldKind::number, [&] { return static_cast<double>(value); });
    } else if constexpr (std::is_integral_v<T>) {
      put(path, FieldKind::whole, [&] { return static_cast<std::int64_t>(value); });
    } else if constexpr (std::is_same_v<T, Timestamp>) {
      put(path, FieldKind::moment, [&] { return to_wire(value); });
    } else if constexpr (std::is_same_v<T, std::string>) {
      put(path, FieldKind::text, [&] { return value; });
      if (!absent_ && !value.empty() && name == "order_ref") mention("order", value, "order");
      if (!absent_ && !value.empty() && name == "serial_no") mention("device", value, "device");
    } else if constexpr (is_id<T>) {
      put(path, FieldKind::text, [&] { return value.value; });
      if (!absent_) mention_within(path, value);
    } else {
      const auto outer = std::exchange(prefix_, path + ".");
      const_cast<T&>(value).serialize(*this);  // which reads alone, as any archive that writes
      prefix_ = outer;
    }
  }

  template <class Make>
  void put(const std::string& path, FieldKind kind, Make make) {
    into_.fields.push_back({path, kind, absent_ ? Value() : Value(make())});
  }

  template <class T>
  void mention_within(const std::string& path, const T& value) {
    if constexpr (is_id<T>) {
      if (!kTypeOf<T>.empty() && !value.empty())
        mention(kTypeOf<T>, kWithin<T> ? case_id_.value + "/" + value.value : value.value, without_id(path));
    }
  }
  void mention(std::string_view type, std::string id, std::string role) {
    into_.mentions.push_back({type, std::move(id), std::move(role)});
  }

  const CaseId& case_id_;
  FlatEvent& into_;
  std::string prefix_;
  bool absent_ = false;
};

template <class T>
void flatten_into(const CaseId& case_id, const T& fact, FlatEvent& into) {
  Flattener flattener(case_id, into);
  const_cast<T&>(fact).serialize(flattener);
}

struct TypeFields {
  std::vector<std::string_view> types;
  std::map<std::string_view, std::vector<Field>> fields;

  template <class... Facts>
  explicit TypeFields(Family<Facts...>) {
    (add<Facts>(), ...);
  }
  template <class Fact>
  void add() {
    FlatEvent flat;
    flatten_into({}, Fact{}, flat);
    for (auto& field : flat.fields) field.value = {};
    types.push_back(Fact::kType);
    fields.emplace(Fact::kType, std::move(flat.fields));
  }
};

const TypeFields& all_types() {
  static const TypeFields kAll{AllEvents{}};
  return kAll;
}

}  // namespace

FlatEvent flatten(const CaseId& case_id, const Event& event) {
  FlatEvent flat;
  event.visit(AllEvents{}, [&](const auto& fact) { flatten_into(case_id, fact, flat); });
  return flat;
}

std::vector<Field> fields_of(std::string_view type) { return all_types().fields.at(type); }

std::vector<std::string_view> event_types() { return all_types().types; }

}  // namespace casetrail::exports
