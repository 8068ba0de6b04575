// What the command line, the environment and the configuration file ask for.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "aggregates/time/zone.h"
#include "workers/api/elsewhere.h"
#include "workers/cli/backup_options.h"
#include "workers/cli/display.h"
#include "workers/cli/doctor_options.h"
#include "workers/cli/erase_options.h"
#include "workers/cli/evidence_options.h"
#include "workers/cli/export_options.h"
#include "workers/cli/held_options.h"
#include "workers/cli/privacy_options.h"
#include "workers/cli/whatif_options.h"
#include "workers/http/server.h"
#include "workers/node/memory_plan.h"

namespace casetrail::cli {

/// `wide`: for people, with every column.
enum class Output { for_people, wide, json };

/// Where the engine lives.
struct Place {
  std::filesystem::path data;
  std::string brokers;  ///< empty: the embedded log in `data`
  std::filesystem::path kafka_config;
  std::string prefix = {};  ///< before every topic, group and transactional id on Kafka
  std::string compression = "lz4";
  std::filesystem::path master_key = {};         ///< of personal texts that are sealed; empty: none
  std::filesystem::path token_file = {};         ///< of who asks, where the server knows identities
  std::optional<http::HttpAddress> server = {};  ///< who is asked instead, on this machine or another
  http::Trust trust = {};                        ///< of that server, over TLS
};

namespace verb {

struct Serve {
  std::string listen;
  std::filesystem::path policy;
  std::size_t memory_mib = node::kDefaultMemoryMib;
  std::optional<std::uint64_t> disk_reserve = {};       ///< bytes
  std::uint64_t keep_boards = std::uint64_t{4} << 30U;  ///< bytes
  bool accept_loss = false;
  std::vector<std::string> allowed_hosts = {};  ///< names of this server beside loopback and `listen`
  bool allow_simulation = false;
  std::filesystem::path identities = {};  ///< empty: nobody is asked who they are
  http::TlsFiles tls = {};                ///< both or none: plain HTTP
  HeadOptions heads = {};
  std::filesystem::path erasure_ledger = {};  ///< empty: the one that the data folder remembers, if any
  api::Roles roles = api::kEveryRole;
  std::vector<http::HttpAddress> peers = {};  ///< who hold what it does not
};
enum class IdentitiesTask { add, list, remove };
struct Identities {
  IdentitiesTask task = IdentitiesTask::list;
  std::filesystem::path file;
  std::string id;
  std::string actor;
  std::string department;
  std::vector<std::string> roles;
  std::vector<std::string> rights;
  std::vector<std::string> speaks_for;
  std::string source;
  std::string expires;
};
enum class TopicsTask { create, check };
struct Topics {
  TopicsTask task = TopicsTask::check;
  std::int32_t partitions = 8;
};
struct Submit {
  std::string type = {};
  std::string case_id = {};
  std::string actor = {};
  std::string id = {};
  std::string department = {};
  std::string role = {};
  std::string body = "{}";  ///< JSON; `-`: standard input; `@FILE`: a file
  std::optional<std::int64_t> expected_seq = {};
  bool wait = true;
};
/// `--to.department-id tech`, or `--satisfied` without a value.
struct GivenField {
  std::string name;  ///< without the dashes
  std::optional<std::string> value;
};
struct Do {
  std::string case_id = {};  ///< `new`: none yet
  std::string action = {};   ///< empty: list what the case allows
  std::vector<GivenField> fields = {};
  std::vector<std::string> options = {};  ///< `--json`, …: no field is called so
  bool help = false;
  bool all = false;
  std::string actor = {};
  std::string department = {};
  std::string role = {};
  std::string id = {};
  std::optional<std::int64_t> expected_seq = {};  ///< absent: where the case stands when it is read
};
enum class CaseAspect { state, history, page };
struct Case {
  std::string id;
  CaseAspect aspect = CaseAspect::state;
  bool all = false;  ///< events of clocks, too
  std::string token;
  std::string out;  ///< the file of a page
};
/// Without a moment and a comparison: all events, step by step.
struct Replay {
  std::string id;
  std::string as_of;
  std::string seq;
  std::string before_command;
  std::vector<std::string> diff;  ///< two moments, or none
  bool every = false;             ///< of the comparison: each change on the way
  bool held = false;              ///< who had the case how long, instead
  bool csv = false;               ///< that as a file
  std::string token;
};
/// Without an event, a command and an action: the last event, and what stands in the way of closing.
struct Why {
  std::string id;
  std::string seq;
  std::string command;
  std::string action;
  std::string agent;  ///< of the action, as the next two
  std::string department;
  std::string role;
  std::string token;
};
struct Board {
  std::string view = {};
  std::multimap<std::string, std::string> filters = {};
  std::optional<std::size_t> limit = {};  ///< absent: 50, or of a file all
  std::string as_of = {};
  std::string now = {};
  std::string token = {};
  bool csv = false;
  std::vector<std::string> diff = {};  ///< two moments, or one and as it stands; empty: the rows
};
struct ImportCsv {
  std::filesystem::path file;
  std::filesystem::path mapping;
};
struct Lag {
  bool all_groups = false;  ///< those of nodes that are gone, too
};
/// Without an offset: list what is quarantined.
struct Quarantine {
  std::int32_t partition = 0;
  std::optional<std::int64_t> offset;
  std::string reason;
};
struct RetireGroup {
  std::string group;
};
struct Rebuild {
  std::string view;
};
struct PolicyCheck {
  std::filesystem::path file;
};
/// A file; or the number of a version, or `current`.
struct PolicyDiff {
  std::string before;
  std::string after;
};
struct PolicyShow {
  std::string version = "current";
};
struct PolicyVersions {};
enum class PolicyPage { schema, reference, example };  ///< of what any policy may say
struct PolicyText {
  PolicyPage page = PolicyPage::schema;
};
/// Of one catalogue, or of all.
struct PolicyCodes {
  std::string catalogue;
};
enum class LettersTask { list, show, retry, drop };
struct DeadLetters {
  LettersTask task = LettersTask::list;
  std::size_t limit = 20;
  bool all = false;    ///< those that were retried or dropped, too
  std::string letter;  ///< `partition:offset`
  std::string body;    ///< of a retry: other data, as `Submit` has them; empty: its own
  std::string reason;  ///< of a drop
};
struct Schema {
  std::string name;
};
struct Bench {
  std::size_t commands = 50'000;
};
struct Simulate {
  std::uint64_t seed = 7;
  int cases = 320;
  std::string until;  ///< empty: now
};

}  // namespace verb

using Verb = std::variant<verb::Serve, verb::Identities, verb::Keys, verb::EvidenceKey, verb::Topics,
                          verb::Submit, verb::Do, verb::Case, verb::Replay, verb::Why, verb::Board,
                          verb::ImportCsv, verb::Lag, verb::RetireGroup, verb::Quarantine, verb::Rebuild,
                          verb::Verify, verb::Backup, verb::Restore, verb::Seal, verb::Doctor, verb::Export,
                          verb::WhatIf, verb::HeldTimes, verb::PolicyCheck, verb::PolicyDiff,
                          verb::PolicyShow, verb::PolicyVersions, verb::PolicyText, verb::PolicyCodes,
                          verb::Erase, verb::DeadLetters, verb::Schema, verb::Simulate, verb::Bench>;

struct CommandLine {
  Place place;
  Output output = Output::for_people;
  Language language = Language::en;
  std::optional<Zone> zone = {};  ///< of times for people; without one it is the policy's
  std::string log_level = "info";
  Verb verb;
};

/// What to print instead of doing something, and the exit code with it.
struct Refusal {
  int exit_code = 0;
  std::string text;
};

[[nodiscard]] std::expected<CommandLine, Refusal> read_command_line(int argc, const char* const* argv);

}  // namespace casetrail::cli
