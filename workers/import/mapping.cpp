// Reads mappings with the strict reader of YAML that policies have. A key that nobody knows is an error, and
// so is one that stands twice: it would be a column that is silently left out.
#include "workers/import/mapping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <initializer_list>

#include "aggregates/policy/yaml.h"
#include "events/wire/whole_number.h"

namespace casetrail::imports {
namespace {

/// Ends the reading of a mapping; never leaves this file.
struct Problem {
  std::string sentence;
};

[[noreturn]] void fail(const YAML::Node& at, std::string_view what) {
  throw Problem{fmt::format("line {} of the mapping: {}", at.Mark().line + 1, what)};
}

/// What the reader of YAML found first, as this one says it.
void check_none(yaml::Findings& findings) {
  const auto found = findings.take();
  if (found.empty()) return;
  auto sentence = found.front().sentence;
  sentence.front() = 'e';
  if (sentence.ends_with('.')) sentence.pop_back();
  throw Problem{fmt::format("line {} of the mapping: {}", found.front().line, sentence)};
}

/// Requires: a mapping.
void check_each_once(const YAML::Node& node) {
  yaml::Findings findings(yaml::Strictness::strict);
  const yaml::Keys each_once({node, "the mapping", &findings});
  check_none(findings);
}

std::string text_of(const YAML::Node& node, std::string_view what) {
  if (!node.IsScalar()) fail(node, fmt::format("expected {} as one text", what));
  return node.Scalar();
}

void check_keys(const YAML::Node& node, std::initializer_list<std::string_view> known) {
  if (!node.IsMap()) fail(node, fmt::format("expected the keys {}", fmt::join(known, ", ")));
  check_each_once(node);
  for (const auto& entry : node) {
    const auto key = entry.first.Scalar();
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      fail(entry.first,
           fmt::format("expected one of the keys {}, but it is '{}'", fmt::join(known, ", "), key));
    }
  }
}

YAML::Node required(const YAML::Node& node, const char* key) {
  const auto found = node[key];
  if (!found) fail(node, fmt::format("expected the key '{}', but it is missing", key));
  return found;
}

/// Of a catalogue, any code: what comes from elsewhere keeps its own.
template <class Word>
Word name_in(const YAML::Node& node) {
  const auto text = text_of(node, "a name");
  if (const auto value = word_from<Word>(text)) return *value;
  fail(node, fmt::format("expected {}, but it is '{}'", expected_words<Word>(), text));
}

char one_character(const YAML::Node& node, std::string_view what) {
  const auto text = text_of(node, what);
  if (text == "\\t" || text == "tab") return '\t';
  if (text.size() != 1 || text[0] == '\n' || text[0] == '\r')
    fail(node, fmt::format("expected {} of one character, but it is '{}'", what, text));
  return text[0];
}

CsvDialect dialect_of(const YAML::Node& root) {
  CsvDialect dialect;
  const auto csv = root["csv"];
  if (!csv) return dialect;
  check_keys(csv, {"delimiter", "quote", "escape", "encoding", "missing"});
  if (csv["delimiter"]) dialect.delimiter = one_character(csv["delimiter"], "a delimiter");
  if (csv["quote"]) dialect.quote = one_character(csv["quote"], "a quote");
  if (dialect.quote == ' ') fail(csv["quote"], "expected a quote that is no space");
  if (dialect.delimiter == dialect.quote)
    fail(csv, fmt::format("expected a delimiter other than the quote, but both are '{}'", dialect.quote));
  if (csv["escape"]) dialect.escape = one_character(csv["escape"], "an escape");
  if (dialect.escape == dialect.quote || dialect.escape == dialect.delimiter)
    fail(csv["escape"],
         "expected an escape other than the quote (a doubled quote is always one) and the delimiter");
  if (csv["encoding"] && text_of(csv["encoding"], "an encoding") != "utf-8") {
    fail(csv["encoding"], "expected utf-8: convert the file first, with iconv");
  }
  return dialect;
}

/// `name`; `name#1`, `name#2` where several columns have it.
std::vector<std::string> unique_names(const std::vector<std::string>& header) {
  std::map<std::string, int> seen;
  std::vector<std::string> names;
  for (const auto& name : header) {
    const bool alone = std::ranges::count(header, name) == 1;
    names.push_back(alone ? name : fmt::format("{}#{}", name, ++seen[name]));
  }
  return names;
}

class MappingReader {
 public:
  MappingReader(const YAML::Node& root, std::vector<std::string> columns)
      : root_(root), columns_(std::move(columns)) {}

