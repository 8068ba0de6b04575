// OCEL 2.0 as a SQLite database, with the keys that its readers look for.
#include <algorithm>
#include <map>
#include <string>

#include "workers/export/ocel.h"

namespace casetrail::exports {
namespace {

constexpr auto kTables =
    "CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);"
    "CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);"
    "CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES event_map_type(ocel_type));"
    "CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES object_map_type(ocel_type));"
    "CREATE TABLE event_object (ocel_event_id TEXT REFERENCES event(ocel_id), ocel_object_id TEXT REFERENCES "
    "object(ocel_id), ocel_qualifier TEXT, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));"
    "CREATE TABLE object_object (ocel_source_id TEXT REFERENCES object(ocel_id), ocel_target_id TEXT "
    "REFERENCES "
    "object(ocel_id), ocel_qualifier TEXT, PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));"
    "BEGIN";

std::string_view column_type(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return "TEXT";
    case FieldKind::whole: return "INTEGER";
    case FieldKind::number: return "REAL";
    case FieldKind::flag: return "BOOLEAN";
    case FieldKind::moment: return "TIMESTAMP";
  }
  return "TEXT";
}

/// The end of the name of a type's table: letters and `_` alone.
std::string table_name(std::string_view type) {
  std::string name(type);
  std::ranges::replace(name, '.', '_');
  return name;
}

std::string named(std::string_view column) { return "\"" + std::string(column) + "\""; }

std::string places(std::size_t count) {
  std::string all = "?";
  for (std::size_t i = 1; i < count; ++i) all += ", ?";
  return all;
}

class OcelSqlite final : public OcelForm {
 public:
  OcelSqlite(const PartFile& file, Database::Stopped stopped)
      : database_(with_tables(file, std::move(stopped))),
        event_(database_.prepare("INSERT INTO event VALUES (?, ?)")),
        object_(database_.prepare("INSERT INTO object VALUES (?, ?)")),
        event_object_(database_.prepare("INSERT INTO event_object VALUES (?, ?, ?)")),
        object_object_(database_.prepare("INSERT INTO object_object VALUES (?, ?, ?)")) {
    for (const auto& type : ocel_object_types()) begin_object_type(type);
  }

  void add(const OcelObject& object) override {
    object_.bind_text(1, object.id).bind_text(2, object.type).run();
    for (const auto& relation : object.relations)
      object_object_.bind_text(1, object.id)
          .bind_text(2, relation.object)
          .bind_text(3, relation.qualifier)
          .run();
    add_rows(object);
  }

  void add(const OcelEvent& event) override {
    event_.bind_text(1, event.id).bind_text(2, event.type).run();
    for (const auto& relation : event.relations)
      event_object_.bind_text(1, event.id)
          .bind_text(2, relation.object)
          .bind_text(3, relation.qualifier)
          .run();
    auto& row = row_of(event);
    row.bind_text(1, event.id).bind_text(2, to_wire(event.at));
    for (int at = 0; at < std::ssize(event.fields); ++at)
      row.bind(at + 3, event.fields[static_cast<std::size_t>(at)].value);
    row.run();
  }

  void finish() override { database_.run("COMMIT; ANALYZE"); }

 private:
  static Database with_tables(const PartFile& file, Database::Stopped stopped) {
    auto database = Database::create(file.path(), std::move(stopped));
    database.run(kTables);
    return database;
  }

  void begin_object_type(const OcelObjectType& type) {
    const auto name = table_name(type.name);
    std::string columns;
    for (const auto attribute : type.attributes) columns += ", " + named(attribute) + " TEXT";
    database_.run("CREATE TABLE object_" + name +
                  " (ocel_id TEXT REFERENCES object(ocel_id), ocel_time TIMESTAMP, ocel_changed_field TEXT" +
                  columns + ", PRIMARY KEY (ocel_id, ocel_time, ocel_changed_field));" +
                  "INSERT INTO object_map_type VALUES ('" + name + "', '" + name + "')");
    object_rows_.emplace(type.name, database_.prepare("INSERT INTO object_" + name + " VALUES (" +
                                                      places(3 + type.attributes.size()) + ")"));
  }

  /// What it is like from the epoch on, then a row for each change.
  void add_rows(const OcelObject& object) {
    auto& row = object_rows_.at(object.type);
    const auto& type = *std::ranges::find(ocel_object_types(), object.type, &OcelObjectType::name);
    const auto write = [&](Timestamp since, std::string_view changed) {
      row.bind_text(1, object.id).bind_text(2, to_wire(since));
      row.bind(3, changed.empty() ? Value() : Value(std::string(changed)));
      for (int at = 0; at < std::ssize(type.attributes); ++at) {
        const auto name = type.attributes[static_cast<std::size_t>(at)];
        const auto value = std::ranges::find_if(object.values, [&](const OcelValue& of) {
          return of.name == name && of.since == since && (changed.empty() || of.name == changed);
        });
        row.bind(at + 4, value == object.values.end() ? Value() : Value(value->value));
      }
      row.run();
    };
    write(Timestamp{}, {});
    for (const auto& value : object.values) {
      if (value.since != Timestamp{}) write(value.since, value.name);
    }
  }

  Statement& row_of(const OcelEvent& event) {
    const auto known = event_rows_.find(event.type);
    if (known != event_rows_.end()) return known->second;
    const auto name = table_name(event.type);
    std::string columns;
    for (const auto& field : event.fields)
      columns.append(", ").append(named(field.path)).append(" ").append(column_type(field.kind));
    database_.run("CREATE TABLE event_" + name +
                  " (ocel_id TEXT PRIMARY KEY REFERENCES event(ocel_id), ocel_time TIMESTAMP" + columns +
                  ");" + "INSERT INTO event_map_type VALUES ('" + std::string(event.type) + "', '" + name +
                  "')");
    return event_rows_
        .emplace(event.type, database_.prepare("INSERT INTO event_" + name + " VALUES (" +
                                               places(2 + event.fields.size()) + ")"))
        .first->second;
  }

  Database database_;
  Statement event_;
  Statement object_;
  Statement event_object_;
  Statement object_object_;
  std::map<std::string_view, Statement> event_rows_;
  std::map<std::string_view, Statement> object_rows_;
};

}  // namespace

std::unique_ptr<OcelForm> ocel_sqlite_form(const PartFile& file, Database::Stopped stopped) {
  return std::make_unique<OcelSqlite>(file, std::move(stopped));
}

}  // namespace casetrail::exports
