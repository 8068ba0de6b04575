// Finds the codec of a type by its name and fills the right alternative of a variant.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "events/family.h"

namespace casetrail {

/// The codecs of a variant that was made of `Families`, in its order, and their index by name.
template <class Variant, class... Families>
class VariantCodec {
 public:
  VariantCodec() {
    (append(codecs(Families{})), ...);
    for (std::size_t i = 0; i < codecs_.size(); ++i) by_name_.emplace(codecs_[i].type, i);
  }

  [[nodiscard]] const std::vector<TypeCodec>& all() const { return codecs_; }

  [[nodiscard]] const TypeCodec* find(std::string_view type) const {
    const auto found = by_name_.find(type);
    return found == by_name_.end() ? nullptr : &codecs_[found->second];
  }

  [[nodiscard]] std::expected<Variant, DecodeError> decode(std::string_view type, int version,
                                                           std::string_view json) const {
    const auto found = by_name_.find(type);
    if (found == by_name_.end()) {
      return std::unexpected(DecodeError{"type", "a known type, but it is '" + std::string(type) + "'"});
    }
    Variant message;
    void* alternative =
        emplace(message, found->second, std::make_index_sequence<std::variant_size_v<Variant>>{});
    if (auto error = codecs_[found->second].read(json, version, alternative))
      return std::unexpected(std::move(*error));
    return message;
  }

 private:
  void append(std::span<const TypeCodec> family) {
    codecs_.insert(codecs_.end(), family.begin(), family.end());
  }

  template <std::size_t... I>
  static void* emplace(Variant& message, std::size_t index, std::index_sequence<I...>) {
    using Emplace = void* (*)(Variant&);
    static constexpr Emplace kEmplace[] = {
        [](Variant& into) -> void* { return &into.template emplace<I>(); }...};
    return kEmplace[index](message);
  }

  std::vector<TypeCodec> codecs_;
  std::unordered_map<std::string_view, std::size_t> by_name_;
};

/// The address of the value that `message` holds, for a codec's `write`.
template <class Variant>
[[nodiscard]] const void* value_of(const Variant& message) {
  return std::visit([](const auto& value) { return static_cast<const void*>(&value); }, message);
}

}  // namespace casetrail
