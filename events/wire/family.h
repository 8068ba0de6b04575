// A family: message types that belong together and are compiled together. How each is read, written and
// described.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "events/wire/decode_error.h"

namespace casetrail {

/// The types of a family, in a list. Each has `kType` (its name on the wire), `kVersion` (1, 2, …) and one
/// `serialize`.
template <class... Types>
struct Family {};

template <class... Families>
struct Joined;
template <class... Types>
struct Joined<Family<Types...>> {
  using Type = Family<Types...>;
};
template <class... First, class... Second, class... Rest>
struct Joined<Family<First...>, Family<Second...>, Rest...> : Joined<Family<First..., Second...>, Rest...> {};

/// The types of all these families, in their order.
template <class... Families>
using JoinedFamily = typename Joined<Families...>::Type;

/// How one message type is read, written and described, with the type itself forgotten.
struct TypeCodec {
  std::string_view type;
  int version;
  void (*write)(const void* message, std::string& out);
  /// Makes a message of `json` of an older or the same `version`, upcasting one step at a time.
  std::expected<std::shared_ptr<const void>, DecodeError> (*read)(std::string_view json, int version);
  std::string (*schema)();
};

/// The one codec of `T` as a `Kind` of message. Its address names the type. Defined where the family of `T`
/// is compiled, so that a type in no family's list does not link.
template <class Kind, class T>
struct CodecOf {
  static const TypeCodec value;
};

}  // namespace casetrail
