// Reads an export again by the rules of its format, as those will who get it.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/wire/ids.h"
#include "workers/export/database.h"
#include "workers/export/format.h"
#include "workers/export/writer.h"

namespace casetrail::exports {

/// A rule that the file breaks, and the line, row, event or object that breaks it.
struct Fault {
  std::string where;
  std::string what;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(where), CEREAL_NVP(what));
  }
};

/// What a check found: the first ones are kept, the others counted.
class Faults {
 public:
  static constexpr std::size_t kNamed = 20;

  void add(std::string_view what, std::string_view where) {
    if (++all_ <= static_cast<std::int64_t>(kNamed))
      named_.push_back({.where = std::string(where), .what = std::string(what)});
  }
  /// Checks one record: the fault that it throws is added, and the next one can be looked at.
  template <class Check>
  void of(Check&& check) {
    try {
      std::forward<Check>(check)();
    } catch (const Fault& fault) {
      add(fault.what, fault.where);
    }
  }

  [[nodiscard]] const std::vector<Fault>& named() const { return named_; }
  [[nodiscard]] std::int64_t all() const { return all_; }

 private:
  std::vector<Fault> named_;
  std::int64_t all_ = 0;
};

/// What lies in the file. The rules that it breaks are added to `faults`; what is counted of a file with
/// faults is only what could be read. Throws a `Failure` where the file cannot be read, or it was stopped.
/// Memory is bounded, and the file's folder holds the names of the objects meanwhile.
[[nodiscard]] Contents check_file(Format format, const std::filesystem::path& file, Faults& faults,
                                  const Database::Stopped& stopped);

/// Of a record that cannot be looked at any further: for `Faults::of` to catch.
[[noreturn]] void throw_fault(std::string_view what, std::string_view where);

/// Asked between records: throws where it was stopped.
void go_on_unless(const Database::Stopped& stopped);

/// What all formats have: cases one after the other, each with its events in order.
class CaseByCase {
 public:
  /// Throws a fault where the event stands in a second place, or before one that came earlier; what comes
  /// next is held against this one all the same.
  void take(std::string_view case_id, std::int64_t seq);

  [[nodiscard]] Contents contents() const { return {.events = events_, .cases = cases_}; }

 private:
  std::string case_;
  std::int64_t seq_ = 0;
  std::int64_t events_ = 0;
  std::int64_t cases_ = 0;
};

/// Throws a fault unless it is a moment as all of an export are, `2026-11-23T08:05:09.120Z`.
void check_moment(std::string_view text, std::string_view where);

[[nodiscard]] Contents check_csv(const std::filesystem::path& file, Faults& faults,
                                 const Database::Stopped& stopped);
[[nodiscard]] Contents check_xes(const std::filesystem::path& file, Faults& faults,
                                 const Database::Stopped& stopped);
[[nodiscard]] Contents check_ocel_json(const std::filesystem::path& file, Faults& faults,
                                       const Database::Stopped& stopped);
[[nodiscard]] Contents check_ocel_sqlite(const std::filesystem::path& file, Faults& faults,
                                         const Database::Stopped& stopped);

}  // namespace casetrail::exports
