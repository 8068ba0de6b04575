// What of keys depends on no type.
#include "aggregates/policy/section.h"

#include "events/wire/json_writer.h"

namespace casetrail::yaml {
namespace {

std::string json_string(std::string_view text) {
  std::string json;
  append_json_string(text, json);
  return json;
}

std::string joined(char open, const std::vector<std::string>& parts, char close) {
  std::string all(1, open);
  for (const auto& part : parts) all.append(all.size() == 1 ? "" : ", ").append(part);
  return all + close;
}

}  // namespace

Section::Section(Place place) : place_(std::move(place)), keys_(place_) {}

Section::Section(Shape& described) : place_{}, described_(&described) {
  described.kind = Shape::Kind::mapping;
}

Shape& Section::add(const std::string& key, Presence presence, std::string_view meaning) {
  described_->fields.push_back({key, std::string(meaning), presence == Presence::required, {}});
  return described_->fields.back().shape;
}

void Section::done() {
  if (keys_) return keys_->done();
  std::vector<std::string> values;
  for (const auto& field : described_->fields)
    if (!field.shape.value.empty()) values.push_back(json_string(field.key) + ": " + field.shape.value);
  described_->value = joined('{', values, '}');
}

void tell_text(Shape& shape, std::string_view takes, std::string_view pattern, std::string_view value) {
  shape.takes = takes;
  shape.pattern = pattern;
  if (!value.empty()) shape.value = json_string(value);
}

void tell_list(Shape& shape, Shape element, const std::vector<Shape>& elements) {
  shape.kind = Shape::Kind::list;
  shape.parts.push_back(std::move(element));
  std::vector<std::string> values;
  values.reserve(elements.size());
  for (const auto& one : elements) values.push_back(one.value);
  shape.value = joined('[', values, ']');
}

void tell(Shape& shape, const std::string& value) { tell_text(shape, "a text", "", value); }
void tell(Shape& shape, const std::int32_t& value) { tell(shape, std::int64_t{value}); }

void tell(Shape& shape, const std::int64_t& value) {
  shape.kind = Shape::Kind::number;
  shape.takes = "a whole number";
  shape.least = 0;
  shape.value = std::to_string(value);
}

void tell(Shape& shape, const bool& value) {
  shape.kind = Shape::Kind::boolean;
  shape.takes = "true or false";
  shape.value = value ? "true" : "false";
}

}  // namespace casetrail::yaml
