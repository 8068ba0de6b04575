// Included where the trials of a family are compiled, and nowhere else.
#pragma once

#include "events/wire/binary.h"
#include "tests/support/random_reader.h"
#include "tests/support/trials/trials.h"

namespace casetrail {

template <class Fact>
Event random_fact(std::mt19937_64& random) {
  Fact fact;
  RandomReader(random).fill(fact);
  return fact;
}

template <class Fact>
bool read_through_bytes(const Event& event, std::optional<Event>& read) {
  const auto* fact = event.get_if<Fact>();
  Fact copy;
  if (fact != nullptr && from_binary(to_binary(*fact), copy)) read = copy;
  return fact != nullptr;
}

template <class... Facts>
Event random_of(Family<Facts...>, std::size_t type, std::mt19937_64& random) {
  static constexpr Event (*kMakes[])(std::mt19937_64&) = {random_fact<Facts>...};
  return kMakes[type](random);
}

template <class... Facts>
std::optional<Event> through_bytes_of(Family<Facts...>, const Event& event) {
  std::optional<Event> read;
  static_cast<void>((... || read_through_bytes<Facts>(event, read)));
  return read;
}

template <class... Facts>
constexpr std::size_t types_in(Family<Facts...>) {
  return sizeof...(Facts);
}

template <class Types>
const Trials TrialsOf<Types>::value{
    types_in(Types{}),
    [](std::size_t type, std::mt19937_64& random) { return random_of(Types{}, type, random); },
    [](const Event& event) { return through_bytes_of(Types{}, event); }};

}  // namespace casetrail
