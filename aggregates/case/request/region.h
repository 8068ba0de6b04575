// What a case was classified as, and what is known of its request.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace casetrail {

/// What the case is about, and who can help.
struct Classification {
  std::string category;
  std::optional<std::string> service_type;
  std::int32_t difficulty = 1;  ///< 1 to 5
  std::vector<std::string> required_skills;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(category), CEREAL_NVP(service_type), CEREAL_NVP(difficulty),
            CEREAL_NVP(required_skills));
  }
};

/// Whether a request has said each of the fields that a policy may require: what was said is in its events
/// alone.
struct KnownFields {
  bool name = false;
  bool contact = false;
  bool address = false;
  bool product_model = false;
  bool service_need = false;
  bool order_ref = false;

  friend bool operator==(const KnownFields&, const KnownFields&) = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(contact), CEREAL_NVP(address), CEREAL_NVP(product_model),
            CEREAL_NVP(service_need), CEREAL_NVP(order_ref));
  }
};

/// Of a request as it is registered.
template <class Registration>
[[nodiscard]] KnownFields known_of(const Registration& request) {
  const auto has = [](const std::optional<std::string>& text) { return text && !text->empty(); };
  return {!request.pii.name.empty(),  !request.pii.contacts.empty(), has(request.pii.address),
          has(request.product_model), has(request.pii.service_need), has(request.order_ref)};
}

/// The same after it was amended: what an amendment leaves out stays as it is.
template <class Amendment>
[[nodiscard]] KnownFields known_after(KnownFields known, const Amendment& amendment) {
  const auto take = [](bool& is_known, const auto& text) {
    if (text) is_known = !text->empty();
  };
  take(known.product_model, amendment.product_model);
  take(known.order_ref, amendment.order_ref);
  if (!amendment.pii) return known;
  take(known.name, amendment.pii->name);
  take(known.contact, amendment.pii->contacts);
  take(known.address, amendment.pii->address);
  take(known.service_need, amendment.pii->service_need);
  return known;
}

}  // namespace casetrail
