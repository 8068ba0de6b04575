// What is noted on a case: notes, tags, and how it goes with other cases.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/notes_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"

namespace casetrail {

/// Within the company; the customer does not see it (A079).
struct NoteAdded {
  static constexpr std::string_view kType = "work.note.added";
  static constexpr int kVersion = 1;

  NoteId note_id;
  std::vector<Attachment> attachments;
  std::vector<AgentId> mentions;  ///< who should read it
  NoteText pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(note_id), CEREAL_NVP(attachments), CEREAL_NVP(mentions), CEREAL_NVP(pii));
  }
};

struct CaseTagged {
  static constexpr std::string_view kType = "case.tagged";
  static constexpr int kVersion = 1;

  std::vector<std::string> added;
  std::vector<std::string> removed;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(added), CEREAL_NVP(removed));
  }
};

/// The other case has no event of it (A044).
struct CaseLinked {
  static constexpr std::string_view kType = "case.linked";
  static constexpr int kVersion = 1;

  CaseId other_case_id;
  Relation relation{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(other_case_id), CEREAL_NVP(relation));
  }
};

struct CaseUnlinked {
  static constexpr std::string_view kType = "case.unlinked";
  static constexpr int kVersion = 1;

  CaseId other_case_id;
  Relation relation{};
  std::optional<std::string> reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(other_case_id), CEREAL_NVP(relation), CEREAL_NVP(reason));
  }
};

/// Whoever sends it may see the customer's name and contacts for a while (A273).
struct AccessLogged {
  static constexpr std::string_view kType = "privacy.access.logged";
  static constexpr int kVersion = 1;

  RevealPurpose purpose{};
  std::optional<RevealText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(purpose), CEREAL_NVP(pii));
  }
};

using NotesEvents = Family<NoteAdded, CaseTagged, CaseLinked, CaseUnlinked, AccessLogged>;

}  // namespace casetrail
