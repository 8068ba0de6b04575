// The id is as long as the number that takes its place.
#include "tests/bench/case_copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "workers/bench/desk_load.h"
#include "workers/simulate/rehearsal.h"

namespace casetrail::bench {
namespace {

constexpr std::size_t kSteps = 4;                 ///< commands that each generated case has
constexpr std::string_view kName = "growth-0-0";  ///< of the case that the others are copied from
constexpr std::size_t kDigits = 10;
static_assert(kName.size() == kDigits);

}  // namespace

Stencil::Stencil(Message message)
    : key(std::move(message.key)), value(std::move(message.value)), timestamp(message.timestamp) {
  for (const auto& [name, text] : message.headers) headers.emplace_back(name, text);
  for (const auto& [name, text] : headers) views.push_back({name, text});
}

CaseCopies::CaseCopies() {
  const Policy policy;
  simulate::Rehearsal one(policy, [&](CaseEvent event) {
    event.case_id.value = kName;
    event.correlation_id = kName;
    stencils_.emplace_back(write_event(event));
  });
  const DeskLoad load("growth", 1);
  for (std::size_t step = 0; step < kSteps; ++step) {
    if (!one.take(load.command(step, from_epoch_ms(1'795'421'109'120))))
      throw std::runtime_error("A command of the short case was refused.");
  }
  for (auto& stencil : stencils_) {
    find(stencil.key);
    find(stencil.value);
    for (auto& [name, value] : stencil.headers) find(value);
  }
}

void CaseCopies::set_case(std::size_t number) {
  const auto id = fmt::format("{:010}", number);
  for (auto* place : places_) std::copy(id.begin(), id.end(), place);
}

void CaseCopies::find(std::string& text) {
  for (auto at = text.find(kName); at != std::string::npos; at = text.find(kName, at + kDigits))
    places_.push_back(text.data() + at);
}

}  // namespace casetrail::bench
