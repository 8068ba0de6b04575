// Fields of commands as options of a command line.
#include "workers/cli/action_form.h"

#include <gmock/gmock.h>

#include "workers/cli/action_text.h"

namespace casetrail::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;
using testing::StartsWith;

const std::vector<std::string> kTaken{"--json", "--tz", "--role"};

/// As they come from the command line; the error is what is said against them.
std::expected<verb::Do, std::string> read(std::vector<std::string> words) {
  std::vector<const char*> argv;
  for (const auto& word : words) argv.push_back(word.c_str());
  auto line = read_command_line(static_cast<int>(argv.size()), argv.data());
  if (!line) return std::unexpected(line.error().text);
  return std::get<verb::Do>(line->verb);
}

/// A form of its own, empty.
class Form : public testing::Test {
 protected:
  static std::vector<api::FieldRow> rows() {
    const auto row = [](const char* path, const char* type, bool required) {
      return api::FieldRow{path, type, required, {}, {}, {}};
    };
    std::vector<api::FieldRow> rows{row("kind", "text", true),
                                    row("to", "object", true),
                                    row("to.department_id", "text", true),
                                    row("to.agent_id", "text", false),
                                    row("from", "object", false),
                                    row("from.department_id", "text", true),
                                    row("role", "text", false),
                                    row("tz", "text", false),
                                    row("pii", "object", true),
                                    row("pii.text", "text", false),
                                    row("pii.tz", "text", false),
                                    row("due_at", "time", false),
                                    row("times", "integer", false),
                                    row("satisfied", "true/false", false),
                                    row("tags", "list of text", false),
                                    row("options", "list of object", false),
                                    row("options[].plan", "text", true)};
    rows[0].choices = {"shift", "department"};
    return rows;
  }
  std::optional<std::string> give(const std::string& name, std::optional<std::string> value) {
    return form_.give({name, std::move(value)});
  }
  std::vector<std::string> missing() const {
    std::vector<std::string> flags;
    for (const auto* field : form_.missing()) flags.push_back(field->flag);
    return flags;
  }

  ActionForm form_{rows(), kTaken, Zone::load("Asia/Shanghai").value()};
};

TEST_F(Form, AFieldIsCalledByTheLastWordsThatNothingElseHas) {
  std::vector<std::string> flags;
  for (const auto& field : form_.fields()) flags.push_back(field.flag);
  EXPECT_THAT(flags, ElementsAre("--kind", "--to.department-id", "--agent-id", "--from.department-id",
                                 "--data.role", "--data.tz", "--text", "--pii.tz", "--due-at", "--times",
                                 "--satisfied", "--tags", "--options"));
}

TEST_F(Form, AFieldIsTakenByItsPathOrLastWordsWithDashesOrUnderscores) {
  EXPECT_EQ(give("to.department_id", "tech"), std::nullopt);
  EXPECT_EQ(give("agent-id", "li"), std::nullopt);
  EXPECT_EQ(give("data.kind", "shift"), std::nullopt);
  EXPECT_EQ(give("pii.text", "a \"word\""), std::nullopt);
  EXPECT_EQ(form_.data(),
            R"({"kind":"shift","to":{"department_id":"tech","agent_id":"li"},"pii":{"text":"a \"word\""}})");
}

TEST_F(Form, AWordThatSeveralFieldsHaveOrNoneIsSaidToBeSo) {
  EXPECT_THAT(give("department-id", "tech"),
              Optional(HasSubstr("any of --to.department-id, --from.department-id. Name which.")));
  EXPECT_THAT(give("txet", "x"), Optional(std::string("There is no field '--txet'. Did you mean '--text'?")));
  EXPECT_THAT(give("jsn", {}), Optional(HasSubstr("Did you mean '--json'?")));
  EXPECT_THAT(give("to", "tech"), Optional(HasSubstr("has parts: --to.department-id, --agent-id.")));
}

TEST_F(Form, WhatTheCaseAsksForIsMissingButForWhoChoseOtherwise) {
  ASSERT_EQ(give("kind", "department"), std::nullopt);
  ASSERT_EQ(give("to.department_id", "tech"), std::nullopt);
  EXPECT_THAT(missing(), testing::IsEmpty());
  form_.need("pii.text", {"role=lead"});
  form_.need("due_at", {});
  EXPECT_THAT(missing(), ElementsAre("--text", "--due-at"));
  ASSERT_EQ(give("role", "lead"), std::nullopt);
  EXPECT_THAT(missing(), ElementsAre("--due-at"));
}

