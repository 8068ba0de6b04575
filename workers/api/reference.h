// The fields of commands and events as tables for people, made of their schemas.
#pragma once

#include <string>
#include <vector>

#include "workers/api/contract.h"

namespace casetrail::api {

struct FieldRow {
  std::string path;     ///< `to.department_id`; of the objects in a list: `facts[].type`
  std::string type;     ///< `text`, `list of object`
  bool required;        ///< whenever the object is there that it belongs to
  std::string allowed;  ///< `1 to 5`, `shift, department`; empty: whatever the type is
  std::string meaning;
  std::string label;  ///< in Chinese
  std::vector<std::string> choices =
      {};                      ///< the values of it, or of what is in its list; empty: there are more
  std::string catalogue = {};  ///< of a code: the choices are those that casetrail brings for it
};

/// Each field of `type`, in its order, those of an object behind it.
[[nodiscard]] std::vector<FieldRow> field_rows(const ContractType& type);

/// All commands and events as one page of Markdown: `events/REFERENCE.md`.
[[nodiscard]] std::string reference_page();

}  // namespace casetrail::api
