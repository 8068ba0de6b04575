// The parsers of a thread, and the strict reading of what strangers send.
#include "events/wire/json_reader.h"

#include <algorithm>

namespace casetrail {

JsonDocument& JsonDocument::of_this_thread() {
  thread_local JsonDocument document;
  return document;
}

std::optional<DecodeError> JsonDocument::open(std::string_view json, simdjson::ondemand::object& root) {
  if (padded_.size() < json.size() + simdjson::SIMDJSON_PADDING) {
    padded_.resize(json.size() * 2 + simdjson::SIMDJSON_PADDING);
  }
  json.copy(padded_.data(), json.size());
  if (const auto code = parser_.iterate(padded_.data(), json.size(), padded_.size()).get(document_)) {
    return DecodeError{"", std::string("a JSON object, but: ") + simdjson::error_message(code)};
  }
  if (document_.get_object().get(root)) return DecodeError{"", "a JSON object"};
  return std::nullopt;
}

void JsonReader::prefix(std::size_t first, std::string_view name) {
  for (auto i = first; i < errors_.size(); ++i) {
    auto& path = errors_[i].path;
    const bool nested = !path.empty() && path.front() != '[';
    path.insert(0, nested ? "." : "").insert(0, name);
  }
}

const Bound* JsonReader::bound_here() const {
  if (bounds_.empty()) return nullptr;
  std::string path;
  for (const auto* field = field_; field != nullptr; field = field->outer)
    path.insert(0, std::string(field->name) + (path.empty() ? "" : "."));
  const auto bound = std::ranges::find(bounds_, path, &Bound::field);
  return bound != bounds_.end() ? &*bound : nullptr;
}

void JsonReader::check_text(std::string_view text) {
  expect(is_text(text), kTextBound);
  // No bound is lower, and hardly a text reaches it.
  if (text.size() <= kLongestName) return;
  const auto* bound = bound_here();
  if (bound == nullptr) return;
  if (const auto refusal = bound->refuses(text)) expect(false, *refusal);
}

void JsonReader::check_number(std::int64_t number) {
  const auto* bound = bound_here();
  if (bound == nullptr) return;
  if (const auto refusal = bound->refuses(number)) expect(false, *refusal);
}

std::optional<DecodeError> check_json_object(std::string_view json) {
  // simdjson hands the null pointer of an empty view to memcpy, which must not get one.
  if (json.empty()) return DecodeError{"", "a JSON object, but there is nothing"};
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (const auto code = parser.parse(json.data(), json.size()).get(root)) {
    return DecodeError{"", std::string("a JSON object, but: ") + simdjson::error_message(code)};
  }
  if (!root.is_object()) return DecodeError{"", "a JSON object"};
  return std::nullopt;
}

}  // namespace casetrail
