// One pass over each piece; the bytes 0xFA to 0xFD stand for the covered characters.
#include "workers/import/csv_escapes.h"

namespace casetrail::imports {
namespace {

constexpr char kQuote = '\xFA';
constexpr char kDelimiter = '\xFB';
constexpr char kLineFeed = '\xFC';
constexpr char kReturn = '\xFD';
/// For a byte of the file that looks like a stand-in: no UTF-8 either, so that the row is listed as such.
constexpr char kInvalid = '\xFF';

bool is_stand_in(char c) { return c >= kQuote && c <= kReturn; }

}  // namespace

void CsvEscapes::cover(std::string& piece) {
  std::string covered;
  covered.reserve(piece.size());
  for (const char c : piece) {
    const bool ends_return = std::exchange(after_return_, false) && c == '\n';
    const bool escaped = std::exchange(open_, false) || ends_return;
    if (!escaped) {
      open_ = c == escape_;
      if (!open_) covered += is_stand_in(c) ? kInvalid : c;
    } else if (c == quote_) {
      covered += kQuote;
    } else if (c == delimiter_) {
      covered += kDelimiter;
    } else if (c == '\n') {
      covered += kLineFeed;
    } else if (c == '\r') {
      covered += kReturn;
      after_return_ = true;
    } else {
      if (c != escape_) covered += escape_;
      covered += is_stand_in(c) ? kInvalid : c;
    }
  }
  piece = std::move(covered);
}

void CsvEscapes::uncover(std::string& field) const {
  for (char& c : field) {
    if (c == kQuote) c = quote_;
    if (c == kDelimiter) c = delimiter_;
    if (c == kLineFeed) c = '\n';
    if (c == kReturn) c = '\r';
  }
}

}  // namespace casetrail::imports
