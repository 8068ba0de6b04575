// The verb `do`: lists what a case allows, or sends a command whose fields are options.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "workers/cli/command_line.h"
#include "workers/cli/session.h"

namespace casetrail::cli {

/// Asks the person at the terminal; nothing when they end the input.
using Ask = std::function<std::optional<std::string>(const std::string& question)>;

/// Does it through `session`, prints, and returns the exit code. `ask` is empty where nobody can be asked.
[[nodiscard]] int act(const CommandLine& line, const verb::Do& asked, Session& session, const Ask& ask);

}  // namespace casetrail::cli
