// No two texts of the program define different types of one name: such a program links without a warning and
// crashes when it runs.
#include "tests/type_names.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace casetrail {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::IsEmpty;

/// Where each type of the program and of its test kit is defined.
std::map<std::string, std::set<std::string>> definitions() {
  std::map<std::string, std::set<std::string>> files;
  for (const auto* folder : {"events", "aggregates", "projections", "workers", "tests/support"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(CASETRAIL_ROOT) / folder)) {
      if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
      std::ifstream file(entry.path());
      const std::string text{std::istreambuf_iterator(file), {}};
      for (const auto& name : type_names_in(text))
        files[name].insert(fs::relative(entry.path(), CASETRAIL_ROOT).string());
    }
  }
  return files;
}

TEST(TypeNames, AreEachDefinedInOneFile) {
  const auto all = definitions();
  EXPECT_GT(all.size(), 300U);
  EXPECT_TRUE(all.contains("casetrail::handoff::Board"));
  for (const auto& [name, files] : all)
    EXPECT_EQ(files.size(), 1U) << name << " in " << testing::PrintToString(files);
}

TEST(TypeNames, OfEveryKindAreFound) {
  EXPECT_THAT(type_names_in(R"(
namespace a::b {
template <class T, class U = std::vector<T>> class [[nodiscard]] C final : public D<T> { public: struct E { int f{}; }; };
enum class G : int { h };
union I { int j; };
inline namespace k { struct L {}; }
}  // namespace
struct M::N {};
)"),
              ElementsAre("a::b::C<>", "a::b::C<>::E", "a::b::G", "a::b::I", "a::b::k::L", "M::N"));
}

TEST(TypeNames, ThatNobodyElseSeesAreLeftOut) {
  EXPECT_THAT(type_names_in(R"x(
namespace a { namespace { struct B { struct C {}; }; } }
template <> struct D<int> { struct E {}; };
struct F;  // struct G {};
const char* h = "struct I {"; /* struct J {}; */ auto k = R"(struct L {)";
#define M struct N {}
void o(struct P p = {}) { struct Q {}; }
auto r = [](auto s) { struct T {}; };
)x"),
              IsEmpty());
}

}  // namespace
}  // namespace casetrail
