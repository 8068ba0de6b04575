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

class ReaderPort final : public log::Reader {
 public:
  ReaderPort(std::unique_ptr<log::Reader> inner, log::Topic topic, PortsBehind behind)
      : inner_(std::move(inner)), topic_(topic), behind_(behind) {}

  log::LogResult<void> start(log::Partition partition, log::Offset from) override {
    return inner_->start(partition, from);
  }
  void stop(log::Partition partition) override { inner_->stop(partition); }
  log::Offset position(log::Partition partition) const override { return inner_->position(partition); }

  log::ReadResult read(std::size_t max, Duration wait) override {
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
    return std::span<const log::Record>(kept_);
  }

 private:
  std::unique_ptr<log::Reader> inner_;
  log::Topic topic_;
  PortsBehind behind_;
  std::vector<log::Record> kept_;
  std::deque<std::vector<HeaderView>> headers_;
};

class WriterPort final : public log::PartitionWriter {
 public:
  WriterPort(std::unique_ptr<log::PartitionWriter> inner, PortsBehind behind)
      : inner_(std::move(inner)), behind_(behind) {}

  log::Promised<log::LogResult<void>> start_fence() override {
    return log::answered(between_points(behind_, [&] { return inner_->fence(); }));
  }

  log::Promised<log::CommitResult> start_commit(
      std::vector<log::Outgoing>& records, log::Offset next_command,
      const std::shared_ptr<const log::Generation>& generation) override {
    if (behind_.mutation.records) behind_.mutation.records(records);
    if (behind_.mutation.next_command) next_command = behind_.mutation.next_command(next_command);
    auto started =
        between_points(behind_, [&] { return inner_->start_commit(records, next_command, generation); });
    return std::async(std::launch::deferred, [this, started = std::move(started)]() mutable {
      auto result = between_points(behind_, [&] { return started.get(); });
      const auto& mutation = behind_.mutation;
      if (mutation.answer) result.outcome = mutation.answer(result.outcome);
      if (mutation.retries_unknown && result.outcome == log::CommitOutcome::unknown && inner_->fence())
        result.outcome = log::CommitOutcome::aborted;
      return result;
    });
  }

 private:
  std::unique_ptr<log::PartitionWriter> inner_;
  PortsBehind behind_;
};

class MembershipPort final : public log::Membership {
 public:
  MembershipPort(std::unique_ptr<log::Membership> inner, PortsBehind behind)
      : inner_(std::move(inner)), behind_(behind) {}

  log::LogResult<std::optional<Change>> poll(Duration wait) override {
    return between_points(behind_, [&] { return inner_->poll(wait); });
  }
  void acknowledge(const Change& change) override { inner_->acknowledge(change); }
  log::LogResult<void> rejoin() override { return inner_->rejoin(); }
  std::shared_ptr<const log::Generation> generation() const override { return inner_->generation(); }
  log::LogResult<std::optional<log::Offset>> committed(log::Partition partition) override {
    return between_points(behind_, [&] { return inner_->committed(partition); });
  }

  log::LogResult<void> commit(std::span<const Position> positions) override {
    std::vector<Position> sent(positions.begin(), positions.end());
    if (behind_.mutation.group_offset) {
      for (auto& position : sent) position.next = behind_.mutation.group_offset(position.next);
    }
    return between_points(behind_, [&] { return inner_->commit(sent); });
  }

 private:
  std::unique_ptr<log::Membership> inner_;
  PortsBehind behind_;
};

class LogPort final : public log::EventLog {
 public:
  LogPort(log::EventLog& inner, PortsBehind behind) : inner_(inner), behind_(behind) {}

  log::Partition partitions() const override { return inner_.partitions(); }
  log::LogResult<std::string> identity() override { return inner_.identity(); }
  std::optional<std::string> broken() const override { return inner_.broken(); }
  std::unique_ptr<log::Reader> open_reader(log::Topic topic) override {
    return std::make_unique<ReaderPort>(inner_.open_reader(topic), topic, behind_);
  }
  std::unique_ptr<log::PartitionWriter> open_writer(log::Partition partition) override {
    return std::make_unique<WriterPort>(inner_.open_writer(partition), behind_);
  }
  log::LogResult<std::unique_ptr<log::Membership>> join(const std::string& group, log::Topic topic,
                                                        const std::optional<std::string>& member) override {
    auto joined = between_points(behind_, [&] { return inner_.join(group, topic, member); });
    if (!joined) return joined;
    return std::make_unique<MembershipPort>(*std::move(joined), behind_);
  }
  log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) override {
    return between_points(behind_, [&] { return inner_.bounds(topic, partition); });
  }
  log::LogResult<std::vector<log::Bounds>> bounds(log::Topic topic) override {
    return between_points(behind_, [&] { return inner_.bounds(topic); });
  }
  log::LogResult<std::vector<log::GroupPosition>> group_positions(const std::string& group,
                                                                  log::Topic topic) override {
    return between_points(behind_, [&] { return inner_.group_positions(group, topic); });
  }
  log::LogResult<std::vector<log::GroupReport>> groups() override { return inner_.groups(); }
  log::LogResult<void> forget_group(const std::string& group, log::Topic topic) override {
    return inner_.forget_group(group, topic);
  }
  void append(log::Topic topic, log::Partition partition, Message message, OnAppended done) override {
    inner_.append(topic, partition, std::move(message), std::move(done));
  }
  log::LogResult<std::vector<log::TopicReport>> create_topics(log::Partition partitions) override {
    return inner_.create_topics(partitions);
  }
  log::LogResult<std::vector<log::TopicReport>> check_topics() override { return inner_.check_topics(); }

 private:
  log::EventLog& inner_;
  PortsBehind behind_;
};

