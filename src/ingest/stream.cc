// SPDX-License-Identifier: Apache-2.0
#include "ingest/stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace dragoman::ingest {
namespace {

constexpr size_t kPiece = 1 << 20;
constexpr size_t kMark = 8;  // bytes by which packed streams are known

// A file descriptor that closes itself.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { ::close(fd_); }

  // Appends what the system gives: the number of bytes, 0 at the end, -1 for an error (in errno).
  ssize_t read_piece(std::string& bytes) const {
    const size_t before = bytes.size();
    bytes.resize(before + kPiece);
    ssize_t got = 0;
    do {
      got = ::read(fd_, bytes.data() + before, kPiece);
    } while (got < 0 && errno == EINTR);
    bytes.resize(before + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    return got;
  }

 private:
  int fd_;
};

Error unreadable(const std::string& path) {
  return {ErrorCode::kUnreadable, std::string("cannot be read: ") + std::strerror(errno), path};
}

MoreBytes once(std::string bytes) {
  return [bytes = std::move(bytes)](std::string& out) mutable {
    const bool any = !bytes.empty();
    if (out.empty()) {
      out.swap(bytes);
    } else {
      out += bytes;
    }
    bytes.clear();
    return any;
  };
}

}  // namespace

Result<std::unique_ptr<Stream>> Stream::open(const std::string& path, uint64_t& taken) {
  const int fd = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return unreadable(path);
  auto stream = std::make_unique<Stream>(path, MoreBytes());
  stream->source_ = [file = std::make_shared<File>(fd), &taken, self = stream.get()](std::string& bytes) {
    const ssize_t got = file->read_piece(bytes);
    if (got < 0) self->error_ = unreadable(self->name_);
    taken += static_cast<uint64_t>(std::max<ssize_t>(got, 0));
    return got > 0;
  };
  return stream;
}

Stream::Stream(std::string name, MoreBytes bytes) : name_(std::move(name)), source_(std::move(bytes)) {}
Stream::Stream(std::string name, std::string bytes) : Stream(std::move(name), once(std::move(bytes))) {}

bool Stream::fill() {
  if (ended_) return false;
  if (at_ > 0) {
    buffer_.erase(0, at_);
    before_ += at_;
    at_ = 0;
  }
  if (!begun_) return fill_first();
  ended_ = !(unpacking_ ? unpacking_->more(buffer_) : source_(buffer_));
  return !ended_;
}

bool Stream::fill_first() {
  begun_ = true;
  while (buffer_.size() < kMark && source_(buffer_)) {
  }
  packing_ = packing_of(buffer_);
  if (packing_.empty()) {
    ended_ = buffer_.empty();
    return !ended_;
  }
  std::string start = std::exchange(buffer_, {});
  unpacking_ = unpacking_of(start, [this, start, given = false](std::string& bytes) mutable {
    if (std::exchange(given, true)) return source_(bytes);
    bytes += std::exchange(start, {});
    return true;
  });
  if (goes_on_) unpacking_->go_on_after_damage();
  ended_ = !unpacking_->more(buffer_);
  return !ended_;
}

bool Stream::fill(size_t size) {
  while (ahead().size() < size) {
    if (!fill()) return false;
  }
  return true;
}

std::optional<Error> Stream::take_error() {
  if (error_) return std::exchange(error_, std::nullopt);
  if (!unpacking_ || told_ == unpacking_->faults().size()) return std::nullopt;
  return Error{ErrorCode::kBinary, "is a " + packing_ + " file that " + unpacking_->faults()[told_++], name_};
}

}  // namespace dragoman::ingest
