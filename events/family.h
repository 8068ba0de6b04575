// A family: message types that belong together and are compiled together. How each is read, written and
// described.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "events/decode_error.h"

namespace casetrail {

/// The types of a family, in a list. Each has `kType` (its name on the wire), `kVersion` (1, 2, …) and one
/// `serialize`.
template <class... Types>
struct Family {};

template <class... Families>
struct Concat;
template <class... Types>
struct Concat<Family<Types...>> {
  using Variant = std::variant<Types...>;
};
template <class... First, class... Second, class... Rest>
struct Concat<Family<First...>, Family<Second...>, Rest...> : Concat<Family<First..., Second...>, Rest...> {};

/// The variant over all types of the families.
template <class... Families>
using VariantOf = typename Concat<Families...>::Variant;

/// How one message type is read, written and described, with the type itself forgotten.
struct TypeCodec {
  std::string_view type;
  int version;
  void (*write)(const void* message, std::string& out);
  /// Reads `json` of an older or the same `version` into `message`, upcasting one step at a time.
  std::optional<DecodeError> (*read)(std::string_view json, int version, void* message);
  std::string (*schema)();
};

}  // namespace casetrail
