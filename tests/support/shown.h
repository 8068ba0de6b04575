// Remembers what the stories of a test program have shown, so that its end can tell what none of them showed.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace casetrail {

/// By the types of commands: `handoff.request`. Belongs to the thread that runs the tests.
class Shown {
 public:
  static Shown& by_this_program() {
    static Shown shown;
    return shown;
  }

  void accept(std::string_view type) { accepted_.emplace(type); }
  void refuse(std::string_view type, std::string_view code) { refused_.emplace(type, code); }

  /// A story named all the events that a command of this type led to.
  [[nodiscard]] bool accepted(const std::string& type) const { return accepted_.contains(type); }
  /// A story named this code as the reason why a command of this type was refused.
  [[nodiscard]] bool refused(const std::string& type, const std::string& code) const {
    return refused_.contains({type, code});
  }

 private:
  std::set<std::string> accepted_;
  std::set<std::pair<std::string, std::string>> refused_;
};

}  // namespace casetrail
