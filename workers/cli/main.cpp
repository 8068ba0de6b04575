// The entry of the one binary.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <system_error>

#include "workers/cli/command_line.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/verbs.h"
#include "workers/node/descriptors.h"

namespace {

/// One line a fact, on stderr. Verbs that only ask are quiet unless something is wrong or more was asked for.
void set_up_log(const casetrail::cli::CommandLine& line) {
  auto log = spdlog::stderr_logger_mt("casetrail");
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  const bool serves = std::holds_alternative<casetrail::cli::verb::Serve>(line.verb);
  log->set_level(serves || line.log_level != "info" ? spdlog::level::from_str(line.log_level)
                                                    : spdlog::level::warn);
  spdlog::set_default_logger(std::move(log));
}

int stopped_by(const std::exception& error) {
  (void)std::fprintf(stderr, "casetrail: stopped by %s. This is a bug; what was answered is safe.\n",
                     error.what());
  return casetrail::cli::kUnavailable;
}

}  // namespace

int main(int argc, char** argv) {
  (void)std::signal(SIGPIPE, SIG_IGN);
  ::umask(S_IRWXG | S_IRWXO);  // what is written holds names and telephone numbers
  const auto line = casetrail::cli::read_command_line(argc, argv);
  if (!line) {
    const auto& refusal = line.error();
    (void)std::fputs(refusal.text.c_str(), refusal.exit_code == casetrail::cli::kDone ? stdout : stderr);
    return refusal.exit_code;
  }
  set_up_log(*line);
  (void)casetrail::node::raise_descriptor_limit();
  try {
    return casetrail::cli::run(*line);
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::broken_pipe) return casetrail::cli::kDone;  // the reader has seen enough
    return stopped_by(error);
  } catch (const std::exception& error) {
    return stopped_by(error);
  }
}
