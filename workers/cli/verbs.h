// Runs each verb: sends its request, prints the answer, and returns the exit code.
#pragma once

#include "workers/cli/command_line.h"
#include "workers/node/port_wraps.h"

namespace casetrail::cli {

/// Does what the line asks for, prints it, and returns the exit code.
[[nodiscard]] int run(const CommandLine& line);

/// The verb `serve`: returns when it is told to stop by SIGINT or SIGTERM.
[[nodiscard]] int serve(const Place& place, const verb::Serve& options, const node::PortWraps& wraps = {});

/// The verb `identities`, which needs neither a server nor data.
[[nodiscard]] int edit_identities(const verb::Identities& asked, Output output);

/// The verb `keys`, which works on files and on the log itself.
[[nodiscard]] int work_with_keys(const Place& place, const verb::Keys& asked, Output output);

/// The verb `evidence key`, which needs neither a server nor data.
[[nodiscard]] int make_evidence_key(const verb::EvidenceKey& asked, Output output);

/// The verb `do`.
[[nodiscard]] int do_action(const CommandLine& line, const verb::Do& asked);

/// The verb `events`: quarantines a record, or lists what is.
[[nodiscard]] int quarantine(const CommandLine& line, const verb::Quarantine& asked);

/// The verb `erase`: erases the persons of the cases that are named, and reports; or tells what would go.
[[nodiscard]] int erase(const CommandLine& line, const verb::Erase& asked);

/// The verb `deadletters`: lists or shows them, sends one again, or drops it.
[[nodiscard]] int dead_letters(const CommandLine& line, const verb::DeadLetters& asked);

/// The verb `replay`: a case as of a moment, two moments compared, or its events step by step.
[[nodiscard]] int replay(const CommandLine& line, const verb::Replay& asked);

/// The verb `export`.
[[nodiscard]] int export_log(const CommandLine& line, const verb::Export& asked);

/// The verb `held`: who had cases how long, over all of them.
[[nodiscard]] int held_times(const CommandLine& line, const verb::HeldTimes& asked);

/// The verb `whatif`, which writes nothing into the log.
[[nodiscard]] int what_if(const CommandLine& line, const verb::WhatIf& asked);

/// The verb `verify`, of all or of one case.
[[nodiscard]] int verify(const Place& place, const verb::Verify& asked, Output output);

/// The verb `doctor`.
[[nodiscard]] int doctor(const CommandLine& line);

/// The verb `backup`.
[[nodiscard]] int back_up(const CommandLine& line, const verb::Backup& asked);
/// The verb `restore`, which needs no server.
[[nodiscard]] int restore(const CommandLine& line, const verb::Restore& asked);

/// The verb `seal`, which works on the log itself.
[[nodiscard]] int seal(const CommandLine& line, const verb::Seal& asked);

/// The verb `policy check`, which needs neither a server nor data.
[[nodiscard]] int check_policy(const verb::PolicyCheck& check, Output output);
/// The verb `policy diff` of two texts that can be read.
[[nodiscard]] int diff_policies(const std::string& before, const std::string& after, Output output);

/// The verbs `policy schema`, `policy reference` and `policy example`.
[[nodiscard]] int print_policy_page(const verb::PolicyText& asked);

/// The verb `bench`: measures, prints and removes all that it made.
[[nodiscard]] int run_bench(const Place& place, Output output, const verb::Bench& options);

}  // namespace casetrail::cli
