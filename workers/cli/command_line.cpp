// The command line on CLI11: the only file that includes it.
#include "workers/cli/command_line.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "aggregates/policy/catalogues.h"
#include "events/case/privacy_terms.h"
#include "events/wire/nearest.h"
#include "events/wire/reflect.h"
#include "events/wire/unicode.h"
#include "events/wire/whole_number.h"
#include "projections/boards.h"
#include "projections/kit/shape.h"
#include "workers/api/elsewhere.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"
#include "workers/export/export.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {
namespace {

constexpr auto kFooter =
    R"(Every verb works whether or not a server holds the data folder: it asks the server over HTTP where there is one,
and else runs the engine itself, catches up, answers and leaves. With --server, or CASETRAIL_SERVER in the environment,
it asks that server, from any machine.

Options may also stand in a file (--config) as `name = value`, or in the environment as CASETRAIL_NAME. Secrets for
Kafka belong into the file that --kafka-config names, never on the command line.

Exit codes:
  0  done
  1  refused: by a rule, rows of an import, a rebuild that differs, topics that are not as they should be, a policy
     file with faults, a lag that is not known or of something that has stopped, damage that was found, or what
     `doctor` warns of; or a token without the right
  2  usage error or invalid input: the command line, or something that it names, or another data folder
  3  the log, the folder or the server cannot be reached now
  4  not known whether it happened: send it again with the same id
  5  there is no such case, view or type
  130  interrupted, and tidied up

Examples:
  casetrail serve --policy deploy/policy/example.yaml
  casetrail board handoff --filter overdue=true
  casetrail cases --server http://desk-1:8377 --breached
  casetrail help submit)";

/// Kafka's names have 249 characters at most.
constexpr std::size_t kLongestPrefix = 200;

std::filesystem::path default_config() {
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && *config != '\0') {
    return std::filesystem::path(config) / "casetrail.toml";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home == nullptr ? "." : home) / ".config" / "casetrail.toml";
}

/// A sentence when Kafka would not take it before the name of a topic; empty when it will do.
std::string objection_to_prefix(std::string_view prefix) {
  const auto legal = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-';
  };
  if (prefix.size() <= kLongestPrefix && std::ranges::all_of(prefix, legal)) return {};
  return "Expected at most " + std::to_string(kLongestPrefix) + " letters, digits or . _ -, but it is '" +
         std::string(prefix) + "'.";
}

/// In our words instead of the parser's: each is an error's sentence, or empty.
CLI::Validator whole_number_in(std::int64_t least, std::int64_t most) {
  return {[=](const std::string& text) {
            const auto value = casetrail::whole_number<std::int64_t>(text);
            if (value && *value >= least && *value <= most) return std::string();
            return fmt::format("Expected a whole number from {} to {}, but it is '{}'.", least, most, text);
          },
          fmt::format("{} to {}", least, most)};
}

CLI::Validator one_of(const std::vector<std::string>& words) {
  return {[=](const std::string& text) {
            if (std::ranges::find(words, text) != words.end()) return std::string();
            return fmt::format("Expected one of {}, but it is '{}'.", fmt::join(words, ", "), text);
          },
          fmt::format("{{{}}}", fmt::join(words, ","))};
}

const CLI::Validator kExistingFile{[](const std::string& text) {
                                     std::error_code failed;
                                     const auto status = std::filesystem::status(text, failed);
                                     if (status.type() == std::filesystem::file_type::not_found)
                                       return "There is no file '" + text + "'.";
                                     if (failed)
                                       return "The file '" + text +
                                              "' cannot be reached: " + failed.message() + ".";
                                     if (std::filesystem::is_directory(status))
                                       return "Expected a file, but '" + text + "' is a folder.";
                                     if (::access(text.c_str(), R_OK) != 0)
                                       return "You may not read the file '" + text + "'. Ask its owner.";
                                     return std::string();
                                   },
                                   "FILE"};

CLI::Validator bytes() {
  return {[read = CLI::AsSizeValue(false)](std::string& text) {
            const auto as_given = text;
            if (text.starts_with('-')) return "Expected bytes, 0 or more, but it is '" + as_given + "'.";
            try {
              if (read(text).empty()) return std::string();
            } catch (const CLI::ValidationError&) {  // of a unit that it does not know
            }
            return "Expected bytes, such as 67108864 or 64MiB, but it is '" + as_given + "'.";
          },
          "BYTES"};
}

std::string list_of_views() { return fmt::format("{}", fmt::join(view_names(), ", ")); }

/// What `--filter` of each view may name.
std::string filters_of_views() {
  std::string text;
  for (const auto view : view_names()) {
    TableRows rows;
    for (const auto& filter : find_shape(view)->filters)
      rows.push_back({"  " + std::string(filter.name), std::string(filter.meaning)});
    text += fmt::format("{}{}", text.empty() ? "" : "\n",
                        wrapped_table({{fmt::format("Filters of {}:", view)}, {""}}, rows, terminal_width()));
  }
  return text;
}

/// The parser, and what it fills.
class Parser {
 public:
  Parser() {
    app_.name("casetrail");
    app_.set_version_flag("--version", "casetrail " CASETRAIL_VERSION);
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.footer(kFooter);
    add_common();
    add_engine_verbs();
    add_case_verbs();
    add_operating_verbs();
    add_policy();
    add_bench();
    add_describing_verbs();
  }

  std::expected<CommandLine, Refusal> parse(int argc, const char* const* argv) {
    try {
      app_.parse(words_of(argc, argv));
    } catch (const CLI::ParseError& error) {
      return std::unexpected(refusal_of(error));
    }
    if (help_->parsed()) return std::unexpected(help());
    if (auto refusal = read_filters()) return std::unexpected(*std::move(refusal));
    if (auto refusal = read_server({argv, argv + argc})) return std::unexpected(*std::move(refusal));
    if (auto refusal = read_share()) return std::unexpected(*std::move(refusal));
    if (auto refusal = check_files_of_serve()) return std::unexpected(*std::move(refusal));
    if (auto refusal = check_target_of_seal()) return std::unexpected(*std::move(refusal));
    if (language_ == "zh") line_.language = Language::zh;
    line_.output = json_ ? Output::json : wide_ ? Output::wide : Output::for_people;
    return line_;
  }

 private:
  static CLI::App& add_to(CLI::App& parent, const std::string& name, const std::string& summary,
                          const std::string& examples) {
    auto* verb = parent.add_subcommand(name, summary);
    verb->fallthrough();
    verb->footer("Examples:\n" + examples);
    return *verb;
  }
  CLI::App& add(const std::string& name, const std::string& summary, const std::string& examples) {
    return add_to(app_, name, summary, examples);
  }

  /// The parser knows them as words, and the verb was copied while they came.
  std::optional<Refusal> read_filters() {
    auto* board = std::get_if<verb::Board>(&line_.verb);
    if (board == nullptr) return std::nullopt;
    for (const auto& filter : filters_) {
      const auto equals = filter.find('=');
      if (equals == std::string::npos) {
        return Refusal{kUsage, "Expected --filter NAME=VALUE, but it is '" + filter + "'.\n"};
      }
      board->filters.emplace(filter.substr(0, equals), filter.substr(equals + 1));
    }
    return std::nullopt;
  }

  /// What of all a server does, and whom it asks for the rest.
  std::optional<Refusal> read_share() {
    auto* serve = std::get_if<verb::Serve>(&line_.verb);
    if (serve == nullptr) return std::nullopt;
    const auto refuse = [](const std::string& sentence) {
      return Refusal{kUsage, "casetrail: " + sentence + " `casetrail help serve` explains it.\n"};
    };
    if (!roles_.empty()) serve->roles.clear();
    for (const auto& role : roles_) {
      if (const auto known = enum_from<api::Role>(role)) serve->roles.insert(*known);
    }
    for (const auto& url : peers_) {
      auto address = http::parse_server_url(url);
      if (!address) return refuse("--peers: " + address.error());
      serve->peers.push_back(*std::move(address));
    }
    if (serve->roles != api::kEveryRole && line_.place.brokers.empty()) {
      return refuse(
          "An embedded log is of one process, which has every role. Name the cluster with --brokers, or "
          "leave "
          "--roles out.");
    }
    const auto& roles = serve->roles;
    const bool answers = roles.contains(api::Role::api);
    const bool lacks = !roles.contains(api::Role::boards) || !roles.contains(api::Role::history);
    if (answers && lacks && serve->peers.empty()) {
      return refuse(
          "Role api answers for boards and history, too, and this node would hold only some of it. Name the "
          "nodes that hold the rest with --peers, such as http://desk-2:8377.");
    }
    if (!serve->peers.empty() && !(answers && lacks)) {
      return refuse(
          "--peers is for a node with role api that lacks boards or history, which it asks them for: this "
          "one "
          "would ask nobody. Leave it out, or say with --roles what this node does.");
    }
    return std::nullopt;
  }

