// Without the terminal's own line editing and signals, so that Ctrl-C too leaves it as it was.
#include "workers/cli/keys.h"

#include <unistd.h>

#include <array>
#include <utility>

namespace casetrail::cli {
namespace {

constexpr std::pair<std::string_view, Key> kKeys[] = {
    {"\x1b[A", Key::previous}, {"\x1b[B", Key::next}, {"\x1b[C", Key::next},   {"\x1b[D", Key::previous},
    {"\x1bOA", Key::previous}, {"\x1bOB", Key::next}, {"\x1bOC", Key::next},   {"\x1bOD", Key::previous},
    {"\x1b[H", Key::first},    {"\x1b[F", Key::last}, {"\x1b[1~", Key::first}, {"\x1b[4~", Key::last},
    {"\x1b", Key::quit},       {"j", Key::next},      {"n", Key::next},        {" ", Key::next},
    {"\r", Key::next},         {"\n", Key::next},     {"k", Key::previous},    {"p", Key::previous},
    {"g", Key::first},         {"G", Key::last},      {"q", Key::quit},        {"\x03", Key::quit},
    {"\x04", Key::quit}};

}  // namespace

Key take_key(std::string_view& bytes) {
  for (const auto& [sequence, key] : kKeys) {
    if (!bytes.starts_with(sequence)) continue;
    if (sequence == "\x1b" && bytes.size() > 1) break;
    bytes.remove_prefix(sequence.size());
    return key;
  }
  // Of a sequence that is not known, nothing is taken for a key of its own.
  bytes.remove_prefix(bytes.front() == '\x1b' ? bytes.size() : 1);
  return Key::other;
}

bool is_interactive() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1; }

KeyReader::KeyReader() {
  ::tcgetattr(STDIN_FILENO, &before_);
  auto raw = before_;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
  ::tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

KeyReader::~KeyReader() { ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_); }

Key KeyReader::read() {
  if (waiting_.empty()) {
    std::array<char, 64> bytes{};
    const auto size = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (size <= 0) return Key::quit;
    buffer_.assign(bytes.data(), static_cast<std::size_t>(size));
    waiting_ = buffer_;
  }
  return take_key(waiting_);
}

}  // namespace casetrail::cli
