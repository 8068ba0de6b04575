// The five members of a problem, from a struct.
#include "workers/http/problem.h"

#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "events/wire/utf8.h"

namespace casetrail::http {
namespace {

/// A sentence may repeat what was sent: no answer is larger than it is worth.
constexpr std::size_t kMostDetail = 4'000;

struct Problem {
  std::string type;
  std::string title;
  int status = 0;
  std::string detail;
  std::string code;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(type), CEREAL_NVP(title), CEREAL_NVP(status), CEREAL_NVP(detail), CEREAL_NVP(code));
  }
};

}  // namespace

std::string_view status_title(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    default: return "Error";
  }
}

std::string problem_schema() { return PublishedSchema::of<Problem>(); }

HttpResponse problem(int status, std::string_view code, std::string_view detail) {
  const Problem problem{.type = "urn:casetrail:problem:" + std::string(code),
                        .title = std::string(status_title(status)),
                        .status = status,
                        .detail = as_utf8(detail, kMostDetail),
                        .code = std::string(code)};
  return {.status = status, .content_type = kProblemType, .body = to_json(problem)};
}

}  // namespace casetrail::http
