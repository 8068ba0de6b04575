// What may be noted on a case at any time: notes, tags, and how it goes with other cases.
#pragma once

#include <cereal/cereal.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/notes_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"

namespace casetrail {

struct AddNote {
  static constexpr std::string_view kType = "work.note.add";
  static constexpr int kVersion = 1;

  std::optional<std::vector<Attachment>> attachments;
  std::optional<std::vector<AgentId>> mentions;
  NoteText pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(attachments), CEREAL_NVP(mentions), CEREAL_NVP(pii));
  }
};

struct TagCase {
  static constexpr std::string_view kType = "case.tag";
  static constexpr int kVersion = 1;

  std::optional<std::vector<std::string>> add;
  std::optional<std::vector<std::string>> remove;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(add), CEREAL_NVP(remove));
  }
};

/// The other case is not asked whether it is there.
struct LinkCase {
  static constexpr std::string_view kType = "case.link";
  static constexpr int kVersion = 1;

  CaseId other_case_id;
  Relation relation{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(other_case_id), CEREAL_NVP(relation));
  }
};

struct UnlinkCase {
  static constexpr std::string_view kType = "case.unlink";
  static constexpr int kVersion = 1;

  CaseId other_case_id;
  Relation relation{};
  std::optional<std::string> reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(other_case_id), CEREAL_NVP(relation), CEREAL_NVP(reason));
  }
};

/// The answer to who reads the case after it has them whole; see `GET /v1/cases/{id}/contact`.
struct RevealContact {
  static constexpr std::string_view kType = "contact.reveal";
  static constexpr int kVersion = 1;

  RevealPurpose purpose{};
  std::optional<RevealText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(purpose), CEREAL_NVP(pii));
  }
};

using NotesCommands = Family<AddNote, TagCase, LinkCase, UnlinkCase, RevealContact>;

}  // namespace casetrail
