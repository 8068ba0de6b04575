// What the process says by its exit code, for scripts.
#pragma once

namespace casetrail::cli {

enum ExitCode : int {
  kDone = 0,
  kRefused = 1,        ///< by a rule, or for want of a right; or a check found what should not be
  kUsage = 2,          ///< the command line, or what it names, makes no sense, or not for this data folder
  kUnavailable = 3,    ///< the log, the folder or the server cannot be reached now
  kUnknown = 4,        ///< it may have happened or not: send it again with the same id
  kNotFound = 5,       ///< there is no such case, view or type
  kInterrupted = 130,  ///< by SIGINT or SIGTERM, after tidying up; as a shell says it
};

}  // namespace casetrail::cli
