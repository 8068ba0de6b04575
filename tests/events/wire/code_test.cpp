// A code is text of a few characters, whichever company it is of.
#include "events/wire/code.h"

#include <gtest/gtest.h>

#include <cereal/cereal.hpp>
#include <string>

#include "events/wire/binary.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/party.h"
#include "events/wire/schema_writer.h"

namespace casetrail {
namespace {

struct Call {
  Code<Channel> channel;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel));
  }
};

TEST(Code, IsWhatCasetrailBringsOrAnyOtherOfItsCharacters) {
  EXPECT_EQ(Code<Channel>(Channel::wechat), Code<Channel>::from("wechat"));
  EXPECT_EQ(Code<Channel>::from("shop.livestream_2")->text(), "shop.livestream_2");
  EXPECT_EQ(Code<Channel>::from(std::string(48, 'a'))->text(), std::string(48, 'a'));
  for (const auto& text : {std::string(), std::string(49, 'a'), std::string("Phone"), std::string("a-b"),
                           std::string("直播"), std::string("a b"), std::string("a\0b", 3)})
    EXPECT_FALSE(Code<Channel>::from(text)) << text;
}

TEST(Code, IsWrittenAndReadAsItsText) {
  const Call call{*Code<Channel>::from("livestream")};
  EXPECT_EQ(to_json(call), R"({"channel":"livestream"})");
  Call read;
  EXPECT_FALSE(from_json(R"({"channel":"livestream"})", read));
  EXPECT_EQ(read.channel, call.channel);
  Call stored;
  EXPECT_TRUE(from_binary(to_binary(call), stored));
  EXPECT_EQ(stored.channel, call.channel);
}

TEST(Code, ThatIsNoneIsAnErrorThatSaysWhatOneIs) {
  Call read;
  const auto error = from_json(R"({"channel":"Live stream"})", read);
  ASSERT_TRUE(error);
  EXPECT_NE(error->expected.find("1 to 48 of a-z"), std::string::npos) << error->expected;
  EXPECT_TRUE(from_json(R"({"channel":7})", read));
  auto bytes = to_binary(Call{Channel::fax});
  bytes.back() = 'X';
  EXPECT_FALSE(from_binary(bytes, read));
}

TEST(Code, OfASchemaNamesItsCatalogueAndTheCodesThatCasetrailBrings) {
  const auto schema = SchemaWriter::schema_of<Code<Channel>>(SchemaScope::all);
  EXPECT_NE(schema.find(R"("x-catalogue":"channel")"), std::string::npos);
  EXPECT_NE(schema.find(R"("x-codes":["phone",)"), std::string::npos);
  EXPECT_EQ(schema.find(R"("enum")"), std::string::npos);
}

}  // namespace
}  // namespace casetrail
