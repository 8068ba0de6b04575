// A signature is its key's word for one text and no other.
#include "workers/evidence/signature.h"

#include <gtest/gtest.h>

namespace casetrail::evidence {
namespace {

TEST(Signature, IsConfirmedByItsOwnKeyAndForItsOwnText) {
  const auto key = SigningKey::random();
  const auto signature = key.sign("12 of them");
  EXPECT_TRUE(key.public_key().confirms("12 of them", signature));
  EXPECT_FALSE(key.public_key().confirms("13 of them", signature));
  EXPECT_FALSE(SigningKey::random().public_key().confirms("12 of them", signature));
  auto changed = signature;
  changed[5] = changed[5] == '0' ? '1' : '0';
  for (const auto& other : {changed, std::string(), std::string(128, 'x'), signature + "0"})
    EXPECT_FALSE(key.public_key().confirms("12 of them", other)) << other;
}

TEST(Signature, OfAKeyThatWasWrittenDownIsTheSame) {
  const auto key = SigningKey::random();
  const auto again = SigningKey::from_text(key.text());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->sign("text"), key.sign("text"));
  const auto half = PublicKey::from_text(key.public_key().text());
  ASSERT_TRUE(half);
  EXPECT_EQ(half->id(), again->public_key().id());
  EXPECT_EQ(half->id().size(), 16U);
}

// The first vector of RFC 8032, 7.1.
TEST(Signature, IsEd25519) {
  const auto key =
      SigningKey::from_text("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").value();
  EXPECT_EQ(key.public_key().text(), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(key.sign(""),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b");
}

TEST(Signature, OfATextThatIsNoKeyIsNotMade) {
  for (const auto* text : {"", "9d", "zz61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"}) {
    EXPECT_FALSE(SigningKey::from_text(text)) << text;
    EXPECT_FALSE(PublicKey::from_text(text)) << text;
  }
}

}  // namespace
}  // namespace casetrail::evidence
