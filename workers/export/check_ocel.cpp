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
    throw_fault(std::string("there is no ") + name, place);
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

simdjson::dom::array list_in(element of, const char* name, std::string_view place) {
  simdjson::dom::array list;
  if (of[name].get(list) != simdjson::SUCCESS) throw_fault(std::string("there is no list of ") + name, place);
  return list;
}

/// Reads our own lines: a type, an object or an event each, between four headings.
class OcelJsonCheck {
 public:
  OcelJsonCheck(const std::filesystem::path& file, Faults& faults, const Database::Stopped& stopped)
      : in_(file, std::ios::binary),
        faults_(faults),
        stopped_(stopped),
        names_(Database::temporary(file.parent_path().empty() ? "." : file.parent_path(), stopped)),
        insert_(table_in(names_)),
        use_(names_.prepare("UPDATE object SET used = 1 WHERE id = ?")) {}

  Contents run() {
    faults_.of([&] { read(); });
    contents_.events = order_.contents().events;
    contents_.cases = order_.contents().cases;
    return contents_;
  }

 private:
  using Types = std::map<std::string, std::map<std::string, std::string>>;

  void read() {
    static constexpr std::string_view kHeadings[] = {"{\"objectTypes\":[", "],\"eventTypes\":[",
                                                     "],\"objects\":[", "],\"events\":["};
    std::size_t part = 0;
    bool ended = false;
    for (std::string line; std::getline(in_, line);) {
      go_on_unless(stopped_);
      place_ = "line " + std::to_string(++number_);
      if (part < std::size(kHeadings) && line == kHeadings[part]) {
        if (++part == std::size(kHeadings)) forget_relations();
        continue;
      }
      if (part == 0)
        throw_fault(
            "the file does not begin with " + std::string(kHeadings[0]) +
                " alone on a line: it is not laid out as casetrail writes it, a type, an object or an "
                "event a line",
            place_);
      if (line == "]}" && part == std::size(kHeadings)) {
        ended = true;
        continue;
      }
      if (line.ends_with(',')) line.pop_back();
      element of;
      if (ended || parser_.parse(line).get(of) != simdjson::SUCCESS) {
        faults_.add("the line is none of this format", place_);
        continue;
      }
      faults_.of([&] { take(part, of); });
    }
    if (!ended) throw_fault("the file is not whole", place_.empty() ? "line 1" : place_);
    add_all("SELECT id FROM object WHERE used = 0", "the object is in no event");
  }

  static Statement table_in(Database& database) {
    database.run(
        "CREATE TABLE object (id TEXT PRIMARY KEY, used INTEGER) WITHOUT ROWID;"
        "CREATE TABLE target (id TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN");
    return database.prepare("INSERT OR IGNORE INTO object VALUES (?, 0)");
  }

  void add_all(const std::string& sql, std::string_view what) {
    auto rows = names_.prepare(sql);
    while (rows.next()) faults_.add(what, rows.text(0));
  }

  /// Of objects to objects: whatever they lead to has been by now.
  void forget_relations() {
    add_all("SELECT id FROM target WHERE id NOT IN (SELECT id FROM object)",
            "an object names it, and it is not there");
  }

  void take(std::size_t part, element of) {
    if (part <= 2) return take_type(of, part == 1 ? object_types_ : event_types_);
    part == 3 ? take_object(of) : take_event(of);
    const auto& types = part == 3 ? object_types_ : event_types_;
    const auto type = types.find(said(of, "type", place_));
    if (type == types.end())
      throw_fault("the type '" + said(of, "type", place_) + "' is not declared", place_);
    std::set<std::string> had;
    for (const auto attribute : list_in(of, "attributes", place_))
      faults_.of([&] { take_attribute(attribute, type->second, had, part == 3); });
  }

  void take_type(element of, Types& types) {
    auto& attributes = types[said(of, "name", place_)];
    for (const auto attribute : list_in(of, "attributes", place_))
      attributes[said(attribute, "name", place_)] = said(attribute, "type", place_);
  }

  void take_attribute(element attribute, const std::map<std::string, std::string>& declared,
                      std::set<std::string>& had, bool of_object) {
    const auto name = said(attribute, "name", place_);
    const auto type = declared.find(name);
    if (type == declared.end()) throw_fault("the attribute '" + name + "' is not declared", place_);
    element value;
    if (attribute["value"].get(value) != simdjson::SUCCESS || !is_of_type(value, type->second))
      throw_fault("the attribute '" + name + "' is not " + type->second, place_);
    ++(of_object ? contents_.object_values : contents_.attributes);
    const bool is_first = had.insert(name).second;
    if (type->second == "time") check_moment(std::string_view(value), place_);
    if (!of_object && !is_first) throw_fault("the event has '" + name + "' twice", place_);
    if (!of_object) return;
    const auto since = said(attribute, "time", place_);
    check_moment(since, place_);
    if (is_first && since != kEpoch)
      throw_fault("the first value of '" + name + "' does not hold from the epoch on", place_);
  }

  void take_object(element of) {
    if (insert_.bind_text(1, said(of, "id", place_)).run() == 0)
      throw_fault("the object is there twice", place_);
    ++contents_.objects;
    auto target = names_.prepare("INSERT OR IGNORE INTO target VALUES (?)");
    for (const auto relation : list_in(of, "relationships", place_)) {
      (void)said(relation, "qualifier", place_);
      target.bind_text(1, said(relation, "objectId", place_)).run();
      ++contents_.object_relations;
    }
  }

