// Tells all that is wrong with what was read strictly. Looks at the names of the members only then.
#include "events/wire/member_check.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "events/wire/json_reader.h"
#include "events/wire/nearest.h"
#include "events/wire/utf8.h"

namespace casetrail {
namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;

/// In one sentence, at most.
constexpr std::size_t kNamed = 8;
/// Bytes of a name that is quoted.
constexpr std::size_t kQuoted = 60;

constexpr std::string_view kOnce = "there once";

/// A stranger's word, fit for a sentence.
std::string quoted(std::string_view name) {
  auto text = as_utf8(name, kQuoted);
  for (auto& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return text;
}

std::string joined(std::string outer, const std::string& inner) {
  if (!inner.starts_with('[')) outer += '.';
  return outer + inner;
}

/// The path of a member within `value` that is there more than once.
std::optional<std::string> doubled_in(const Element& value) {
  Object object;
  simdjson::dom::array array;
  if (!value.get(array)) {
    std::size_t index = 0;
    for (const auto element : array) {
      if (const auto inner = doubled_in(element)) return joined("[" + std::to_string(index) + "]", *inner);
      ++index;
    }
  }
  if (value.get(object)) return std::nullopt;
  std::vector<std::string_view> names;
  for (const auto& [name, member] : object) {
    if (const auto inner = doubled_in(member)) return joined(quoted(name), *inner);
    names.push_back(name);
  }
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice == names.end()) return std::nullopt;
  return quoted(*twice);
}

class MemberCheck {
 public:
  void look_at(const Element& value, const Element& schema, const std::string& path) {
    Object object;
    simdjson::dom::array array;
    Element inner;
    if (!value.get(object) && !schema["properties"].get(inner)) return look_at_members(object, schema, path);
    if (value.get(array) || schema["items"].get(inner)) return;
    std::size_t index = 0;
    for (const auto element : array) look_at(element, inner, path + "[" + std::to_string(index++) + "]");
  }

  [[nodiscard]] bool found_none() const { return count_ == 0; }

  /// `'x' is unknown, 'y' is missing`
  [[nodiscard]] std::string list() const {
    std::string all;
    for (const auto& fault : faults_)
      all.append(all.empty() ? "'" : ", '").append(fault.path).append("' ").append(fault.is);
    if (count_ > faults_.size())
      all.append(", and ").append(std::to_string(count_ - faults_.size())).append(" more are wrong");
    return all;
  }

  /// Requires: there are faults.
  [[nodiscard]] DecodeError error() const {
    const auto& first = faults_.front();
    if (count_ == 1) return {first.path, first.expected + ", but it " + first.is};
    return {"", "an object with the right members, but " + list()};
  }

 private:
  struct Fault {
    std::string path;
    std::string expected;
    std::string is;
  };

  void look_at_members(const Object& object, const Element& schema, const std::string& path) {
    const Object properties = schema["properties"];
    std::vector<std::string_view> seen;
    for (const auto& [name, value] : object) {
      const auto at = path.empty() ? quoted(name) : path + "." + quoted(name);
      Element of_member;
      if (properties[name].get(of_member)) {
        add({at, "a known member", "is unknown" + hint(name, properties)});
      } else if (std::ranges::find(seen, name) != seen.end()) {
        add({at, std::string(kOnce), "is there more than once"});
      } else {
        seen.push_back(name);
        look_at(value, of_member, at);
      }
    }
    simdjson::dom::array required;
    if (schema["required"].get(required)) return;
    for (const std::string_view name : required) {
      if (std::ranges::find(seen, name) == seen.end())
        add({(path.empty() ? "" : path + ".") + std::string(name), "there", "is missing"});
    }
  }

  [[nodiscard]] std::string hint(std::string_view name, const Object& properties) const {
    if (count_ >= kNamed) return {};
    std::vector<std::string_view> known;
    for (const auto& property : properties) known.push_back(property.key);
    const auto meant = nearest(name, known);
    return meant.empty() ? "" : " (did you mean '" + std::string(meant) + "'?)";
  }

  void add(Fault fault) {
    if (++count_ <= kNamed) faults_.push_back(std::move(fault));
  }

  std::size_t count_ = 0;
  std::vector<Fault> faults_;  ///< the first ones
};

}  // namespace

std::optional<DecodeError> check_once(std::string_view json) {
  thread_local simdjson::dom::parser parser;
  Element root;
  if (parser.parse(json.data(), json.size()).get(root)) return std::nullopt;
  auto doubled = doubled_in(root);
  if (!doubled) return std::nullopt;
  return DecodeError{*std::move(doubled), std::string(kOnce) + ", but it is there more than once"};
}

DecodeError all_errors(std::vector<DecodeError> values, std::string_view json, std::string_view schema) {
  simdjson::dom::parser of_json;
  simdjson::dom::parser of_schema;
  Element value;
  Element type;
  MemberCheck members;
  if (!of_json.parse(json.data(), json.size()).get(value) &&
      !of_schema.parse(schema.data(), schema.size()).get(type))
    members.look_at(value, type, "");
  if (values.empty()) {
    if (members.found_none()) return {"", "an object whose members' names have no escapes"};
    return members.error();
  }
  auto all = std::move(values.front());
  for (const auto& error : std::span(values).subspan(1))
    all.expected.append("; expected '").append(error.path).append("' to be ").append(error.expected);
  if (!members.found_none()) all.expected.append("; besides, ").append(members.list());
  return all;
}

}  // namespace casetrail
