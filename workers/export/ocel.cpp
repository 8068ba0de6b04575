// Makes objects of what events name. What lives within a case is whole when the case is.
#include "workers/export/ocel.h"

#include <algorithm>
#include <map>
#include <utility>

#include "events/wire/reflect.h"
#include "workers/export/base_fields.h"

namespace casetrail::exports {
namespace {

/// Types whose objects have a state: the last words of the events of their family.
constexpr std::string_view kFamilies[] = {"handoff", "callback", "complaint", "review"};

std::string object_id(std::string_view type, std::string_view id) {
  return std::string(type).append(":").append(id);
}

std::string_view family_of(std::string_view event_type) { return event_type.substr(0, event_type.find('.')); }

/// The case's attribute that a field of an event of this type sets; empty: none.
std::string_view case_attribute(std::string_view type, std::string_view path) {
  if (type.starts_with("request.")) {
    for (const std::string_view name :
         {"kind", "channel", "service_stage", "number", "category", "product_model", "priority"}) {
      const bool is_of_case = name != "channel" || type == "request.registered";
      if (path == name && is_of_case) return name;
    }
  }
  if (type == "assignment.owner.designated" && path == "owner") return "owner";
  if (type == "assignment.owner.changed" && path == "to") return "owner";
  return {};
}

class Ocel final : public Writer {
 public:
  Ocel(std::unique_ptr<OcelForm> form, const PartFile& file, Database::Stopped stopped)
      : form_(std::move(form)),
        seen_(Database::temporary(file.folder(), std::move(stopped))),
        see_(tables_in(seen_)),
        link_(seen_.prepare("INSERT OR IGNORE INTO linked VALUES (?)")) {}

  void write(const ExportedEvent& of) override {
    if (case_ != of.event.case_id) end_case();
    case_ = of.event.case_id;
    const auto type = of.event.event.codec().type;
    auto flat = flatten(case_, of.event.event);
    events_.push_back({.id = event_id(case_, of.event.seq),
                       .type = type,
                       .at = of.at,
                       .fields = {},
                       .relations = relations_of(of.event, flat)});
    learn(of, type, flat);
    events_.back().fields = all_fields(of, std::move(flat));
    if (events_.size() >= kEventsAtOnce) pass_on_events();
  }

  [[nodiscard]] Contents contents() const override { return contents_; }

  void finish() override {
    end_case();
    auto others = seen_.prepare("SELECT id FROM linked WHERE id NOT IN (SELECT id FROM seen)");
    while (others.next()) add(OcelObject{std::string(others.text(0)), "case", {}, {}});
    form_->finish();
  }

 private:
  /// Of a long case, events wait in memory no longer than for so many: its objects come behind them, which
  /// both forms put right.
  static constexpr std::size_t kEventsAtOnce = 10'000;

  static Statement tables_in(Database& database) {
    database.run(
        "CREATE TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID;"
        "CREATE TABLE linked (id TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN");
    return database.prepare("INSERT OR IGNORE INTO seen VALUES (?)");
  }

  OcelObject& object(std::string_view type, const std::string& id) {
    auto& object = objects_[object_id(type, id)];
    if (object.id.empty()) {
      object.id = object_id(type, id);
      object.type = type;
    }
    return object;
  }

  std::vector<OcelRelation> relations_of(const CaseEvent& event, const FlatEvent& flat) {
    auto mentions = flat.mentions;
    mentions.insert(mentions.begin(), {"case", case_.value, "case"});
    const auto& actor = event.actor;
    if (actor.kind == ActorKind::agent) mentions.push_back({"agent", actor.id, "actor"});
    if (actor.kind == ActorKind::customer) mentions.push_back({"customer", actor.id, "actor"});
    if (actor.department_id) mentions.push_back({"department", actor.department_id->value, "actor"});
    if (family_of(event.event.codec().type) == "complaint")
      mentions.push_back({"complaint", case_.value, "complaint"});
    std::vector<OcelRelation> relations;
    for (const auto& mention : mentions) {
      const auto& id = object(mention.type, mention.id).id;
      const auto known = std::ranges::find(relations, id, &OcelRelation::object);
      if (known == relations.end())
        relations.push_back({id, mention.role});
      else if (known->qualifier != mention.role)
        known->qualifier += "+" + mention.role;
      relate(mention);
    }
    return relations;
  }

