// Both forms of OCEL: references that lead somewhere, types and attributes that are declared.
#include <fstream>
#include <map>
#include <set>

#include "events/wire/json_reader.h"
#include "events/wire/whole_number.h"
#include "workers/export/check.h"
#include "workers/export/failure.h"

namespace casetrail::exports {
namespace {

using simdjson::dom::element;

constexpr std::string_view kEpoch = "1970-01-01T00:00:00.000Z";

std::string said(element of, const char* name, std::string_view place) {
  std::string_view text;
  if (of[name].get(text) != simdjson::SUCCESS || text.empty())
    throw_wrong(std::string("there is no ") + name, place);
  return std::string(text);
}

bool is_of_type(element value, const std::string& type) {
  if (type == "integer") return value.is_int64();
  if (type == "float") return value.is_double() || value.is_int64();
  if (type == "boolean") return value.is_bool();
  return value.is_string();
}

void take_event_id(std::string_view id, CaseByCase& order) {
  const auto slash = id.rfind('/');
  const auto seq =
      slash == std::string_view::npos ? std::nullopt : whole_number<std::int64_t>(id.substr(slash + 1));
  order.take(id.substr(0, slash), seq.value_or(0));
}

/// Reads our own lines: a type, an object or an event each, between four headings.
class OcelJsonCheck {
 public:
  OcelJsonCheck(const std::filesystem::path& file, const Database::Stopped& stopped)
      : in_(file, std::ios::binary),
        stopped_(stopped),
        names_(Database::temporary(file.parent_path().empty() ? "." : file.parent_path(), stopped)),
        insert_(table_in(names_)),
        use_(names_.prepare("UPDATE object SET used = 1 WHERE id = ?")) {}

  Contents run() {
    static constexpr std::string_view kHeadings[] = {"{\"objectTypes\":[", "],\"eventTypes\":[",
                                                     "],\"objects\":[", "],\"events\":["};
    std::size_t part = 0;
    bool ended = false;
    for (std::string line; std::getline(in_, line);) {
      if (stopped_()) throw Failure(Trouble::stopped, "The export was stopped; nothing is left of it.");
      place_ = "line " + std::to_string(++number_);
      if (part < std::size(kHeadings) && line == kHeadings[part]) {
        if (++part == std::size(kHeadings)) forget_relations();
        continue;
      }
      if (line == "]}" && part == std::size(kHeadings)) {
        ended = true;
        continue;
      }
      if (line.ends_with(',')) line.pop_back();
      element of;
      if (part == 0 || ended || parser_.parse(line).get(of) != simdjson::SUCCESS)
        throw_wrong("the line is none of this format", place_);
      take(part, of);
    }
    if (!ended) throw_wrong("the file is not whole", place_);
    expect_none("SELECT id FROM object WHERE used = 0", "an object is in no event");
    contents_.events = order_.contents().events;
    contents_.cases = order_.contents().cases;
    return contents_;
  }

 private:
  using Types = std::map<std::string, std::map<std::string, std::string>>;

  static Statement table_in(Database& database) {
    database.run(
        "CREATE TABLE object (id TEXT PRIMARY KEY, used INTEGER) WITHOUT ROWID;"
        "CREATE TABLE target (id TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN");
    return database.prepare("INSERT OR IGNORE INTO object VALUES (?, 0)");
  }

  void expect_none(const std::string& sql, std::string_view what) {
    auto rows = names_.prepare(sql);
    if (rows.next()) throw_wrong(what, rows.text(0));
  }

  /// Of objects to objects: whatever they lead to has been by now.
  void forget_relations() {
    expect_none("SELECT id FROM target WHERE id NOT IN (SELECT id FROM object)",
                "an object that is named is not there");
  }

  void take(std::size_t part, element of) {
    if (part <= 2) return take_type(of, part == 1 ? object_types_ : event_types_);
    const auto& types = part == 3 ? object_types_ : event_types_;
    const auto type = types.find(said(of, "type", place_));
    if (type == types.end()) throw_wrong("the type is not declared", place_);
    take_attributes(of, type->second, part == 3);
    part == 3 ? take_object(of) : take_event(of);
  }

  void take_type(element of, Types& types) {
    auto& attributes = types[said(of, "name", place_)];
    for (const auto attribute : of["attributes"].get_array())
      attributes[said(attribute, "name", place_)] = said(attribute, "type", place_);
  }

  void take_attributes(element of, const std::map<std::string, std::string>& declared, bool of_object) {
    std::set<std::string> had;
    for (const auto attribute : of["attributes"].get_array()) {
      const auto name = said(attribute, "name", place_);
      const auto type = declared.find(name);
      if (type == declared.end()) throw_wrong("the attribute '" + name + "' is not declared", place_);
      element value;
      if (attribute["value"].get(value) != simdjson::SUCCESS || !is_of_type(value, type->second))
        throw_wrong("the attribute '" + name + "' is not " + type->second, place_);
      if (type->second == "time") check_moment(std::string_view(value), place_);
      const bool is_first = had.insert(name).second;
      if (!of_object && !is_first) throw_wrong("the event has '" + name + "' twice", place_);
      if (of_object) {
        const auto since = said(attribute, "time", place_);
        check_moment(since, place_);
        if (is_first && since != kEpoch)
          throw_wrong("the first value of '" + name + "' does not hold from the epoch on", place_);
      }
      ++(of_object ? contents_.object_values : contents_.attributes);
    }
  }

