// Packed as the embedded log keeps them, so that it takes them as they are.
#include "events/wire/headers.h"

#include "events/wire/varint.h"

namespace casetrail {

Headers::Iterator& Headers::Iterator::operator++() {
  at_end_ = rest_.empty();
  if (at_end_) return *this;
  header_.name = take_text(rest_).value_or("");
  header_.value = take_text(rest_).value_or("");
  return *this;
}

void Headers::add(std::string_view name, std::string_view value) {
  put_text(packed_, name);
  put_text(packed_, value);
  ++count_;
}

}  // namespace casetrail
