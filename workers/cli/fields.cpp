// What cannot be read is as good as not there.
#include "workers/cli/fields.h"

#include "events/wire/json_value.h"
#include "events/wire/whole_number.h"

namespace casetrail::cli {
namespace {

/// What `json` is; a fresh `T` when it is something else.
template <class T>
T read_as(std::string_view json) {
  return value_from_json<T>(json).value_or(T());
}

}  // namespace

Fields::Fields(std::string_view json) {
  for (auto& [name, value] : read_as<std::map<std::string, RawJson>>(json))
    members_.emplace(name, std::move(value));
}

std::string Fields::text(std::string_view name) const {
  const auto found = members_.find(name);
  if (found == members_.end() || found->second.text == "null") return {};
  const auto& json = found->second.text;
  return json.starts_with('"') ? read_as<std::string>(json) : json;
}

std::optional<std::int64_t> Fields::number(std::string_view name) const {
  return whole_number<std::int64_t>(text(name));
}

Fields Fields::object(std::string_view name) const { return Fields(text(name)); }

std::vector<Fields> Fields::objects(std::string_view name) const {
  std::vector<Fields> all;
  for (const auto& element : elements(name)) all.emplace_back(element);
  return all;
}

std::vector<std::string> Fields::elements(std::string_view name) const {
  std::vector<std::string> all;
  for (auto& element : read_as<std::vector<RawJson>>(text(name))) all.push_back(std::move(element.text));
  return all;
}

std::vector<std::string> Fields::strings(std::string_view name) const {
  return read_as<std::vector<std::string>>(text(name));
}

std::vector<std::string> Fields::names() const {
  std::vector<std::string> all;
  all.reserve(members_.size());
  for (const auto& [name, value] : members_) all.push_back(name);
  return all;
}

FieldAt field_at(std::string_view json, std::string_view path) {
  FieldAt at{Fields(json), path};
  for (auto dot = at.name.find('.'); dot != std::string_view::npos; dot = at.name.find('.')) {
    at.object = at.object.object(at.name.substr(0, dot));
    at.name.remove_prefix(dot + 1);
  }
  return at;
}

}  // namespace casetrail::cli
