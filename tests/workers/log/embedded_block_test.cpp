// The rows of the embedded log decode to what was put in, and refuse bytes that are none.
#include "workers/log/embedded_block.h"

#include <gtest/gtest.h>

namespace casetrail {
namespace {

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
  const std::string block = builder.finish();
  EXPECT_TRUE(builder.empty());
  auto cursor = BlockCursor::open(block);
  ASSERT_TRUE(cursor);
  EXPECT_EQ(cursor->newest(), from_epoch_ms(20));
  EXPECT_EQ(cursor->next()->offset, 7);
  EXPECT_EQ(cursor->next()->offset, 300);
  EXPECT_TRUE(cursor->at_end());
}

TEST(EmbeddedBlock, OffsetsThatNoNumberHoldsAreRefused) {
  BlockBuilder builder;
  builder.add(-1, from_epoch_ms(1), "x");
  EXPECT_FALSE(BlockCursor::open(builder.finish()));
  builder.add(5, from_epoch_ms(1), "x");
  builder.add(4, from_epoch_ms(1), "x");
  const auto block = builder.finish();
  auto cursor = BlockCursor::open(block);
  ASSERT_TRUE(cursor);
  EXPECT_TRUE(cursor->next());
  EXPECT_FALSE(cursor->next());
}

TEST(EmbeddedBlock, OffsetsThatDoNotRiseAreRefused) {
  for (const Offset third : {5, 6, 7}) {
    BlockBuilder builder;
    for (const Offset offset : {Offset{5}, Offset{7}, third}) builder.add(offset, from_epoch_ms(1), "x");
    const auto block = builder.finish();
    auto cursor = BlockCursor::open(block);
    ASSERT_TRUE(cursor);
    EXPECT_EQ(cursor->next()->offset, 5);
    EXPECT_EQ(cursor->next()->offset, 7);
    EXPECT_FALSE(cursor->next()) << third;
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
}  // namespace casetrail
