// The desk makes it; what is here is the request.
#include "workers/api/backups.h"

#include "events/wire/json_reader.h"
#include "events/wire/published_schema.h"
#include "workers/api/api_answers.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

struct BackupRequest {
  std::string directory;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(directory));
  }
};

}  // namespace

std::string backup_request_schema() { return PublishedSchema::of<BackupRequest>(); }

http::HttpResponse start_backup(ViewDesk& desk, const std::string& body) {
  BackupRequest request;
  if (const auto error = from_json(body, request))
    return http::problem(422, "malformed_backup", error->sentence());
  auto response = answer_of(desk.start_backup(request.directory));
  if (response.status == 200) response.status = 202;
  return response;
}

}  // namespace casetrail::api
