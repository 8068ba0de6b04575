// Fills any message with a `serialize` at random, from small pools of ids, so that its facts meet each other.
#pragma once

#include <cereal/cereal.hpp>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "events/wire/reflect.h"
#include "tests/support/events_of.h"

namespace casetrail {

/// Every text in a `pii` object begins like this, and none outside of one.
inline constexpr std::string_view kPersonalText = "王芳 13812341111";

/// A cereal archive that reads from a generator. The same seed fills the same, on every machine.
class RandomReader : public cereal::InputArchive<RandomReader, cereal::AllowEmptyClassElision> {
 public:
  explicit RandomReader(std::mt19937_64& random) : InputArchive(this), random_(random) {}

  template <class T>
  void fill_member(std::string_view name, T& value) {
    const auto outside = std::exchange(personal_, personal_ || name == "pii");
    fill(value);
    personal_ = outside;
  }

  template <class T>
  void fill(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      value = below(2) == 1;
    } else if constexpr (NamedEnum<T>) {
      value = static_cast<T>(below(enum_names(T{}).size()));
    } else if constexpr (is_code<T>) {
      // The last one stands for those that casetrail does not know.
      using Known = typename T::KnownCodes;
      const auto drawn = below(enum_names(Known{}).size());
      value =
          drawn + 1 == enum_names(Known{}).size() ? *T::from("of_the_company") : T(static_cast<Known>(drawn));
    } else if constexpr (std::is_floating_point_v<T>) {
      value = static_cast<T>(below(100)) / 100;
    } else if constexpr (std::is_arithmetic_v<T>) {
      value = static_cast<T>(below(5) + 1);
    } else if constexpr (std::is_same_v<T, std::string>) {
      static constexpr std::string_view kTexts[] = {"无法开机", "SN-1234", "wants a refund", "\"quoted\"\n"};
      value = personal_ ? kPersonalText : std::string_view();
      value += kTexts[below(std::size(kTexts))];
    } else if constexpr (std::is_same_v<T, Timestamp>) {
      value = kMonday + std::chrono::minutes(below(2000));
    } else if constexpr (is_id<T>) {
      value.value = std::string(1, static_cast<char>('a' + below(4)));
    } else if constexpr (is_optional<T>) {
      below(2) == 1 ? fill(value.emplace()) : value.reset();
    } else if constexpr (is_vector<T>) {
      value.resize(below(3));
      for (auto& element : value) fill(element);
    } else {
      (*this)(value);
    }
  }

 private:
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }

  std::mt19937_64& random_;
  bool personal_ = false;  ///< in a `pii` object
};

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(RandomReader& archive, cereal::NameValuePair<T>& pair) {
  archive.fill_member(pair.name, pair.value);
}

}  // namespace casetrail

CEREAL_REGISTER_ARCHIVE(casetrail::RandomReader)
