// A chain is whole, or says where it is not.
#include "workers/evidence/chain.h"

#include <gmock/gmock.h>

#include <functional>
#include <random>

#include "tests/support/borrowed_message.h"
#include "tests/support/events_of.h"
#include "tests/support/message_headers.h"
#include "tests/support/random_event.h"
#include "workers/evidence/chain_check.h"

namespace casetrail::evidence {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Records = std::vector<Message>;

Records linked(std::uint64_t seed, std::size_t count = 40) {
  Records records;
  Link head;
  for (const auto& event : random_history(seed, 5, count)) {
    auto message = write_event(event);
    head = next_link(head, message);
    message.headers.add(kLinkHeader, to_text(head));
    records.push_back(std::move(message));
  }
  return records;
}

/// The offset of a record is its place.
ChainCheck checked(const Records& records) {
  ChainCheck check;
  for (std::size_t i = 0; i < records.size(); ++i)
    check.take(static_cast<log::Offset>(i), BorrowedMessage(records[i]).view());
  return check;
}

/// Where a chain of 40 records breaks that `spoil` has been at.
std::vector<ChainBreak> breaks_of(const std::function<void(Records&)>& spoil) {
  auto records = linked(7);
  spoil(records);
  return checked(records).breaks();
}

auto at(log::Offset offset, const std::string& what) {
  return testing::AllOf(Field(&ChainBreak::offset, offset), Field(&ChainBreak::what, HasSubstr(what)));
}

TEST(Link, IsReadAsItWasWrittenAndNothingElseIs) {
  const Link link{12, std::string(32, 'a')};
  EXPECT_EQ(parse_link(to_text(link)), link);
  for (const auto* text : {"", "12", "12 ", "0 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                           "-1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                           "1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "x aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    EXPECT_EQ(parse_link(text), std::nullopt) << text;
}

TEST(Link, DependsOnTheOneBeforeAndOnEachPartOfTheRecord) {
  const Message record{"case-1", "{}", {{"ce_id", "case-1/1"}, {"ce_type", "a"}}, kMonday};
  const Link before{3, std::string(32, 'b')};
  const auto link = next_link(before, record);
  EXPECT_EQ(link.number, 4);
  EXPECT_EQ(next_link(before, BorrowedMessage(record).view()), link);
  const std::function<void(Message&)> changes[] = {
      [](Message& message) { message.key = "case-2"; },
      [](Message& message) { message.value = "{ }"; },
      [](Message& message) { message.timestamp += Duration{1}; },
      [](Message& message) { change_header(message, "ce_type", "b"); },
      [](Message& message) { message.headers.add("more", ""); },
      [](Message& message) { message.headers = {{"ce_type", "a"}, {"ce_id", "case-1/1"}}; },
  };
  for (const auto& change : changes) {
    auto changed = record;
    change(changed);
    EXPECT_NE(next_link(before, changed), link);
  }
  EXPECT_NE(next_link(Link{3, std::string(32, 'c')}, record).digest, link.digest);
}

TEST(Link, OfARecordThatWasLinkedOnceStaysTheSame) {
  const Message record{
      "case-1", R"({"channel":"email"})", {{"ce_id", "case-1/1"}, {"ce_type", "a"}}, kMonday};
  EXPECT_EQ(to_text(next_link({3, std::string(32, 'b')}, record)), "4 7ce4f30e50a12de41988d993d02aa9ef");
}

TEST(Chain, OfWhatWasWrittenIsWhole) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto check = checked(linked(seed));
    EXPECT_EQ(check.linked(), 40);
    EXPECT_THAT(check.breaks(), IsEmpty()) << "seed " << seed;
  }
}

TEST(Chain, NamesARecordThatWasChanged) {
  std::mt19937_64 random(3);
  for (std::size_t i = 0; i < 40; ++i) {
    const auto breaks = breaks_of([&](Records& records) {
      auto& value = records[i].value;
      value[random() % value.size()] ^= 1;
    });
    EXPECT_THAT(breaks, ElementsAre(at(static_cast<log::Offset>(i), "it was changed"))) << i;
  }
}

TEST(Chain, NamesWhereRecordsWereTakenOut) {
  const auto cut = [](std::size_t from, std::size_t count) {
    return breaks_of([&](Records& records) {
      const auto first = records.begin() + static_cast<std::ptrdiff_t>(from);
      records.erase(first, first + static_cast<std::ptrdiff_t>(count));
    });
  };
  EXPECT_THAT(cut(5, 3), ElementsAre(at(5, "3 records before it are missing: behind number 5 comes 9")));
  EXPECT_THAT(cut(0, 1), ElementsAre(at(0, "one record before it is missing")));
}

TEST(Chain, NamesARecordThatWasPutInOrMoved) {
  EXPECT_THAT(breaks_of([](Records& records) { records.insert(records.begin() + 9, records[2]); }),
              ElementsAre(at(9, "it was put in")));
  EXPECT_THAT(breaks_of([](Records& records) {
                auto forged = records[2];
                remove_header(forged, kLinkHeader);
                records.insert(records.begin() + 9, forged);
              }),
              ElementsAre(at(9, "it has no link")));
  EXPECT_THAT(breaks_of([](Records& records) { std::swap(records[10], records[11]); }), SizeIs(2));
}

TEST(Chain, NamesALinkThatWasChanged) {
  EXPECT_THAT(breaks_of([](Records& records) { change_header(records[4], kLinkHeader, "5 and so on"); }),
              ElementsAre(at(4, "its link was changed")));
  const auto zeros = "5 " + std::string(32, '0');
  EXPECT_THAT(breaks_of([&](Records& records) { change_header(records[4], kLinkHeader, zeros); }),
              ElementsAre(at(4, "it was changed, or its link was made anew"),
                          at(5, "it was changed, or its link was made anew")));
}

TEST(Chain, BeginsBehindTheRecordsOfALogThatHadNone) {
  auto records = linked(7);
  Records older;
  for (auto message : linked(8)) {
    remove_header(message, kLinkHeader);
    older.push_back(std::move(message));
  }
  older.insert(older.end(), records.begin(), records.end());
  const auto check = checked(older);
  EXPECT_EQ(check.before_the_chain(), 40);
  EXPECT_EQ(check.linked(), 40);
  EXPECT_THAT(check.breaks(), IsEmpty());
}

TEST(Chain, PassesOverRecordsOfOthers) {
  const auto breaks = breaks_of([](Records& records) {
    records.insert(records.begin() + 3, Message{"case-1", "{}", {{"ce_type", "theirs"}}, kMonday});
  });
  EXPECT_THAT(breaks, IsEmpty());
}

TEST(Chain, KeepsTheFirstBreaksAndCountsAll) {
  auto records = linked(7);
  for (auto& record : records) record.value += " ";
  const auto check = checked(records);
  EXPECT_EQ(check.broken(), 40);
  EXPECT_THAT(check.breaks(), SizeIs(ChainCheck::kMostBreaks));
}

}  // namespace
}  // namespace casetrail::evidence