  /// As checks of the options they would be made for every verb, where the environment names the files.
  [[nodiscard]] std::optional<Refusal> check_files_of_serve() const {
    const auto* serve = std::get_if<verb::Serve>(&line_.verb);
    if (serve == nullptr) return std::nullopt;
    if (serve->tls.certificate.empty() != serve->tls.key.empty()) {
      return Refusal{kUsage,
                     "casetrail: --tls-certificate and --tls-key belong together: name both, or neither for "
                     "plain HTTP. `casetrail help serve` explains it.\n"};
    }
    if (serve->heads.key.empty() && !serve->heads.file.empty()) {
      return Refusal{kUsage,
                     "casetrail: --evidence-file is for signed heads: name the key that signs them with "
                     "--evidence-key. `casetrail help serve` explains it.\n"};
    }
    for (const auto& [option, file] :
         {std::pair{"--policy", serve->policy}, std::pair{"--identities", serve->identities},
          std::pair{"--tls-certificate", serve->tls.certificate}, std::pair{"--tls-key", serve->tls.key},
          std::pair{"--evidence-key", serve->heads.key}}) {
      if (file.empty()) continue;
      if (const auto objection = kExistingFile(file.string()); !objection.empty())
        return Refusal{kUsage, fmt::format("casetrail: {}: {} `casetrail help serve` explains it.\n", option,
                                           objection)};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Refusal> check_target_of_seal() const {
    const auto* sealing = std::get_if<verb::Seal>(&line_.verb);
    if (sealing == nullptr || line_.place.brokers.empty()) return std::nullopt;
    const auto objection = objection_to_prefix(sealing->target);
    if (objection.empty()) return std::nullopt;
    return Refusal{kUsage, "casetrail: On Kafka the target is the prefix of new topics. " + objection +
                               " `casetrail help seal` explains it.\n"};
  }

  /// What the command line says comes before the environment, and a verb that is at work on the log itself
  /// asks nobody.
  std::optional<Refusal> read_server(const std::vector<std::string>& words) {
    const auto names = [&](const std::string& option) {
      return std::ranges::any_of(
          words, [&](const std::string& word) { return word == option || word.starts_with(option + "="); });
    };
    const auto* topics = std::get_if<verb::Topics>(&line_.verb);
    const bool works_itself = std::holds_alternative<verb::Serve>(line_.verb) ||
                              std::holds_alternative<verb::Identities>(line_.verb) ||
                              std::holds_alternative<verb::Keys>(line_.verb) ||
                              std::holds_alternative<verb::EvidenceKey>(line_.verb) ||
                              std::holds_alternative<verb::Verify>(line_.verb) ||
                              std::holds_alternative<verb::Restore>(line_.verb) ||
                              std::holds_alternative<verb::Seal>(line_.verb) ||
                              std::holds_alternative<verb::Bench>(line_.verb) ||
                              (topics != nullptr && topics->task == verb::TopicsTask::create);
    const bool names_log = names("--data") || names("--brokers");
    if (!server_.empty() && works_itself) {
      return Refusal{kUsage,
                     "casetrail: This verb is at work on the log itself and asks no server. Leave --server "
                     "out, and run it where the log is.\n"};
    }
    if (!server_.empty() && names_log)
      return Refusal{kUsage, "casetrail: Name --server, or the log with --data or --brokers, not both.\n"};
    if (const char* named = std::getenv("CASETRAIL_SERVER");
        named != nullptr && server_.empty() && !names_log)
      server_ = named;
    if (server_.empty() || works_itself) return std::nullopt;
    auto address = http::parse_server_url(server_);
    if (!address) return Refusal{kUsage, "casetrail: " + address.error() + "\n"};
    line_.place.server = *std::move(address);
    return std::nullopt;
  }

  /// In the order that the parser takes them in, the last one first. Those of `do` that no option is called
  /// by are fields of its command.
  std::vector<std::string> words_of(int argc, const char* const* argv) {
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    std::vector<std::string> kept;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto& word = words[i];
      const bool is_do = !names.empty() && names.front() == do_verb_->get_name();
      const auto* option = word.starts_with('-') ? option_of_do(word.substr(0, word.find('='))) : nullptr;
      const bool has_next = !word.contains('=') && i + 1 < words.size();
      if (!word.starts_with('-')) names.push_back(word);
      if (is_do && names.size() > 2 && option != nullptr && option == do_verb_->get_help_ptr()) {
        do_.help = true;
      } else if (is_do && option == nullptr && word.starts_with("--") && word.size() > 2) {
        auto& field = do_.fields.emplace_back(word.substr(2, word.find('=') - 2), std::nullopt);
        if (word.contains('=')) field.value = word.substr(word.find('=') + 1);
        if (has_next && !words[i + 1].starts_with("--")) field.value = words[++i];
      } else {
        kept.push_back(word);
        if (option != nullptr && option->get_expected_min() > 0 && has_next) kept.push_back(words[++i]);
      }
    }
    std::ranges::reverse(kept);
    return kept;
  }

  [[nodiscard]] const CLI::Option* option_of_do(const std::string& name) const {
    const auto* own = std::as_const(*do_verb_).get_option_no_throw(name);
    return own != nullptr ? own : app_.get_option_no_throw(name);
  }

  template <class T>
  void when_parsed(CLI::App& app, T& from) {
    app.callback([this, &from] { line_.verb = from; });
  }

  void add_common() {
    line_.place.data = node::DataFolder::default_path();
    app_.add_option("--data", line_.place.data, "Folder of stores, node name and embedded log")
        ->envname("CASETRAIL_DATA")
        ->capture_default_str();
    app_.add_option("--brokers", line_.place.brokers,
                    "Kafka's host:port,…; without it the log is embedded in --data")
        ->envname("CASETRAIL_BROKERS");
    app_.add_option(
        "--server", server_,
        "URL of a server to ask, such as http://desk-1:8377 or https://desk.example.com, instead of the "
        "folder or brokers of this "
        "machine; CASETRAIL_SERVER names one where the command line names none of the three");
    app_.add_option("--token-file", line_.place.token_file,
                    "File with the token to show to a server that asks who one is")
        ->envname("CASETRAIL_TOKEN_FILE")
        ->check(kExistingFile);
    app_.add_option("--ca-file", line_.place.trust.authorities,
                    "Certificates (PEM) of who is trusted to name an https:// server, instead of this "
                    "machine's own")
        ->envname("CASETRAIL_CA_FILE")
        ->check(kExistingFile);
    app_.add_option("--kafka-config", line_.place.kafka_config,
                    "File of librdkafka properties, key=value; for secrets")
        ->envname("CASETRAIL_KAFKA_CONFIG")
        ->check(kExistingFile);
    app_.add_option("--master-key", line_.place.master_key,
                    "File of the key that personal texts are sealed with in the log; `casetrail keys create` "
                    "makes one")
        ->envname("CASETRAIL_MASTER_KEY")
        ->type_name("FILE");
    app_.add_option("--topic-prefix", line_.place.prefix,
                    "Before every topic, group and transactional id, so that engines share a cluster")
        ->envname("CASETRAIL_TOPIC_PREFIX")
        ->check([](const std::string& prefix) { return objection_to_prefix(prefix); });
    app_.add_option("--compression", line_.place.compression, "Of what is written to Kafka")
        ->envname("CASETRAIL_COMPRESSION")
        ->check(one_of({"lz4", "zstd", "snappy", "gzip", "none"}))
        ->capture_default_str();
    app_.add_option_function<std::string>(
            "--tz",
            [this](const std::string& name) {
              auto zone = Zone::load(name);
              if (!zone) throw CLI::ValidationError("--tz", zone.error());
              line_.zone = *std::move(zone);
            },
            "IANA time zone of the times that people read, such as Asia/Shanghai; that of the policy unless "
            "named. JSON "
            "is always UTC")
        ->envname("CASETRAIL_TZ")
        ->type_name("ZONE");
    app_.add_option(
            "--lang", language_,
            "Of labels, words and refusals that people read, whatever the locale; JSON does not change")
        ->envname("CASETRAIL_LANG")
        ->check(one_of({"en", "zh"}))
        ->capture_default_str();
    auto* wide = app_.add_flag("--wide", wide_, "Tables with every column, however wide the terminal");
    app_.add_flag("--json", json_, "JSON for programs instead of text for people")->excludes(wide);
    app_.add_option("--log-level", line_.log_level, "Of the facts on stderr")
        ->envname("CASETRAIL_LOG_LEVEL")
        ->check(one_of({"trace", "debug", "info", "warn", "error", "off"}))
        ->capture_default_str();
    app_.allow_config_extras(CLI::config_extras_mode::error);
    app_.set_config("--config", default_config().string(), "File of options, name = value");
  }

  void add_engine_verbs() {
    auto& serve = add(
        "serve", "Run the engine and answer over HTTP until Ctrl-C",
        "  casetrail serve --policy deploy/policy/example.yaml\n"
        "  casetrail serve --brokers kafka-1:9092 --kafka-config /etc/casetrail/kafka.properties\n"
        "  casetrail serve --master-key /etc/casetrail/master.key\n"
        "  casetrail serve --listen 0.0.0.0:8377 --allowed-host desk.example.com --identities "
        "/etc/casetrail/identities.yaml --tls-certificate /etc/casetrail/tls/desk.pem --tls-key "
        "/etc/casetrail/tls/desk.key\n"
        "  casetrail serve --brokers kafka-1:9092 --roles api --peers http://desk-2:8377,http://desk-3:8377\n"
        "  curl -s localhost:8377/v1/boards/handoff");
    serve
        .add_option("--listen", serve_.listen,
                    "HOST:PORT to answer on; where others reach it, --identities is needed")
        ->envname("CASETRAIL_LISTEN")
        ->default_str("127.0.0.1:8377");
    serve
        .add_option(
            "--roles", roles_,
            "What this node does, separated by commas: commands (decide), boards (every board), history "
            "(cases, replay, why), api (answer clients, and ask --peers for the rest); all unless named")
        ->envname("CASETRAIL_ROLES")
        ->delimiter(',')
        ->check(one_of({"commands", "boards", "history", "api"}));
    serve
        .add_option(
            "--peers", peers_,
            "URLs of the other nodes of this log, separated by commas, for role api: who is ready is "
            "asked in this order; this node itself may be among them. With --token-file it shows that "
            "token for this machine's own user")
        ->envname("CASETRAIL_PEERS")
        ->delimiter(',');
    serve.add_option("--policy", serve_.policy, "YAML file of the company policy; published when it is new")
        ->envname("CASETRAIL_POLICY")
        ->type_name("FILE");
    serve
        .add_option("--identities", serve_.identities,
                    "YAML file of who may ask and do what; without it nobody is asked who they are, and only "
                    "this machine is "
                    "answered")
        ->envname("CASETRAIL_IDENTITIES")
        ->type_name("FILE");
    serve
        .add_option("--tls-certificate", serve_.tls.certificate,
                    "PEM file: the server's certificate, then those between it and its root. With it TLS "
                    "alone is spoken; a new one is taken within two seconds")
        ->envname("CASETRAIL_TLS_CERTIFICATE")
        ->type_name("FILE");
    serve
        .add_option("--tls-key", serve_.tls.key,
                    "PEM file: the key of --tls-certificate, without a passphrase")
        ->envname("CASETRAIL_TLS_KEY")
        ->type_name("FILE");
    serve
        .add_option("--evidence-key", serve_.heads.key,
                    "File of the key that signs how far the chains of events go, into casetrail.evidence; "
                    "`casetrail evidence key` makes one. Without it no heads are signed")
        ->envname("CASETRAIL_EVIDENCE_KEY")
        ->type_name("FILE");
    serve
        .add_option("--evidence-file", serve_.heads.file,
                    "File that signed heads are added to, a line of JSON each; on a disk "
                    "that nobody who can write the log can change")
        ->envname("CASETRAIL_EVIDENCE_FILE")
        ->type_name("FILE");
    serve
        .add_option("--evidence-every", serve_.heads.every,
                    "Seconds after which a head is signed of each partition that has new events")
        ->envname("CASETRAIL_EVIDENCE_EVERY")
        ->check(whole_number_in(1, 86'400))
        ->capture_default_str();
    serve
        .add_option(
            "--erasure-ledger", serve_.erasure_ledger,
            "File that each case whose person is erased is added to, a line each, before that happens. "
            "It "
            "belongs beside the backups, which name it: `restore` erases again whom it lists. Remembered "
            "by the data folder, also for verbs without a server")
        ->envname("CASETRAIL_ERASURE_LEDGER")
        ->type_name("FILE");
    serve.add_option("--memory", serve_.memory_mib, "MiB that the process may take, all in all")
        ->envname("CASETRAIL_MEMORY")
        ->check(whole_number_in(node::kLeastMemoryMib, node::kMostMemoryMib))
        ->capture_default_str();
    serve
        .add_option("--disk-reserve", serve_.disk_reserve,
                    "Bytes, or 64MiB, that new commands leave free on the disk of an embedded log; a "
                    "twentieth of it, 128MiB to 256MiB but never more than half, unless named")
        ->envname("CASETRAIL_DISK_RESERVE")
        ->transform(bytes());
    serve
        .add_option("--keep-boards", serve_.keep_boards,
                    "Bytes, or 4GiB, of disk for copies of the boards, hourly "
                    "for two days and daily for "
                    "sixty: a board of the past begins with the nearest. 0: "
                    "none are kept, and each begins "
                    "at the first event; 4GiB unless named")
        ->envname("CASETRAIL_KEEP_BOARDS")
        ->transform(bytes());
    serve
        .add_option("--allowed-host", serve_.allowed_hosts,
                    "Another name that clients may call this server by, more than once; no port")
        ->envname("CASETRAIL_ALLOWED_HOST")
        ->delimiter(',');
    serve.add_flag("--allow-simulation", serve_.allow_simulation,
                   "Let `casetrail simulate` play a day into this log, as long as it is empty");
    serve.add_flag("--accept-loss", serve_.accept_loss,
                   "Open an embedded log without records that it answered and that are gone");
    when_parsed(serve, serve_);

    auto& topics = add("topics", "Create the topics, or check them against what the engine needs",
                       "  casetrail topics create --brokers localhost:9092\n  casetrail topics check --json");
    topics.require_subcommand(1);
    auto& create = add_to(topics, "create", "Create what is missing, then check all",
                          "  casetrail topics create --brokers localhost:9092 --partitions 16");
    create.add_option("--partitions", topics_.partitions, "Of commands, events and outcomes; fixed for ever")
        ->check(whole_number_in(1, 1024))
        ->capture_default_str();
    create.callback([this] {
      topics_.task = verb::TopicsTask::create;
      line_.verb = topics_;
    });
    when_parsed(add_to(topics, "check", "Compare every setting with what the engine needs",
                       "  casetrail topics check --brokers localhost:9092 --json"),
                topics_);
    add_identities();
    add_keys();
  }

  void add_keys() {
    auto& all =
        add("keys", "Make the key that personal texts are sealed with, change it, or export that of a case",
            "  casetrail keys create /etc/casetrail/master.key\n"
            "  casetrail serve --master-key /etc/casetrail/master.key\n"
            "  casetrail keys export wechat:W-1001 --brokers kafka-1:9092 --master-key "
            "/etc/casetrail/master.key");
    all.require_subcommand(1);
    auto& create = add_to(all, "create", "Make a new master key in a file that only its owner may read",
                          "  casetrail keys create /etc/casetrail/master.key");
    create.add_option("file", keys_.file, "There must be none of this name yet")
        ->required()
        ->type_name("FILE");
    when_parsed(create, keys_);
    auto& exported =
        add_to(all, "export", "Print the key of one case, which opens its texts for a consumer and no others",
               "  casetrail keys export wechat:W-1001 --brokers kafka-1:9092 --master-key "
               "/etc/casetrail/master.key > W-1001.key");
    exported.add_option("case", keys_.case_id, "Its id, or channel:reference")->required();
    exported.callback([this] {
      keys_.task = verb::KeysTask::export_;
      line_.verb = keys_;
    });
    auto& rewrap = add_to(
        all, "rewrap",
        "Wrap the keys of all cases with another master key, instead of that of --master-key. Every server "
        "is "
        "stopped first. Cut short, it goes on when it is run again, and nobody opens the log before",
        "  casetrail keys create /etc/casetrail/new.key\n"
        "  casetrail keys rewrap /etc/casetrail/new.key --master-key /etc/casetrail/master.key\n"
        "  casetrail serve --master-key /etc/casetrail/new.key\n\n"
        "Exit codes:\n"
        "  0 wrapped, and each opens with the new one  1 commands wait, or a key is of another master key\n"
        "  2 it cannot be done so  3 a server holds the log, or a disk or a broker does not answer");
    rewrap.add_option("file", keys_.file, "Of the new master key")->required()->type_name("FILE");
    rewrap.callback([this] {
      keys_.task = verb::KeysTask::rewrap;
      line_.verb = keys_;
    });
  }

  void add_evidence() {
    auto& all = add("evidence", "Make the key that signs how far the chains of events go",
                    "  casetrail evidence key --out /etc/casetrail/evidence.key");
    all.require_subcommand(1);
    auto& key =
        add_to(all, "key",
               "Make a new key in a file that only its owner may read, and its public half beside it; "
               "`casetrail verify --public-key` takes that",
               "  casetrail evidence key --out /etc/casetrail/evidence.key\n"
               "  casetrail serve --evidence-key /etc/casetrail/evidence.key --evidence-file "
               "/mnt/safe/heads.ndjson\n"
               "  casetrail verify --public-key /etc/casetrail/evidence.key.pub --heads "
               "/mnt/safe/heads.ndjson");
    key.add_option("--out", evidence_key_.out, "There must be none of this name yet")
        ->required()
        ->type_name("FILE");
    when_parsed(key, evidence_key_);
  }

  void add_identities() {
    using Task = verb::IdentitiesTask;
    auto& all = add("identities", "Say who may ask a server, and what they may do",
                    "  casetrail identities add zhang --actor agent:zhang --department tech --role agent "
                    "--rights read,command "
                    "--file identities.yaml\n"
                    "  casetrail identities list --file identities.yaml\n"
                    "  casetrail identities remove zhang --file identities.yaml");
    all.require_subcommand(1);
    const auto task = [&](const char* name, const char* summary, const char* examples,
                          Task which) -> CLI::App& {
      auto& made = add_to(all, name, summary, examples);
      made.add_option("--file", identities_.file, "The identities file that `casetrail serve` is given")
          ->envname("CASETRAIL_IDENTITIES")
          ->required();
      made.callback([this, which] {
        identities_.task = which;
        line_.verb = identities_;
      });
      return made;
    };
    auto& add = task("add", "Make a token, add its holder to the file, and print the token once",
                     "  casetrail identities add crm --actor system:crm --rights read,command --speaks-for "
                     "customer --file "
                     "identities.yaml\n"
                     "  casetrail identities add wang --actor agent:wang --department quality --role "
                     "rating_specialist --rights "
                     "read,review --expires 2027-06-30T00:00:00Z --file identities.yaml",
                     Task::add);
    add.add_option("id", identities_.id, "What it is called in the file and in logs")->required();
    add.add_option("--actor", identities_.actor,
                   "Who does what comes with the token, kind:id such as agent:zhang")
        ->required();
    add.add_option("--rights", identities_.rights,
                   "Of read, command, reveal, review and operate, separated by commas")
        ->delimiter(',')
        ->check(one_of({"read", "command", "reveal", "review", "operate"}))
        ->required();
    add.add_option("--department", identities_.department, "Of the actor");
    add.add_option("--role", identities_.roles,
                   "Of the actor, as the policy calls it; more than once, or separated by commas")
        ->delimiter(',');
    add.add_option("--speaks-for", identities_.speaks_for,
                   "Kinds of actors whose commands it hands on, of agent, customer, system and import")
        ->delimiter(',')
        ->check(one_of({"agent", "customer", "system", "import"}));
    add.add_option("--source", identities_.source, "Of its CloudEvents; /ID unless named");
    add.add_option("--expires", identities_.expires, "When the token ends, such as 2027-06-30T00:00:00Z");
    task("list", "Who is in the file, and what is wrong with it",
         "  casetrail identities list --file identities.yaml --json", Task::list);
    auto& remove = task("remove", "Take an entry out of the file: its token is nobody's within a second",
                        "  casetrail identities remove zhang --file identities.yaml", Task::remove);
    remove.add_option("id", identities_.id, "What it is called in the file")->required();
  }

  void add_case_verbs() {
    auto& submit =
        add("submit", "Send a command and wait for its outcome",
            "  casetrail submit request.register --actor system:shop --body @request.json\n"
            "  casetrail submit request.acknowledge --case email:A-1 --actor agent:li --body "
            "'{\"channel\":\"email\"}'\n"
            "  casetrail submit handoff.accept --case email:A-1 --actor agent:li --body - < accept.json");
    submit.add_option("type", submit_.type, "Type of the command; `casetrail schema` lists them")->required();
    submit.add_option("--case", submit_.case_id, "Its number, its id, or channel:reference");
    add_sender(submit, submit_);
    submit.add_option("--expected-seq", submit_.expected_seq, "Refuse when the case has moved on");
    submit
        .add_option("--body", submit_.body,
                    "- for standard input, @FILE, or JSON (which others can see in the list of processes: "
                    "nothing personal)")
        ->default_str("{}");
    submit.add_flag_callback(
        "--no-wait", [this] { submit_.wait = false; }, "Leave as soon as the command is durable");
    when_parsed(submit, submit_);

    add_do();

    auto& one = add("case", "Show a case as it stands, or all that happened in it",
                    "  casetrail case email:A-1\n  casetrail case email:A-1 --history\n"
                    "  casetrail case export email:A-1 --out A-1.html");
    one.add_option("id", case_.id, "Its number, its id, or channel:reference");
    one.add_flag_callback(
        "--history", [this] { case_.aspect = verb::CaseAspect::history; }, "What happened alone, in order");
    one.add_flag("--all", case_.all, "Events of timers and SLA clocks, too, which are folded otherwise");
    one.add_option("--token", case_.token, "Of a command: wait until the answer covers it");
    // The parser would take `export` for an id that is required.
    one.callback([this] {
      if (case_.id.empty()) throw CLI::RequiredError("id");
      line_.verb = case_;
    });
    auto& page =
        add_to(one, "export",
               "Write how the case stands and its whole history to one HTML file, which a browser shows "
               "without a server; persons are masked",
               "  casetrail case export email:A-1 --out A-1.html\n"
               "  casetrail case export CT-2611-000123 --out case.html --lang zh --tz Asia/Shanghai");
    page.add_option("id", case_.id, "Its number, its id, or channel:reference")->required();
    page.add_option("--out", case_.out, "The file; an older one of its name is replaced")
        ->required()
        ->type_name("FILE");
    page.callback([this] { case_.aspect = verb::CaseAspect::page; });

    add_replay();
    add_why();
    add_cases();

    auto& board = add("board", "Show a board: " + list_of_views(),
                      "  casetrail board handoff --wide\n"
                      "  casetrail board handoff --filter to_department=tech --filter overdue=true\n"
                      "  casetrail board follow_up --filter priority=P1 --limit 10\n"
                      "  casetrail board handoff --filter period=week --filter department=tech\n"
                      "  casetrail board cases --as-of 2026-11-23 --filter breached=true\n"
                      "  casetrail board cases --diff 2026-11-23T08:00:00Z 2026-11-23T17:00:00Z\n"
                      "  casetrail board handoff --diff 2026-11-23T08:00:00Z\n"
                      "  casetrail board complaints --csv > complaints.csv\n"
                      "  casetrail board review --json\n\n" +
                          filters_of_views());
    board.add_option("view", board_.view, list_of_views())->required();
    board.add_option("--filter", filters_,
                     "NAME=VALUE; several all hold, a NAME again is another value that will do");
    add_page_options(board, board_);
    board
        .add_option("--diff", board_.diff,
                    "Rows that came, went and changed between two times that are past, or since one, with "
                    "the last event of the case in between")
        ->expected(1, 2)
        ->type_name("FROM [TO]")
        ->excludes(board.get_option("--csv"));
    board
        .add_option_function<std::string>("--at",
                                          [](const std::string&) {
                                            throw CLI::ValidationError(
                                                "--at",
                                                "Call it --as-of for the board as it stood, or --now for "
                                                "ages and time left of the one that stands.");
                                          })
        ->group("");
    when_parsed(board, board_);
  }

  void add_replay() {
    auto& replay =
        add("replay",
            "Show a case as it stood, what changed in it, or its events step by step; at a terminal by keys",
            "  casetrail replay email:A-1\n"
            "  casetrail replay email:A-1 --as-of 2026-11-23\n"
            "  casetrail replay email:A-1 --as-of 2026-11-23T08:05:00Z\n"
            "  casetrail replay CT-2611-000123 --seq 12 --json\n"
            "  casetrail replay email:A-1 --diff 12 2026-11-23T18:00:00Z\n"
            "  casetrail replay email:A-1 --held");
    replay.add_option("id", replay_.id, "Its number, its id, or channel:reference")->required();
    auto* as_of = replay.add_option("--as-of", replay_.as_of,
                                    "A time that is past, such as 2026-11-30, 2026-11-30 09:00 or "
                                    "2026-11-30T01:00:00Z: by what was recorded until then; what was entered "
                                    "late is not there yet");
    auto* seq = replay.add_option("--seq", replay_.seq, "Behind the event of this number");
    auto* before = replay.add_option("--before-command", replay_.before_command,
                                     "The id of a command: just before its first event");
    auto* diff =
        replay
            .add_option(
                "--diff", replay_.diff,
                "What differs between two moments, and the event that did it: each a time, the number of "
                "an event, or before:COMMAND; 0 is before the first event")
            ->expected(2)
            ->type_name("FROM TO");
    replay.add_flag("--every", replay_.every, "Each change on the way, not only what differs in the end")
        ->needs(diff);
    auto* held = replay.add_flag("--held", replay_.held,
                                 "Who had the case, one after the other, in elapsed and business time");
    replay.add_flag("--csv", replay_.csv, "That as a file for a spreadsheet")->needs(held);
    held->excludes(diff)->excludes(as_of)->excludes(seq)->excludes(before);
    for (auto* moment : {as_of, seq, before}) diff->excludes(moment);
    as_of->excludes(seq)->excludes(before);
    seq->excludes(before);
    replay.add_option("--token", replay_.token, "Of a command: wait until the answer covers it");
    when_parsed(replay, replay_);
  }

  void add_why() {
    auto& why =
        add("why",
            "Explain an event, a refused command or an action: who decided, the guards, due times day by "
            "day, the policy's own lines",
            "  casetrail why email:A-1\n"
            "  casetrail why CT-2611-000123 --seq 12\n"
            "  casetrail why email:A-1 --command 0198c2f4-7d1c-7b7e-9d3c-0c5b6d8e7f10\n"
            "  casetrail why email:A-1 --action case.close --agent li.wei --role cs_lead --json\n"
            "  casetrail why email:A-1 --action case.close --seq 12");
    why.add_option("id", why_.id, "Its number, its id, or channel:reference")->required();
    auto* seq =
        why.add_option("--seq", why_.seq,
                       "The number of an event: the decision that led to it; with --action, what stood "
                       "in its way behind that event");
    auto* command =
        why.add_option("--command", why_.command,
                       "The id of a command: what it led to, or why it was refused, as long as its "
                       "outcome is kept");
    auto* action =
        why.add_option("--action", why_.action, "A command such as case.close: what stands in its way now");
    command->excludes(seq)->excludes(action);
    why.add_option("--agent", why_.agent, "Who would do the action; without it, whoever may")->needs(action);
    why.add_option("--department", why_.department, "Of the agent")->needs(action);
    why.add_option("--role", why_.role, "Of the agent")->needs(action);
    why.add_option("--token", why_.token, "Of a command: wait until the answer covers it");
    when_parsed(why, why_);
  }

  /// Who sends a command, and which it is; the option of the actor.
  template <class T>
  static void add_sender(CLI::App& verb, T& sent) {
    verb.add_option("--department", sent.department, "Of the actor")->envname("CASETRAIL_DEPARTMENT");
    verb.add_option("--role", sent.role, "Of the actor")->envname("CASETRAIL_ROLE");
    verb.add_option("--id", sent.id, "Of the command; the same id again is the same command");
    verb.add_option("--actor", sent.actor,
                    "Who does it, kind:id such as agent:li; with a token, whose it is unless named")
        ->envname("CASETRAIL_ACTOR");
  }

  void add_do() {
    auto& act = add(
        "do",
        "Do something with a case: without an action, list those that it allows now. The fields of "
        "an action are options beside those below: `casetrail do CASE ACTION --help` names them. "
        "What is needed and left out is asked for at a terminal",
        "  casetrail do email:A-1 --actor agent:li\n"
        "  casetrail do email:A-1 --all\n"
        "  casetrail do email:A-1 handoff.request --help\n"
        "  casetrail do email:A-1 resolve --actor agent:li --resolution-code repaired\n"
        "  casetrail do new register --actor agent:li --kind inquiry --channel phone --name 王芳 --contacts "
        "13800000000");
    do_verb_ = &act;
    act.add_option("case", do_.case_id,
                   "Its number, its id, or channel:reference; `new` for an action that begins one")
        ->required();
    act.add_option(
        "action", do_.action,
        "Type of the command, or its last words where no other has them: resolve for case.resolve");
    add_sender(act, do_);
    act.add_flag("--all", do_.all, "List what the case refuses now, too, with the reason");
    act.add_option("--expected-seq", do_.expected_seq,
                   "Refuse when the case is not at this event; at the one at which it was read unless named");
    for (const auto* app : {&app_, &act}) {
      for (const auto* option : app->get_options()) {
        for (const auto& name : option->get_lnames()) do_.options.push_back("--" + name);
      }
    }
    when_parsed(act, do_);
  }

  /// An option for each filter of the list.
  void add_cases() {
    auto& cases = add("cases", "List the cases, what needs attention first",
                      "  casetrail cases\n"
                      "  casetrail cases --agent li.wei\n"
                      "  casetrail cases --department tech --unassigned --limit 10\n"
                      "  casetrail cases --status suspended --status awaiting_customer --wide\n"
                      "  casetrail cases --customer C-1001\n"
                      "  casetrail cases --breached --csv > breached.csv\n"
                      "  casetrail cases --breached --json");
    for (const auto& filter : find_shape("cases")->filters) {
      auto option = "--" + std::string(filter.name);
      std::ranges::replace(option, '_', '-');
      const auto ask = [this, name = std::string(filter.name)](const std::string& value) {
        filters_.push_back(name + "=" + value);
      };
      const std::string meaning(filter.meaning);
      if (filter.kind.schema() == kit::filter::flag.schema()) {
        cases.add_flag_callback(option, [ask] { ask("true"); }, meaning);
      } else {
        cases
            .add_option_function<std::vector<std::string>>(
                option, [ask](const std::vector<std::string>& values) { std::ranges::for_each(values, ask); },
                meaning)
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->type_name("VALUE");
      }
    }
    add_page_options(cases, cases_);
    when_parsed(cases, cases_);
  }

  void add_page_options(CLI::App& verb, verb::Board& board) {
    verb.add_option("--limit", board.limit,
                    "Rows at most (default: 50, with --csv every row); totals count all")
        ->check(whole_number_in(0, 1'000'000));
    verb.add_flag("--csv", board.csv,
                  "The rows, with --filter period=week the periods, as a file for a spreadsheet: the "
                  "columns of the screen, with --wide every one; "
                  "moments in UTC, durations in hours");
    auto* as_of =
        verb.add_option("--as-of", board.as_of,
                        "The board as it stood when this moment had passed: 2026-11-30, 2026-11-30 09:00 "
                        "(on the clocks of --tz, else of the policy's zone) or 2026-11-30T01:00:00Z");
    auto* now = verb.add_option(
        "--now", board.now,
        "The moment for ages and time left, written likewise, not before the newest event; the rows are as "
        "they stand");
    as_of->excludes(now);
    verb.add_option("--token", board.token, "Of a command: wait until the answer covers it");
  }

  void add_operating_verbs() {
    auto& import =
        add("import", "Bring in another system's history as facts",
            "  casetrail import csv incidents.csv.gz --mapping deploy/mappings/servicenow-incidents.yaml");
    import.require_subcommand(1);
    auto& csv = add_to(
        import, "csv",
        "A CSV file in UTF-8, plain or gzip; doing it again adds only what is new. A row is known by what "
        "the mapping imports of it. Rows that cannot be read, mapped or placed are listed, and the exit "
        "code is 1",
        "  casetrail import csv tickets.csv --mapping mapping.yaml --data /tmp/trial\n"
        "  casetrail import csv incidents.csv.gz --mapping "
        "deploy/mappings/servicenow-incidents.yaml --json");
    csv.add_option("file", import_.file, "The history")->required()->check(kExistingFile);
    csv.add_option("--mapping", import_.mapping, "YAML: which column means what")
        ->required()
        ->check(kExistingFile);
    when_parsed(csv, import_);

    auto& lag = add("lag", "How far commands and views are behind the log; exit code 1 when one has stopped",
                    "  casetrail lag\n  casetrail lag --json\n  casetrail lag --all-groups");
    lag.add_flag("--all-groups", lag_.all_groups, "Every group on the log, those of nodes that are gone too");
    when_parsed(lag, lag_);

    add_events();

    auto& groups = add("groups", "Tidy up the consumer groups on the log",
                       "  casetrail lag --all-groups\n  casetrail groups retire casetrail.boards.n1");
    groups.require_subcommand(1);
    auto& retire = add_to(groups, "retire", "Remove the group of a node that is gone for good",
                          "  casetrail groups retire casetrail.boards.n1");
    retire.add_option("group", retire_group_.group, "Its name; it must have no members")->required();
    when_parsed(retire, retire_group_);

    auto& rebuild = add("rebuild", "Build a view anew beside its live copy, compare, and switch",
                        "  casetrail rebuild handoff");
    rebuild
        .add_option("view", rebuild_.view,
                    list_of_views() + "; those that one worker keeps are rebuilt together")
        ->required();
    when_parsed(rebuild, rebuild_);

    auto& verify =
        add("verify",
            "Check that the events are those that were written: each is linked to the one before it; of an "
            "embedded log that nobody serves, read every record and name what is damaged. Exit code 1 when "
            "they are not",
            "  casetrail verify\n  casetrail verify --data /var/lib/casetrail --json\n"
            "  casetrail verify email:A-1\n"
            "  casetrail verify --public-key /etc/casetrail/evidence.key.pub --heads /mnt/safe/heads.ndjson\n"
            "  casetrail verify --heads /mnt/safe/heads --keep-heads /mnt/safe/heads");
    verify
        .add_option(
            "--heads", verify_.heads,
            "File of signed heads (`serve --evidence-file`), or of an earlier --keep-heads, kept where "
            "nobody who can write the log can write: the events of then must be there still, and be "
            "the same. Those that lie in the log are looked at anyway")
        ->check(kExistingFile);
    auto* keep =
        verify.add_option("--keep-heads", verify_.keep_heads,
                          "Write how far each partition's chain goes to this file, when all is well");
    auto* of_case = verify.add_option(
        "case", verify_.case_id,
        "One case alone: its number, its id, or channel:reference. Its partition is read, beside "
        "a server too, and its events and their commands are told");
    verify.add_flag_callback("--all", [] {}, "All events, as without a case")->excludes(of_case);
    keep->excludes(of_case);
    verify
        .add_option(
            "--public-key", verify_.public_keys,
            "File of the public key of signed heads; more than once after the key was changed. A head "
            "that none of them signed is named")
        ->check(kExistingFile);
    when_parsed(verify, verify_);

    add_evidence();
    add_backup();
    add_seal();
    add_export();
    add_what_if();
    add_held();
    auto& doctor =
        add("doctor",
            "Name what is wrong, how bad it is and what to do; looks alone and changes nothing. Exit "
            "code 1 when there is anything",
            "  casetrail doctor\n  casetrail doctor --server http://desk-1:8377 --json\n"
            "  casetrail doctor --brokers kafka-1:9092 --identities /etc/casetrail/identities.yaml");
    doctor
        .add_option("--identities", doctor_.identities,
                    "Also look at the file that `serve --identities` is given")
        ->envname("CASETRAIL_IDENTITIES")
        ->type_name("FILE");
    doctor
        .add_option("--tls-key", doctor_.tls_key,
                    "Also look at who may read the key of the server's certificate")
        ->envname("CASETRAIL_TLS_KEY")
        ->type_name("FILE");
    when_parsed(doctor, doctor_);

    add_erase();
    add_letters();

    auto& simulate =
        add("simulate", "Play a working day of an after-sales department into an empty log that has a policy",
            "  casetrail serve --policy deploy/policy/example.yaml --allow-simulation\n"
            "  casetrail simulate --seed 7 --cases 320     (in another terminal)\n"
            "  casetrail simulate --seed 7 --until 2026-11-30T10:00:00Z");
    simulate.add_option("--seed", simulate_.seed, "Which day it is")->capture_default_str();
    simulate.add_option("--cases", simulate_.cases, "About so many")
        ->check(whole_number_in(1, 1'000'000))
        ->capture_default_str();
    simulate.add_option("--until", simulate_.until,
                        "The end of the day, within the last 7 days, such as 2026-11-30T18:00:00+08:00; now "
                        "where it is left out. The same seed, cases and end give the same commands");
    when_parsed(simulate, simulate_);
  }

  void add_erase() {
    auto& erase = add(
        "erase",
        "Erase the personal texts of a customer's cases for good; under a legal hold they wait for its "
        "release. Exit code 1 when any case waits or was refused",
        "  casetrail erase --customer C-1001 --preview\n"
        "  casetrail erase --customer C-1001 --legal-basis customer_request --reason 'register no. 12' "
        "--actor "
        "agent:dpo\n"
        "  casetrail erase CT-2611-000123 email:A-1 --legal-basis consent_withdrawn --actor agent:dpo\n"
        "  casetrail erase --cases erased.txt --legal-basis legal_obligation --actor agent:dpo     (after a "
        "restore)");
    erase.add_option("case", erase_.cases, "Its number, its id, or channel:reference");
    erase.add_option("--customer", erase_.customer, "All cases of this customer reference");
    erase.add_option("--cases", erase_.file, "All cases that this file names, one a line")
        ->check(kExistingFile);
    auto* preview =
        erase.add_flag("--preview", erase_.preview, "Say what would go, masked, and change nothing");
    auto* basis = erase.add_option("--legal-basis", erase_.legal_basis, "Why they have to go");
    const auto names = enum_names(LegalBasis{});
    basis->check(CLI::IsMember(std::vector<std::string>(names.begin(), names.end())));
    basis->excludes(preview);
    erase.add_option("--reason", erase_.reason,
                     "Where the request is filed; it stays for ever: name no person in it");
    erase.add_option(
        "--ledger", erase_.ledger,
        "Add the ids of erased cases to this file, which is kept beside the backups, for `restore "
        "--erased`; a server with --erasure-ledger does so by itself");
    erase.add_option("--department", erase_.department, "Of the actor")->envname("CASETRAIL_DEPARTMENT");
    erase.add_option("--role", erase_.role, "Of the actor")->envname("CASETRAIL_ROLE");
    erase
        .add_option("--actor", erase_.actor,
                    "Who does it, kind:id such as agent:dpo; with a token, whose it is unless named")
        ->envname("CASETRAIL_ACTOR");
    erase.callback([this] {
      if (!erase_.preview && erase_.legal_basis.empty())
        throw CLI::RequiredError("--legal-basis, or --preview");
      line_.verb = erase_;
    });
  }

  void add_letters() {
    auto& letters = add("deadletters", "Show records that could not be commands, and retry or drop them",
                        "  casetrail deadletters\n"
                        "  casetrail deadletters list --all --limit 5 --json\n"
                        "  casetrail deadletters show 3:17\n"
                        "  casetrail deadletters retry 3:17\n"
                        "  casetrail deadletters drop 3:17 --reason 'a trial of the ERP team'");
    letters.require_subcommand(0, 1);
    letters.add_option("--limit", letters_.limit, "Records at most")
        ->check(whole_number_in(1, 10'000))
        ->capture_default_str();
    letters.add_flag("--all", letters_.all, "Those that were retried or dropped, too");
    when_parsed(letters, letters_);
    add_letters_task(letters, "list", verb::LettersTask::list, "List those that are open, the newest first",
                     "  casetrail deadletters list --all");
    const auto one = [&](const char* name, verb::LettersTask task, const char* summary,
                         const char* examples) -> CLI::App& {
      auto& made = add_letters_task(letters, name, task, summary, examples);
      made.add_option("letter", letters_.letter, "Its place, partition:offset, as the list has it")
          ->required();
      return made;
    };
    one("show", verb::LettersTask::show, "All of one; persons are masked, and what is no JSON is withheld",
        "  casetrail deadletters show 3:17");
    one("retry", verb::LettersTask::retry,
        "Send it again, as the command that it is, by its own id; what this version understands is taken. It "
        "stays open when it is refused. Again: nothing",
        "  casetrail deadletters retry 3:17\n  casetrail deadletters retry 3:17 --body @right.json")
        .add_option("--body", letters_.body,
                    "Its data put right: - for standard input, @FILE, or JSON (which others can see in the "
                    "list of processes: nothing personal)");
    one("drop", verb::LettersTask::drop, "Do nothing about it; that is a fact in the log. Again: nothing",
        "  casetrail deadletters drop 3:17 --reason 'sent again by the shop'")
        .add_option("--reason", letters_.reason, "Why nobody needs it")
        ->required();
  }

  CLI::App& add_letters_task(CLI::App& letters, const char* name, verb::LettersTask task, const char* summary,
                             const char* examples) {
    auto& made = add_to(letters, name, summary, examples);
    made.callback([this, task] {
      letters_.task = task;
      line_.verb = letters_;
    });
    return made;
  }

  void add_backup() {
    auto& backup = add("backup",
                       "Back up an embedded log while it is served or not: what cannot be built again, in a "
                       "folder of its own, every record read before it gets its name. Boards are built again "
                       "after a restore",
                       "  casetrail backup /srv/backup/$(date +%F)\n"
                       "  casetrail backup /srv/backup/$(date +%F) --data /var/lib/casetrail --json");
    backup
        .add_option("directory", backup_.directory,
                    "A folder that is not there yet, best on another disk; with --server, of its machine")
        ->required();
    when_parsed(backup, backup_);
    auto& restore = add(
        "restore",
        "Make a data folder of a backup, every byte of which is checked. Whom the ledger of erasures "
        "lists is erased in it before anybody can open it; a sealed log needs a ledger",
        "  casetrail restore /srv/backup/2026-11-29 --data /var/lib/casetrail\n"
        "  casetrail restore /srv/backup/2026-11-29 --data /var/lib/casetrail --erased /srv/backup/erased "
        "--master-key /etc/casetrail/master.key\n\n"
        "Exit codes:\n"
        "  0 restored, and nobody of the ledger is in it  1 the backup is damaged, or some of the ledger are "
        "under a legal hold in it\n"
        "  2 it cannot be done so: no backup, no ledger or no master key, a folder that is not empty\n"
        "  3 a disk has no room, or refuses");
    restore.add_option("backup", restore_.backup, "The folder that `casetrail backup` made")->required();
    auto* erased =
        restore
            .add_option(
                "--erased", restore_.erased,
                "Ledger of who was erased (`serve --erasure-ledger`, `erase --ledger`), which is that of "
                "the restored folder from then on; the one that the backup names unless named")
            ->type_name("FILE");
    restore
        .add_flag("--without-ledger", restore_.without_ledger,
                  "Follow none: nobody was erased since the backup, or they come back")
        ->excludes(erased);
    restore.add_option("--actor", restore_.actor, "Who erases, as their cases say")->capture_default_str();
    when_parsed(restore, restore_);
  }

  void add_seal() {
    auto& sealing = add(
        "seal",
        "Seal a log whose personal texts lie in the open: copy it into a new one under the master key, read "
        "all of that again, and hold it against the old one. Every server is stopped first. The old log "
        "stays "
        "as it is, for you to destroy. Cut short, the copy is opened by nobody, and begun anew when this is "
        "run again",
        "  casetrail keys create /etc/casetrail/master.key\n"
        "  casetrail seal /var/lib/casetrail-sealed --data /var/lib/casetrail --master-key "
        "/etc/casetrail/master.key\n"
        "  casetrail serve --data /var/lib/casetrail-sealed --master-key /etc/casetrail/master.key\n"
        "  casetrail seal sealed. --brokers kafka-1:9092 --master-key /etc/casetrail/master.key\n\n"
        "Exit codes:\n"
        "  0 sealed, and equal to the old log  1 commands wait, or something cannot be sealed or is not "
        "equal\n"
        "  2 it cannot be done so: no key or another one, a target that holds a log, dead letters without a "
        "choice\n"
        "  3 a server holds the log, or a disk or a broker does not answer");
    sealing
        .add_option("target", seal_.target,
                    "A data folder without a log; with --brokers, the prefix of new topics")
        ->required();
    sealing
        .add_option_function<std::string>(
            "--dead-letters",
            [this](const std::string& word) {
              seal_.letters = word == "keep" ? privacy::Letters::kept : privacy::Letters::dropped;
            },
            "What becomes of dead letters, needed where there are some: keep seals those that are JSON, and "
            "leaves the others in the open for the rest of their 14 days; or drop")
        ->check(one_of({"keep", "drop"}))
        ->type_name("WHAT");
    when_parsed(sealing, seal_);
  }

  void add_export() {
    TableRows filters;
    for (const auto& filter : exports::filter_texts())
      filters.push_back({"  " + std::string(filter.name), std::string(filter.meaning)});
    auto& out =
        add("export",
            "Write the events of the log to a file, case by case, for process mining or a spreadsheet. "
            "Persons are "
            "hidden: people, customers, orders, devices and references of senders have pseudonyms, the same "
            "in each "
            "export with this --data; names, contacts and addresses are masked, and words about a person are "
            "gone. The "
            "file is read again by the rules of its format, and there when it is whole; its folder needs "
            "room for it twice",
            "  casetrail export xes --out events.xes\n"
            "  casetrail export ocel-json --out events.jsonocel --as-of 2026-12-01\n"
            "  casetrail export ndjson --out november.ndjson --from 2026-11-01 --to 2026-12-01 --tz "
            "Asia/Shanghai\n"
            "  casetrail export csv --out tech.csv --filter department=tech --filter channel=phone\n"
            "  casetrail export xes --check events.xes\n\n"
            "Exit codes:\n"
            "  0 written, or sound  1 not as the format should be  2 it cannot be done so\n"
            "  3 log, server or disk do not answer  130 interrupted: nothing is left of it\n\n" +
                wrapped_table({{"Filters:"}, {""}}, filters, terminal_width()));
    const auto formats = enum_names(exports::Format{});
    out.add_option("format", export_.format, "Of the file")
        ->required()
        ->check(one_of({formats.begin(), formats.end()}));
    auto* file = out.add_option("--out", export_.out, "The file; an older one of its name is replaced");
    auto* check = out.add_option("--check", export_.check,
                                 "Instead of writing one, read this file by the rules that every export has "
                                 "to pass: counts what is in it, or names the first faults and where they "
                                 "are; needs no data")
                      ->check(kExistingFile)
                      ->type_name("FILE");
    auto* from = out.add_option(
        "--from", export_.from,
        "Events that happened at this time or later: 2026-11-30, 2026-11-30 09:00 (on the clocks of "
        "--tz, else of the policy's zone) or 2026-11-30T01:00:00Z");
    auto* to = out.add_option("--to", export_.to, "Events that happened before this time");
    auto* as_of = out.add_option("--as-of", export_.as_of,
                                 "What was recorded until this time; what was entered late is not there yet");
    auto* filter = out.add_option("--filter", export_.filters,
                                  "NAME=VALUE; several all hold, a NAME again is another value that will do")
                       ->type_name("NAME=VALUE")
                       ->expected(1)
                       ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    auto* persons = out.add_flag("--show-persons", export_.show_persons,
                                 "Write what the log holds, names and words too; not from a server");
    for (auto* of_writing : {file, from, to, as_of, filter, persons}) check->excludes(of_writing);
    when_parsed(out, export_);
  }

  void add_held() {
    auto& held =
        add("held",
            "How long each department and each person had cases, over all cases, in elapsed and in business "
            "time, and how many. `replay CASE --held` says it of one",
            "  casetrail held\n"
            "  casetrail held --from 2026-11-01 --to 2026-12-01 --by-department\n"
            "  casetrail held --filter kind=complaint --csv > held.csv");
    held.add_option("--from", held_.from,
                    "The time from then on alone: 2026-11-30, 2026-11-30 09:00 (on the clocks of --tz, else "
                    "of the policy's zone) or 2026-11-30T01:00:00Z");
    held.add_option("--to", held_.to, "The time before that alone; without it until now");
    held.add_option(
            "--filter", held_.filters,
            "NAME=VALUE, of whole cases, as of `export`, but type: `casetrail help export` lists them")
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    held.add_flag("--by-department", held_.by_department,
                  "A row for each department, whoever had them there");
    held.add_flag("--csv", held_.csv, "For a spreadsheet");
    when_parsed(held, held_);
  }

  void add_what_if() {
    auto& what_if = add(
        "whatif",
        "Decide what happened again under another policy, and list and count what would have come "
        "otherwise: SLA targets met and breached, escalations, callbacks, rulings, closings. Nothing is "
        "written. What people and other systems did happens when it happened; what follows by itself is "
        "the other policy's. A step that it would have refused is counted as refused, and kept",
        "  casetrail whatif --policy next.yaml\n"
        "  casetrail whatif --policy next.yaml --from 2026-11-01 --to 2026-12-01 --filter department=tech\n"
        "  casetrail whatif --policy next.yaml --csv differences.csv --limit 0\n"
        "  casetrail whatif --policy current --json     (what the policy of today would have changed)");
    what_if
        .add_option("--policy", what_if_.policy,
                    "A policy file, the number of a published version, or `current`")
        ->required();
    what_if.add_option("--from", what_if_.from, "Cases that began at this time or later, as of `export`");
    what_if.add_option("--to", what_if_.to, "Cases that began before this time");
    what_if
        .add_option(
            "--filter", what_if_.filters,
            "NAME=VALUE, of whole cases, as of `export`, but type: `casetrail help export` lists them")
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    what_if.add_option("--limit", what_if_.limit, "So many cases are listed; 0: none")
        ->check(whole_number_in(0, 1'000'000))
        ->capture_default_str();
    what_if.add_option("--csv", what_if_.csv,
                       "Every difference of every case to this file, for a spreadsheet");
    when_parsed(what_if, what_if_);
  }

  void add_events() {
    auto& events = add("events", "Have a record that stops a partition passed over, or list what was",
                       "  casetrail events quarantined");
    events.require_subcommand(1);
    auto& quarantine =
        add_to(events, "quarantine",
               "Every reader passes over a record that stops its partition; that is a fact in the log",
               "  casetrail events quarantine 3 8120 --reason 'written by a trial of the ERP team'");
    quarantine
        .add_option("partition", quarantine_.partition, "Of casetrail.events; `casetrail lag` names it")
        ->required();
    quarantine.add_option("offset", quarantine_.offset, "Of the record")->required();
    quarantine.add_option("--reason", quarantine_.reason, "Why nobody needs it; kept for ever")->required();
    when_parsed(quarantine, quarantine_);
    when_parsed(add_to(events, "quarantined", "List the records that every reader passes over",
                       "  casetrail events quarantined --json"),
                quarantined_);
  }

  void add_policy() {
    auto& policy = add("policy", "Check, show and compare company policies",
                       "  casetrail policy check deploy/policy/example.yaml\n  casetrail policy versions");
    policy.require_subcommand(1);
    auto& check =
        add_to(policy, "check",
               "Name all that is wrong with a policy file, by its lines; no server and no data is needed",
               "  casetrail policy check policy.yaml\n  casetrail policy check policy.yaml --json");
    check.add_option("file", policy_check_.file, "YAML file of the company policy")
        ->required()
        ->check(kExistingFile);
    when_parsed(check, policy_check_);
    auto& diff = add_to(policy, "diff", "List what a policy says otherwise than another, by path",
                        "  casetrail policy diff policy.yaml next.yaml\n"
                        "  casetrail policy diff current next.yaml\n  casetrail policy diff 1 2");
    constexpr auto kWhich = "YAML file, or the version of one that was published: its number, or current";
    diff.add_option("before", policy_diff_.before, kWhich)->required();
    diff.add_option("after", policy_diff_.after, kWhich)->required();
    when_parsed(diff, policy_diff_);
    auto& show = add_to(policy, "show", "Print a policy that was published, as it was written",
                        "  casetrail policy show\n  casetrail policy show 2 > policy-2.yaml");
    show.add_option("version", policy_show_.version, "Its number, or current: the one in force")
        ->capture_default_str();
    when_parsed(show, policy_show_);
    when_parsed(add_to(policy, "versions", "List the policies that were published, the newest one first",
                       "  casetrail policy versions --json"),
                policy_versions_);
    add_policy_pages(policy);
    auto& codes = add_to(policy, "codes", "List the codes of the policy: channels, kinds, reasons, causes",
                         "  casetrail policy codes\n  casetrail policy codes channel --lang zh");
    std::vector<std::string> names;
    const Catalogues brought;
    for (const auto& catalogue : brought.all()) names.emplace_back(catalogue.name);
    codes.add_option("catalogue", policy_codes_.catalogue, "One catalogue alone, such as channel")
        ->check(one_of(names));
    when_parsed(codes, policy_codes_);
  }

  void add_policy_pages(CLI::App& policy) {
    const auto add_page = [&](const char* name, verb::PolicyPage page, const char* about,
                              const char* examples) {
      add_to(policy, name, about, examples).callback([this, page] { line_.verb = verb::PolicyText{page}; });
    };
    add_page("schema", verb::PolicyPage::schema,
             "Print the JSON Schema of a policy, by which editors complete and check one",
             "  casetrail policy schema > policy.schema.json\n"
             "  (first line of a policy: # yaml-language-server: $schema=policy.schema.json)");
    add_page("reference", verb::PolicyPage::reference,
             "Print what each key of a policy takes, means, and is by default, as Markdown",
             "  casetrail policy reference > REFERENCE.md\n  casetrail policy reference | less");
    add_page("example", verb::PolicyPage::example,
             "Print a policy with every key at its default and its meaning above it",
             "  casetrail policy example > policy.yaml\n  casetrail policy example | grep -A 12 '^handoff:'");
  }

  void add_bench() {
    auto& bench = add(
        "bench", "Measure this machine, or a cluster, beside what is there: topics and a folder of its own",
        "  casetrail bench\n  casetrail bench --brokers kafka-1:9092 --kafka-config kafka.properties --json");
    bench.add_option("--commands", bench_.commands, "At full load; more take longer and are truer")
        ->check(whole_number_in(1'000, 100'000'000))
        ->capture_default_str();
    when_parsed(bench, bench_);
  }

  void add_describing_verbs() {
    auto& schema =
        add("schema", "List commands and events, explain one, or print AsyncAPI or OpenAPI",
            "  casetrail schema\n  casetrail schema handoff\n  casetrail schema handoff.request\n  casetrail "
            "schema handoff.request --json\n  casetrail schema openapi");
    schema.add_option("name", schema_.name,
                      "A type, a family, `commands`, `events`, `asyncapi`, `openapi` or `reference`");
    when_parsed(schema, schema_);

    help_ = &add("help", "Explain casetrail, or one verb", "  casetrail help\n  casetrail help import csv");
    help_->add_option("verb", help_verbs_, "The verb to explain");
  }

  /// CLI11's own `help()` would explain the verb `help`, because that was parsed.
  Refusal help() const {
    const auto* explained = &app_;
    auto name = app_.get_name();
    for (const auto& word : help_verbs_) {
      const auto verbs = verbs_of(*explained);
      const auto found = std::ranges::find(verbs, word, &CLI::App::get_name);
      if (found == verbs.end()) return no_verb(*explained, word);
      explained = *found;
      name += " " + word;
    }
    return {kDone, explained->get_formatter()->make_help(explained, name, CLI::AppFormatMode::Normal)};
  }

  static std::vector<const CLI::App*> verbs_of(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App*) { return true; });
  }

  /// Names the verb that was meant: the one with the fewest letters wrong.
  static Refusal no_verb(const CLI::App& app, const std::string& word) {
    auto text = "casetrail: There is no verb '" + without_hidden(word) + "'.";
    std::vector<std::string> names;
    for (const auto* verb : verbs_of(app)) names.push_back(verb->get_name());
    const auto meant = nearest(word, std::vector<std::string_view>(names.begin(), names.end()));
    if (!meant.empty()) text.append(" Did you mean '").append(meant).append("'?");
    return {kUsage, text + " `casetrail help` lists them all.\n"};
  }

  /// Names the option that was meant, of those that the verb takes.
  Refusal no_option(const std::string& word) const {
    std::vector<std::string> names;
    for (const auto* app : verbs_understood()) {
      for (const auto* option : app->get_options()) {
        for (const auto& name : option->get_lnames()) names.push_back("--" + name);
      }
    }
    const auto meant = nearest(word, std::vector<std::string_view>(names.begin(), names.end()));
    if (meant == word) {
      return {kUsage, "casetrail: '" + word +
                          "' stands before the verb that it is of. Put it and its value " +
                          "behind: `casetrail" + leading_space(verb()) + " " + word + " …`.\n"};
    }
    auto text = "casetrail: There is no option '" + without_hidden(word) + "' of `casetrail" +
                leading_space(verb()) + "`.";
    if (!meant.empty()) text.append(" Did you mean '").append(meant).append("'?");
    return {kUsage, text + " `casetrail help" + leading_space(verb()) + "` lists them all.\n"};
  }

  Refusal refusal_of(const CLI::ParseError& error) {
    if (error.get_exit_code() != 0 && app_.get_subcommands().empty()) {
      for (const auto& word : app_.remaining()) {
        if (!word.starts_with('-')) return no_verb(app_, word);
      }
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
      for (const auto& word : app_.remaining(true)) {
        if (word.starts_with("--")) return no_option(word);
      }
    }
    if (error.get_exit_code() != 0)
      return {kUsage, "casetrail: " + without_hidden(objection(error)) + " `casetrail help" +
                          leading_space(verb()) + "` explains it.\n"};
    std::ostringstream out;
    std::ostringstream complaint;
    app_.exit(error, out, complaint);
    return {kDone, out.str()};
  }

  /// The innermost verb that was understood, and those around it, the outermost first.
  std::vector<const CLI::App*> verbs_understood() const {
    std::vector<const CLI::App*> all{&app_};
    while (!all.back()->get_subcommands().empty()) all.push_back(all.back()->get_subcommands().front());
    return all;
  }
  std::string verb() const {
    std::string names;
    for (const auto* app : verbs_understood()) {
      if (app != &app_) names += (names.empty() ? "" : " ") + app->get_name();
    }
    return names;
  }
  static std::string leading_space(const std::string& text) { return text.empty() ? text : " " + text; }

  /// What the parser objects to, as a sentence. It says in its own words, by the kind of its error, which
  /// option or value it is.
  std::string objection(const CLI::ParseError& error) const {
    const std::string what = error.what();
    const auto before = [&](std::string_view mark) { return what.substr(0, what.find(mark)); };
    const auto after = [&](std::string_view mark) {
      const auto at = what.find(mark);
      return at == std::string::npos ? std::string() : what.substr(at + mark.size());
    };
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) return missing(before(" is required"));
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
      const auto* option = option_called(before(":"));
      if (option != nullptr && option->get_expected_min() > 1)
        return fmt::format("Expected {} values after {}, {}.", option->get_expected_min(), before(":"),
                           option->get_type_name());
      if (what.contains("received")) return "Expected " + before(":") + " once, but it is there more often.";
      return "Expected a value after " + before(":") + ", but there is none.";
    }
    if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr && what.contains(" = ")) {
      const auto name = after("Could not convert: ").substr(0, after("Could not convert: ").find(" = "));
      const auto* option = option_called(name);
      const bool flag = option != nullptr && option->get_expected_min() == 0;
      return "Expected " + name + " to be " + (flag ? "true or false" : "a whole number") + ", but it is '" +
             after(" = ") + "'.";
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !app_.remaining(true).empty())
      return "There is no place for '" + app_.remaining(true).front() + "'.";
    if (dynamic_cast<const CLI::RequiresError*>(&error) != nullptr && what.contains(" requires "))
      return before(" requires ") + " is of " + after(" requires ") + ": name both.";
    if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr)
      return "Name " + before(" excludes ") + " or " + after(" excludes ") + ", not both.";
    if (dynamic_cast<const CLI::FileError*>(&error) != nullptr)
      return "The file of options '" + before(" was not readable") +
             "' cannot be read. Check its path and rights.";
    if (dynamic_cast<const CLI::ConfigError*>(&error) != nullptr)
      return "The file of options says '" + after("INI was not able to parse ") +
             "', which is no option, or has no value that it may have.";
    return what;
  }

  const CLI::Option* option_called(const std::string& name) const {
    for (const auto* app : verbs_understood()) {
      for (const auto* option : app->get_options()) {
        if (option->get_name() == name) return option;
      }
    }
    return nullptr;
  }

  std::string missing(const std::string& name) const {
    if (const auto* option = option_called(name))
      return "`casetrail " + verb() + "` needs " + name + ": " + option->get_description() + ".";
    std::vector<std::string> names;
    for (const auto* one : verbs_of(*verbs_understood().back())) names.push_back(one->get_name());
    return fmt::format("Expected a verb after `casetrail{}`: {}.", leading_space(verb()),
                       fmt::join(names, ", "));
  }

  CLI::App app_{"casetrail: every step that departments take on a customer's case, as events"};
  CLI::App* help_ = nullptr;
  CLI::App* do_verb_ = nullptr;
  std::vector<std::string> help_verbs_;
  CommandLine line_;
  std::string server_;
  std::vector<std::string> roles_;
  std::vector<std::string> peers_;
  std::string language_ = "en";
  bool json_ = false;
  bool wide_ = false;
  std::vector<std::string> filters_;
  verb::Serve serve_{.listen = "127.0.0.1:8377", .policy = {}};
  verb::Topics topics_;
  verb::Submit submit_;
  verb::Do do_;
  verb::Case case_;
  verb::Replay replay_;
  verb::Why why_;
  verb::Board board_;
  verb::Board cases_{.view = "cases"};
  verb::ImportCsv import_;
  verb::Identities identities_;
  verb::Keys keys_;
  verb::Lag lag_;
  verb::RetireGroup retire_group_;
  verb::Quarantine quarantine_;
  verb::Quarantine quarantined_;
  verb::Verify verify_;
  verb::EvidenceKey evidence_key_;
  verb::Doctor doctor_;
  verb::Backup backup_;
  verb::Restore restore_;
  verb::Seal seal_;
  verb::Export export_;
  verb::WhatIf what_if_;
  verb::HeldTimes held_;
  verb::PolicyCheck policy_check_;
  verb::PolicyDiff policy_diff_;
  verb::PolicyShow policy_show_;
  verb::PolicyVersions policy_versions_;
  verb::PolicyCodes policy_codes_;
  verb::Rebuild rebuild_;
  verb::Erase erase_;
  verb::DeadLetters letters_;
  verb::Schema schema_;
  verb::Simulate simulate_;
  verb::Bench bench_;
};

}  // namespace

std::expected<CommandLine, Refusal> read_command_line(int argc, const char* const* argv) {
  return Parser().parse(argc, argv);
}

}  // namespace casetrail::cli
