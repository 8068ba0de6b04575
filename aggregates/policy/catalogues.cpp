// The catalogues, each once.
#include "aggregates/policy/catalogues.h"

#include <algorithm>

#include "events/case/approval_terms.h"
#include "events/case/assignment_terms.h"
#include "events/case/callback_terms.h"
#include "events/case/complaint_terms.h"
#include "events/case/handoff_terms.h"
#include "events/case/request_terms.h"
#include "events/case/resolution_terms.h"
#include "events/case/timer_terms.h"
#include "events/case/work_terms.h"
#include "events/wire/nearest.h"
#include "events/wire/party.h"

namespace casetrail {
namespace {

template <Catalogued... Known>
std::vector<Catalogue> as_brought() {
  std::vector<Catalogue> all;
  for (const auto& type : {catalogue_type<Known>()...}) {
    auto& catalogue = all.emplace_back(Catalogue{type.name, {}});
    for (const auto code : type.codes) catalogue.entries.push_back({.code = std::string(code)});
  }
  all.push_back({kTagCatalogue, {}});
  return all;
}

auto find_in(auto& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &Catalogue::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

const CatalogueEntry* Catalogue::find(std::string_view code) const {
  const auto found = std::ranges::find(entries, code, &CatalogueEntry::code);
  return found == entries.end() ? nullptr : &*found;
}

std::vector<std::string> Catalogue::usable() const {
  std::vector<std::string> codes;
  for (const auto& entry : entries) {
    if (!entry.retired) codes.push_back(entry.code);
  }
  return codes;
}

std::string_view Catalogue::nearest_to(std::string_view code) const {
  const auto codes = usable();
  const auto meant = nearest(code, std::vector<std::string_view>(codes.begin(), codes.end()));
  const auto* entry = find(meant);
  return entry == nullptr ? std::string_view() : entry->code;
}

Catalogues::Catalogues()
    : all_(as_brought<Channel, CaseKind, RejectReason, DeclineReason, ReleaseReason, OwnerChangeReason,
                      SuspendReason, HandoffReason, ReturnReason, ComplaintAbout, ComplaintCause,
                      ComplaintSeverity, ResolutionCode, CallbackPurpose, ApprovalSubject, ExcuseReason>()) {
  for (const Code<ReturnReason> code : {ReturnReason::not_our_duty, ReturnReason::wrong_department})
    put(catalogue_name(ReturnReason{}), {.code = std::string(code.text()), .needs_duty = true});
  put(catalogue_name(ComplaintCause{}),
      {.code = std::string(name_of(ComplaintCause::customer_personality)), .needs_second_person = true});
  put(catalogue_name(CaseKind{}), {.code = std::string(name_of(CaseKind::complaint)), .is_complaint = true});
  const auto resolution = [&](ResolutionCode code, CatalogueEntry entry) {
    entry.code = name_of(code);
    put(catalogue_name(code), std::move(entry));
  };
  resolution(ResolutionCode::no_reply, {.counts_as_solved = false});
  for (const auto code : {ResolutionCode::duplicate, ResolutionCode::spam, ResolutionCode::withdrawn})
    resolution(code, {.counts_as_solved = false, .needs_callback = false});
  // Facts from elsewhere have it; nobody resolves a case so.
  resolution(ResolutionCode::imported, {.retired = true});
}

std::span<const CatalogueFlag> catalogue_flags() {
  using Entry = CatalogueEntry;
  static constexpr auto kResolution = catalogue_name(ResolutionCode{});
  static constexpr CatalogueFlag kFlags[] = {
      {"is_complaint", catalogue_name(CaseKind{}), &Entry::is_complaint,
       "of a kind: its cases are complaints to plans of callbacks and to reviews"},
      {"needs_duty", catalogue_name(ReturnReason{}), &Entry::needs_duty,
       "of a return: it disputes the duty, which has to be cited, and counts as a bounce"},
      {"needs_second_person", catalogue_name(ComplaintCause{}), &Entry::needs_second_person,
       "of a cause: one person's word is not enough"},
      {"counts_as_solved", kResolution, &Entry::counts_as_solved,
       "of a resolution: the customer got what they came for, which figures of solved cases count"},
      {"needs_callback", kResolution, &Entry::needs_callback,
       "of a resolution: the callbacks that the policy plans follow"}};
  return kFlags;
}

const Catalogue* Catalogues::find(std::string_view name) const { return find_in(all_, name); }

void Catalogues::put(std::string_view catalogue, CatalogueEntry entry) {
  auto& entries = find_in(all_, catalogue)->entries;
  const auto known = std::ranges::find(entries, entry.code, &CatalogueEntry::code);
  if (known == entries.end())
    entries.push_back(std::move(entry));
  else
    *known = std::move(entry);
}

}  // namespace casetrail