  Mapping read() {
    check_keys(root_, {"source", "channel", "csv", "case", "order", "time", "moments", "kind", "received_at",
                       "customer", "product", "status", "department", "agent", "priority", "category",
                       "reopen", "rewritten"});
    check_moments();
    Mapping mapping{.source = source(),
                    .channel = name_in<Code<Channel>>(required(root_, "channel")),
                    .columns = columns_,
                    .missing = missing(),
                    .rewritten = {},
                    .case_number = text_field(required(root_, "case")),
                    .order = RowOrder::oldest_first,
                    .time = {},
                    .moments = moments(),
                    .kind = choice<Code<CaseKind>>(required(root_, "kind")),
                    .received_at = {},
                    .customer = optional_text("customer"),
                    .product = optional_text("product"),
                    .status = status(),
                    .department = optional_text("department"),
                    .agent = optional_text("agent"),
                    .urgency = urgency(),
                    .category = category(),
                    .reopen = reopen()};
    if (mapping.moments.empty()) mapping.time = time_field(required(root_, "time"));
    if (const auto node = root_["order"]) mapping.order = name_in<RowOrder>(node);
    if (const auto node = root_["received_at"]) mapping.received_at = time_field(node);
    mapping.rewritten = rewritten();
    check_doubled();
    return mapping;
  }

 private:
  /// A name, a name with the number of its occurrence (`category#2`), or a position counted from 1.
  Column column(const YAML::Node& node) {
    const auto text = text_of(node, "a column");
    if (const auto named = position_of(text)) return use(*named);
    if (const auto first = position_of(text + "#1")) {
      doubled_.push_back(node);
      return use(*first);
    }
    const auto position = whole_number<Column>(text);
    if (position && *position >= 1 && *position <= columns_.size()) return use(*position - 1);
    const auto shown = std::min(columns_.size(), kMostShown);
    auto sentence =
        fmt::format("expected one of the columns {}{}, but it is '{}'",
                    fmt::join(columns_.begin(), columns_.begin() + static_cast<long>(shown), ", "),
                    shown < columns_.size() ? ", …" : "", text);
    if (columns_.size() == 1) sentence += ": say the `delimiter` under `csv` where it is no comma";
    fail(node, sentence);
  }

  [[nodiscard]] std::optional<Column> position_of(const std::string& name) const {
    const auto found = std::ranges::find(columns_, name);
    if (found == columns_.end()) return std::nullopt;
    return static_cast<Column>(found - columns_.begin());
  }

  /// The first of several may go without its number beside the second.
  void check_doubled() const {
    for (const auto& node : doubled_) {
      const auto& name = node.Scalar();
      if (!used_.contains(*position_of(name + "#2")))
        fail(node, fmt::format("several columns are called '{0}': say which, '{0}#1' or '{0}#2'", name));
    }
  }

  Column use(Column column) {
    used_.insert(column);
    return column;
  }

  std::string source() {
    const auto node = required(root_, "source");
    auto text = text_of(node, "a source");
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    if (text.empty() || !plain) fail(node, "expected a source of the characters a-z, 0-9, - and _");
    return text;
  }

  std::set<std::string, std::less<>> missing() {
    std::set<std::string, std::less<>> markers{""};
    const auto node = root_["csv"] ? root_["csv"]["missing"] : YAML::Node();
    if (!node.IsDefined() || node.IsNull()) return markers;
    if (!node.IsSequence()) fail(node, "expected a list of the texts that stand for a missing value");
    for (const auto& marker : node) markers.insert(text_of(marker, "a marker"));
    return markers;
  }

  TextField text_field(const YAML::Node& node) {
    if (node.IsScalar()) return {.column = column(node), .prefix = ""};
    check_keys(node, {"column", "prefix"});
    return {.column = column(required(node, "column")),
            .prefix = node["prefix"] ? text_of(node["prefix"], "a prefix") : ""};
  }

  std::optional<TextField> optional_text(const char* key) {
    if (const auto node = root_[key]) return text_field(node);
    return std::nullopt;
  }

  TimeField time_field(const YAML::Node& node) {
    check_keys(node, {"column", "format", "zone"});
    return {.column = column(required(node, "column")), .formats = formats(node)};
  }

  /// One format or a list. The zone is of those that carry no offset.
  std::vector<TimeFormat> formats(const YAML::Node& node) {
    const auto listed = required(node, "format");
    const auto zone = node["zone"] ? text_of(node["zone"], "a zone") : "";
    std::vector<TimeFormat> formats;
    const auto add = [&](const YAML::Node& one) {
      const auto text = text_of(one, "a format");
      const bool zoned = !listed.IsSequence() || !TimeFormat::carries_offset(text);
      const auto format = TimeFormat::make(text, zoned ? zone : "");
      if (!format) fail(one, format.error());
      formats.push_back(*format);
    };
    if (!listed.IsSequence()) add(listed);
    for (const auto& one : listed) add(one);
    if (formats.empty()) fail(listed, "expected a format, or a list of some");
    return formats;
  }

  /// What one row cannot say of its case when it holds moments.
  void check_moments() {
    if (!root_["moments"]) return;
    for (const auto* key : {"status", "reopen", "order"}) {
      if (root_[key])
        fail(root_[key],
             fmt::format("expected no `{}` beside `moments`, which say when a case came to a step", key));
    }
  }

  std::vector<MomentField> moments() {
    std::vector<MomentField> moments;
    const auto node = root_["moments"];
    if (!node) return moments;
    const auto time = required(root_, "time");
    check_keys(time, {"format", "zone"});
    if (!node.IsMap() || node.size() == 0) fail(node, "expected a line `step: column` for each moment");
    check_each_once(node);
    for (const auto& entry : node) {
      moments.push_back({.step = name_in<CaseStep>(entry.first),
                         .time = {.column = column(entry.second), .formats = formats(time)}});
    }
    std::ranges::stable_sort(moments, {}, &MomentField::step);
    return moments;
  }

