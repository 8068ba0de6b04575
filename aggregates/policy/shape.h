// What a description of YAML tells: which keys there are, what each takes, means, and is where nothing is
// said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace casetrail::yaml {

struct Field;

/// What a value may be.
struct Shape {
  /// `table`: a mapping whose keys the writer chooses; `either`: one of several shapes.
  enum class Kind { text, number, boolean, list, mapping, table, either };

  Kind kind = Kind::text;
  std::string takes;                  ///< in words: "a time of the day such as 09:00"
  std::string pattern;                ///< of a text, as a regular expression; empty: any
  std::vector<std::string> words;     ///< that a text may be; with a pattern, others too
  std::optional<std::int64_t> least;  ///< of a number; 1 of an amount of time: more than none
  std::optional<std::int64_t> most;   ///< likewise
  std::vector<std::string> rules;     ///< what else is asked of it, in words
  std::vector<Field> fields;          ///< of a mapping
  std::vector<Shape> parts;           ///< of a list: of its elements; of a table: of its keys, of its values
  std::string value;                  ///< that holds where nothing is said, as JSON; empty: none
  bool needs_another = false;         ///< another key has to be there
};

/// A key of a mapping.
struct Field {
  std::string key;
  std::string meaning;
  bool is_required = false;
  Shape shape;
};

}  // namespace casetrail::yaml
