// OCEL 2.0 as JSON: types, then objects, then events, each on a line of its own.
#include <map>
#include <set>
#include <string>

#include "events/wire/json_writer.h"
#include "workers/export/ocel.h"

namespace casetrail::exports {
namespace {

std::string_view type_name(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return "string";
    case FieldKind::whole: return "integer";
    case FieldKind::number: return "float";
    case FieldKind::flag: return "boolean";
    case FieldKind::moment: return "time";
  }
  return "string";
}

void append_value(const Value& value, std::string& out) {
  std::visit(
      [&](const auto& of) {
        if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(of)>, std::monostate>)
          append_json(of, out);
      },
      value);
}

void append_member(std::string_view name, std::string_view text, std::string& out) {
  append_json_string(name, out);
  out += ':';
  append_json_string(text, out);
}

std::string json_of(const std::vector<OcelRelation>& relations) {
  std::string out;
  for (const auto& relation : relations) {
    out += out.empty() ? "{" : ",{";
    append_member("objectId", relation.object, out);
    out += ',';
    append_member("qualifier", relation.qualifier, out);
    out += '}';
  }
  return "\"relationships\":[" + out + "]";
}

class OcelJson final : public OcelForm {
 public:
  OcelJson(PartFile& file, Database::Stopped stopped)
      : file_(file),
        lines_(Database::temporary(file.folder(), std::move(stopped))),
        keep_(table_in(lines_)) {}

  void add(const OcelObject& object) override {
    std::string values;
    for (const auto& value : object.values) {
      values += values.empty() ? "{" : ",{";
      append_member("name", value.name, values);
      values += ',';
      append_member("value", value.value, values);
      values += ',';
      append_member("time", to_wire(value.since), values);
      values += '}';
    }
    keep("o", object.id, object.type, "\"attributes\":[" + values + "]," + json_of(object.relations));
  }

  void add(const OcelEvent& event) override {
    types_.try_emplace(event.type, event.fields);
    std::string line;
    append_member("time", to_wire(event.at), line);
    std::string fields;
    for (const auto& field : event.fields) {
      if (std::holds_alternative<std::monostate>(field.value)) continue;
      fields += fields.empty() ? "{" : ",{";
      append_member("name", field.path, fields);
      fields += ",\"value\":";
      append_value(field.value, fields);
      fields += '}';
    }
    keep("e", event.id, event.type, line + ",\"attributes\":[" + fields + "]," + json_of(event.relations));
  }

  void finish() override {
    std::string objects;
    for (const auto& type : ocel_object_types()) {
      std::string attributes;
      for (const auto name : type.attributes) append_attribute(name, "string", attributes);
      append_type(type.name, attributes, objects);
    }
    std::string events;
    for (const auto& [type, fields] : types_) {
      std::string attributes;
      for (const auto& field : fields) append_attribute(field.path, type_name(field.kind), attributes);
      append_type(type, attributes, events);
    }
    file_.write("{\"objectTypes\":[" + objects + "\n],\"eventTypes\":[" + events + "\n],\"objects\":[");
    pass_on("o");
    file_.write("\n],\"events\":[");
    pass_on("e");
    file_.write("\n]}\n");
  }

 private:
  static Statement table_in(Database& database) {
    database.run("CREATE TABLE line (place INTEGER PRIMARY KEY, part TEXT, json TEXT); BEGIN");
    return database.prepare("INSERT INTO line (part, json) VALUES (?, ?)");
  }

  static void append_attribute(std::string_view name, std::string_view type, std::string& out) {
    out += out.empty() ? "{" : ",{";
    append_member("name", name, out);
    out += ',';
    append_member("type", type, out);
    out += '}';
  }
  static void append_type(std::string_view name, const std::string& attributes, std::string& out) {
    out += out.empty() ? "\n{" : ",\n{";
    append_member("name", name, out);
    out.append(",\"attributes\":[").append(attributes).append("]}");
  }

  void keep(std::string_view part, std::string_view id, std::string_view type, const std::string& rest) {
    std::string line = "{";
    append_member("id", id, line);
    line += ',';
    append_member("type", type, line);
    line.append(",").append(rest).append("}");
    keep_.bind_text(1, part).bind_text(2, line).run();
  }

  void pass_on(std::string_view part) {
    auto lines = lines_.prepare("SELECT json FROM line WHERE part = ? ORDER BY place");
    lines.bind_text(1, part);
    for (bool first = true; lines.next(); first = false) {
      file_.write(first ? "\n" : ",\n");
      file_.write(lines.text(0));
    }
  }

  PartFile& file_;
  Database lines_;
  Statement keep_;
  std::map<std::string_view, std::vector<Field>> types_;  // that events are of, with their attributes
};

}  // namespace

std::unique_ptr<OcelForm> ocel_json_form(PartFile& file, Database::Stopped stopped) {
  return std::make_unique<OcelJson>(file, std::move(stopped));
}

}  // namespace casetrail::exports
