// Makes the codecs of a family. Included by the family's own source file alone: it is what costs compile
// time.
#pragma once

#include <memory>
#include <utility>

#include "events/wire/family.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"

namespace casetrail {

/// How messages of a `Kind` are read from JSON.
template <class Kind>
inline constexpr Strictness kStrictnessOf = Strictness::lenient;

/// A type that was written in an older form names it, `using Previous = …`, and makes itself of it, `static T
/// upcast(Previous)`.
template <class T>
concept HasPrevious = requires { typename T::Previous; };

template <Strictness strictness, class T>
std::optional<DecodeError> read_version(std::string_view json, int version, T& into) {
  if (version == T::kVersion) {
    if constexpr (strictness == Strictness::strict) return from_json_strictly(json, into);
    return from_json(json, into);
  }
  if (version > T::kVersion || version < 1) {
    return DecodeError{"", "version " + std::to_string(T::kVersion) + " of " + std::string(T::kType) +
                               " or older, but it is version " + std::to_string(version)};
  }
  if constexpr (HasPrevious<T>) {
    static_assert(T::Previous::kVersion == T::kVersion - 1, "an upcaster takes one step");
    typename T::Previous previous;
    if (auto error = read_version<strictness>(json, version, previous)) return error;
    into = T::upcast(std::move(previous));
  }
  return std::nullopt;
}

template <Strictness strictness, class T>
std::expected<std::shared_ptr<const void>, DecodeError> read_message(std::string_view json, int version) {
  auto message = std::make_shared<T>();
  if (auto error = read_version<strictness>(json, version, *message))
    return std::unexpected(std::move(*error));
  return message;
}

/// Sees the text and the bounds of `T`, or does not compile: made anywhere else it would be another codec, of
/// a type that nobody has explained.
template <class Kind, class T>
constexpr TypeCodec codec_for() {
  static_assert(!kText<T>.en.empty(), "the text of the type is not seen here");
  return {T::kType, T::kVersion,
          [](const void* message, std::string& out) { append_json(*static_cast<const T*>(message), out); },
          read_message<kStrictnessOf<Kind>, T>,
          [] {
            return PublishedSchema::of<T>(kStrictnessOf<Kind> == Strictness::strict ? SchemaScope::closed
                                                                                    : SchemaScope::all);
          }};
}

template <class Kind, class T>
constinit const TypeText TextOf<Kind, T>::value = kText<T>;

/// Instantiated once for each family, in its own source file: that is where its codecs are compiled.
template <class Kind, class Types>
struct FamilyCodecs;
template <class Kind, class... Types>
struct FamilyCodecs<Kind, Family<Types...>> {
  static constexpr const TypeCodec* kCodecs[] = {&CodecOf<Kind, Types>::value...};
  static constexpr const TypeText* kTexts[] = {&TextOf<Kind, Types>::value...};
};

}  // namespace casetrail