TEST_F(Form, WhatAnObjectNeedsIsMissingWhereTheObjectIsThere) {
  EXPECT_THAT(missing(), ElementsAre("--kind", "--to.department-id"));
  const ActionForm other({{"from", "object", false, {}, {}, {}},
                          {"from.department_id", "text", true, {}, {}, {}},
                          {"from.agent_id", "text", false, {}, {}, {}}},
                         {}, Zone());
  EXPECT_THAT(other.missing(), IsEmpty());
  auto begun = other;
  EXPECT_EQ(begun.give({"agent-id", "li"}), std::nullopt);
  ASSERT_EQ(begun.missing().size(), 1U);
  EXPECT_EQ(begun.missing().front()->flag, "--department-id");
}

TEST_F(Form, AValueThatWillNotDoIsSaidBesideThoseThatWould) {
  EXPECT_THAT(give("kind", "departmnt"),
              Optional(std::string("Expected --kind to be one of shift, department, but it is 'departmnt'. "
                                   "Did you mean 'department'?")));
  EXPECT_THAT(give("times", "many"), Optional(HasSubstr("a whole number")));
  EXPECT_THAT(give("satisfied", "very"), Optional(HasSubstr("true or false")));
  EXPECT_THAT(give("due-at", "soon"), Optional(HasSubstr("2026-11-30 09:00 (Asia/Shanghai)")));
  EXPECT_THAT(give("options", "plan"), Optional(HasSubstr("a JSON object")));
  EXPECT_THAT(give("kind", std::nullopt), Optional(HasSubstr("Expected a value after --kind")));
  EXPECT_EQ(form_.data(), R"({"to":{},"pii":{}})");
  EXPECT_EQ(give("kind", "shift"), std::nullopt);
  EXPECT_THAT(give("kind", "shift"), Optional(HasSubstr("once")));
}

TEST_F(Form, ListsRepeatOrAreJsonAndTimesAreThoseOfTheZone) {
  EXPECT_EQ(give("tags", "a"), std::nullopt);
  EXPECT_EQ(give("tags", R"(["b","c"])"), std::nullopt);
  EXPECT_EQ(give("tags", "[d"), std::nullopt);
  EXPECT_EQ(give("options", R"({"plan":"x"})"), std::nullopt);
  EXPECT_EQ(give("due-at", "2026-11-30 09:00"), std::nullopt);
  EXPECT_EQ(give("satisfied", std::nullopt), std::nullopt);
  EXPECT_EQ(form_.data(), R"({"to":{},"pii":{},"due_at":"2026-11-30T01:00:00.000Z","satisfied":true,)"
                          R"("tags":["a","b","c","[d"],"options":[{"plan":"x"}]})");
}

TEST(ActionHelp, TheExampleOfEveryCommandIsReadBackAsItsExample) {
  int examples = 0;
  for (const auto& type : api::contract_types()) {
    if (type.space != "commands") continue;
    const auto options = read({"casetrail", "do", "x", "y"}).value().options;
    ActionForm form(api::field_rows(type), options, Zone());
    const auto asked = read(example_words("phone:A-1", type, form));
    ASSERT_TRUE(asked) << asked.error();
    EXPECT_EQ(asked->case_id, "phone:A-1");
    EXPECT_EQ(asked->action, type.type);
    for (const auto& given : asked->fields) EXPECT_EQ(form.give(given), std::nullopt) << type.type;
    EXPECT_THAT(form.missing(), IsEmpty()) << type.type;
    EXPECT_EQ(form.data(), type.example) << type.type;
    ++examples;
  }
  EXPECT_GT(examples, 40);
}

TEST(FindAction, TakesATypeOrTheLastWordsThatNoOtherHas) {
  const std::vector<std::string_view> among{"case.resolve", "work.info.request", "handoff.request",
                                            "handoff.accept", "complaint.accept"};
  EXPECT_EQ(find_action("request.register", among).value()->type, "request.register");
  EXPECT_EQ(find_action("resolve", among).value()->type, "case.resolve");
  EXPECT_EQ(find_action("info.request", among).value()->type, "work.info.request");
  EXPECT_THAT(find_action("accept", among).error(),
              StartsWith("'accept' may be any of handoff.accept, complaint.accept. Name which."));
  EXPECT_THAT(find_action("resolv", among).error(), HasSubstr("Did you mean 'case.resolve'?"));
  EXPECT_THAT(find_action("handoff.requested", among).error(), HasSubstr("Did you mean 'handoff.request'?"));
}

}  // namespace
}  // namespace casetrail::cli
