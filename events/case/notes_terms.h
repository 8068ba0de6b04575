// The terms of notes: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail {

/// What the case is to the other one: `parent` says that the other one is its parent.
enum class Relation { duplicate, parent, child, related, caused_by };
constexpr auto enum_names(Relation) {
  return std::to_array<std::string_view>({"duplicate", "parent", "child", "related", "caused_by"});
}

/// What a customer's name and contacts are shown to somebody for.
enum class RevealPurpose { call_customer, send_to_customer, identify_customer, correct_data, other };
constexpr auto enum_names(RevealPurpose) {
  return std::to_array<std::string_view>(
      {"call_customer", "send_to_customer", "identify_customer", "correct_data", "other"});
}

/// Personal.
struct RevealText {
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text));
  }
};

/// A file that lies elsewhere; its name stands in the note's `pii`.
struct Attachment {
  std::string ref;         ///< where it lies: a URI of the company's own store
  std::string sha256;      ///< of its bytes, 64 hexadecimal digits
  std::string media_type;  ///< `image/jpeg`
  std::int64_t size = 0;   ///< bytes

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(ref), CEREAL_NVP(sha256), CEREAL_NVP(media_type), CEREAL_NVP(size));
  }
};

/// Personal.
struct NoteText {
  std::string text;
  std::optional<std::vector<std::string>> file_names;  ///< of the attachments, in their order

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text), CEREAL_NVP(file_names));
  }
};

}  // namespace casetrail
