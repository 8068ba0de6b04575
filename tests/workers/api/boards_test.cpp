// What a board is asked over HTTP, answered from a story without an engine.
#include "projections/boards.h"

#include <gmock/gmock.h>

#include <future>

#include "events/case/case_id.h"
#include "tests/fuzz/instant_log.h"
#include "tests/fuzz/story_desk.h"
#include "tests/workers/api/desk.h"
#include "workers/api/api.h"

namespace casetrail::api {
namespace {

using testing::HasSubstr;

http::HttpResponse get(const std::string& target) {
  fuzz::InstantLog log;
  fuzz::StoryDesk desk;
  const auto outcomes = OutcomeWaiter::start(log).value();
  const Api api(log, outcomes.get(), desk);
  std::promise<http::HttpResponse> answer;
  api.handle({.method = "GET", .target = target},
             [&](http::HttpResponse response) { answer.set_value(std::move(response)); });
  return answer.get_future().get();
}

TEST(BoardOverHttp, TheHistoryOfACaseIsAskedByItsId) {
  const auto answer = get("/v1/boards/history?case=case-2");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr("request.registered"));
  EXPECT_EQ(get("/v1/boards/history?case=case-2&limit=0").status, 200);
}

TEST(BoardOverHttp, TheHistoryOfACaseIsAskedByChannelAndReference) {
  const auto id = case_id_of(Channel::email, "none").value;
  const auto answer = get("/v1/boards/history?case=email:none");
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr(id));
}

TEST(BoardOverHttp, TheHistoryOfNoCaseIs404AndOfNoIdIs400) {
  EXPECT_EQ(get("/v1/boards/history?case=nobody").status, 404);
  EXPECT_EQ(get("/v1/boards/history?case=Moon:1").status, 400);
  EXPECT_EQ(get("/v1/boards/history?case=a%20b").status, 400);
  EXPECT_EQ(get("/v1/boards/history").status, 400);
}

TEST(BoardOverHttp, OfWhatIsShownOneAtATimeASecondOneIsRefused) {
  for (const auto* twice : {"history?case=case-2&case=case-1", "cases?period=day&period=week"}) {
    const auto answer = get(std::string("/v1/boards/") + twice);
    EXPECT_EQ(answer.status, 400) << twice;
    EXPECT_THAT(answer.body, HasSubstr("once, but it is there more than once"));
  }
}

TEST(BoardOverHttp, TheMomentForAgesIsCalledNow) {
  EXPECT_EQ(get("/v1/boards/handoff?now=2025-11-25T00:00:00Z").status, 200);
  EXPECT_EQ(get("/v1/boards/handoff?now=noon").status, 400);
  const auto answer = get("/v1/boards/handoff?at=2025-11-25T00:00:00Z");
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("Expected 'as_of' for the board as it stood, or 'now'"));
}

TEST(BoardOverHttp, OfAMomentThatHasPassedItIsAskedByThatAlone) {
  EXPECT_EQ(get("/v1/boards/handoff?as_of=2025-11-25T00:00:00Z&limit=1").status, 200);
  EXPECT_EQ(get("/v1/cases?as_of=2025-11-25T00:00:00Z").status, 200);
  for (const auto* wrong :
       {"handoff?as_of=noon", "handoff?as_of=2999-01-01T00:00:00Z",
        "handoff?as_of=", "handoff?as_of=2025-11-25T00:00:00Z&now=2025-11-25T00:00:00Z",
        "handoff?as_of=2025-11-25T00:00:00Z&token=0:1", "history?as_of=2025-11-25T00:00:00Z",
        "handoff/stream?as_of=2025-11-25T00:00:00Z"})
    EXPECT_EQ(get(std::string("/v1/boards/") + wrong).status, 400) << wrong;
}

/// A desk whose board of the past is half made.
class HalfMade final : public fuzz::StoryDesk {
 public:
  [[nodiscard]] std::expected<PastBoard, DeskFailure> past_board(std::string_view, Timestamp,
                                                                 const kit::BoardQuery&) override {
    return PastBoard{.is_made = false, .records_done = 1, .records_total = 2};
  }
};

TEST(BoardOverHttp, OneOfThePastThatIsBeingMadeSaysHowFarItIs) {
  const test::Desk<HalfMade> desk;
  const auto answer = desk.get("/v1/boards/handoff?as_of=2025-11-25T00:00:00Z");
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr(R"("code":"being_made","records_done":1,"records_total":2)"));
  EXPECT_EQ(answer.headers.back().name, "Retry-After");
}

TEST(BoardOverHttp, TheBoardsAreListedWithTheirWords) {
  const auto answer = get("/v1/boards");
  EXPECT_EQ(answer.status, 200);
  for (const auto& view : view_types())
    EXPECT_THAT(answer.body, HasSubstr(R"("view":")" + std::string(view.name) + '"'));
  EXPECT_THAT(answer.body, HasSubstr(R"("label":{"en":"handoffs","zh":"部门移交"})"));
}

TEST(BoardOverHttp, AShapeNamesColumnsAndFiltersWithTheirMeaning) {
  const auto answer = get("/v1/boards/handoff/shape");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr(R"("key":"return_rate_permille","kind":"share")"));
  EXPECT_THAT(answer.body, HasSubstr(R"("meaning":"returned / requested.")"));
  EXPECT_THAT(answer.body, HasSubstr("Handoffs that this department is to take."));
}

TEST(BoardOverHttp, TheShapeOfNoViewIs404AndNamesTheViews) {
  const auto answer = get("/v1/boards/handof/shape");
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr("Did you mean 'handoff'? Views: cases, handoff,"));
}

TEST(BoardOverHttp, AFilterThatComesTwiceMeansEitherValueAndAllElseComesOnce) {
  EXPECT_EQ(get("/v1/boards/handoff?state=pending&state=ruled").status, 200);
  for (const auto* query : {"overdue=true&overdue=false", "limit=1&limit=2"}) {
    const auto answer = get(std::string("/v1/boards/handoff?") + query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_THAT(answer.body, HasSubstr("more than once"));
  }
}

TEST(BoardOverHttp, TheListOfCasesHasAPathOfItsOwn) {
  const auto answer = get("/v1/cases?kind=complaint&kind=inquiry&limit=1");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr(R"("totals":{"open":)"));
  EXPECT_EQ(get("/v1/cases?colour=red").status, 400);
}

TEST(BoardOverHttp, ACaseIsAskedByItsNumber) {
  const auto listed = get("/v1/cases?case=case-2&limit=1").body;
  const auto at = listed.find("CT-");
  ASSERT_NE(at, std::string::npos) << listed;
  const auto number = listed.substr(at, std::string_view("CT-2511-000000").size());
  for (const auto* path : {"/v1/cases/", "/v1/boards/history?case="}) {
    const auto answer = get(path + number);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr("case-2"));
  }
  const auto nobody = get("/v1/cases/CT-2511-999999");
  EXPECT_EQ(nobody.status, 404);
  EXPECT_THAT(nobody.body, HasSubstr("There is no case CT-2511-999999 here."));
}

}  // namespace
}  // namespace casetrail::api
