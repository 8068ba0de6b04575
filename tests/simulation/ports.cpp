// The log's side of the ports: forwards, and passes a point before and behind each call.
#include "tests/simulation/ports.h"

#include <deque>
#include <future>

namespace casetrail::simulation {
namespace {

/// Passes a point before and behind `call`.
template <class Call>
auto between_points(const PortsBehind& behind, Call&& call) {
  behind.points.pass();
  auto answer = call();
  behind.points.pass();
  return answer;
}

class ReaderPort final : public Reader {
 public:
  ReaderPort(std::unique_ptr<Reader> inner, Topic topic, PortsBehind behind)
      : inner_(std::move(inner)), topic_(topic), behind_(behind) {}

  LogResult<void> start(Partition partition, Offset from) override { return inner_->start(partition, from); }
  void stop(Partition partition) override { inner_->stop(partition); }
  Offset position(Partition partition) const override { return inner_->position(partition); }

  ReadResult read(std::size_t max, Duration wait) override {
    const auto records = between_points(behind_, [&] { return inner_->read(max, wait); });
    const auto& mutation = behind_.mutation;
    if (!records || (!mutation.skips_record && mutation.hidden_header.empty())) return records;
    kept_.clear();
    headers_.clear();
    for (auto record : *records) {
      if (mutation.skips_record && mutation.skips_record(topic_)) continue;
      auto& headers = headers_.emplace_back(record.message.headers.begin(), record.message.headers.end());
      std::erase_if(headers, [&](const HeaderView& header) { return header.name == mutation.hidden_header; });
      record.message.headers = headers;
      kept_.push_back(record);
    }
    return std::span<const Record>(kept_);
  }

 private:
  std::unique_ptr<Reader> inner_;
  Topic topic_;
  PortsBehind behind_;
  std::vector<Record> kept_;
  std::deque<std::vector<HeaderView>> headers_;
};

class WriterPort final : public PartitionWriter {
 public:
  WriterPort(std::unique_ptr<PartitionWriter> inner, PortsBehind behind)
      : inner_(std::move(inner)), behind_(behind) {}

  Promised<LogResult<void>> start_fence() override {
    return answered(between_points(behind_, [&] { return inner_->fence(); }));
  }

  Promised<CommitResult> start_commit(std::span<const Outgoing> records, Offset next_command,
                                      const std::shared_ptr<const Generation>& generation) override {
    std::vector<Outgoing> sent(records.begin(), records.end());
    if (behind_.mutation.records) behind_.mutation.records(sent);
    if (behind_.mutation.next_command) next_command = behind_.mutation.next_command(next_command);
    auto started =
        between_points(behind_, [&] { return inner_->start_commit(sent, next_command, generation); });
    return std::async(std::launch::deferred, [this, started = std::move(started)]() mutable {
      auto result = between_points(behind_, [&] { return started.get(); });
      const auto& mutation = behind_.mutation;
      if (mutation.answer) result.outcome = mutation.answer(result.outcome);
      if (mutation.retries_unknown && result.outcome == CommitOutcome::unknown && inner_->fence())
        result.outcome = CommitOutcome::aborted;
      return result;
    });
  }

 private:
  std::unique_ptr<PartitionWriter> inner_;
  PortsBehind behind_;
};

class MembershipPort final : public Membership {
 public:
  MembershipPort(std::unique_ptr<Membership> inner, PortsBehind behind)
      : inner_(std::move(inner)), behind_(behind) {}

  LogResult<std::optional<Change>> poll(Duration wait) override {
    return between_points(behind_, [&] { return inner_->poll(wait); });
  }
  void acknowledge(const Change& change) override { inner_->acknowledge(change); }
  LogResult<void> rejoin() override { return inner_->rejoin(); }
  std::shared_ptr<const Generation> generation() const override { return inner_->generation(); }
  LogResult<std::optional<Offset>> committed(Partition partition) override {
    return between_points(behind_, [&] { return inner_->committed(partition); });
  }

  LogResult<void> commit(std::span<const Position> positions) override {
    std::vector<Position> sent(positions.begin(), positions.end());
    if (behind_.mutation.group_offset) {
      for (auto& position : sent) position.next = behind_.mutation.group_offset(position.next);
    }
    return between_points(behind_, [&] { return inner_->commit(sent); });
  }

 private:
  std::unique_ptr<Membership> inner_;
  PortsBehind behind_;
};

class LogPort final : public EventLog {
 public:
  LogPort(EventLog& inner, PortsBehind behind) : inner_(inner), behind_(behind) {}

