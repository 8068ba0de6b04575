// Makes a command again of the events that it led to: commands are kept for days, events for ever.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/case/decider.h"

namespace casetrail::whatif {

/// Whether a decision led to these events again, their personal texts aside: those may be masked or erased.
[[nodiscard]] bool are_same(const std::vector<Event>& again, std::span<const CaseEvent> decision);

/// One thread.
class CommandsAgain {
 public:
  CommandsAgain();

  /// The command of `decision`, all events of it: decided on `before` by the policy `then`, it leads to them.
  /// What the policy fills in where a command leaves it out, it leaves out. Nothing when no command does.
  [[nodiscard]] std::optional<CommandEnvelope> make(std::span<const CaseEvent> decision,
                                                    const CaseState& before, const Policy& then);

 private:
  /// What a type of command says.
  struct Shape {
    const TypeCodec* codec;
    std::vector<std::string> members;
    std::set<std::string> required;
    std::vector<std::string> personal;  ///< members of its `pii`
  };
  using Members = std::map<std::string, std::string>;
  enum class Order { first, last };

  [[nodiscard]] static Members members_of(const std::string& json);
  [[nodiscard]] static std::vector<std::string> bodies(const Shape& shape, const std::vector<Members>& facts);
  [[nodiscard]] static std::optional<std::string> body(const Shape& shape, const std::vector<Members>& facts,
                                                       const std::set<std::string>& left_out, Order order);

  std::vector<Shape> shapes_;
  /// By the type of the first event, what led to such events before goes first.
  std::map<std::string_view, std::vector<const Shape*>> tried_;
};

}  // namespace casetrail::whatif
