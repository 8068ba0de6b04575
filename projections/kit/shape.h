// What a board consists of, as data: each key is spelled once, with its description and where its value comes
// from.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "events/wire/code.h"
#include "events/wire/reflect.h"
#include "events/wire/schema_writer.h"
#include "projections/kit/counted_rows.h"
#include "projections/kit/filters.h"
#include "projections/kit/histogram.h"
#include "projections/kit/json_object.h"
#include "projections/kit/words.h"

namespace casetrail::kit {

enum class Kind {
  text,
  texts,
  department,   ///< an id: the policy has its name
  departments,  ///< an array of such
  agent,        ///< an id, likewise
  agents,
  roles,  ///< an array of ids, likewise
  word,   ///< one of a few, which the schema names
  number,
  count,
  counts,            ///< an object: a count for each word
  duration,          ///< milliseconds
  duration_at_most,  ///< the end of the histogram's bucket in which it lies, in milliseconds
  share,             ///< thousandths of a whole
  shares,            ///< an object: a share for each word
  points,            ///< the difference of two shares, in thousandths
  ratio,             ///< a number in thousandths: 1250 is 1.25
  moment,
  flag,
  object,  ///< its members are described
  table,   ///< an array of objects whose members are described
  record,  ///< an object or an array of them, which the schema describes
};
constexpr auto enum_names(Kind) {
  return std::to_array<std::string_view>(
      {"text",   "texts",  "department", "departments", "agent",    "agents",           "roles",
       "word",   "number", "count",      "counts",      "duration", "duration_at_most", "share",
       "shares", "points", "ratio",      "moment",      "flag",     "object",           "table",
       "record"});
}

/// Where a screen of text shows a member.
struct Screen {
  int rank = 0;     ///< columns: 1 is the last to be left out; figures: the place in their line; 0: not shown
  Words heading{};  ///< of the line of figures
  bool may_be_cut = false;
};

/// What a share is a share of: keys of totals.
struct Fraction {
  std::string_view part{};
  std::string_view of{};
};

struct Description {
  std::string_view key;
  Kind kind;
  Words label;
  std::string_view meaning;  ///< a sentence; the formula of a measure, and what it counts
  Screen screen{};
  Fraction fraction{};
  CountedRows leads_to{};  ///< of a table beside the rows: the filters without which it is empty
};

/// A described member of a board, with what its type says.
struct Member {
  Description of;
  std::string schema;  ///< JSON Schema of a value; empty where `members` describe it
  bool nullable = false;
  std::vector<Member> members = {};
};

/// A value for each word of an enum, by its place.
template <NamedEnum E, class Value>
struct ByWord {
  std::vector<Value> values;
};

template <NamedEnum E>
[[nodiscard]] ByWord<E, std::int64_t> counts_by(const std::vector<std::int64_t>& counts) {
  ByWord<E, std::int64_t> all;
  for (std::size_t i = 0; i < enum_names(E{}).size(); ++i) all.values.push_back(counted_at(counts, i));
  return all;
}

/// A count for each code of a catalogue: for those that casetrail brings, and for others that came.
template <Catalogued Known>
struct ByCode {
  std::map<std::string, std::int64_t> counts;
};

/// Objects of the same columns.
template <const auto& kColumns, class From>
struct TableOf {
  std::vector<From> rows;
};

template <class Columns, class From>
void write_object(const Columns& columns, const From& from, std::string& out) {
  JsonObject object(out);
  for (const auto& column : columns) column.write(from, object.member(column.of.key));
}

template <class Columns, class Range>
void write_table(const Columns& columns, const Range& range, std::string& out) {
  JsonArray rows(out);
  for (const auto& from : range) write_object(columns, from, rows.element());
}

template <class Columns>
[[nodiscard]] std::vector<Member> members_of(const Columns& columns) {
  std::vector<Member> members;
  for (const auto& column : columns) members.push_back(column.member(column.of));
  return members;
}

/// How a type of value is written and described.
template <class T>
struct ValueOf {
  static void write(const T& value, std::string& out) { JsonWriter(out).write(value); }
  static Member member(const Description& of) {
    return {.of = of, .schema = SchemaWriter::schema_of<T>(SchemaScope::all), .nullable = is_optional<T>};
  }
};

template <>
struct ValueOf<std::string_view> {
  static void write(std::string_view value, std::string& out) { append_json_string(value, out); }
  static Member member(const Description& of) { return ValueOf<std::string>::member(of); }
};

template <NamedEnum E, class Value>
struct ValueOf<ByWord<E, Value>> {
  static void write(const ByWord<E, Value>& value, std::string& out) {
    JsonObject words(out);
    for (std::size_t i = 0; i < value.values.size(); ++i) words.add(enum_names(E{})[i], value.values[i]);
  }
  static Member member(const Description& of) {
    std::string properties;
    for (const auto word : enum_names(E{})) {
      properties.append(properties.empty() ? "\"" : ",\"").append(word);
      properties.append(is_optional<Value> ? R"(":{"type":"integer","nullable":true})"
                                           : R"(":{"type":"integer"})");
    }
    return {.of = of, .schema = R"({"type":"object","properties":{)" + properties + "}}"};
  }
};

