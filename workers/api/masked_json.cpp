// What is sent in a wrong form may hold its persons anywhere, so that each value is judged.
#include "workers/api/masked_json.h"

#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "projections/kit/mask.h"
#include "projections/kit/personal.h"

namespace casetrail::api {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

enum class Place { open, personal };

void write(element value, std::string_view member, Place place, std::string& out);

void write_object(simdjson::dom::object object, Place place, std::string& out) {
  const char* between = "{";
  for (const auto [name, value] : object) {
    out += between;
    append_json_string(kit::mask_contacts_in(name), out);
    out += ':';
    write(value, name, name == "pii" ? Place::personal : place, out);
    between = ",";
  }
  out += object.size() == 0 ? "{}" : "}";
}

void write_array(simdjson::dom::array array, std::string_view member, Place place, std::string& out) {
  const char* between = "[";
  for (const auto value : array) {
    out += between;
    write(value, member, place, out);
    between = ",";
  }
  out += array.size() == 0 ? "[]" : "]";
}

/// A number stays one where nothing in it is masked.
void write_plain(element value, std::string_view member, Place place, std::string& out) {
  const bool is_text = value.is_string();
  const auto text = is_text ? std::string(std::string_view(value)) : simdjson::minify(value);
  if (place == Place::personal) return append_json_string("***", out);
  const auto masked = is_text ? kit::mask_personal(member, text) : kit::mask_contacts_in(text);
  is_text || masked != text ? append_json_string(masked, out) : void(out += text);
}

void write(element value, std::string_view member, Place place, std::string& out) {
  switch (value.type()) {
    case element_type::OBJECT: return write_object(simdjson::dom::object(value), place, out);
    case element_type::ARRAY: return write_array(simdjson::dom::array(value), member, place, out);
    case element_type::STRING:
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE: return write_plain(value, member, place, out);
    case element_type::BOOL:
    case element_type::NULL_VALUE: out += simdjson::minify(value); return;
  }
}

}  // namespace

std::optional<std::string> masked_json(std::string_view json) {
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(simdjson::padded_string(json)).get(root) != simdjson::SUCCESS) return std::nullopt;
  std::string out;
  write(root, {}, Place::open, out);
  return out;
}

}  // namespace casetrail::api
