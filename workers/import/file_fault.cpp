// By the signatures that the formats begin with, and by where zero bytes lie.
#include "workers/import/file_fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "events/wire/utf8.h"

namespace casetrail::imports {
namespace {

using namespace std::string_view_literals;

std::string is_encoded(std::string_view what, std::string_view name) {
  return fmt::format("is {}: convert it first, `iconv -f {} -t UTF-8 FILE > NEW`", what, name);
}

constexpr auto kWorkbook = "is a workbook of Excel: save it as CSV UTF-8"sv;
constexpr auto kMarkup = "is HTML or XML: export the table as CSV"sv;
constexpr auto kPage = "is a PDF: export the table behind it as CSV"sv;
constexpr auto kJson = "is JSON: export the table as CSV, a column for each member"sv;
constexpr auto kPacked = "is packed: unpack it first (gzip alone is read as it is)"sv;
constexpr std::array kSignatures{std::pair{"PK\x03\x04"sv, kWorkbook},
                                 std::pair{"\xD0\xCF\x11\xE0"sv, kWorkbook},
                                 std::pair{"<html"sv, kMarkup},
                                 std::pair{"<HTML"sv, kMarkup},
                                 std::pair{"<table"sv, kMarkup},
                                 std::pair{"<!DOCTYPE"sv, kMarkup},
                                 std::pair{"<?xml"sv, kMarkup},
                                 std::pair{"%PDF-"sv, kPage},
                                 std::pair{"BZh"sv, kPacked},
                                 std::pair{"\xFD\x37zXZ\0"sv, kPacked},
                                 std::pair{"\x28\xB5\x2F\xFD"sv, kPacked},
                                 std::pair{"7z\xBC\xAF\x27\x1C"sv, kPacked}};

/// Whether a zero lies at every second byte, from `first` on, and nowhere else: Latin text in UTF-16.
bool zeros_alternate(std::string_view text, std::size_t first) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] == '\0') != (i % 2 == first)) return false;
  }
  return text.size() >= 4;
}

std::optional<std::string> wide_encoding(std::string_view text) {
  if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv))
    return is_encoded("UTF-32", "UTF-32");
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return is_encoded("UTF-16", "UTF-16");
  const auto beginning = text.substr(0, std::min<std::size_t>(text.size(), 64) & ~std::size_t{1});
  if (zeros_alternate(beginning, 1)) return is_encoded("UTF-16 without a byte order mark", "UTF-16LE");
  if (zeros_alternate(beginning, 0)) return is_encoded("UTF-16 without a byte order mark", "UTF-16BE");
  return std::nullopt;
}

/// An object or a list of something; a name of a column in brackets is none.
bool is_json(std::string_view text) {
  if (!text.starts_with('{') && !text.starts_with('[')) return false;
  const auto next = text.find_first_not_of(" \t\r\n", 1);
  return next == std::string_view::npos || "{[\"}]"sv.contains(text[next]);
}

}  // namespace

std::optional<std::string> file_fault(std::string_view first_line) {
  for (const auto& [signature, fault] : kSignatures) {
    if (first_line.starts_with(signature)) return std::string(fault);
  }
  if (auto wide = wide_encoding(first_line)) return wide;
  auto text = first_line;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.starts_with(kByteOrderMark))
    return "begins with two byte order marks: remove one, `tail -c +4 FILE > NEW`";
  if (!is_utf8(text)) {
    return "has a first line that is not UTF-8: convert it from what wrote it, such as `iconv -f GB18030 -t "
           "UTF-8 FILE > NEW` (China) or `-f WINDOWS-1252` (western Europe)";
  }
  if (is_json(text)) return std::string(kJson);
  if (text.starts_with("sep=") || text.starts_with("\"sep="))
    return "begins with a line `sep=` of Excel: remove it, `tail -n +2 FILE > NEW`, and say it as `csv: "
           "{delimiter: …}`";
  return std::nullopt;
}

}  // namespace casetrail::imports
