// A page and its change: who has the frame before makes the next page of it.
#include "workers/api/board_frames.h"

#include <gmock/gmock.h>

#include <random>
#include <stdexcept>

#include "events/wire/json_reader.h"

namespace casetrail::api {
namespace {

struct Change {
  std::uint64_t frame = 0;
  std::map<std::string, RawJson> members{};
  std::vector<std::string> without{};
  std::vector<RawJson> rows{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(frame), CEREAL_NVP(members), CEREAL_NVP(without), CEREAL_NVP(rows));
  }
};

std::string data_of(const http::Frame& frame) {
  const auto begin = frame->find("data: ") + 6;
  return frame->substr(begin, frame->find('\n', begin) - begin);
}

PageParts changed(PageParts page, const Change& change) {
  for (const auto& [name, value] : change.members) page.members[name] = value;
  for (const auto& name : change.without) page.members.erase(name);
  std::vector<RawJson> rows;
  for (const auto& part : change.rows) {
    std::size_t from = 0;
    std::size_t count = 0;
    if (std::sscanf(part.text.c_str(), "[%zu,%zu]", &from, &count) != 2) {
      rows.push_back(part);
      continue;
    }
    for (std::size_t i = 0; i < count; ++i) rows.push_back(page.rows.at(from + i));
  }
  page.rows = std::move(rows);
  return page;
}

std::vector<std::string> texts_of(const std::vector<RawJson>& rows) {
  std::vector<std::string> texts;
  for (const auto& row : rows) texts.push_back(row.text);
  return texts;
}

Change change_of(const PageParts& before, const PageParts& now) {
  Change change;
  const auto error = from_json(data_of(change_frame(before, now, 2, "0:1")), change);
  EXPECT_FALSE(error) << error->sentence();
  return change;
}

TEST(BoardFrames, APageHasItsNumberBesideWhatTheBoardIs) {
  EXPECT_EQ(*board_frame(R"({"totals":{"open":1},"rows":[]})", 7, "0:12,1:40"),
            "event: board\nid: 0:12,1:40\ndata: {\"frame\":7,\"totals\":{\"open\":1},\"rows\":[]}\n\n");
  EXPECT_EQ(data_of(board_frame("{}", 1, "0:1")), R"({"frame":1})");
}

TEST(BoardFrames, AChangeSaysWhatIsNewWhatIsGoneAndWhereTheRowsOfBeforeStand) {
  const auto before =
      parts_of(R"({"totals":{"open":3},"metrics":{},"next":"c","rows":[{"n":1},{"n":2},{"n":3},{"n":4}]})");
  const auto now =
      parts_of(R"({"totals":{"open":4},"metrics":{},"rows":[{"n":3},{"n":4},{"n":5},{"n":1},{"n":2}]})");
  EXPECT_EQ(*change_frame(before, now, 8, "0:13"),
            "event: change\nid: 0:13\ndata: "
            R"({"frame":8,"members":{"totals":{"open":4}},"without":["next"],"rows":[[2,2],{"n":5},[0,2]]})"
            "\n\n");
}

TEST(BoardFrames, AnyPageIsMadeOfTheOneBeforeAndItsChange) {
  const auto seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 dice(seed);
  const auto any_page = [&] {
    PageParts page;
    for (const auto* name : {"totals", "metrics", "next"}) {
      if (dice() % 4 != 0) page.members[name] = {"{\"open\":" + std::to_string(dice() % 3) + "}"};
    }
    const auto rows = dice() % 30;
    for (unsigned i = 0; i < rows; ++i) page.rows.push_back({"{\"n\":" + std::to_string(dice() % 40) + "}"});
    return page;
  };
  auto page = any_page();
  for (int i = 0; i < 2'000; ++i) {
    const auto next = any_page();
    page = changed(std::move(page), change_of(page, next));
    ASSERT_EQ(texts_of(page.rows), texts_of(next.rows));
    ASSERT_EQ(to_json(page.members), to_json(next.members));
  }
}

TEST(BoardFrames, WhatIsNoObjectIsNoBoard) { EXPECT_THROW((void)parts_of("[1]"), std::logic_error); }

}  // namespace
}  // namespace casetrail::api
