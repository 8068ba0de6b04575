// What is said of a value of YAML that is not as it should be.
#include "aggregates/policy/yaml.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "events/wire/nearest.h"
#include "events/wire/utf8.h"
#include "events/wire/whole_number.h"

namespace casetrail::yaml {
namespace {

/// Checks that each name comes once: of keys, or of elements.
class Once {
 public:
  /// `place` is where `name` stands; `whole` is the list or mapping of them all.
  void check(const std::string& name, const Place& place, const std::string& whole) {
    const auto line = place.node.Mark().line + 1;
    const auto [first, is_new] = lines_.emplace(name, line);
    if (is_new) return;
    place.findings->add(place.complaint("Expected '" + name + "' once in " + whole + ", but it is in line " +
                                        std::to_string(first->second) + " too."));
  }

 private:
  std::map<std::string, int> lines_;
};

/// The first that holds other bytes; 0 when none does.
int line_without_utf8(std::string_view text) {
  for (int line = 1; !is_utf8(text); ++line) {
    const auto end = text.find('\n');
    if (!is_utf8(text.substr(0, end))) return line;
    text.remove_prefix(end + 1);
  }
  return 0;
}

}  // namespace

std::optional<YAML::Node> document(std::string_view text, Findings& findings) {
  if (const auto line = line_without_utf8(text); line > 0) {
    findings.add({line, 1, "", "Expected UTF-8, but this line is not: convert the file first, with iconv."});
    return std::nullopt;
  }
  try {
    const auto documents = YAML::LoadAll(std::string(text));
    if (documents.size() > 1) {
      findings.add(Place{documents[1], "", &findings}.complaint(
          "Expected one document, but another begins here. Leave its line '---' out."));
    }
    return documents.empty() ? YAML::Node() : documents.front();
  } catch (const YAML::Exception& error) {
    findings.add({error.mark.line + 1, error.mark.column + 1, "", "Expected YAML, but " + error.msg + "."});
    return std::nullopt;
  }
}

std::optional<std::string> known_by(const YAML::Node& element) {
  if (element.IsScalar()) return element.Scalar();
  if (!element.IsMap()) return std::nullopt;
  for (const auto* key : {"id", "group", "code"}) {
    const auto found = element[key];
    if (found.IsDefined() && found.IsScalar()) return found.Scalar();
  }
  return std::nullopt;
}

std::vector<Complaint> Findings::take() {
  std::ranges::stable_sort(
      all_, {}, [](const Complaint& complaint) { return std::tuple(complaint.line, complaint.column); });
  return std::move(all_);
}

Complaint Place::complaint(std::string sentence) const {
  const auto mark = node.Mark();
  return {mark.line + 1, mark.column + 1, path, std::move(sentence)};
}

void Place::fail(const std::string& expected) const {
  const auto shown = node.IsScalar() ? ", but it is '" + node.Scalar() + "'." : ", but it is not.";
  throw complaint("Expected '" + path + "' to be " + expected + shown);
}

void Place::refuse_new(const std::string& expected) const {
  if (findings->strict()) findings->keep([&] { fail(expected); });
}

const std::string& Place::text(const std::string& expected) const {
  if (!node.IsScalar() || node.Scalar().empty()) fail(expected);
  return node.Scalar();
}

Place Place::element(std::size_t index) const {
  return {node[index], path + "[" + std::to_string(index) + "]", findings};
}

std::string Place::name_of_key(const std::string& key) const { return path.empty() ? key : path + "." + key; }

void Place::check_elements_differ() const {
  if (!findings->strict()) return;
  Once once;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const auto one = element(i);
    if (const auto name = known_by(one.node)) once.check(*name, one, "'" + path + "'");
  }
}

Keys::Keys(Place place) : place_(std::move(place)) {
  if (!place_.node.IsMap()) place_.fail("a mapping of keys to values");
  if (!place_.findings->strict()) return;
  Once once;
  for (const auto& entry : place_.node) {
    const auto& key = entry.first.Scalar();
    once.check(key, {entry.first, place_.name_of_key(key), place_.findings},
               place_.path.empty() ? "the policy" : "'" + place_.path + "'");
  }
}

std::optional<Place> Keys::find(const std::string& key) {
  taken_.push_back(key);
  const YAML::Node found = std::as_const(place_.node)[key];
  if (!found.IsDefined()) return std::nullopt;
  return Place{found, place_.name_of_key(key), place_.findings};
}

void Keys::done() const {
  for (const auto& entry : place_.node) {
    const auto& key = entry.first.Scalar();
    if (std::ranges::find(taken_, key) != taken_.end()) continue;
    std::string known;
    for (const auto& name : taken_) known += (known.empty() ? "" : ", ") + name;
    const Place place{entry.first, place_.name_of_key(key), place_.findings};
    auto sentence = "Expected one of " + known + ", but the key is '" + place.path + "'.";
    const auto meant = nearest(key, std::vector<std::string_view>(taken_.begin(), taken_.end()));
    if (!meant.empty()) sentence.append(" Did you mean '").append(meant).append("'?");
    place.findings->add(place.complaint(std::move(sentence)));
  }
}

void read(const Place& place, std::string& into) { into = place.text("a text"); }

namespace {

template <class Number>
Number not_negative(const Place& place) {
  static constexpr auto kExpected = "a whole number, not negative";
  const auto number = whole_number<Number>(place.text(kExpected));
  if (!number || *number < 0) place.fail(kExpected);
  return *number;
}

}  // namespace

void read(const Place& place, std::int32_t& into) { into = not_negative<std::int32_t>(place); }
void read(const Place& place, std::int64_t& into) { into = not_negative<std::int64_t>(place); }

void read(const Place& place, bool& into) {
  const auto& text = place.text("true or false");
  if (text != "true" && text != "false") place.fail("true or false");
  into = text == "true";
}

}  // namespace casetrail::yaml
