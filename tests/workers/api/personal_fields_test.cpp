// No published schema has a place for personal data outside of the one member that will be sealed: `pii`.
//
// Personal is what tells who or where the customer is, and what anybody wrote or said about him or his
// matter. So outside of `pii` a text is an enumeration, a code, an instant, an id, or one of the texts below,
// each with what it says instead.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "workers/api/contract.h"

namespace casetrail::api {
namespace {

/// The members that hold personal data by the model: `pii_fields` of its policy, the customer's and the
/// agents' words, the six fields of a handover note; and what any other system would call such members.
const std::set<std::string_view> kPersonal{
    "name",
    "contact",
    "contacts",
    "address",
    "service_need",
    "symptom",
    "text",
    "comment",
    "notes",
    "course_of_events",
    "remedy_sought",
    "problem_where",
    "how_to_satisfy",
    "use_experience",
    "other_needs",
    "customer",
    "contact_channel",
    "because",
    "wants",
    "please_do",
    "how",
    "note",
    "body",
    "explanation",
    "improvement_points",
    "phone",
    "email",
    "birthday",
    "message",
    "improvement_point",
};

/// Texts in the open, by their names, and what they tell.
const std::map<std::string_view, std::string_view> kOpen{
    {"customer_tz", "the zone that the customer lives in, as Asia/Shanghai"},
    {"about", "an agent, a callback or a cause that is to be approved"},
    {"rma_no", "the number of a return, which stands on a parcel"},
    {"item", "what comes back: a model, an article number; an item of a scorecard"},
    {"parts", "spare parts that were used"},
    {"external_ref", "the number of the request in the sender's system"},
    {"number", "what people call the case: a month and the place of its command"},
    {"order_ref", "the number of an order"},
    {"serial_no", "a device"},
    {"product_model", "a device"},
    {"category", "a path of the policy's routing"},
    {"service_type", "a kind of service"},
    {"required_skills", "skills of the policy"},
    {"step_reached", "a step of a playbook"},
    {"requirements", "what the assignee has to do"},
    {"cautions", "what the assignee has to mind"},
    {"reason", "why the house decided so: a priority, a ruling, a waiver"},
    {"plan", "what the house will do"},
    {"customer_benefit", "what the house gives"},
    {"evidence", "references of what is kept elsewhere"},
    {"about_ref", "the product, department or agent that is complained of"},
    {"ref", "the department, agent or company that is liable"},
    {"happened_place", "where it happened, as the model has it: in the open"},
    {"badge_no", "an agent's"},
    {"tz", "a time zone"},
    {"plan_id", "of the policy"},
    {"sla_id", "of the policy"},
    {"rule_id", "of the policy"},
    {"sample_id", "a sample of reviews"},
    {"period", "a week or a month"},
    {"id", "a form, a scorecard or a criterion"},
    {"auto_fail", "items of a scorecard"},
    {"to", "roles"},
    {"source", "the system that facts come from"},
    {"type", "of an imported fact"},
    {"add", "tags"},
    {"remove", "tags"},
    {"added", "tags"},
    {"removed", "tags"},
    {"sha256", "of an attachment"},
    {"media_type", "of an attachment"},
};

/// An imported fact is the body of an event, which has a schema of its own.
constexpr std::string_view kFactOfAnImport = "commands/case.import/facts/data";

using Json = simdjson::dom::element;

std::string_view text_at(const Json& schema, const char* member) {
  std::string_view text;
  return schema[member].get(text) ? std::string_view() : text;
}

bool has(const Json& schema, const char* member) { return !schema[member].error(); }

/// A text that may say anything.
bool is_free_text(const Json& schema) {
  return text_at(schema, "type") == "string" && !has(schema, "enum") && !has(schema, "format") &&
         !has(schema, "minLength") && !has(schema, "x-catalogue");
}

/// Looks at every member outside of `pii`, at any depth.
class Inspection {
 public:
  void look_through(const Json& document, const std::string& name) {
    root_ = document;
    look_at(document, name, {});
  }

  /// `path` begins with the name of the document; `name` is the member's.
  void look_at(const Json& schema, const std::string& path, std::string_view name) {
    if (has(schema, "$ref")) return look_at(part(text_at(schema, "$ref")), path, name);
    if (is_free_text(schema)) {
      EXPECT_TRUE(kOpen.contains(name))
          << path << " may say anything: put it into 'pii', or say here what it tells";
      open_.emplace(name);
    }
    if (has(schema, "items")) return look_at(schema["items"], path, name);
    if (text_at(schema, "type") == "object" && path != kFactOfAnImport) look_into(schema, path);
  }

  [[nodiscard]] const std::set<std::string, std::less<>>& open() const { return open_; }
  [[nodiscard]] const std::set<std::string>& sealed() const { return sealed_; }

 private:
  /// The part that a reference names, `#/definitions/Name`.
  [[nodiscard]] Json part(std::string_view reference) const { return root_.at_pointer(reference.substr(1)); }

  void look_into(const Json& schema, const std::string& path) {
    simdjson::dom::object members;
    ASSERT_FALSE(schema["properties"].get(members)) << path << " may have any members";
    for (const auto& [member, of_member] : members) {
      const auto member_path = path + "/" + std::string(member);
      EXPECT_FALSE(kPersonal.contains(member)) << member_path << " is outside of 'pii'";
      if (member == "pii") {
        EXPECT_EQ(std::ranges::count(path, '/'), 1) << member_path << ": there is one, and it is at the top";
        sealed_.insert(path);
      } else {
        look_at(of_member, member_path, member);
      }
    }
  }

  Json root_;                                ///< of the document that is looked at
  std::set<std::string, std::less<>> open_;  ///< names of free texts that were met
  std::set<std::string> sealed_;             ///< the documents with a `pii`
};

TEST(PersonalFields, LieInPiiInEveryPublishedSchema) {
  Inspection inspection;
  for (const auto& name : schema_names()) {
    // An outcome answers the sender alone, in the words of a refusal.
    if (name.starts_with("outcomes/")) continue;
    simdjson::dom::parser parser;
    const auto schema = schema_document(name);
    ASSERT_TRUE(schema) << name;
    inspection.look_through(parser.parse(*schema), name);
  }
  for (const auto& [name, told] : kOpen)
    EXPECT_TRUE(inspection.open().contains(name))
        << name << " is in no schema any more: take it off the list";
  for (const auto* with_words : {"commands/request.register", "events/request.registered",
                                 "commands/handoff.request", "events/callback.completed"})
    EXPECT_TRUE(inspection.sealed().contains(with_words)) << with_words;
}

}  // namespace
}  // namespace casetrail::api
