// One short case by the million: its events, made once, with another id each time.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "events/wire/message.h"

namespace casetrail::bench {

/// A message whose bytes may be changed where they are.
struct Stencil {
  explicit Stencil(Message message);
  [[nodiscard]] MessageView view() const { return {key, value, views, timestamp}; }

  std::string key;
  std::string value;
  Timestamp timestamp;
  std::vector<std::pair<std::string, std::string>> headers;
  std::vector<HeaderView> views;  ///< of `headers`
};

/// The events of one short case, whose id is changed in place from case to case.
class CaseCopies {
 public:
  CaseCopies();

  /// Of each case.
  [[nodiscard]] std::size_t events() const { return stencils_.size(); }
  /// Valid until `set_case`.
  [[nodiscard]] MessageView event(std::size_t index) const { return stencils_[index].view(); }

  /// From now on the events are of case `number`.
  void set_case(std::size_t number);

 private:
  void find(std::string& text);

  std::deque<Stencil> stencils_;
  std::vector<char*> places_;
};

}  // namespace casetrail::bench
