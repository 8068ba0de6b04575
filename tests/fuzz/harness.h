// What every harness is made of: its one function, and a way to say which promise the input broke.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// Called with each input. Returns 0; ends the program when a promise is broken.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace casetrail::fuzz {

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

/// Ends the program unless `promise` is kept, whatever the build makes of `assert`.
inline void must(bool kept, const char* promise, std::string_view shown = "") {
  if (kept) return;
  std::fprintf(stderr, "Broken: %s\n%.*s\n", promise, static_cast<int>(shown.size()), shown.data());
  std::abort();
}

}  // namespace casetrail::fuzz
