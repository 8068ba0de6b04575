// Keys as terminals send them.
#include "workers/cli/keys.h"

#include <gtest/gtest.h>

#include <vector>

namespace casetrail::cli {
namespace {

std::vector<Key> keys_in(std::string_view bytes) {
  std::vector<Key> keys;
  while (!bytes.empty()) keys.push_back(take_key(bytes));
  return keys;
}

TEST(Keys, ArrowsAndLettersStepAndSeveralComeOneByOne) {
  EXPECT_EQ(keys_in("jk\x1b[C\x1b[D\x1bOB G\rg"),
            (std::vector{Key::next, Key::previous, Key::next, Key::previous, Key::next, Key::next, Key::last,
                         Key::next, Key::first}));
}

TEST(Keys, QAndEscapeAloneAndCtrlCLeave) {
  for (const auto* key : {"q", "\x1b", "\x03", "\x04"}) EXPECT_EQ(keys_in(key), std::vector{Key::quit});
}

TEST(Keys, OfASequenceThatIsNotKnownNothingIsTakenForAKey) {
  EXPECT_EQ(keys_in("\x1b[15~"), std::vector{Key::other});
  EXPECT_EQ(keys_in("xj"), (std::vector{Key::other, Key::next}));
}

}  // namespace
}  // namespace casetrail::cli
