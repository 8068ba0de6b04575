// A measured figure: what it is of, and under which circumstances.
#pragma once

#include <cereal/cereal.hpp>
#include <string>

namespace casetrail::bench {

struct Figure {
  std::string row;    ///< stable, `boards.kafka`: what comparisons know it by
  std::string title;  ///< for people
  double value = 0;   ///< in `unit`
  std::string unit;   ///< `events/s`, `ms`, `MiB`
  std::string note;   ///< size, load, and which part of the engine did the work

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(row), CEREAL_NVP(title), CEREAL_NVP(value), CEREAL_NVP(unit), CEREAL_NVP(note));
  }
};

/// `1,234,567`, `23.4`: for people.
[[nodiscard]] std::string value_text(double value);

}  // namespace casetrail::bench
