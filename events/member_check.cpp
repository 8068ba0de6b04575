// Looks for the members by name only when it is known already that some are wrong.
#include <algorithm>
#include <string>
#include <vector>

#include "events/json_reader.h"
#include "events/nearest.h"
#include "events/utf8.h"

namespace casetrail {
namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;

/// In one sentence, at most.
constexpr std::size_t kNamed = 8;
/// Bytes of a name that is quoted.
constexpr std::size_t kQuoted = 60;

/// A stranger's word, fit for a sentence.
std::string quoted(std::string_view name) {
  auto text = as_utf8(name, kQuoted);
  for (auto& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return text;
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

  /// Nothing when there are no faults.
  [[nodiscard]] std::optional<DecodeError> error() const {
    if (count_ == 0) return std::nullopt;
    const auto& first = faults_.front();
    if (count_ == 1) return DecodeError{first.path, first.expected + ", but it " + first.is};
    std::string all = "an object with the right members, but ";
    for (const auto& fault : faults_)
      all.append(&fault == &first ? "'" : ", '").append(fault.path).append("' ").append(fault.is);
    if (count_ > faults_.size())
      all.append(", and ").append(std::to_string(count_ - faults_.size())).append(" more are wrong");
    return DecodeError{"", std::move(all)};
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
        add({at, "there once", "is there more than once"});
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

std::optional<DecodeError> check_members(std::string_view json, std::string_view schema) {
  simdjson::dom::parser of_json;
  simdjson::dom::parser of_schema;
  Element value;
  Element type;
  if (of_json.parse(json.data(), json.size()).get(value) ||
      of_schema.parse(schema.data(), schema.size()).get(type))
    return std::nullopt;
  MemberCheck check;
  check.look_at(value, type, "");
  return check.error();
}

}  // namespace casetrail