  void relate(const Mention& mention) {
    const bool within = std::ranges::find(kFamilies, mention.type) != std::end(kFamilies);
    const bool has = mention.role == "customer" || mention.type == "order" || mention.type == "device";
    auto& from = within ? object(mention.type, mention.id) : object("case", case_.value);
    const auto& to = within ? object("case", case_.value) : object(mention.type, mention.id);
    if (!within && !has) return;
    if (std::ranges::find(from.relations, to.id, &OcelRelation::object) == from.relations.end())
      from.relations.push_back({to.id, within ? "case" : std::string(mention.type)});
  }

  void learn(const ExportedEvent& of, std::string_view type, const FlatEvent& flat) {
    auto& the_case = object("case", case_.value);
    for (const auto& field : flat.fields) {
      const auto* text = std::get_if<std::string>(&field.value);
      const auto name = text == nullptr ? std::string_view() : case_attribute(type, field.path);
      if (!name.empty()) set(the_case, name, *text, of.at);
    }
    if (of.event.status_after) set(the_case, "status", std::string(name_of(*of.event.status_after)), of.at);
    if (!of.holder.empty()) set(the_case, "holder", std::string(of.holder), of.at);
    const auto family = family_of(type);
    for (const auto& mention : flat.mentions) {
      if (mention.type != family || mention.role != family) continue;
      learn_within(object(family, mention.id), type, flat, of.at);
    }
    if (family == "complaint") learn_within(object(family, case_.value), type, flat, of.at);
  }

  static void learn_within(OcelObject& object, std::string_view type, const FlatEvent& flat, Timestamp at) {
    set(object, "state", std::string(type.substr(type.find('.') + 1)), at);
    for (const auto& field : flat.fields) {
      const auto* text = std::get_if<std::string>(&field.value);
      if (text != nullptr && type == "handoff.requested" &&
          (field.path == "kind" || field.path == "reason_code"))
        set(object, field.path == "kind" ? "kind" : "reason_code", *text, at);
    }
  }

  /// The first value holds from the epoch on, as readers have it whatever is said. Of two in one millisecond
  /// the second holds.
  static void set(OcelObject& object, std::string_view name, const std::string& value, Timestamp at) {
    const auto last = std::ranges::find(object.values.rbegin(), object.values.rend(), name, &OcelValue::name);
    if (last == object.values.rend()) {
      object.values.push_back({name, value, Timestamp{}});
    } else if (last->since == at) {
      last->value = value;
    } else if (last->value != value) {
      object.values.push_back({name, value, at});
    }
  }

  void end_case() {
    for (const auto& [id, object] : objects_) {
      if (object.type == "case" && id != object_id("case", case_.value))
        link_.bind_text(1, id).run();  // what it is like is known when it comes, if it does
      else if (see_.bind_text(1, id).run() > 0)
        add(object);
    }
    objects_.clear();
    pass_on_events();
  }

  void add(const OcelObject& object) {
    ++contents_.objects;
    contents_.object_relations += std::ssize(object.relations);
    contents_.object_values += std::ssize(object.values);
    form_->add(object);
  }

  void pass_on_events() {
    for (const auto& event : events_) {
      contents_.attributes += std::ranges::count_if(event.fields, [](const Field& field) {
        return !std::holds_alternative<std::monostate>(field.value);
      });
      contents_.relations += std::ssize(event.relations);
      form_->add(event);
    }
    events_.clear();
  }

  std::unique_ptr<OcelForm> form_;
  Database seen_;
  Statement see_;
  Statement link_;
  CaseId case_;
  std::map<std::string, OcelObject> objects_;  // of the case, by their ids
  std::vector<OcelEvent> events_;
  Contents contents_;
};

}  // namespace

const std::vector<OcelObjectType>& ocel_object_types() {
  static const std::vector<OcelObjectType> kTypes{
      {"case",
       {"kind", "channel", "service_stage", "number", "category", "product_model", "priority", "owner",
        "holder", "status"}},
      {"handoff", {"kind", "reason_code", "state"}},
      {"callback", {"state"}},
      {"complaint", {"state"}},
      {"review", {"state"}},
      {"agent", {}},
      {"customer", {}},
      {"department", {}},
      {"order", {}},
      {"device", {}}};
  return kTypes;
}

std::unique_ptr<Writer> ocel_writer(std::unique_ptr<OcelForm> form, const PartFile& file,
                                    Database::Stopped stopped) {
  return std::make_unique<Ocel>(std::move(form), file, std::move(stopped));
}

}  // namespace casetrail::exports
