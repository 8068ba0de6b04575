// What a thing is called on screens.
#pragma once

#include <string_view>

namespace casetrail::kit {

struct Words {
  std::string_view en;
  std::string_view zh;
};

}  // namespace casetrail::kit
