// Moments on the wire.
#include "events/wire/timestamp.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace casetrail {
namespace {

TEST(Timestamp, HasOneWireForm) {
  EXPECT_EQ(to_wire(from_epoch_ms(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_wire(from_epoch_ms(1'795'421'109'120)), "2026-11-23T08:05:09.120Z");
}

TEST(Timestamp, ReadsOffsetsAndDecimals) {
  const auto same = parse_timestamp("2026-11-23T08:05:09.120Z");
  ASSERT_TRUE(same);
  EXPECT_EQ(parse_timestamp("2026-11-23T16:05:09.120+08:00"), same);
  EXPECT_EQ(parse_timestamp("2026-11-23T03:05:09.120999999-05:00"), same);
  EXPECT_EQ(parse_timestamp("2026-11-23t08:05:09.12z"), same);
}

TEST(Timestamp, RefusesWhatIsNoMoment) {
  for (const auto* text :
       {"", "2026-11-23", "2026-11-23T08:05:09", "2026-02-30T08:05:09Z", "2026-11-23T24:05:09Z",
        "2026-11-23T08:05:09.Z", "2026-11-23T08:05:09Z ", "-026-11-23T08:05:09Z", "yesterday"}) {
    EXPECT_FALSE(parse_timestamp(text)) << text;
  }
}

TEST(Timestamp, AnOffsetThatLeadsOutOfTheWiresYearsIsRefused) {
  EXPECT_FALSE(parse_timestamp("0000-01-01T00:00:00+00:01"));
  EXPECT_TRUE(parse_timestamp("0000-01-01T00:01:00+00:01"));
  EXPECT_FALSE(parse_timestamp("9999-12-31T23:59:59-00:01"));
}

RC_GTEST_PROP(Timestamp, WrittenAndReadIsTheSame, ()) {
  const auto at = from_epoch_ms(*rc::gen::inRange<std::int64_t>(-62'167'219'200'000, 253'402'300'800'000));
  RC_ASSERT(parse_timestamp(to_wire(at)) == at);
}

RC_GTEST_PROP(Timestamp, OurOwnFormIsReadLikeAnyOther, ()) {
  auto text = std::string("2026-02-28T19:39:39.999");
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  text[at] = *rc::gen::element('0', '1', '3', '9', '-', ':', '.', 'T', '/', ' ');
  RC_ASSERT(parse_timestamp(text + "Z") == parse_timestamp(text + "+00:00"));
}

}  // namespace
}  // namespace casetrail
