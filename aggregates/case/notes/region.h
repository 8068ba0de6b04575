// What is noted on a case, as far as a later decision asks for it.
#pragma once

#include <cereal/cereal.hpp>
#include <string>
#include <vector>

#include "events/case/notes_terms.h"
#include "events/wire/ids.h"

namespace casetrail {

struct CaseLink {
  CaseId other_case_id;
  Relation relation{};

  bool operator==(const CaseLink&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(other_case_id), CEREAL_NVP(relation));
  }
};

struct NotesRegion {
  std::vector<std::string> tags;  ///< in the order in which they came
  std::vector<CaseLink> links;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(tags), CEREAL_NVP(links));
  }
};

}  // namespace casetrail
