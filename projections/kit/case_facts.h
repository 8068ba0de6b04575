// What every board knows of a row's case.
#pragma once

#include <cereal/cereal.hpp>
#include <optional>
#include <string>

#include "events/case/request_terms.h"
#include "events/wire/party.h"
#include "events/wire/reflect.h"

namespace casetrail {
struct CustomerErased;
struct OwnerChanged;
struct OwnerDesignated;
struct RequestAmended;
struct RequestClassified;
struct RequestPrioritized;
struct RequestRegistered;
}  // namespace casetrail

namespace casetrail::kit {

/// The customer is masked before it is stored.
struct CaseFacts {
  bool registered = false;
  Code<CaseKind> kind{};
  std::optional<std::string> case_no;  ///< the sender's own number
  std::optional<std::string> number;   ///< `CT-2611-000123`
  std::optional<Code<Channel>> channel;
  std::optional<std::string> customer;
  std::optional<std::string> contact;
  std::optional<std::string> product;
  std::optional<std::string> category;
  std::optional<Priority> priority;
  std::optional<std::string> owner;

  void learn(const RequestRegistered& fact);
  void learn(const RequestAmended& fact);
  void learn(const RequestClassified& fact);
  void learn(const RequestPrioritized& fact);
  void learn(const OwnerDesignated& fact);
  void learn(const OwnerChanged& fact);
  void learn(const CustomerErased& fact);

  /// `channel:case_no`, by which every verb and path finds the case.
  [[nodiscard]] std::optional<std::string> reference() const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(registered), CEREAL_NVP(kind), CEREAL_NVP(case_no), CEREAL_NVP(number),
            CEREAL_NVP(channel), CEREAL_NVP(customer), CEREAL_NVP(contact), CEREAL_NVP(product),
            CEREAL_NVP(category), CEREAL_NVP(priority), CEREAL_NVP(owner));
  }
};

/// The name of an optional enumerator, as filters and cells have it.
template <class E>
[[nodiscard]] std::optional<std::string> name_if(const std::optional<E>& value) {
  if (!value) return std::nullopt;
  return std::string(name_of(*value));
}

/// Of what was corrected: an empty text says that nothing is known.
[[nodiscard]] inline std::optional<std::string> known(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

/// The text of an optional id.
template <class IdType>
[[nodiscard]] std::optional<std::string> text_of(const std::optional<IdType>& id) {
  if (!id) return std::nullopt;
  return id->value;
}

}  // namespace casetrail::kit
