// The escapes of CSV files that write `\"` for a quote, brought into a form that a CSV parser leaves alone.
#pragma once

#include <string>
#include <utility>

namespace casetrail::imports {

/// `escape` takes the meaning of the quote, the delimiter, a line end and itself; before any other character
/// it stands for itself. What it covers is replaced by bytes that UTF-8 never has, and put back in the
/// fields.
class CsvEscapes {
 public:
  CsvEscapes(char escape, char quote, char delimiter)
      : escape_(escape), quote_(quote), delimiter_(delimiter) {}

  /// Takes the next piece of the file; an escape at its end covers the first character of the next one.
  void cover(std::string& piece);

  /// Puts back what `cover` replaced.
  void uncover(std::string& field) const;

  /// The escape at the end of the file, which covers nothing.
  [[nodiscard]] std::string take_pending() {
    return std::exchange(open_, false) ? std::string(1, escape_) : std::string();
  }

 private:
  char escape_;
  char quote_;
  char delimiter_;
  bool open_ = false;          ///< an escape was the last character
  bool after_return_ = false;  ///< a covered `\r` was: a `\n` behind it is of the same line end
};

}  // namespace casetrail::imports
