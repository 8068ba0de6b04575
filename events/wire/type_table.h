// Finds the codec and the text of a type by its name.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "events/wire/any_of.h"
#include "events/wire/type_text.h"

namespace casetrail {

/// The codecs of a kind of message, in the order of the list that it is made of.
template <class Kind>
class TypeTable {
 public:
  template <class... Types>
  explicit TypeTable(Family<Types...>)
      : codecs_{&CodecOf<Kind, Types>::value...}, texts_{{Types::kType, &TextOf<Kind, Types>::value}...} {
    for (const auto* codec : codecs_) by_name_.emplace(codec->type, codec);
  }

  [[nodiscard]] const std::vector<const TypeCodec*>& all() const { return codecs_; }

  [[nodiscard]] const TypeCodec* find(std::string_view type) const {
    const auto found = by_name_.find(type);
    return found == by_name_.end() ? nullptr : found->second;
  }

  /// Requires: a type of the table.
  [[nodiscard]] const TypeText& text_of(std::string_view type) const { return *texts_.at(type); }

  [[nodiscard]] std::expected<AnyOf<Kind>, DecodeError> decode(std::string_view type, int version,
                                                               std::string_view json) const {
    const auto* codec = find(type);
    if (codec == nullptr) {
      return std::unexpected(DecodeError{"type", "a known type, but it is '" + std::string(type) + "'"});
    }
    auto message = codec->read(json, version);
    if (!message) return std::unexpected(std::move(message.error()));
    return AnyOf<Kind>(*codec, std::move(*message));
  }

 private:
  std::vector<const TypeCodec*> codecs_;
  std::unordered_map<std::string_view, const TypeText*> texts_;
  std::unordered_map<std::string_view, const TypeCodec*> by_name_;
};

}  // namespace casetrail
