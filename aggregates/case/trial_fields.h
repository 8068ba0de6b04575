// Fills fields of a command that is only tried, with values that stand for any.
#pragma once

#include <cereal/cereal.hpp>
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

#include "events/wire/code.h"
#include "events/wire/reflect.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// An archive that gives each field whose path (`pii.customer`) `is_wanted` a value. Ids and texts that say
/// something stay, and so do codes, of which only the policy knows which there are. What is optional comes to
/// be where something in it was given.
template <std::predicate<const std::string&> IsWanted>
class TrialFields {
 public:
  /// Moments lie behind `now`.
  TrialFields(IsWanted is_wanted, Timestamp now) : is_wanted_(std::move(is_wanted)), now_(now) {}

  template <class... T>
  void operator()(cereal::NameValuePair<T>&&... members) {
    (void(give(members.value, path_.empty() ? members.name : path_ + "." + members.name)), ...);
  }

 private:
  /// Whether something was given.
  template <class T>
  bool give(T& value, const std::string& path) {
    if constexpr (is_optional<T>) {
      auto inner = value.value_or(typename T::value_type{});
      const bool given = give(inner, path);
      if (given) value = std::move(inner);
      return given;
    } else if constexpr (requires { value.serialize(*this); } && !is_id<T>) {
      const auto around = std::exchange(path_, path);
      const auto before = std::exchange(given_, 0);
      value.serialize(*this);
      path_ = around;
      const bool given = given_ > 0;
      given_ += before;
      return given;
    } else {
      if (!is_wanted_(path)) return false;
      set(value, path);
      ++given_;
      return true;
    }
  }

  template <class T>
  void set(T& value, const std::string& path) {
    if constexpr (is_id<T>) {
      if (value.value.empty()) value.value = kAny;
    } else if constexpr (std::is_same_v<T, std::string>) {
      if (value.empty()) value = kAny;
    } else if constexpr (std::is_same_v<T, bool>) {
      value = true;
    } else if constexpr (NamedEnum<T>) {
      value = static_cast<T>(enum_names(T{}).size() - 1);
    } else if constexpr (std::is_same_v<T, Timestamp>) {
      value = now_ + std::chrono::hours(1);
    } else if constexpr (std::is_integral_v<T>) {
      value = 2;
    } else if constexpr (is_vector<T>) {
      if (value.empty()) give(value.emplace_back(), path);
    }
  }

  static constexpr std::string_view kAny = "-";

  IsWanted is_wanted_;
  Timestamp now_;
  std::string path_;
  int given_ = 0;
};

}  // namespace casetrail
