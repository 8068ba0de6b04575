// A trace is short: what is noted twice is found by looking.
#include "aggregates/case/trace.h"

#include <algorithm>
#include <utility>

namespace casetrail {

void Trace::asked(AskedGuard guard) {
  if (std::ranges::find(guards_, guard) == guards_.end()) guards_.push_back(std::move(guard));
}

void Trace::chose(Choice choice) {
  if (std::ranges::find(choices_, choice) == choices_.end()) choices_.push_back(std::move(choice));
}

}  // namespace casetrail