  template <class E, class ReadValue>
  ByColumn<E> by_column(const YAML::Node& node, ReadValue read_value) {
    check_keys(node, {"column", "values"});
    ByColumn<E> field{.column = column(required(node, "column")), .values = {}};
    const auto values = required(node, "values");
    if (!values.IsMap()) fail(values, "expected a line `value in the file: name` for each value");
    check_each_once(values);
    for (const auto& entry : values) field.values.emplace(entry.first.Scalar(), read_value(entry.second));
    return field;
  }

  template <class E>
  Choice<E> choice(const YAML::Node& node) {
    if (node.IsScalar()) return name_in<E>(node);
    return by_column<E>(node, name_in<E>);
  }

  std::optional<ByColumn<std::optional<CaseStep>>> status() {
    const auto node = root_["status"];
    if (!node) return std::nullopt;
    return by_column<std::optional<CaseStep>>(node, [](const YAML::Node& value) -> std::optional<CaseStep> {
      if (text_of(value, "a step") == "none") return std::nullopt;
      return name_in<CaseStep>(value);
    });
  }

  std::optional<UrgencyFields> urgency() {
    const auto node = root_["priority"];
    if (!node) return std::nullopt;
    check_keys(node, {"impact", "urgency", "priority"});
    return UrgencyFields{.impact = choice<Level>(required(node, "impact")),
                         .urgency = choice<Level>(required(node, "urgency")),
                         .priority = choice<Priority>(required(node, "priority"))};
  }

  std::optional<CategoryFields> category() {
    const auto node = root_["category"];
    if (!node) return std::nullopt;
    check_keys(node, {"columns", "difficulty"});
    CategoryFields fields;
    const auto columns = required(node, "columns");
    if (!columns.IsSequence() || columns.size() == 0) fail(columns, "expected a list of columns");
    for (const auto& one : columns) fields.columns.push_back(column(one));
    const auto difficulty = required(node, "difficulty");
    const auto text = text_of(difficulty, "a difficulty");
    if (text.size() != 1 || text[0] < '1' || text[0] > '5')
      fail(difficulty, "expected a difficulty of 1 to 5");
    fields.difficulty = text[0] - '0';
    return fields;
  }

  std::variant<std::monostate, ReopenCounter, ReopenLeaving> reopen() {
    const auto node = root_["reopen"];
    if (!node) return {};
    check_keys(node, {"counter", "leaving"});
    if (node.size() != 1) fail(node, "expected either `counter` or `leaving`");
    if (node["counter"]) return ReopenCounter{column(node["counter"])};
    if (!node["leaving"].IsSequence()) fail(node, "expected a list of steps behind `leaving`");
    ReopenLeaving leaving;
    for (const auto& step : node["leaving"]) leaving.steps.insert(name_in<CaseStep>(step));
    return leaving;
  }

  std::set<Column> rewritten() {
    std::set<Column> columns;
    const auto node = root_["rewritten"];
    if (!node) return columns;
    if (!node.IsSequence()) fail(node, "expected a list of columns");
    const auto used = used_;
    for (const auto& one : node) {
      const auto position = column(one);
      if (used.contains(position)) {
        fail(one,
             fmt::format("expected a column that is not imported, but '{}' is: a row is known by all that "
                         "is imported of it",
                         columns_[position]));
      }
      columns.insert(position);
    }
    return columns;
  }

  static constexpr std::size_t kMostShown = 30;

  const YAML::Node& root_;
  std::vector<std::string> columns_;
  std::set<Column> used_;
  std::vector<YAML::Node> doubled_;  ///< that name the first of several columns without its number
};

template <class T, class Read>
std::expected<T, std::string> reading(const std::string& text, Read read) {
  try {
    yaml::Findings findings(yaml::Strictness::strict);
    const auto root = yaml::document(text, findings);
    check_none(findings);
    if (!root->IsMap()) {
      return std::unexpected(
          std::string(root->IsNull() ? "the mapping is empty" : "the mapping holds no `key: value`") +
          ": see deploy/mappings/README.md for what it holds");
    }
    return read(*root);
  } catch (const Problem& problem) {
    return std::unexpected(problem.sentence);
  } catch (const YAML::Exception& error) {
    return std::unexpected(
        fmt::format("line {} of the mapping: expected YAML, but {}", error.mark.line + 1, error.msg));
  }
}

}  // namespace

std::expected<CsvDialect, std::string> read_dialect(const std::string& yaml) {
  return reading<CsvDialect>(yaml, dialect_of);
}

std::expected<Mapping, std::string> read_mapping(const std::string& yaml,
                                                 const std::vector<std::string>& header) {
  return reading<Mapping>(
      yaml, [&](const YAML::Node& root) { return MappingReader(root, unique_names(header)).read(); });
}

}  // namespace casetrail::imports
