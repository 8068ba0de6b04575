// Makes the codecs of a family. Included by the family's own source file alone: it is what costs compile
// time.
#pragma once

#include <array>

#include "events/family.h"
#include "events/json_reader.h"
#include "events/json_writer.h"
#include "events/schema_writer.h"

namespace casetrail {

/// A type that was written in an older form names it, `using Previous = …`, and makes itself of it, `static T
/// upcast(Previous)`.
template <class T>
concept HasPrevious = requires { typename T::Previous; };

template <class T>
std::optional<DecodeError> read_version(std::string_view json, int version, T& into) {
  if (version == T::kVersion) return from_json(json, into);
  if (version > T::kVersion || version < 1) {
    return DecodeError{"", "version " + std::to_string(T::kVersion) + " of " + std::string(T::kType) +
                               " or older, but it is version " + std::to_string(version)};
  }
  if constexpr (HasPrevious<T>) {
    static_assert(T::Previous::kVersion == T::kVersion - 1, "an upcaster takes one step");
    typename T::Previous previous;
    if (auto error = read_version(json, version, previous)) return error;
    into = T::upcast(std::move(previous));
  }
  return std::nullopt;
}

template <class T>
constexpr TypeCodec codec_of() {
  return {T::kType, T::kVersion,
          [](const void* message, std::string& out) { append_json(*static_cast<const T*>(message), out); },
          [](std::string_view json, int version, void* message) {
            return read_version(json, version, *static_cast<T*>(message));
          },
          [] { return SchemaWriter::schema_of<T>(SchemaScope::all); }};
}

/// The codecs of a family, in the order of its list.
template <class... Types>
std::span<const TypeCodec> codecs_of(Family<Types...>) {
  static constexpr std::array<TypeCodec, sizeof...(Types)> kCodecs{codec_of<Types>()...};
  return kCodecs;
}

}  // namespace casetrail
