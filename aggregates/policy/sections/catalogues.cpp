// The codes that a company adds to those of casetrail, renames and retires.
#include "aggregates/policy/catalogues.h"

#include <string>
#include <utility>

#include "aggregates/policy/sections/sections.h"
#include "events/case/request_terms.h"

namespace casetrail::yaml {
namespace {

/// What an entry leaves out is as casetrail has it.
void name_entry(Section& keys, const Catalogue& catalogue, CatalogueEntry& into) {
  keys.require("code", into.code, "The code, as commands and events have it.");
  const auto* known = catalogue.find(into.code);
  if (known != nullptr) into = *known;
  keys.together([&](const Place& place, Keys&) {
    if (!is_code_text(into.code)) place.fail("given " + std::string(kCodeExpected));
  });
  keys.take("en", into.en, "Its English label.");
  keys.take("zh", into.zh, "Its Chinese label.");
  keys.take("retired", into.retired, "No command may use it any more; what was recorded keeps it.");
  for (const auto& flag : catalogue_flags()) {
    if (flag.catalogue == catalogue.name)
      keys.take(std::string(flag.key), into.*flag.value, "Says " + std::string(flag.meaning) + ".");
  }
}

void check_entry(const Place& place, const Catalogue& catalogue, const CatalogueEntry& entry) {
  // What was written before the flag was said it by this code alone.
  if (entry.code == name_of(CaseKind::complaint) && catalogue.name == catalogue_name(CaseKind{}) &&
      !entry.is_complaint)
    place.refuse_new("a complaint; give what is none a kind of its own");
  if (catalogue.find(entry.code) == nullptr && entry.en.empty() && entry.zh.empty())
    place.refuse_new("given a label, 'en' or 'zh' or both, for casetrail has none");
}

void read_entries(const Place& list, const Catalogue& catalogue, Catalogues& into) {
  if (!list.node.IsSequence()) list.fail("a list of entries, each with its 'code'");
  list.check_elements_differ();
  for (std::size_t i = 0; i < list.node.size(); ++i) {
    CatalogueEntry entry;
    const auto at = list.element(i);
    const bool is_read = list.findings->keep([&] {
      Section keys(at);
      name_entry(keys, catalogue, entry);
      keys.done();
      check_entry(at, catalogue, entry);
    });
    if (is_read) into.put(catalogue.name, std::move(entry));
  }
}

void tell_entries(Shape& shape, const Catalogue& catalogue) {
  Shape element;
  Section keys(element);
  CatalogueEntry entry;
  name_entry(keys, catalogue, entry);
  keys.done();
  element.fields.front().shape.pattern = "[a-z0-9_.]{1,48}";
  element.fields.front().shape.takes = kCodeExpected;
  element.rules.emplace_back("a label, `en` or `zh` or both, where casetrail has no such code");
  tell_list(shape, std::move(element), {});
}

}  // namespace

void name_catalogues(Section& policy_keys, Policy& policy) {
  policy_keys.group(
      "catalogues",
      "The codes that the company uses beside those that casetrail brings, or otherwise than casetrail has "
      "them; `casetrail policy codes` lists all.",
      [&](Section& keys) {
        const Catalogues brought;
        for (const auto& catalogue : brought.all()) {
          keys.entry(
              std::string(catalogue.name), Presence::optional,
              "Entries of the catalogue `" + std::string(catalogue.name) + "`.",
              [&](const Place& list) { read_entries(list, catalogue, policy.catalogues); },
              [&](Shape& shape) { tell_entries(shape, catalogue); });
        }
      });
}

}  // namespace casetrail::yaml