  void take_object(element of) {
    if (insert_.bind_text(1, said(of, "id", place_)).run() == 0)
      throw_wrong("the object is there twice", place_);
    ++contents_.objects;
    auto target = names_.prepare("INSERT OR IGNORE INTO target VALUES (?)");
    for (const auto relation : of["relationships"].get_array()) {
      (void)said(relation, "qualifier", place_);
      target.bind_text(1, said(relation, "objectId", place_)).run();
      ++contents_.object_relations;
    }
  }

  void take_event(element of) {
    check_moment(said(of, "time", place_), place_);
    take_event_id(said(of, "id", place_), order_);
    std::set<std::string> objects;
    for (const auto relation : of["relationships"].get_array()) {
      const auto id = said(relation, "objectId", place_);
      (void)said(relation, "qualifier", place_);
      if (!objects.insert(id).second) throw_wrong("the event names an object twice", place_);
      if (use_.bind_text(1, id).run() == 0) throw_wrong("an object that is named is not there", place_);
      ++contents_.relations;
    }
    if (objects.empty()) throw_wrong("the event names no object, and readers drop it", place_);
  }

  std::ifstream in_;
  const Database::Stopped& stopped_;
  Database names_;
  Statement insert_;
  Statement use_;
  simdjson::dom::parser parser_;
  std::string place_;
  std::int64_t number_ = 0;
  Types object_types_;
  Types event_types_;
  CaseByCase order_;
  Contents contents_;
};

std::int64_t number_of(Database& database, const std::string& sql) {
  auto rows = database.prepare(sql);
  return rows.next() ? rows.number(0) : 0;
}

/// The tables of types, by the name of the map.
std::vector<std::string> tables_of(Database& database, const std::string& kind) {
  std::vector<std::string> tables;
  auto rows = database.prepare("SELECT ocel_type_map FROM " + kind + "_map_type");
  while (rows.next()) tables.push_back(kind + "_" + std::string(rows.text(0)));
  return tables;
}

/// Of every row all columns behind the first `skipped` ones that have a value.
std::int64_t values_in(Database& database, const std::string& table, int skipped) {
  std::string sum = "0";
  auto columns = database.prepare("SELECT name FROM pragma_table_info('" + table +
                                  "') WHERE cid >= " + std::to_string(skipped));
  while (columns.next()) sum += " + count(\"" + std::string(columns.text(0)) + "\")";
  return number_of(database, "SELECT " + sum + " FROM " + table);
}

}  // namespace

Contents check_ocel_json(const std::filesystem::path& file, const Database::Stopped& stopped) {
  return OcelJsonCheck(file, stopped).run();
}

Contents check_ocel_sqlite(const std::filesystem::path& file, const Database::Stopped& stopped) {
  auto database = Database::open_to_read(file, stopped);
  const auto expect_none = [&](const std::string& sql, std::string_view what) {
    auto rows = database.prepare(sql);
    if (rows.next()) throw_wrong(what, rows.text(0));
  };
  expect_none("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
              "the database is damaged");
  expect_none("SELECT \"table\" FROM pragma_foreign_key_check", "a reference leads nowhere");
  expect_none("SELECT ocel_id FROM object WHERE ocel_id NOT IN (SELECT ocel_object_id FROM event_object)",
              "an object is in no event");
  expect_none("SELECT ocel_id FROM event WHERE ocel_id NOT IN (SELECT ocel_event_id FROM event_object)",
              "an event names no object, and readers drop it");
  expect_none(
      "SELECT ocel_event_id FROM event_object GROUP BY ocel_event_id, ocel_object_id HAVING count(*) > 1",
      "an event names an object twice");
  Contents contents;
  CaseByCase order;
  auto events = database.prepare("SELECT ocel_id FROM event ORDER BY rowid");
  while (events.next()) take_event_id(events.text(0), order);
  contents = order.contents();
  std::int64_t rows = 0;
  for (const auto& table : tables_of(database, "event")) {
    rows += number_of(database, "SELECT count(*) FROM " + table);
    contents.attributes += values_in(database, table, 2);
    auto moments = database.prepare("SELECT ocel_time FROM " + table);
    while (moments.next()) check_moment(moments.text(0), table);
  }
  if (rows != contents.events) throw_wrong("an event has no attributes", "event");
  for (const auto& table : tables_of(database, "object")) {
    contents.object_values += values_in(database, table, 3);
    expect_none("SELECT ocel_id FROM object WHERE 'object_' || ocel_type = '" + table +
                    "' AND ocel_id NOT IN (SELECT ocel_id FROM " + table +
                    " WHERE ocel_changed_field IS NULL AND ocel_time = '" + std::string(kEpoch) + "')",
                "an object says not what it is like from the epoch on");
  }
  contents.objects = number_of(database, "SELECT count(*) FROM object");
  contents.relations = number_of(database, "SELECT count(*) FROM event_object");
  contents.object_relations = number_of(database, "SELECT count(*) FROM object_object");
  return contents;
}

}  // namespace casetrail::exports
