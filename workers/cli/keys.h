// Keys that a person presses at the terminal, one at a time.
#pragma once

#include <termios.h>

#include <string>
#include <string_view>

namespace casetrail::cli {

enum class Key { next, previous, first, last, quit, other };

/// The key that `bytes` begins with, and takes its bytes away: an arrow, Home, End, Enter, the space bar, or
/// one of j, k, n, p, g, G and q. Requires: there are bytes.
[[nodiscard]] Key take_key(std::string_view& bytes);

/// Whether a person reads stdout and can press keys on stdin.
[[nodiscard]] bool is_interactive();

/// While it lives, keys come at once and are not shown. Puts the terminal back.
class KeyReader {
 public:
  KeyReader();
  ~KeyReader();
  KeyReader(const KeyReader&) = delete;
  KeyReader& operator=(const KeyReader&) = delete;

  /// Waits for one; `quit` when there will be none.
  [[nodiscard]] Key read();

 private:
  termios before_{};
  std::string buffer_;
  std::string_view waiting_;
};

}  // namespace casetrail::cli
