// How what cannot be gone on with ends an export: it is thrown within the room, and is an answer outside.
#pragma once

#include <stdexcept>
#include <string>

namespace casetrail::exports {

enum class Trouble {
  unusable,     ///< the file cannot be written there
  unavailable,  ///< the log, the disk or the server fails now
  wrong,        ///< what was written is not what should have been
  stopped,      ///< asked to
};

struct Failure : std::runtime_error {
  Failure(Trouble why, const std::string& sentence) : std::runtime_error(sentence), trouble(why) {}

  Trouble trouble;
};

}  // namespace casetrail::exports
