// Names are looked up by their last words; values are written as the JSON that the schema wants.
#include "workers/cli/action_form.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <utility>

#include "aggregates/time/moment.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/nearest.h"
#include "events/wire/timestamp.h"
#include "events/wire/whole_number.h"
#include "workers/cli/fields.h"

namespace casetrail::cli {
namespace {

constexpr std::string_view kListOf = "list of ";
/// Before a path whose own name is taken: what the wire calls the fields of a command.
constexpr std::string_view kData = "data.";

std::string with_dashes(std::string_view path) {
  std::string flag(path);
  std::ranges::replace(flag, '_', '-');
  return flag;
}

/// Whether `name` is `path` or its last words.
bool ends_path(std::string_view path, std::string_view name) {
  return path == name ||
         (path.ends_with(name) && path.size() > name.size() && path[path.size() - name.size() - 1] == '.');
}

bool is_json_object(const std::string& text) { return !check_json_object(text); }

std::string as_json(std::string_view text) {
  std::string json;
  append_json_string(text, json);
  return json;
}

std::string not_as_expected(const FormField& field, std::string_view what, std::string_view value) {
  return fmt::format("Expected {} to be {}, but it is '{}'.", field.flag, what, value);
}

}  // namespace

ActionForm::ActionForm(const std::vector<api::FieldRow>& rows, std::vector<std::string> taken, Zone zone)
    : taken_(std::move(taken)), zone_(std::move(zone)) {
  for (const auto& row : rows)
    if (!row.path.contains('[')) rows_.push_back(row);
  const auto has_members = [&](const api::FieldRow& row) {
    return std::ranges::any_of(
        rows_, [&](const api::FieldRow& other) { return other.path.starts_with(row.path + "."); });
  };
  for (const auto& row : rows_)
    if (!has_members(row)) fields_.push_back({row, {}, row.type.starts_with(kListOf)});
  for (auto& field : fields_) field.flag = "--" + shortest_flag(field.row.path);
}

std::string ActionForm::shortest_flag(std::string_view path) const {
  for (auto at = path.rfind('.'); at != std::string_view::npos; at = at == 0 ? at : path.rfind('.', at - 1)) {
    const auto name = path.substr(at + 1);
    const auto same = std::ranges::count_if(
        fields_, [&](const FormField& field) { return ends_path(field.row.path, name); });
    if (same == 1 && !is_taken(with_dashes(name))) return with_dashes(name);
  }
  return is_taken(with_dashes(path)) ? std::string(kData) + with_dashes(path) : with_dashes(path);
}

bool ActionForm::is_taken(std::string_view flag) const {
  return std::ranges::any_of(
      taken_, [&](std::string_view name) { return name.substr(name.find_first_not_of('-')) == flag; });
}

std::optional<std::string> ActionForm::flag_of(std::string_view path) const {
  const auto found = std::ranges::find(
      fields_, path, [](const FormField& field) { return std::string_view(field.row.path); });
  return found == fields_.end() ? std::nullopt : std::optional(found->flag);
}

std::optional<std::string> ActionForm::give(const verb::GivenField& given) {
  auto name = given.name;
  if (name.starts_with(kData)) name.erase(0, kData.size());
  name = with_dashes(name);
  std::vector<const FormField*> meant;
  std::vector<std::string_view> parts;
  for (const auto& field : fields_) {
    const auto path = with_dashes(field.row.path);
    if (ends_path(path, name)) meant.push_back(&field);
    if (path == name) {
      meant = {&field};
      break;
    }
    if (path.starts_with(name + ".")) parts.push_back(field.flag);
  }
  if (meant.empty() && !parts.empty())
    return fmt::format("--{} has parts: {}. Name those.", given.name, fmt::join(parts, ", "));
  if (meant.empty()) return unknown(given.name);
  if (meant.size() > 1) {
    std::vector<std::string> paths;
    for (const auto* field : meant) paths.push_back("--" + with_dashes(field->row.path));
    return fmt::format("--{} may be any of {}. Name which.", given.name, fmt::join(paths, ", "));
  }
  const auto& field = *meant.front();
  if (!given.value && field.row.type != "true/false")
    return fmt::format("Expected a value after {}, but there is none.", field.flag);
  return give(field, given.value.value_or("true"));
}

std::string ActionForm::unknown(const std::string& name) const {
  std::vector<std::string_view> known(taken_.begin(), taken_.end());
  for (const auto& field : fields_) known.push_back(field.flag);
  const auto written = "--" + name;
  const auto meant = nearest(with_dashes(written), known);
  return fmt::format("There is no field '{}'.{}", written,
                     meant.empty() ? std::string() : fmt::format(" Did you mean '{}'?", meant));
}

std::optional<std::string> ActionForm::give(const FormField& field, const std::string& value) {
  if (!field.is_list) {
    if (const auto had = values_.find(field.row.path); had != values_.end())
      return fmt::format("Expected {} once, but it is there more often.", field.flag);
    return add(field, field.row.type, value);
  }
  const auto of_each = std::string_view(field.row.type).substr(kListOf.size());
  const auto as_member = R"({"list":)" + value + "}";
  if (value.starts_with('[') && is_json_object(as_member)) {
    auto& list = values_[field.row.path];
    for (auto& element : Fields(as_member).elements("list")) list.push_back({std::move(element)});
    return std::nullopt;
  }
  if (value.empty() && !values_.contains(field.row.path)) values_[field.row.path] = {};
  if (value.empty()) return std::nullopt;
  return add(field, of_each, value);
}

std::optional<std::string> ActionForm::add(const FormField& field, std::string_view type,
                                           const std::string& value) {
  std::string json = value;
  const auto& choices = field.row.choices;
  if (type == "time") {
    const auto at = moment_of(value, zone_);
    if (!at)
      return not_as_expected(
          field, fmt::format("a time such as 2026-11-30 09:00 ({}) or 2026-11-30T09:00:00Z", zone_.name()),
          value);
    json = as_json(to_wire(*at));
  } else if (type == "text") {
    if (!choices.empty() && std::ranges::find(choices, value) == choices.end()) {
      const auto meant = nearest(value, std::vector<std::string_view>(choices.begin(), choices.end()));
      return not_as_expected(field, fmt::format("one of {}", fmt::join(choices, ", ")), value) +
             (meant.empty() ? std::string() : fmt::format(" Did you mean '{}'?", meant));
    }
    json = as_json(value);
  } else if (type == "true/false") {
    if (value != "true" && value != "false") return not_as_expected(field, "true or false", value);
  } else if (type == "integer") {
    if (!whole_number<std::int64_t>(value)) return not_as_expected(field, "a whole number", value);
  } else if (!is_json_object(value)) {
    return not_as_expected(field, "a JSON object", value);
  }
  values_[field.row.path].push_back({std::move(json)});
  return std::nullopt;
}

bool ActionForm::has_value_within(std::string_view object) const {
  const auto prefix = std::string(object) + ".";
  return std::ranges::any_of(values_, [&](const auto& value) { return value.first.starts_with(prefix); });
}

bool ActionForm::is_there(std::string_view object) const {
  if (object.empty()) return true;
  const auto row =
      std::ranges::find(rows_, object, [](const api::FieldRow& one) { return std::string_view(one.path); });
  const auto dot = object.rfind('.');
  const auto around = dot == std::string_view::npos ? std::string_view() : object.substr(0, dot);
  return has_value_within(object) || (row->required && is_there(around));
}

void ActionForm::need(std::string path, std::vector<std::string> unless) {
  needed_.insert_or_assign(std::move(path), std::move(unless));
}

void ActionForm::begin_with(const std::string& data) {
  for (const auto& field : fields_) {
    const auto [object, name] = field_at(data, field.row.path);
    const auto text = object.text(name);
    if (text.empty() || values_.contains(field.row.path)) continue;
    const auto elements = field.is_list ? object.elements(name) : std::vector<std::string>();
    if (field.row.type == std::string(kListOf) + "object" && !elements.empty())
      beginnings_.insert_or_assign(field.row.path, elements);
    else
      (void)give(field, text);
  }
}

const std::vector<std::string>& ActionForm::beginnings_of(const FormField& field) const {
  static const std::vector<std::string> kNone;
  const auto found = beginnings_.find(field.row.path);
  return found == beginnings_.end() ? kNone : found->second;
}

bool ActionForm::is_needed(const std::string& path) const {
  const auto found = needed_.find(path);
  if (found == needed_.end()) return false;
  return std::ranges::none_of(found->second, [&](const std::string& choice) {
    const auto equals = choice.find('=');
    const auto given = values_.find(choice.substr(0, equals));
    return given != values_.end() && given->second.front().text == as_json(choice.substr(equals + 1));
  });
}

std::vector<const FormField*> ActionForm::missing() const {
  std::vector<const FormField*> all;
  for (const auto& field : fields_) {
    const auto dot = field.row.path.rfind('.');
    const auto object = dot == std::string::npos ? std::string() : field.row.path.substr(0, dot);
    if (values_.contains(field.row.path)) continue;
    if ((field.row.required && is_there(object)) || is_needed(field.row.path)) all.push_back(&field);
  }
  return all;
}

std::string ActionForm::object_at(const std::string& prefix) const {
  std::string json;
  for (const auto& row : rows_) {
    if (!row.path.starts_with(prefix) || row.path.find('.', prefix.size()) != std::string::npos) continue;
    const auto field = std::ranges::find(fields_, row.path,
                                         [](const FormField& one) { return std::string_view(one.row.path); });
    std::string value;
    if (field == fields_.end()) {
      if (is_there(row.path)) value = object_at(row.path + ".");
    } else if (const auto given = values_.find(row.path); given != values_.end()) {
      value = field->is_list ? to_json(given->second) : given->second.front().text;
    }
    if (value.empty()) continue;
    json += json.empty() ? "" : ",";
    json += as_json(row.path.substr(prefix.size())) + ":" + value;
  }
  return "{" + json + "}";
}

}  // namespace casetrail::cli
