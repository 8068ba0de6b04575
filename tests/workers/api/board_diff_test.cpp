// Two moments of a board are compared row by row.
#include "workers/api/board_diff.h"

#include <gmock/gmock.h>

#include "tests/fuzz/story_desk.h"
#include "tests/support/events_of.h"
#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr auto kMorning = "2025-11-24T08:00:00.000Z";
constexpr auto kEvening = "2025-11-24T17:00:00.000Z";

std::string case_row(const std::string& id, const std::string& status, int age_ms) {
  return R"({"case":")" + id + R"(","number":"CT-)" + id + R"(","reference":null,"status":")" + status +
         R"(","tags":["vip"],"age_ms":)" + std::to_string(age_ms) + R"(,"seq":)" + std::to_string(age_ms) +
         "}";
}

/// A list of cases in pages of one row; case 2 moves, case 1 goes, case 4 comes, case 3 stays.
class TwoMoments final : public fuzz::StoryDesk {
 public:
  [[nodiscard]] std::expected<PastBoard, DeskFailure> past_board(std::string_view, Timestamp as_of,
                                                                 const kit::BoardQuery& query) override {
    const bool is_morning = as_of == parse_timestamp(kMorning);
    auto json = page(is_morning ? morning_ : evening_, query);
    const auto& department = is_morning ? departments.first : departments.second;
    if (const auto row = json.find(R"("case":"c2",)"); row != std::string::npos)
      json.insert(row, R"("department":")" + department + R"(",)");
    return PastBoard{.is_made = true, .json = std::move(json)};
  }
  [[nodiscard]] DeskAnswer board(std::string_view, const kit::BoardQuery& query) override {
    return page(evening_, query);
  }
  [[nodiscard]] DeskAnswer board_of_case(std::string_view, const CaseId& id,
                                         const kit::BoardQuery& query) override {
    EXPECT_EQ(query.filters.find("since")->second, kMorning);
    EXPECT_EQ(query.filters.find("row")->second, "cases");
    if (id.value != "c2") return R"({"changes":[]})";
    return R"({"changes":[{"field":"status","seq":4,"recorded_at":"2025-11-24T09:00:00.000Z",)"
           R"("type":"work.started","actor":"agent:li.wei","offset":3,"policy_version":3,"line":"Work began"},)"
           R"({"field":"department","seq":5,"recorded_at":"2025-11-24T09:30:00.000Z",)"
           R"("type":"assignment.made","actor":"agent:zhao","offset":4,"policy_version":3,"line":"Assigned"},)"
           R"({"field":"status","seq":7,"recorded_at":"2025-11-24T10:00:00.000Z",)"
           R"("type":"case.resolved","actor":"agent:li.wei","command_id":"c9","offset":-1,"rule":null,"policy_version":3,)"
           R"("line":"Resolved"}]})";
  }

  std::pair<std::string, std::string> departments{"tech", "tech"};  ///< that has case 2

 private:
  static std::string page(const std::vector<std::string>& rows, const kit::BoardQuery& query) {
    const auto at = query.after.empty() ? std::size_t{0} : std::stoul(query.after);
    const auto next = at + 1 < rows.size() ? '"' + std::to_string(at + 1) + '"' : std::string("null");
    return R"({"rows":[)" + rows.at(at) + R"(],"next":)" + next + "}";
  }

  std::vector<std::string> morning_{case_row("c1", "new", 1), case_row("c2", "new", 1),
                                    case_row("c3", "new", 1)};
  std::vector<std::string> evening_{case_row("c2", "resolved", 9), case_row("c3", "new", 9),
                                    case_row("c4", "new", 9)};
};

class BoardDiff : public testing::Test {
 protected:
  [[nodiscard]] http::HttpResponse diff(const std::string& query) const {
    return desk_.get("/v1/boards/cases/diff" + query);
  }
  [[nodiscard]] TwoMoments& view() { return desk_.view(); }
  [[nodiscard]] static std::string between() { return std::string("?from=") + kMorning + "&to=" + kEvening; }

 private:
  test::Desk<TwoMoments> desk_;
};

