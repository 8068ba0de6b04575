// One message of many types, shared and never changed. Who passes it on need not see the types: a change to
// one of them rebuilds only those who name it.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "events/wire/family.h"
#include "events/wire/pointer_table.h"

namespace casetrail {

template <class T>
concept MessageType = requires { std::remove_cvref_t<T>::kType; };

/// A message of a `Kind`: an `Event`, a `Command`. Copies share it. Made of nothing it is empty, and then it
/// may only be assigned to, asked for a type, or dropped.
template <class Kind>
class AnyOf {
 public:
  AnyOf() = default;

  template <MessageType T>
  AnyOf(T&& message)  // NOLINT(google-explicit-constructor): an event is any event
      : codec_(&CodecOf<Kind, std::remove_cvref_t<T>>::value),
        message_(std::make_shared<const std::remove_cvref_t<T>>(std::forward<T>(message))) {}

  /// `message` is what `codec` read.
  AnyOf(const TypeCodec& codec, std::shared_ptr<const void> message)
      : codec_(&codec), message_(std::move(message)) {}

  [[nodiscard]] const TypeCodec& codec() const { return *codec_; }

  /// Null when it is of another type.
  template <class T>
  [[nodiscard]] const T* get_if() const {
    return codec_ == &CodecOf<Kind, T>::value ? static_cast<const T*>(message_.get()) : nullptr;
  }

  void append_json(std::string& out) const { codec_->write(message_.get(), out); }

  /// Hands the message to `take`, which knows every type of the family; no other may be held.
  template <class Take, class First, class... Rest>
  decltype(auto) visit(Family<First, Rest...>, Take&& take) const {
    using Result = std::invoke_result_t<Take&, const First&>;
    using Pass = Result (*)(const void*, Take&);
    static const PointerTable<Pass, 1 + sizeof...(Rest)> kPasses(
        {{{&CodecOf<Kind, First>::value, pass<First, Result, Take>},
          {&CodecOf<Kind, Rest>::value, pass<Rest, Result, Take>}...}});
    if (const auto* known = kPasses.find(codec_)) return (*known)(message_.get(), take);
    std::abort();
  }

 private:
  template <class T, class Result, class Take>
  static Result pass(const void* message, Take& take) {
    return take(*static_cast<const T*>(message));
  }

  const TypeCodec* codec_ = nullptr;
  std::shared_ptr<const void> message_;
};

template <class Kind>
[[nodiscard]] const TypeCodec& codec_of(const AnyOf<Kind>& message) {
  return message.codec();
}

}  // namespace casetrail