class StorePort final : public storage::Store {
 public:
  StorePort(storage::Store& inner, PortsBehind behind) : inner_(inner), behind_(behind) {}

  storage::StoreResult<std::optional<std::string>> get(storage::FamilyIndex family,
                                                       std::string_view key) const override {
    return inner_.get(family, key);
  }
  storage::StoreResult<void> scan(storage::FamilyIndex family, std::string_view prefix, std::string_view from,
                                  const OnRow& on_row) const override {
    return inner_.scan(family, prefix, from, on_row);
  }
  storage::StoreResult<void> write(const storage::StoreBatch& batch) override {
    storage::StoreBatch sent;
    for (const auto& change : batch.changes()) {
      if (behind_.mutation.loses_change && behind_.mutation.loses_change(change)) continue;
      if (change.value) sent.put(change.family, change.key, *change.value);
      if (!change.value) sent.erase(change.family, change.key);
    }
    return between_points(behind_, [&] { return inner_.write(sent); });
  }
  storage::StoreResult<void> flush() override {
    return between_points(behind_, [&] { return inner_.flush(); });
  }
  std::unique_ptr<storage::StoreView> snapshot() const override { return inner_.snapshot(); }

 private:
  storage::Store& inner_;
  PortsBehind behind_;
};

class HomePort final : public storage::StoreHome {
 public:
  HomePort(storage::StoreHome& inner, PortsBehind behind) : inner_(inner), behind_(behind) {}

  storage::StoreResult<storage::OpenedStore> open(const storage::StoreIdentity& expected) override {
    auto opened = between_points(behind_, [&] { return inner_.open(expected); });
    if (!opened) return opened;
    store_ = std::make_unique<StorePort>(*opened->store, behind_);
    opened->store = store_.get();
    return opened;
  }
  storage::StoreResult<void> discard() override {
    return between_points(behind_, [&] { return inner_.discard(); });
  }
  storage::StoreResult<void> checkpoint() override {
    return between_points(behind_, [&] { return inner_.checkpoint(); });
  }

 private:
  storage::StoreHome& inner_;
  PortsBehind behind_;
  std::unique_ptr<StorePort> store_;
};

class CopiesPort final : public projection::CopyStorage {
 public:
  CopiesPort(projection::CopyStorage& inner, PortsBehind behind) : inner_(inner), behind_(behind) {}

  storage::StoreResult<std::optional<projection::CopyNumber>> live() override { return inner_.live(); }
  storage::StoreResult<void> set_live(projection::CopyNumber copy) override {
    return between_points(behind_, [&] { return inner_.set_live(copy); });
  }
  storage::StoreResult<std::vector<projection::CopyNumber>> copies() override { return inner_.copies(); }
  storage::StoreHome& home(projection::CopyNumber copy, log::Partition partition,
                           const std::vector<std::string>& families) override {
    auto& port = homes_[{copy, partition}];
    if (!port) port = std::make_unique<HomePort>(inner_.home(copy, partition, families), behind_);
    return *port;
  }
  storage::StoreResult<void> remove(projection::CopyNumber copy) override {
    std::erase_if(homes_, [&](const auto& entry) { return entry.first.first == copy; });
    return between_points(behind_, [&] { return inner_.remove(copy); });
  }

 private:
  projection::CopyStorage& inner_;
  PortsBehind behind_;
  std::map<std::pair<projection::CopyNumber, log::Partition>, std::unique_ptr<HomePort>> homes_;
};

}  // namespace

std::unique_ptr<log::EventLog> make_log_port(log::EventLog& log, PortsBehind behind) {
  return std::make_unique<LogPort>(log, behind);
}

std::unique_ptr<storage::StoreHome> make_home_port(storage::StoreHome& home, PortsBehind behind) {
  return std::make_unique<HomePort>(home, behind);
}

std::unique_ptr<projection::CopyStorage> make_copies_port(projection::CopyStorage& copies,
                                                          PortsBehind behind) {
  return std::make_unique<CopiesPort>(copies, behind);
}

}  // namespace casetrail::simulation
