// Who writes events of cases into a log, and who reads them through the door.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "events/case/case_event.h"
#include "tests/support/becomes.h"
#include "tests/support/random_event.h"
#include "workers/api/event_streams.h"
#include "workers/log/partition.h"

namespace casetrail::test {

/// Commits events as the commands' worker does, so that markers lie between them. Any one thread.
class EventWriter {
 public:
  explicit EventWriter(log::EventLog& log)
      : member_(log.join(std::string(log::kCommandGroup), log::Topic::commands, "writer").value()) {
    for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
      writers_.push_back(log.open_writer(partition));
      EXPECT_TRUE(writers_.back()->fence());
    }
    while (member_->generation() == nullptr) {
      const auto change = member_->poll(Duration{100});
      if (change && *change) member_->acknowledge(**change);
    }
  }

  void write(const std::vector<CaseEvent>& events) {
    std::vector<std::vector<log::Outgoing>> batches(writers_.size());
    for (const auto& event : events) {
      const auto partition =
          log::partition_of(event.case_id.value, static_cast<log::Partition>(writers_.size()));
      batches[static_cast<std::size_t>(partition)].push_back({log::Topic::events, write_event(event)});
    }
    for (std::size_t i = 0; i < batches.size(); ++i) {
      if (batches[i].empty()) continue;
      const auto result = writers_[i]->commit(batches[i], ++next_, member_->generation());
      EXPECT_EQ(result.outcome, log::CommitOutcome::committed) << result.what;
    }
  }

 private:
  std::unique_ptr<log::Membership> member_;
  std::vector<std::unique_ptr<log::PartitionWriter>> writers_;
  log::Offset next_ = 0;
};

/// Follows the events, may be cut, and comes again as a browser does. Keeps what it was given.
class EventFollower {
 public:
  EventFollower(api::EventStreams& streams, api::EventsFrom from, api::EventFilter filter = {})
      : streams_(streams), filter_(std::move(filter)) {
    open(std::move(from));
  }
  EventFollower(const EventFollower&) = delete;
  EventFollower& operator=(const EventFollower&) = delete;
  ~EventFollower() { cut(); }

  void take() {
    const auto frames = stream_->take().frames;
    for (const auto& frame : frames) hear(*frame);
  }
  void cut() { stream_->cut(); }
  void come_again() {
    cut();
    const auto last = api::positions_from(last_id);
    open(last ? api::EventsFrom(*last) : api::EventsFrom(api::FromStart{}));
  }

  std::vector<std::string> ids{};  ///< of the CloudEvents
  std::string last_id{};
  std::string text{};  ///< all frames
  int resyncs = 0;

 private:
  void open(api::EventsFrom from) {
    const auto answered = std::make_shared<std::promise<http::HttpResponse>>();
    streams_.open(std::move(from), filter_,
                  [answered](http::HttpResponse given) { answered->set_value(std::move(given)); });
    stream_ = answered->get_future().get().stream;
    ASSERT_NE(stream_, nullptr);
  }
  void hear(const std::string& frames) {
    text += frames;
    std::istringstream lines(frames);
    for (std::string line; std::getline(lines, line);) {
      static const std::string kId = R"("id":")";
      if (line == "event: resync") ++resyncs;
      if (line.starts_with("id: ")) last_id = line.substr(4);
      if (!line.starts_with("data: {\"specversion")) continue;
      const auto at = line.find(kId) + kId.size();
      ids.push_back(line.substr(at, line.find('"', at) - at));
    }
  }

  api::EventStreams& streams_;
  api::EventFilter filter_;
  std::shared_ptr<http::AnswerStream> stream_;
};

/// The ids of events, each once.
inline std::set<std::string> ids_of(const std::vector<CaseEvent>& events) {
  std::set<std::string> ids;
  for (const auto& event : events) ids.insert(event_id(event.case_id, event.seq));
  return ids;
}

}  // namespace casetrail::test
