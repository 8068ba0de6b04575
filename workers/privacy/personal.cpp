// What is written is found by reading JSON; what is read was written here, and is found by its text.
#include "workers/privacy/personal.h"

#include <utility>

#include "events/wire/json_reader.h"

namespace casetrail::privacy {
namespace {

constexpr std::string_view kName = "pii";
constexpr std::string_view kBegin = R"("pii":{"sealed":")";
constexpr std::string_view kObject = R"({"sealed":")";
constexpr std::size_t kKeyIdDigits = 16;

using Value = simdjson::ondemand::value;
using Kind = simdjson::ondemand::json_type;

void append_shape(Value of, std::string& out);

void append_list(simdjson::ondemand::array of, std::string& out) {
  out += '[';
  bool first = true;
  for (auto element : of) {
    Value value;
    if (element.get(value)) break;
    if (!std::exchange(first, false)) out += ',';
    append_shape(value, out);
  }
  out += ']';
}

void append_members(simdjson::ondemand::object of, std::string& out) {
  out += '{';
  bool first = true;
  for (auto field : of) {
    std::string_view name;
    Value value;
    if (field.unescaped_key().get(name) || field.value().get(value)) break;
    if (!std::exchange(first, false)) out += ',';
    append_json_string(name, out);
    out += ':';
    append_shape(value, out);
  }
  out += '}';
}

/// Of what is no text nothing is left.
void append_shape(Value of, std::string& out) {
  Kind kind{};
  if (of.type().get(kind)) return;
  if (kind == Kind::object) {
    simdjson::ondemand::object members;
    if (!of.get_object().get(members)) append_members(members, out);
  } else if (kind == Kind::array) {
    simdjson::ondemand::array elements;
    if (!of.get_array().get(elements)) append_list(elements, out);
  } else {
    out += kind == Kind::string ? R"("")" : "null";
  }
}

std::string shape_of(std::string_view personal) {
  simdjson::ondemand::object root;
  std::string shape;
  if (JsonDocument::of_this_thread().open(personal, root)) return "{}";
  append_members(root, shape);
  return shape;
}

/// Behind the object that begins `text`, in whose strings there are no braces.
std::size_t end_of_object(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i + 1;
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<std::string_view> open_personal(std::string_view value) {
  if (!value.contains(R"("pii")") || sealed_personal(value)) return std::nullopt;
  simdjson::ondemand::object root;
  std::string_view whole;
  if (JsonDocument::of_this_thread().open(value, root) || root.raw_json().get(whole)) return std::nullopt;
  if (root.reset().error() != simdjson::SUCCESS) return std::nullopt;
  simdjson::ondemand::object personal;
  std::string_view raw;
  if (root.find_field_unordered(kName).get_object().get(personal) || personal.raw_json().get(raw))
    return std::nullopt;
  const auto at = value.find('{') + static_cast<std::size_t>(raw.data() - whole.data());
  return value.substr(at, raw.size());
}

// A quote within a text is escaped, and so is none that ends a name: these bytes begin a member.
std::optional<SealedPersonal> sealed_personal(std::string_view value) {
  const auto at = value.find(kBegin);
  if (at == std::string_view::npos || at == 0 || (value[at - 1] != '{' && value[at - 1] != ','))
    return std::nullopt;
  auto whole = value.substr(at + kBegin.size() - kObject.size());
  const auto size = end_of_object(whole);
  if (size == std::string_view::npos) return std::nullopt;
  whole = whole.substr(0, size);
  const auto quote = whole.find('"', kObject.size());
  const auto sealed = whole.substr(kObject.size(), quote - kObject.size());
  if (quote == std::string_view::npos || sealed.size() <= kKeyIdDigits || sealed[kKeyIdDigits] != ':')
    return std::nullopt;
  auto shape = whole.substr(quote + 1, whole.size() - quote - 2);
  if (shape.starts_with(',')) shape.remove_prefix(1);
  return SealedPersonal{whole, sealed.substr(0, kKeyIdDigits), sealed.substr(kKeyIdDigits + 1), shape};
}

std::string sealed_form(std::string_view key_id, std::string_view sealed, std::string_view personal) {
  const auto shape = shape_of(personal);
  std::string form(kObject);
  form.append(key_id).append(":").append(sealed).append(R"(")");
  if (shape != "{}") form += ',';
  return form.append(shape, 1);
}

std::string with_part(std::string_view value, std::string_view part, std::string_view instead) {
  const auto at = static_cast<std::size_t>(part.data() - value.data());
  std::string changed;
  changed.reserve(value.size() - part.size() + instead.size());
  changed.append(value.substr(0, at)).append(instead).append(value.substr(at + part.size()));
  return changed;
}

}  // namespace casetrail::privacy
