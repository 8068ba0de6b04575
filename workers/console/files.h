// The built page as it lies in the binary.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace casetrail::console {

struct File {
  std::string_view path;  ///< as a browser asks for it: `/index.html`, `/assets/…`
  std::string_view content_type;
  std::string_view entity_tag;  ///< with its quotes; of the content
  std::string_view gzip;
  std::size_t size;  ///< in bytes, uncompressed
};

/// Every file of the page; none where the binary was built without it.
[[nodiscard]] std::span<const File> files();

}  // namespace casetrail::console
