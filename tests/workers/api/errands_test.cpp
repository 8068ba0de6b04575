// Work in a queue that has an end.
#include "workers/api/errands.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

namespace casetrail::api {
namespace {

TEST(Errands, OneMoreThanMayWaitIsNotTaken) {
  Errands errands(2);
  std::promise<void> open;
  std::promise<void> begun;
  ASSERT_TRUE(errands.offer([&, opened = open.get_future().share()] {
    begun.set_value();
    opened.wait();
  }));
  begun.get_future().wait();
  std::promise<int> done;
  EXPECT_TRUE(errands.offer([] {}));
  EXPECT_TRUE(errands.offer([&] { done.set_value(1); }));
  EXPECT_FALSE(errands.offer([] {}));
  open.set_value();
  EXPECT_EQ(done.get_future().get(), 1);
  EXPECT_TRUE(errands.offer([] {}));
}

TEST(Errands, OneThatThrowsEndsItselfAlone) {
  Errands errands(2);
  std::promise<int> done;
  EXPECT_TRUE(errands.offer([] { throw std::runtime_error("no"); }));
  EXPECT_TRUE(errands.offer([&] { done.set_value(1); }));
  EXPECT_EQ(done.get_future().get(), 1);
}

}  // namespace
}  // namespace casetrail::api
