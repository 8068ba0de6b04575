// `crash_engine POINT PASS serve …`: the engine as `casetrail serve` puts it together, killed at a point.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <span>

#include "tests/crash/crash_ports.h"
#include "workers/cli/command_line.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/verbs.h"

int main(int argc, char** argv) {
  using namespace casetrail;
  (void)std::signal(SIGPIPE, SIG_IGN);
  spdlog::set_default_logger(spdlog::stderr_logger_mt("casetrail"));
  if (argc < 4) return cli::kUsage;
  const auto point = enum_from<crash::CrashPoint>(argv[1]);
  const auto line = cli::read_command_line(argc - 2, argv + 2);
  if (!point || !line || !std::holds_alternative<cli::verb::Serve>(line->verb)) return cli::kUsage;
  return cli::serve(line->place, std::get<cli::verb::Serve>(line->verb),
                    crash::killing_at(*point, std::atoi(argv[2])));
}
