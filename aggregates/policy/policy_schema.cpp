// The description of a policy as JSON Schema.
#include <string>
#include <string_view>

#include "aggregates/policy/policy_shape.h"
#include "aggregates/policy/policy_texts.h"
#include "aggregates/policy/shape_words.h"
#include "events/wire/json_writer.h"

namespace casetrail {
namespace {

using yaml::Field;
using yaml::Shape;

class SchemaText {
 public:
  [[nodiscard]] std::string take() { return std::move(out_); }

  void document(const Shape& policy) {
    out_ += R"({"$schema":"https://json-schema.org/draft/2020-12/schema",)";
    out_ +=
        R"("title":"casetrail policy","description":"The rules of a company by which casetrail decides.",)";
    body(policy, "");
    out_ += "}\n";
  }

 private:
  void string(std::string_view text) { append_json_string(text, out_); }

  void strings(const std::vector<std::string>& texts) {
    out_ += '[';
    for (const auto& text : texts) {
      if (&text != &texts.front()) out_ += ',';
      string(text);
    }
    out_ += ']';
  }

  void nested(const Shape& shape, const std::string& path) {
    out_ += '{';
    body(shape, path);
    out_ += '}';
  }

  void field(const Field& field, const std::string& path) {
    string(field.key);
    out_ += R"(:{"title":)";
    string(path);
    out_ += R"(,"description":)";
    string(sentence_of(field));
    if (!field.shape.value.empty() && !field.is_required)
      out_.append(R"(,"default":)").append(field.shape.value);
    out_ += ',';
    body(field.shape, path);
    out_ += '}';
  }

  /// The members that say what may be there.
  void body(const Shape& shape, const std::string& path) {
    switch (shape.kind) {
      case Shape::Kind::text: return text(shape);
      case Shape::Kind::number: return number(shape);
      case Shape::Kind::boolean: out_ += R"("type":"boolean")"; return;
      case Shape::Kind::list:
        out_ += R"("type":"array","items":)";
        return nested(shape.parts.front(), path + "[]");
      case Shape::Kind::mapping: return mapping(shape, path);
      case Shape::Kind::table:
        out_ += R"("type":"object","propertyNames":)";
        nested(shape.parts[0], path);
        out_ += R"(,"additionalProperties":)";
        return nested(shape.parts[1], path);
      case Shape::Kind::either:
        out_ += R"("anyOf":[)";
        for (const auto& part : shape.parts) {
          if (&part != &shape.parts.front()) out_ += ',';
          nested(part, path);
        }
        out_ += ']';
    }
  }

  /// A number of YAML is read as the text that it is.
  void text(const Shape& shape) {
    if (!shape.words.empty() && !shape.pattern.empty()) {
      out_ += R"("anyOf":[{"enum":)";
      strings(shape.words);
      out_ += R"(},{"type":["string","integer"],"pattern":)";
      string("^(" + shape.pattern + ")$");
      out_ += "}]";
    } else if (!shape.words.empty()) {
      out_ += R"("enum":)";
      strings(shape.words);
    } else if (shape.pattern.empty()) {
      out_ += R"("type":["string","number","boolean"],"minLength":1)";
    } else {
      out_ += R"("type":["string","integer"],"pattern":)";
      string((shape.least ? "^(?!0+[a-z])(" : "^(") + shape.pattern + ")$");
    }
  }

  void number(const Shape& shape) {
    out_ += R"("type":"integer")";
    if (shape.least) out_ += R"(,"minimum":)" + std::to_string(*shape.least);
    if (shape.most) out_ += R"(,"maximum":)" + std::to_string(*shape.most);
  }

  void mapping(const Shape& shape, const std::string& path) {
    out_ += R"("type":"object","additionalProperties":false,"properties":{)";
    std::vector<std::string> required;
    for (const auto& one : shape.fields) {
      if (&one != &shape.fields.front()) out_ += ',';
      field(one, path.empty() ? one.key : path + "." + one.key);
      if (one.is_required) required.push_back(one.key);
    }
    out_ += '}';
    if (required.empty()) return;
    out_ += R"(,"required":)";
    strings(required);
  }

  std::string out_;
};

}  // namespace

std::string policy_schema() {
  SchemaText text;
  text.document(yaml::policy_shape());
  return text.take();
}

}  // namespace casetrail