  Partition partitions() const override { return inner_.partitions(); }
  LogResult<std::string> identity() override { return inner_.identity(); }
  std::optional<std::string> broken() const override { return inner_.broken(); }
  std::unique_ptr<Reader> open_reader(Topic topic) override {
    return std::make_unique<ReaderPort>(inner_.open_reader(topic), topic, behind_);
  }
  std::unique_ptr<PartitionWriter> open_writer(Partition partition) override {
    return std::make_unique<WriterPort>(inner_.open_writer(partition), behind_);
  }
  LogResult<std::unique_ptr<Membership>> join(const std::string& group, Topic topic,
                                              const std::optional<std::string>& member) override {
    auto joined = between_points(behind_, [&] { return inner_.join(group, topic, member); });
    if (!joined) return joined;
    return std::make_unique<MembershipPort>(*std::move(joined), behind_);
  }
  LogResult<Bounds> bounds(Topic topic, Partition partition) override {
    return between_points(behind_, [&] { return inner_.bounds(topic, partition); });
  }
  LogResult<std::vector<Bounds>> bounds(Topic topic) override {
    return between_points(behind_, [&] { return inner_.bounds(topic); });
  }
  LogResult<std::vector<GroupPosition>> group_positions(const std::string& group, Topic topic) override {
    return between_points(behind_, [&] { return inner_.group_positions(group, topic); });
  }
  LogResult<std::vector<GroupReport>> groups() override { return inner_.groups(); }
  LogResult<void> forget_group(const std::string& group, Topic topic) override {
    return inner_.forget_group(group, topic);
  }
  void append(Topic topic, Partition partition, Message message, OnAppended done) override {
    inner_.append(topic, partition, std::move(message), std::move(done));
  }
  LogResult<std::vector<TopicReport>> create_topics(Partition partitions) override {
    return inner_.create_topics(partitions);
  }
  LogResult<std::vector<TopicReport>> check_topics() override { return inner_.check_topics(); }

 private:
  EventLog& inner_;
  PortsBehind behind_;
};

class StorePort final : public Store {
 public:
  StorePort(Store& inner, PortsBehind behind) : inner_(inner), behind_(behind) {}

  StoreResult<std::optional<std::string>> get(FamilyIndex family, std::string_view key) const override {
    return inner_.get(family, key);
  }
  StoreResult<void> scan(FamilyIndex family, std::string_view prefix, std::string_view from,
                         const OnRow& on_row) const override {
    return inner_.scan(family, prefix, from, on_row);
  }
  StoreResult<void> write(const StoreBatch& batch) override {
    StoreBatch sent;
    for (const auto& change : batch.changes()) {
      if (behind_.mutation.loses_change && behind_.mutation.loses_change(change)) continue;
      if (change.value) sent.put(change.family, change.key, *change.value);
      if (!change.value) sent.erase(change.family, change.key);
    }
    return between_points(behind_, [&] { return inner_.write(sent); });
  }
  StoreResult<void> flush() override {
    return between_points(behind_, [&] { return inner_.flush(); });
  }
  std::unique_ptr<StoreView> snapshot() const override { return inner_.snapshot(); }

 private:
  Store& inner_;
  PortsBehind behind_;
};

class HomePort final : public StoreHome {
 public:
  HomePort(StoreHome& inner, PortsBehind behind) : inner_(inner), behind_(behind) {}

  StoreResult<OpenedStore> open(const StoreIdentity& expected) override {
    auto opened = between_points(behind_, [&] { return inner_.open(expected); });
    if (!opened) return opened;
    store_ = std::make_unique<StorePort>(*opened->store, behind_);
    opened->store = store_.get();
    return opened;
  }
  StoreResult<void> discard() override {
    return between_points(behind_, [&] { return inner_.discard(); });
  }
  StoreResult<void> checkpoint() override {
    return between_points(behind_, [&] { return inner_.checkpoint(); });
  }

 private:
  StoreHome& inner_;
  PortsBehind behind_;
  std::unique_ptr<StorePort> store_;
};

class CopiesPort final : public CopyStorage {
 public:
  CopiesPort(CopyStorage& inner, PortsBehind behind) : inner_(inner), behind_(behind) {}

  StoreResult<std::optional<CopyNumber>> live() override { return inner_.live(); }
  StoreResult<void> set_live(CopyNumber copy) override {
    return between_points(behind_, [&] { return inner_.set_live(copy); });
  }
  StoreResult<std::vector<CopyNumber>> copies() override { return inner_.copies(); }
  StoreHome& home(CopyNumber copy, Partition partition, const std::vector<std::string>& families) override {
    auto& port = homes_[{copy, partition}];
    if (!port) port = std::make_unique<HomePort>(inner_.home(copy, partition, families), behind_);
    return *port;
  }
  StoreResult<void> remove(CopyNumber copy) override {
    std::erase_if(homes_, [&](const auto& entry) { return entry.first.first == copy; });
    return between_points(behind_, [&] { return inner_.remove(copy); });
  }

 private:
  CopyStorage& inner_;
  PortsBehind behind_;
  std::map<std::pair<CopyNumber, Partition>, std::unique_ptr<HomePort>> homes_;
};

}  // namespace

std::unique_ptr<EventLog> make_log_port(EventLog& log, PortsBehind behind) {
  return std::make_unique<LogPort>(log, behind);
}

std::unique_ptr<StoreHome> make_home_port(StoreHome& home, PortsBehind behind) {
  return std::make_unique<HomePort>(home, behind);
}

std::unique_ptr<CopyStorage> make_copies_port(CopyStorage& copies, PortsBehind behind) {
  return std::make_unique<CopiesPort>(copies, behind);
}

}  // namespace casetrail::simulation
