// Older versions become the current one, a step at a time.
#include <gtest/gtest.h>

#include <cereal/cereal.hpp>

#include "events/wire/family_codec.h"

namespace casetrail {
namespace {

struct DoorOpenedV1 {
  static constexpr std::string_view kType = "door.opened";
  static constexpr int kVersion = 1;
  std::string who;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(who));
  }
};

struct DoorOpenedV2 {
  static constexpr std::string_view kType = "door.opened";
  static constexpr int kVersion = 2;
  using Previous = DoorOpenedV1;
  std::string agent_id;

  static DoorOpenedV2 upcast(const DoorOpenedV1& old) { return {old.who}; }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agent_id));
  }
};

struct DoorOpened {
  static constexpr std::string_view kType = "door.opened";
  static constexpr int kVersion = 3;
  using Previous = DoorOpenedV2;
  std::string agent_id;
  bool with_key = false;

  static DoorOpened upcast(const DoorOpenedV2& old) { return {old.agent_id, true}; }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agent_id), CEREAL_NVP(with_key));
  }
};

TEST(Upcast, TheOldestVersionTakesEveryStep) {
  DoorOpened event;
  ASSERT_FALSE(read_version<Strictness::lenient>(R"({"who":"li.wei"})", 1, event));
  EXPECT_EQ(event.agent_id, "li.wei");
  EXPECT_TRUE(event.with_key);
}

TEST(Upcast, TheCurrentVersionTakesNone) {
  DoorOpened event;
  ASSERT_FALSE(read_version<Strictness::lenient>(R"({"agent_id":"li.wei","with_key":false})", 3, event));
  EXPECT_FALSE(event.with_key);
}

TEST(Upcast, AVersionFromTheFutureIsNamed) {
  DoorOpened event;
  const auto error = read_version<Strictness::lenient>("{}", 4, event);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->sentence(), "Expected version 3 of door.opened or older, but it is version 4.");
}

}  // namespace
}  // namespace casetrail
