// One line, drawn over itself: bar, count, rate and time left.
#include "workers/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace casetrail::cli {

ProgressBar::ProgressBar(std::string title, std::string unit)
    : title_(std::move(title)), unit_(std::move(unit)), watched_(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (drawn_) fmt::print(stderr, "\r\x1b[K");
}

void ProgressBar::show(std::int64_t done, std::int64_t total) {
  const auto now = Clock::now();
  if (!watched_ || now - drawn_at_ < std::chrono::milliseconds(100)) return;
  drawn_at_ = now;
  drawn_ = true;
  const auto seconds = std::max(std::chrono::duration<double>(now - begun_).count(), 0.001);
  const auto rate = static_cast<double>(done) / seconds;
  const auto share =
      total > 0 ? std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0) : 0.0;
  constexpr std::size_t kCells = 30;
  const auto filled = static_cast<std::size_t>(share * kCells);
  auto line = fmt::format("\r\x1b[K{} [{}{}] {} of {} {}, {:.0f}/s", title_, std::string(filled, '#'),
                          std::string(kCells - filled, '.'), done, total, unit_, rate);
  if (rate > 0 && total > done)
    line += fmt::format(", {:.0f} s left", static_cast<double>(total - done) / rate);
  fmt::print(stderr, "{}", line);
  std::fflush(stderr);
}

}  // namespace casetrail::cli
