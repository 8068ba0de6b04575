// The fields of a command as a person gives them, on a command line or one after the other: made of the
// command's own description.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/time/zone.h"
#include "events/wire/reflect.h"
#include "workers/api/reference.h"
#include "workers/cli/command_line.h"

namespace casetrail::cli {

/// A field that has a value of its own, and what it is called on a command line.
struct FormField {
  api::FieldRow row;
  std::string flag;  ///< `--department-id`: the last words of its path that no other field or option has
  bool is_list;
};

class ActionForm {
 public:
  /// `rows` are those of a command; `taken`, such as `--json`, means something else. Times without a zone are
  /// on the clocks of `zone`.
  ActionForm(const std::vector<api::FieldRow>& rows, std::vector<std::string> taken, Zone zone);

  [[nodiscard]] const std::vector<FormField>& fields() const { return fields_; }

  /// Takes a value in; one more of a list is added to it. Otherwise a sentence.
  [[nodiscard]] std::optional<std::string> give(const verb::GivenField& given);
  /// The same of a field that is known. A list without an element takes an empty text for none.
  [[nodiscard]] std::optional<std::string> give(const FormField& field, const std::string& value);

  /// The case asks for the field of that path, too, but for who chose one of `unless` (`mode=question`).
  void need(std::string path, std::vector<std::string> unless);

  /// What the case says of the command's data: it stands where nobody says otherwise. Of objects in a list it
  /// says only how each begins.
  void begin_with(const std::string& data);
  [[nodiscard]] const std::vector<std::string>& beginnings_of(const FormField& field) const;

  /// Those that have to be there and are not, in their order. What an object needs is asked for where the
  /// object is needed or something of it was given.
  [[nodiscard]] std::vector<const FormField*> missing() const;

  /// Whether anything was said of it.
  [[nodiscard]] bool has(std::string_view path) const { return values_.contains(path); }

  /// The data of the command, as JSON.
  [[nodiscard]] std::string data() const { return object_at(""); }

  /// The flag of the field at that path of the data; nothing when there is none.
  [[nodiscard]] std::optional<std::string> flag_of(std::string_view path) const;

 private:
  [[nodiscard]] std::string shortest_flag(std::string_view path) const;
  [[nodiscard]] bool is_taken(std::string_view flag) const;
  [[nodiscard]] std::string unknown(const std::string& name) const;
  [[nodiscard]] bool is_there(std::string_view object) const;
  [[nodiscard]] bool is_needed(const std::string& path) const;
  [[nodiscard]] bool has_value_within(std::string_view object) const;
  [[nodiscard]] std::string object_at(const std::string& prefix) const;
  [[nodiscard]] std::optional<std::string> add(const FormField& field, std::string_view type,
                                               const std::string& value);

  std::vector<api::FieldRow> rows_;  ///< but those of objects in a list
  std::vector<std::string> taken_;
  Zone zone_;
  std::vector<FormField> fields_;
  std::map<std::string, std::vector<RawJson>, std::less<>> values_;      ///< by path
  std::map<std::string, std::vector<std::string>, std::less<>> needed_;  ///< by path, the choices without it
  std::map<std::string, std::vector<std::string>, std::less<>> beginnings_;  ///< by path, of objects in lists
};

}  // namespace casetrail::cli
