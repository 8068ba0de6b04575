// What a case is known by: its id, what was registered, and the departments that its events name.
#include "workers/export/selection.h"

#include <algorithm>

#include "events/case/case_id.h"
#include "events/case/event.h"
#include "events/case/request.h"
#include "events/wire/nearest.h"
#include "events/wire/reflect.h"
#include "workers/export/fields.h"

namespace casetrail::exports {
namespace {

/// `fault/power` is of `fault/power` and of `fault`.
std::vector<std::string> with_parents(std::string category) {
  std::vector<std::string> all;
  for (auto slash = category.find('/'); slash != std::string::npos; slash = category.find('/', slash + 1))
    all.push_back(category.substr(0, slash));
  all.push_back(std::move(category));
  return all;
}

std::vector<std::string> categories_of(const Event& event) {
  if (const auto* fact = event.get_if<RequestClassified>()) return with_parents(fact->category);
  const auto* registered = event.get_if<RequestRegistered>();
  if (registered != nullptr && registered->category) return with_parents(*registered->category);
  const auto* amended = event.get_if<RequestAmended>();
  if (amended != nullptr && amended->category) return with_parents(*amended->category);
  return {};
}

/// The values of the filter `name` that an event says of its case.
std::vector<std::string> values_of(std::string_view name, const CaseEvent& event) {
  if (name == "case") {
    std::vector<std::string> names{event.case_id.value};
    if (const auto* fact = event.event.get_if<RequestRegistered>()) {
      if (fact->number) names.push_back(*fact->number);
      if (fact->external_ref)
        names.push_back(std::string(name_of(fact->channel)) + ":" + *fact->external_ref);
    }
    return names;
  }
  if (name == "category") return categories_of(event.event);
  std::vector<std::string> values;
  if (name == "priority") {
    if (const auto* fact = event.event.get_if<RequestPrioritized>())
      values.emplace_back(name_of(fact->priority));
  } else if (name == "department") {
    if (event.actor.department_id) values.push_back(event.actor.department_id->value);
    for (const auto& mention : flatten(event.case_id, event.event).mentions) {
      if (mention.type == "department") values.push_back(mention.id);
    }
  } else if (const auto* fact = event.event.get_if<RequestRegistered>()) {
    values.emplace_back(name == "channel" ? name_of(fact->channel) : name_of(fact->kind));
  }
  return values;
}

bool is_type(std::string_view wanted) {
  const auto types = event_types();
  return std::ranges::any_of(types, [&](std::string_view type) {
    return wanted.ends_with('.') ? type.starts_with(wanted) : type == wanted;
  });
}

std::string names_of_filters() {
  std::string names;
  for (const auto& filter : filter_texts()) names.append(names.empty() ? "" : ", ").append(filter.name);
  return names;
}

}  // namespace

const std::vector<FilterText>& filter_texts() {
  static const std::vector<FilterText> kTexts{
      {"case", "The case: its id, its number, or channel:reference."},
      {"category",
       "Cases that were registered or classified as this, or as something of it: fault/power, fault."},
      {"channel", "Cases that were registered by this channel, such as phone."},
      {"department", "Cases in which the department acted, or is named by an event."},
      {"kind", "Cases that were registered as service_request, complaint or inquiry."},
      {"priority", "Cases that had this priority at some time: P1 to P4."},
      {"type",
       "Events of this type, or of all types that begin so (handoff.). The others of a chosen case are left "
       "out."}};
  return kTexts;
}

std::expected<void, std::string> Selection::add_filter(const std::string& filter) {
  const auto equals = filter.find('=');
  const auto name = filter.substr(0, equals);
  const auto value = equals == std::string::npos ? std::string() : filter.substr(equals + 1);
  if (value.empty()) return std::unexpected("Expected --filter NAME=VALUE, but it is '" + filter + "'.");
  if (std::ranges::find(filter_texts(), name, &FilterText::name) == filter_texts().end())
    return std::unexpected("There is no filter '" + name + "' of cases. Filters: " + names_of_filters() +
                           ".");
  if ((name == "channel" || name == "kind") && !is_code_text(value))
    return std::unexpected("Expected the filter " + name + " to be " + std::string(kCodeExpected) +
                           ", but it is '" + value + "'.");
  if (name == "priority" && !enum_from<Priority>(value))
    return std::unexpected("Expected the filter priority to be one of " + list_names<Priority>() +
                           ", but it is '" + value + "'.");
  if (name == "type" && !is_type(value)) {
    const auto meant = nearest(value, event_types());
    return std::unexpected("There is no event type '" + value + "'." +
                           (meant.empty() ? "" : " Did you mean '" + std::string(meant) + "'?") +
                           " `casetrail schema events` lists them.");
  }
  (name == "type" ? types : cases[name]).insert(value);
  return {};
}

bool Selection::takes_type(std::string_view type) const {
  return types.empty() || std::ranges::any_of(types, [&](const std::string& wanted) {
           return wanted.ends_with('.') ? type.starts_with(wanted) : type == wanted;
         });
}

std::vector<std::string_view> Selection::fulfilled_by(const CaseEvent& event) const {
  std::vector<std::string_view> fulfilled;
  for (const auto& [name, wanted] : cases) {
    const auto values = values_of(name, event);
    if (std::ranges::any_of(values, [&](const std::string& value) { return wanted.contains(value); }))
      fulfilled.push_back(name);
  }
  return fulfilled;
}

}  // namespace casetrail::exports
