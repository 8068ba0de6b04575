// How many files and connections a process may have open.
#include "workers/node/descriptors.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace casetrail::node {
namespace {

TEST(Descriptors, TheSoftLimitIsRaisedToTheHardOne) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit low{.rlim_cur = 64, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
  EXPECT_EQ(raise_descriptor_limit(), before.rlim_max);
  rlimit after{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &after), 0);
  EXPECT_EQ(after.rlim_cur, before.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &before);
}

TEST(Descriptors, ConnectionsLeaveWhatTheStoresOfALargeFolderNeed) {
  EXPECT_EQ(connections_under(1 << 20), 512U);
  EXPECT_EQ(connections_under(1280), 512U);
  EXPECT_EQ(connections_under(1024), 256U);
  EXPECT_EQ(connections_under(kLeastDescriptors), 16U);
  EXPECT_EQ(connections_under(kLeastDescriptors - 1), std::nullopt);
  EXPECT_EQ(connections_under(0), std::nullopt);
}

}  // namespace
}  // namespace casetrail::node
