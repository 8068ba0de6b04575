// The rows of the embedded log decode to what was put in, and refuse bytes that are none.
#include "workers/log/embedded/block.h"

#include <gtest/gtest.h>

#include <random>

#include "events/wire/varint.h"

namespace casetrail::embedded {
namespace {

std::string row_of(BlockBuilder& builder) {
  const auto base = builder.base();
  return row_of(base, builder.finish());
}

/// Larger than what is left as it is.
std::string row_of_many() {
  BlockBuilder builder;
  for (log::Offset offset = 1000; offset < 1200; ++offset)
    builder.add(offset, {"key", "the same value again and again", {}, from_epoch_ms(offset)});
  return row_of(builder);
}

TEST(EmbeddedBlock, ARecordIsDecodedAsItWasEncoded) {
  const Message message{"key", std::string("\0\xff", 2), {{"a", ""}, {"", "b"}}, from_epoch_ms(-5)};
  const std::string bytes = encode_record(message);
  std::vector<HeaderView> headers;
  const auto decoded = decode_record(bytes, headers);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->key, message.key);
  EXPECT_EQ(decoded->value, message.value);
  EXPECT_EQ(decoded->timestamp, message.timestamp);
  ASSERT_EQ(decoded->header_count, 2U);
  EXPECT_EQ(headers[1].value, "b");
}

TEST(EmbeddedBlock, OffsetsMayHaveGapsAndTheNewestTimeIsKnown) {
  BlockBuilder builder;
  builder.add(7, from_epoch_ms(20), "x");
  builder.add(300, from_epoch_ms(10), "");
  const std::string block = row_of(builder);
  EXPECT_TRUE(builder.empty());
  EXPECT_EQ(newest_in(block), from_epoch_ms(20));
  auto cursor = BlockCursor::open(block);
  ASSERT_TRUE(cursor);
  EXPECT_EQ(cursor->next()->offset, 7);
  EXPECT_EQ(cursor->next()->offset, 300);
  EXPECT_TRUE(cursor->at_end());
}

TEST(EmbeddedBlock, OffsetsThatNoNumberHoldsAreRefused) {
  BlockBuilder builder;
  builder.add(-1, from_epoch_ms(1), "x");
  EXPECT_FALSE(BlockCursor::open(row_of(builder)));
  builder.add(5, from_epoch_ms(1), "x");
  builder.add(4, from_epoch_ms(1), "x");
  const auto block = row_of(builder);
  auto cursor = BlockCursor::open(block);
  ASSERT_TRUE(cursor);
  EXPECT_TRUE(cursor->next());
  EXPECT_FALSE(cursor->next());
}

TEST(EmbeddedBlock, OffsetsThatDoNotRiseAreRefused) {
  for (const log::Offset third : {5, 6, 7}) {
    BlockBuilder builder;
    for (const log::Offset offset : {log::Offset{5}, log::Offset{7}, third})
      builder.add(offset, from_epoch_ms(1), "x");
    const auto block = row_of(builder);
    auto cursor = BlockCursor::open(block);
    ASSERT_TRUE(cursor);
    EXPECT_EQ(cursor->next()->offset, 5);
    EXPECT_EQ(cursor->next()->offset, 7);
    EXPECT_FALSE(cursor->next()) << third;
  }
}

TEST(EmbeddedBlock, ARecordAddedAsAMessageIsTheSame) {
  const Message message{"key", std::string(300, 'v'), {{"name", "text"}}, from_epoch_ms(1'700'000'000'000)};
  BlockBuilder encoded;
  BlockBuilder added;
  encoded.add(3, message.timestamp, encode_record(message));
  added.add(3, message);
  EXPECT_EQ(row_of(encoded), row_of(added));
}

TEST(EmbeddedBlock, WhatRepeatsItselfIsPacked) {
  const auto row = row_of_many();
  EXPECT_LT(row.size(), 3000U);
  EXPECT_EQ(newest_in(row), from_epoch_ms(1199));
  const auto block = block_of(row);
  ASSERT_TRUE(block);
  auto cursor = BlockCursor::open(*block);
  ASSERT_TRUE(cursor);
  for (log::Offset offset = 1000; offset < 1200; ++offset) {
    const auto raw = cursor->next();
    ASSERT_TRUE(raw);
    EXPECT_EQ(raw->offset, offset);
    std::vector<HeaderView> headers;
    const auto record = decode_record(raw->record, headers);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->value, "the same value again and again");
  }
  EXPECT_TRUE(cursor->at_end());
}

TEST(EmbeddedBlock, WhatDoesNotRepeatItselfStaysAsItIs) {
  std::string noise(8192, '\0');
  std::mt19937 random(7);
  for (char& c : noise) c = static_cast<char>(random());
  BlockBuilder builder;
  builder.add(5, from_epoch_ms(1), noise);
  const auto row = row_of(builder);
  EXPECT_NE(row.find(noise), std::string::npos);
  EXPECT_EQ(block_of(row), row);
}

TEST(EmbeddedBlock, EveryCutOfAPackedRowIsRefused) {
  const auto row = row_of_many();
  for (std::size_t size = 0; size < row.size(); ++size) {
    const auto block = block_of(std::string_view(row).substr(0, size));
    EXPECT_FALSE(block && BlockCursor::open(*block) && !BlockCursor::open(*block)->at_end()) << size;
  }
}

TEST(EmbeddedBlock, APackedRowThatClaimsAnotherSizeIsRefused) {
  for (const std::uint64_t claimed : {std::uint64_t{1}, std::uint64_t{100'000}, std::uint64_t{1} << 40U}) {
    const auto whole = row_of_many();
    std::string_view rest = whole;
    std::string row;
    put_number(row, *take_number(rest));
    put_number(row, *take_number(rest));
    ASSERT_TRUE(take_number(rest));
    put_number(row, claimed);
    EXPECT_FALSE(block_of(row.append(rest))) << claimed;
  }
}

TEST(EmbeddedBlock, EveryCutOfARecordIsRefused) {
  const std::string bytes = encode_record({"key", "value", {{"name", "text"}}, from_epoch_ms(1)});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    std::vector<HeaderView> headers;
    EXPECT_FALSE(decode_record(std::string_view(bytes).substr(0, size), headers)) << size;
  }
}

}  // namespace
}  // namespace casetrail::embedded