TEST_F(BoardDiff, NamesRowsThatCameWentAndChangedWithTheEventThatDidIt) {
  const auto answer = diff(between());
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr(R"("came":1,"went":1,"changed":1)"));
  EXPECT_THAT(
      answer.body,
      AllOf(HasSubstr(R"({"change":"changed","case":"c2","number":"CT-c2")"),
            HasSubstr(R"("event":{"seq":7,"recorded_at":"2025-11-24T10:00:00.000Z","type":"case.resolved")"),
            HasSubstr(R"("actor":"agent:li.wei","command_id":"c9","policy_version":3,"line":"Resolved")"),
            HasSubstr(
                R"("cells":[{"field":"status","before":"new","after":"resolved",)"
                R"("before_label":{"en":"new","zh":"新建"},"after_label":{"en":"resolved","zh":"已解决"},)"
                R"("event":{"seq":7,)"),
            HasSubstr(R"({"change":"came","case":"c4")"), HasSubstr(R"({"change":"went","case":"c1")")));
  EXPECT_THAT(answer.body, Not(HasSubstr("age_ms"))) << "goes by the clock";
  EXPECT_THAT(answer.body, Not(HasSubstr(R"("c3")")));
}

TEST_F(BoardDiff, EachFieldNamesTheEventThatChangedItLast) {
  view().departments = {"tech", "office"};
  const auto body = diff(between()).body;
  const auto of_department = body.substr(body.find(R"("field":"department")"));
  EXPECT_THAT(
      of_department.substr(0, of_department.find("}}")),
      HasSubstr(R"("event":{"seq":5,"recorded_at":"2025-11-24T09:30:00.000Z","type":"assignment.made")"));
  const auto of_status = body.substr(body.find(R"("field":"status")"));
  EXPECT_THAT(of_status, HasSubstr(R"("event":{"seq":7,)"));
}

TEST_F(BoardDiff, CallsDepartmentsAndPeopleAsThePolicyOfEachMomentDid) {
  const auto naming = [](const std::string& name) {
    return parse_policy("departments: [{id: tech, name: " + name + "}]").value();
  };
  PolicyVersions policies;
  policies.add(1, *parse_timestamp("2025-11-24T00:00:00Z"), naming("Repairs"));
  policies.add(2, *parse_timestamp("2025-11-24T12:00:00Z"), naming("Workshop"));
  view().publish(std::move(policies));
  view().departments = {"tech", "office"};
  EXPECT_THAT(
      diff(between()).body,
      HasSubstr(R"({"field":"department","before":"tech","after":"office","before_label":{"en":"Repairs")"));
  view().departments = {"office", "tech"};
  EXPECT_THAT(diff(between()).body, HasSubstr(R"("after_label":{"en":"Workshop","zh":"Workshop"})"));
}

TEST_F(BoardDiff, GoesToTheBoardAsItStandsAndListsNoMoreThanWasAsked) {
  const auto answer = diff(std::string("?limit=1&from=") + kMorning);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr(R"(:00.000Z","came":1,"went":1,"changed":1)"));
  EXPECT_THAT(answer.body, Not(HasSubstr(R"("change":"came")")));
}

TEST_F(BoardDiff, OfTheSameMomentIsEmpty) {
  const auto answer = diff(std::string("?from=") + kMorning + "&to=" + kMorning);
  EXPECT_THAT(answer.body, HasSubstr(R"("came":0,"went":0,"changed":0,"rows":[])"));
}

TEST_F(BoardDiff, SaysWhatIsWrongWithTheQuestion) {
  for (const auto* wrong :
       {"", "?from=noon", "?from=2999-01-01T00:00:00Z", "?from=2025-11-25T00:00:00Z&to=2025-11-24T00:00:00Z"})
    EXPECT_EQ(diff(wrong).status, 400) << wrong;
  const test::Desk<TwoMoments> desk;
  EXPECT_EQ(desk.get("/v1/boards/moon/diff" + between()).status, 404);
  EXPECT_EQ(desk.get("/v1/boards/history/diff" + between()).status, 400);
}

}  // namespace
}  // namespace casetrail::api