template <Catalogued Known>
struct ValueOf<ByCode<Known>> {
  static void write(const ByCode<Known>& value, std::string& out) {
    JsonObject codes(out);
    auto left = value.counts;
    for (const auto known : enum_names(Known{})) {
      const auto counted = left.extract(std::string(known));
      codes.add(known, counted.empty() ? 0 : counted.mapped());
    }
    for (const auto& [code, count] : left) codes.add(code, count);
  }
  static Member member(const Description& of) {
    return {.of = of,
            .schema = R"({"type":"object","additionalProperties":{"type":"integer"},"x-catalogue":")" +
                      std::string(catalogue_name(Known{})) + "\"}"};
  }
};

template <const auto& kColumns, class From>
struct ValueOf<TableOf<kColumns, From>> {
  static void write(const TableOf<kColumns, From>& table, std::string& out) {
    write_table(kColumns, table.rows, out);
  }
  static Member member(const Description& of) {
    return {.of = of, .schema = {}, .members = members_of(kColumns)};
  }
};

/// A member, and how it is read from what a board's object is made of.
template <class From>
struct Column {
  /// `Get` holds nothing, and returns the value of a `From`; `rows` are those that it is the number of.
  template <class Get>
    requires std::is_empty_v<Get>
  constexpr Column(const Description& description, Get, const CountedRows& rows = {})
      : of(description),
        write([](const From& from, std::string& out) { ValueOf<Result<Get>>::write(Get{}(from), out); }),
        member(ValueOf<Result<Get>>::member) {
    of.leads_to = rows;
  }

  Description of;
  void (*write)(const From& from, std::string& out);
  Member (*member)(const Description& of);

 private:
  template <class Get>
  using Result = std::remove_cvref_t<std::invoke_result_t<Get, const From&>>;
};

/// An object or a table of the board itself.
template <class Columns>
[[nodiscard]] Member part(const Description& of, const Columns& columns) {
  return {.of = of, .schema = {}, .members = members_of(columns)};
}

// The parts that every board has.
inline constexpr Description kTotals{
    "totals", Kind::object, {"totals", "合计"}, "Counts of everything, whatever the filters say."};
inline constexpr Description kMetrics{
    "metrics", Kind::object, {"measures", "指标"}, "Measures of everything, whatever the filters say."};
inline constexpr Description kRows{
    "rows", Kind::table, {"rows", "明细"}, "What the filters leave, in the board's order, a page of it."};
inline constexpr Description kMatching{
    "matching", Kind::count, {"matching", "符合筛选"}, "Rows that the filters leave, on all pages."};

/// What a view says of itself.
struct Shape {
  Words label;
  Words meaning;
  std::vector<Words> headings;  ///< of the lines of figures, in their order on a screen
  std::vector<Member> members;  ///< of the board, in their order
  std::span<const FilterType> filters;
  /// Of rows that are about a part of a case: the column that tells which; empty: a row a case.
  std::string_view part{};
};

}  // namespace casetrail::kit
