// Plain and gzip files through zlib, which reads both.
#include "workers/import/text_file.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <vector>

namespace casetrail::imports {
namespace {

constexpr std::size_t kChunk = std::size_t{256} * 1024;
constexpr std::size_t kLongestPiece = std::size_t{1024} * 1024;

struct Close {
  void operator()(gzFile file) const { gzclose_r(file); }
};

}  // namespace

struct TextFile::Source {
  std::filesystem::path path;
  std::unique_ptr<gzFile_s, Close> file;
  std::uintmax_t size = 0;
  std::vector<char> chunk = std::vector<char>(kChunk);
  std::string_view rest;  ///< of the chunk, not yet handed out

  /// Fills `rest`. False: the file ended.
  std::expected<bool, std::string> refill() {
    const int count = gzread(file.get(), chunk.data(), static_cast<unsigned>(chunk.size()));
    int code = Z_OK;
    const char* text = gzerror(file.get(), &code);
    // A stream that was cut off is told by the code alone: the bytes before the cut are delivered.
    if (count < 0 || (count == 0 && code != Z_OK && code != Z_STREAM_END)) {
      return std::unexpected(fmt::format("{} is damaged ({}): fetch the file again", path.string(),
                                         code == Z_ERRNO ? std::strerror(errno) : text));
    }
    rest = {chunk.data(), static_cast<std::size_t>(count)};
    return count > 0;
  }
};

TextFile::TextFile(std::unique_ptr<Source> source) : source_(std::move(source)) {}
TextFile::TextFile(TextFile&&) noexcept = default;
TextFile& TextFile::operator=(TextFile&&) noexcept = default;
TextFile::~TextFile() = default;

std::expected<TextFile, std::string> TextFile::open(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) {
    return std::unexpected(
        fmt::format("{} cannot be read ({}): name a file that is there", path.string(), error.message()));
  }
  auto source = std::make_unique<Source>();
  source->path = path;
  source->size = size;
  source->file.reset(gzopen(path.c_str(), "rb"));
  if (!source->file) {
    return std::unexpected(
        fmt::format("{} cannot be opened ({}): check its permissions", path.string(), std::strerror(errno)));
  }
  return TextFile(std::move(source));
}

std::expected<bool, std::string> TextFile::read_line(std::string& line) {
  line.clear();
  bool after_return = false;
  while (true) {
    auto& rest = source_->rest;
    if (rest.empty()) {
      const auto more = source_->refill();
      if (!more) return std::unexpected(more.error());
      if (!*more) return !line.empty();
    }
    // The `\n` of a `\r\n` may lie in the next chunk.
    if (after_return) {
      if (rest.front() == '\n') {
        line += '\n';
        rest.remove_prefix(1);
      }
      return true;
    }
    const auto end = rest.find_first_of("\r\n");
    const bool ends = end != std::string_view::npos;
    const auto taken = ends ? end + 1 : rest.size();
    line.append(rest.substr(0, taken));
    rest.remove_prefix(taken);
    if (line.ends_with('\n') || line.size() > kLongestPiece) return true;
    after_return = ends;
  }
}

double TextFile::fraction_read() const {
  if (source_->size == 0) return 1;
  return std::min(1.0,
                  static_cast<double>(gzoffset(source_->file.get())) / static_cast<double>(source_->size));
}

}  // namespace casetrail::imports
