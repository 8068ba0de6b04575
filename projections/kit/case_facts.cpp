// Takes the request into what a board knows of a case.
#include "projections/kit/case_facts.h"

#include "events/case/assignment.h"
#include "events/case/request.h"
#include "projections/kit/mask.h"
#include "projections/kit/personal.h"

namespace casetrail::kit {

void CaseFacts::learn(const RequestRegistered& fact) {
  registered = true;
  kind = fact.kind;
  case_no = fact.external_ref;
  number = fact.number;
  channel = fact.channel;
  customer = mask_name(fact.pii.name);
  if (!fact.pii.contacts.empty()) contact = mask_contact(fact.pii.contacts.front());
  product = fact.product_model;
  category = fact.category;
}

void CaseFacts::learn(const RequestAmended& fact) {
  if (fact.kind) kind = *fact.kind;
  if (fact.product_model) product = known(*fact.product_model);
  if (fact.category) category = fact.category;
  if (!fact.pii) return;
  if (fact.pii->name) customer = mask_name(*fact.pii->name);
  if (fact.pii->contacts) {
    contact.reset();
    if (!fact.pii->contacts->empty()) contact = mask_contact(fact.pii->contacts->front());
  }
}

std::optional<std::string> CaseFacts::reference() const {
  if (!case_no || !channel) return std::nullopt;
  return std::string(name_of(*channel)) + ":" + *case_no;
}

void CaseFacts::learn(const RequestClassified& fact) { category = fact.category; }
void CaseFacts::learn(const RequestPrioritized& fact) { priority = fact.priority; }
void CaseFacts::learn(const OwnerDesignated& fact) { owner = fact.owner.value; }
void CaseFacts::learn(const OwnerChanged& fact) { owner = fact.to.value; }

void CaseFacts::learn(const CustomerErased&) {
  erase_texts(customer);
  erase_texts(contact);
}

}  // namespace casetrail::kit
