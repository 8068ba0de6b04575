// From /proc and getrusage: a few short reads a scrape.
#include "workers/node/process_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "workers/node/metric_family.h"

namespace casetrail::node {
namespace {

struct Memory {
  double virtual_bytes;
  double resident_bytes;
};

std::optional<Memory> memory() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  if (!(statm >> pages >> resident)) return std::nullopt;
  const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
  return Memory{pages * page, resident * page};
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::optional<double> cpu_seconds() {
  rusage used{};
  if (::getrusage(RUSAGE_SELF, &used) != 0) return std::nullopt;
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::optional<double> open_descriptors() {
  std::error_code failed;
  const std::filesystem::directory_iterator all("/proc/self/fd", failed);
  if (failed) return std::nullopt;
  return static_cast<double>(std::distance(begin(all), end(all)) - 1);  // the one that reads the folder
}

std::optional<double> most_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::nullopt;
  return static_cast<double>(limit.rlim_cur);
}

/// Field 22 of /proc/self/stat, since the boot; the second field is in parentheses and may hold anything.
std::optional<double> started_after_boot() {
  std::ifstream file("/proc/self/stat");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto name_end = text.rfind(") ");
  if (name_end == std::string::npos) return std::nullopt;
  std::size_t field = name_end + 2;
  for (int number = 3; number < 22; ++number) field = text.find(' ', field) + 1;
  return std::strtod(text.c_str() + field, nullptr) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::optional<double> find_start() {
  timespec since_boot{};
  const auto started = started_after_boot();
  if (!started || ::clock_gettime(CLOCK_BOOTTIME, &since_boot) != 0) return std::nullopt;
  const auto uptime = static_cast<double>(since_boot.tv_sec) + static_cast<double>(since_boot.tv_nsec) / 1e9;
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  return now.count() - (uptime - *started);
}

/// Found once: a number that moved with the clock would look like a restart.
std::optional<double> start_time() {
  static const auto kStart = find_start();
  return kStart;
}

}  // namespace

void add_process(std::vector<prometheus::MetricFamily>& into) {
  const auto used = memory();
  const auto one = [&](Family family, const std::optional<double>& value) {
    into.push_back(family.add_if(value).take());
  };
  one(counter("process_cpu_seconds_total", "Seconds of processor time that the process has used."),
      cpu_seconds());
  one(gauge("process_resident_memory_bytes", "Memory of the process that lies in RAM."),
      used ? std::optional(used->resident_bytes) : std::nullopt);
  one(gauge("process_virtual_memory_bytes", "Address space of the process."),
      used ? std::optional(used->virtual_bytes) : std::nullopt);
  one(gauge("process_open_fds", "File descriptors that the process has open."), open_descriptors());
  one(gauge("process_max_fds", "File descriptors that the process may have open."), most_descriptors());
  one(gauge("process_start_time_seconds", "When the process was started, in seconds since 1970."),
      start_time());
}

}  // namespace casetrail::node
