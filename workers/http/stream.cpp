// Frames wait in order, and who waits is woken outside of the lock.
#include "workers/http/stream.h"

#include <utility>

namespace casetrail::http {

bool AnswerStream::write(Frame frame) {
  std::function<void()> wake;
  bool taken = true;
  {
    const std::scoped_lock lock(mutex_);
    if (then_ != Taken::Then::more) return false;
    const auto before = bytes_ + taken_;
    taken = before == 0 || before + frame->size() <= most_waiting_;
    if (taken) {
      bytes_ += frame->size();
      frames_.push_back(std::move(frame));
    } else {
      then_ = Taken::Then::cut;
    }
    wake = on_change_;
  }
  if (wake) wake();
  return taken;
}

void AnswerStream::finish() { change(Taken::Then::end); }

void AnswerStream::cut() { change(Taken::Then::cut); }

void AnswerStream::change(Taken::Then then) {
  std::function<void()> wake;
  {
    const std::scoped_lock lock(mutex_);
    if (then_ == Taken::Then::cut || then_ == then) return;
    then_ = then;
    if (then == Taken::Then::cut) {
      frames_.clear();
      bytes_ = 0;
    }
    wake = on_change_;
  }
  if (wake) wake();
}

bool AnswerStream::open() const {
  const std::scoped_lock lock(mutex_);
  return then_ == Taken::Then::more;
}

bool AnswerStream::was_cut() const {
  const std::scoped_lock lock(mutex_);
  return then_ == Taken::Then::cut;
}

std::size_t AnswerStream::waiting() const {
  const std::scoped_lock lock(mutex_);
  return bytes_ + taken_;
}

AnswerStream::Taken AnswerStream::take() {
  const std::scoped_lock lock(mutex_);
  taken_ = std::exchange(bytes_, 0);
  return {std::exchange(frames_, {}), then_};
}

void AnswerStream::listen(std::function<void()> on_change) {
  const std::scoped_lock lock(mutex_);
  on_change_ = std::move(on_change);
}

Frame event_frame(const ServerEvent& event) {
  std::string text;
  text.reserve(event.name.size() + event.id.size() + event.data.size() + 32);
  const auto field = [&](std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\n");
  };
  if (!event.name.empty()) field("event", event.name);
  if (!event.id.empty()) field("id", event.id);
  auto data = event.data;
  for (auto end = data.find('\n'); end != std::string_view::npos; end = data.find('\n')) {
    field("data", data.substr(0, end));
    data.remove_prefix(end + 1);
  }
  field("data", data);
  text += '\n';
  return std::make_shared<const std::string>(std::move(text));
}

}  // namespace casetrail::http