  void take_event(element of) {
    faults_.of([&] { check_moment(said(of, "time", place_), place_); });
    faults_.of([&] { take_event_id(said(of, "id", place_), order_); });
    std::set<std::string> objects;
    for (const auto relation : list_in(of, "relationships", place_))
      faults_.of([&] { take_relation(relation, objects); });
    if (objects.empty()) faults_.add("the event names no object, and readers drop it", place_);
  }

  void take_relation(element relation, std::set<std::string>& objects) {
    const auto id = said(relation, "objectId", place_);
    (void)said(relation, "qualifier", place_);
    if (!objects.insert(id).second) throw_fault("the event names the object '" + id + "' twice", place_);
    if (use_.bind_text(1, id).run() == 0)
      throw_fault("the object '" + id + "' that the event names is not there", place_);
    ++contents_.relations;
  }

  std::ifstream in_;
  Faults& faults_;
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

/// A name of the file within SQL.
std::string quoted(const std::string& name, char quote) {
  std::string text(1, quote);
  for (const char c : name) text.append(c == quote ? 2 : 1, c);
  return text + quote;
}

/// Of every row all columns behind the first `skipped` ones that have a value.
std::int64_t values_in(Database& database, const std::string& table, int skipped) {
  std::string sum = "0";
  auto columns = database.prepare("SELECT name FROM pragma_table_info(" + quoted(table, '\'') +
                                  ") WHERE cid >= " + std::to_string(skipped));
  while (columns.next()) sum += " + count(" + quoted(std::string(columns.text(0)), '"') + ")";
  return number_of(database, "SELECT " + sum + " FROM " + quoted(table, '"'));
}

/// The tables of a log and of each of its types.
class OcelSqliteCheck {
 public:
  OcelSqliteCheck(const std::filesystem::path& file, Faults& faults, const Database::Stopped& stopped)
      : database_(Database::open_to_read(file, stopped)), faults_(faults) {}

  Contents run() {
    add_all("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
            "the database is damaged");
    add_all("SELECT \"table\" || ' row ' || rowid FROM pragma_foreign_key_check",
            "a reference leads nowhere");
    add_all("SELECT ocel_id FROM object WHERE ocel_id NOT IN (SELECT ocel_object_id FROM event_object)",
            "the object is in no event");
    add_all("SELECT ocel_id FROM event WHERE ocel_id NOT IN (SELECT ocel_event_id FROM event_object)",
            "the event names no object, and readers drop it");
    add_all(
        "SELECT ocel_event_id FROM event_object GROUP BY ocel_event_id, ocel_object_id HAVING count(*) > 1",
        "the event names an object twice");
    CaseByCase order;
    auto events = database_.prepare("SELECT ocel_id FROM event ORDER BY rowid");
    while (events.next()) faults_.of([&] { take_event_id(events.text(0), order); });
    contents_ = order.contents();
    for (const auto& table : tables_of(database_, "event")) take_events(table);
    for (const auto& table : tables_of(database_, "object")) take_objects(table);
    if (rows_ > contents_.events)
      faults_.add("the tables of event types have more rows than there are events", "event");
    contents_.objects = number_of(database_, "SELECT count(*) FROM object");
    contents_.relations = number_of(database_, "SELECT count(*) FROM event_object");
    contents_.object_relations = number_of(database_, "SELECT count(*) FROM object_object");
    return contents_;
  }

 private:
  void add_all(const std::string& sql, std::string_view what) {
    auto rows = database_.prepare(sql);
    while (rows.next()) faults_.add(what, rows.text(0));
  }

  void take_events(const std::string& table) {
    const auto name = quoted(table, '"');
    rows_ += number_of(database_, "SELECT count(*) FROM " + name);
    contents_.attributes += values_in(database_, table, 2);
    add_all(
        "SELECT ocel_id FROM event WHERE ocel_type IN (SELECT ocel_type FROM event_map_type WHERE 'event_' "
        "|| ocel_type_map = " +
            quoted(table, '\'') + ") AND ocel_id NOT IN (SELECT ocel_id FROM " + name + ")",
        "the event has no attributes");
    auto moments = database_.prepare("SELECT ocel_time, ocel_id FROM " + name);
    while (moments.next())
      faults_.of([&] { check_moment(moments.text(0), table + " " + std::string(moments.text(1))); });
  }

  void take_objects(const std::string& table) {
    contents_.object_values += values_in(database_, table, 3);
    add_all("SELECT ocel_id FROM object WHERE 'object_' || ocel_type = " + quoted(table, '\'') +
                " AND ocel_id NOT IN (SELECT ocel_id FROM " + quoted(table, '"') +
                " WHERE ocel_changed_field IS NULL AND ocel_time = '" + std::string(kEpoch) + "')",
            "the object does not say what it is like from the epoch on");
  }

  Database database_;
  Faults& faults_;
  Contents contents_;
  std::int64_t rows_ = 0;
};

}  // namespace

Contents check_ocel_json(const std::filesystem::path& file, Faults& faults,
                         const Database::Stopped& stopped) {
  return OcelJsonCheck(file, faults, stopped).run();
}

Contents check_ocel_sqlite(const std::filesystem::path& file, Faults& faults,
                           const Database::Stopped& stopped) {
  try {
    return OcelSqliteCheck(file, faults, stopped).run();
  } catch (const NotAsExpected& failure) {
    faults.add(failure.reason, "database");
    return {};
  }
}

}  // namespace casetrail::exports
