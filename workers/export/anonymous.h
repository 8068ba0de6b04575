// Events without anything that names a person: what leaves the house unless somebody asks for more.
#pragma once

#include <string>
#include <string_view>

#include "events/case/case_event.h"

namespace casetrail::exports {

/// Names that stay the same for the same thing, and tell nothing to who has not the key.
class Pseudonyms {
 public:
  explicit Pseudonyms(std::string key) : key_(std::move(key)) {}

  /// `agent-8f3c2a917b04d6e5` of kind `agent`; of nothing, nothing.
  [[nodiscard]] std::string of(std::string_view kind, std::string_view text) const;

 private:
  std::string key_;
};

/// Whether names, contacts and places of a `pii` are still to be masked.
enum class Masks { due, done };

/// `event` with pseudonyms for people, customers, orders, devices, the references and ids of senders, and
/// stars for what is personal: names, contacts and places are masked, words are gone. In words that are not
/// personal the contacts are masked.
[[nodiscard]] CaseEvent without_persons(CaseEvent event, const Pseudonyms& pseudonyms, Masks masks);

}  // namespace casetrail::exports
