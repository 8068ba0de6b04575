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
