// Reads a policy from YAML, and says in which lines it went wrong.
#include <array>

#include "aggregates/policy/new_policy.h"
#include "aggregates/policy/policy_shape.h"
#include "aggregates/policy/sections/sections.h"

namespace casetrail::yaml {
namespace {

/// Catalogues, calendars, departments and roles come before those who name them.
constexpr std::array kSections{
    name_catalogues, name_calendars, name_departments, name_routing,   name_intake,    name_roles,
    name_priority,   name_sla,       name_handoff,     name_agreement, name_return,    name_visit,
    name_assignment, name_owner,     name_suspension,  name_waiting,   name_complaint, name_callback,
    name_review,     name_approvals, name_closing,     name_privacy,   name_boards,    name_names};

/// The text as a tree, which strictly has sections; nothing when that is all that can be said of it.
std::optional<YAML::Node> tree_of(std::string_view yaml, Findings& findings) {
  if (!findings.strict()) return YAML::Load(std::string(yaml));
  const auto root = document(yaml, findings);
  if (root && (root->IsNull() || (root->IsMap() && root->size() == 0))) {
    findings.add({0, 0, "",
                  "Expected at least one section, such as 'departments' or 'sla', but there is none: "
                  "published, it would take every rule away. If that is meant, write 'departments: []'."});
  }
  return root;
}

void name_sections(Section& keys, Policy& policy) {
  for (const auto name_section : kSections) name_section(keys, policy);
}

Policy read_policy(const YAML::Node& root, Findings& findings) {
  Policy policy;
  if (root.IsNull()) return policy;
  findings.keep([&] {
    Section keys(Place{root, "", &findings});
    name_sections(keys, policy);
    keys.done();
  });
  return policy;
}

std::expected<Policy, std::vector<Complaint>> parse(std::string_view yaml, Strictness strictness) {
  Findings findings(strictness);
  Policy policy;
  try {
    if (const auto root = tree_of(yaml, findings)) policy = read_policy(*root, findings);
  } catch (const YAML::Exception& error) {
    findings.add({error.mark.line + 1, error.mark.column + 1, "", "Expected YAML, but " + error.msg + "."});
  }
  auto complaints = findings.take();
  if (complaints.empty()) return policy;
  return std::unexpected(std::move(complaints));
}

}  // namespace

Shape policy_shape(Policy policy) {
  Shape shape;
  Section keys(shape);
  name_sections(keys, policy);
  keys.done();
  return shape;
}

}  // namespace casetrail::yaml

namespace casetrail {

std::expected<Policy, PolicyError> parse_policy(std::string_view yaml) {
  auto policy = yaml::parse(yaml, yaml::Strictness::lenient);
  if (policy) return *std::move(policy);
  const auto& first = policy.error().front();
  return std::unexpected(PolicyError{first.line, first.sentence});
}

std::expected<Policy, std::vector<Complaint>> parse_new_policy(std::string_view yaml) {
  return yaml::parse(yaml, yaml::Strictness::strict);
}

}  // namespace casetrail
