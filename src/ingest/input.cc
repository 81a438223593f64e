// SPDX-License-Identifier: Apache-2.0
#include "dragoman/input.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/gunzip.h"
#include "ingest/json_line.h"
#include "ingest/limits.h"
#include "ingest/sniff.h"
#include "ingest/warc.h"

namespace dragoman {
namespace {

using ingest::kMostBytes;
using ingest::kMostLine;

Error unreadable(const std::string& path) {
  return {ErrorCode::kUnreadable, std::string("cannot be read: ") + std::strerror(errno), path};
}

Error too_large(const std::string& place, uint64_t limit) {
  return {ErrorCode::kTooLarge, "is larger than the limit of " + std::to_string(limit >> 20) + " MB", place};
}

// A file's name may be any bytes; what is said about it is UTF-8.
void make_utf8(std::string& said) {
  if (base::first_invalid_utf8(said) != base::kValid) said = ingest::with_bad_sequences_replaced(said);
}

void make_names_utf8(Result<Page>& page) {
  if (page) {
    make_utf8(page->source);
    make_utf8(page->place);
  } else if (Error error = page.error(); base::first_invalid_utf8(error.place + error.message) != base::kValid) {
    make_utf8(error.place);
    make_utf8(error.message);
    page = Result<Page>(std::move(error));
  }
}

// What cannot be read from begin to end; nullptr for files, pipes and folders.
const char* unfit_kind(mode_t mode) {
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  if (S_ISSOCK(mode)) return "a socket";
  return nullptr;
}

// Folders on the way from a named path down to an entry, for finding loops.
struct Above {
  dev_t device;
  ino_t inode;
  std::string path;
  std::shared_ptr<const Above> up;
};

struct Entry {
  std::string path;
  std::shared_ptr<const Above> above;
  bool named = false;  // by the caller, not found in a folder
};

// Reads a file or standard input forwards, with what was read and not yet taken in one buffer.
class Stream {
 public:
  static Result<std::unique_ptr<Stream>> open(const std::string& path) {
    const int fd = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return unreadable(path);
    return std::unique_ptr<Stream>(new Stream(fd, path));
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { ::close(fd_); }

  const std::string& path() const { return path_; }
  std::string_view ahead() const { return std::string_view(buffer_).substr(at_); }
  void skip(size_t bytes) { at_ += bytes; }
  bool at_end() const { return ended_; }
  const std::optional<Error>& error() const { return error_; }
  uint64_t taken_from_system() const { return total_; }

  // Reads one more piece; false at the end or on an error.
  bool fill() {
    if (ended_) return false;
    if (at_ > 0) {
      buffer_.erase(0, at_);
      at_ = 0;
    }
    if (unpacking_) return unpack();
    const bool first = total_ == 0;
    const bool more = read_piece(buffer_);
    if (first && ingest::is_gzip(buffer_)) {
      unpacking_ =
          std::make_unique<ingest::Gunzip>([this, start = std::exchange(buffer_, {})](std::string& bytes) mutable {
            if (!start.empty()) {
              bytes += std::exchange(start, {});
              return true;
            }
            return read_piece(bytes);
          });
      return unpack();
    }
    ended_ = !more;
    return more;
  }

  bool was_packed() const { return unpacking_ != nullptr; }

 private:
  static constexpr size_t kPiece = 1 << 20;

  Stream(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}

  // Appends what the system gives; false at the end or on an error.
  bool read_piece(std::string& bytes) {
    const size_t before = bytes.size();
    bytes.resize(before + kPiece);
    ssize_t got = 0;
    do {
      got = ::read(fd_, bytes.data() + before, kPiece);
    } while (got < 0 && errno == EINTR);
    if (got < 0) error_ = unreadable(path_);
    bytes.resize(before + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    total_ += static_cast<uint64_t>(std::max<ssize_t>(got, 0));
    return got > 0;
  }

  bool unpack() {
    if (unpacking_->more(buffer_)) return true;
    ended_ = true;
    if (!error_ && !unpacking_->fault().empty()) {
      error_ = Error{ErrorCode::kBinary, "is a gzip file that " + unpacking_->fault(), path_};
    }
    return false;
  }

  int fd_;
  std::string path_;
  std::string buffer_;
  size_t at_ = 0;
  uint64_t total_ = 0;
  bool ended_ = false;
  std::optional<Error> error_;
  std::unique_ptr<ingest::Gunzip> unpacking_;
};

constexpr size_t kLook = 1 << 20;  // bytes in which a file's first line is looked for

std::string utf16(std::string_view start) {
  if (start.starts_with("\xFF\xFE")) return "utf-16le";
  if (start.starts_with("\xFE\xFF")) return "utf-16be";
  return ingest::utf16_without_mark(start);
}

// True if the file begins with a line that is a JSON object.
bool begins_with_json_line(std::string_view start, bool whole) {
  if (!utf16(start).empty()) {
    const auto decoded = ingest::to_utf8(start.substr(0, start.size() & ~size_t{1}), "", false);
    return decoded && decoded->starts_with('{') && begins_with_json_line(*decoded, whole);
  }
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start = base::trim(start);
  if (!start.starts_with('{')) return false;
  const size_t end = start.find('\n');
  const std::string_view line = start.substr(0, end);
  if (end == std::string_view::npos && !whole) return base::trim(line.substr(1)).starts_with('"');
  const auto page = ingest::JsonLineReader().read(line, "", 1);
  return page || page.error().code == ErrorCode::kNoText;
}

}  // namespace

struct Input::State {
  std::vector<Entry> pending;  // the next one last
  InputOptions options;
  std::unique_ptr<Stream> lines;  // a JSON Lines file in the midst of being read
  uint64_t line = 0;
  bool any_line = false;
  std::unique_ptr<Stream> archive;  // a web archive in the midst of being read
  std::unique_ptr<ingest::WarcReader> records;
  ingest::JsonLineReader json;
  uint64_t done = 0;
  uint64_t known = 0;

  using Step = std::optional<Result<Page>>;  // nothing: go on with the next entry or line

  Step open(const Entry& entry);
  Step open_folder(const Entry& entry, const struct stat& info);
  Step open_file(const std::string& path);
  Step whole_file(Stream& stream, Format format);
  Step next_line();
  void open_archive(std::unique_ptr<Stream> stream);
  Step next_record();
  Step line_too_long();
};

Input::State::Step Input::State::open(const Entry& entry) {
  if (entry.path == "-") return open_file(entry.path);
  struct stat info {};
  if (::stat(entry.path.c_str(), &info) != 0) return Result<Page>(unreadable(entry.path));
  if (S_ISDIR(info.st_mode)) return open_folder(entry, info);
  if (const char* kind = unfit_kind(info.st_mode)) {
    const std::string advice = entry.named ? "; give a file, a folder or - for standard input" : ", no file";
    return Result<Page>(Error{ErrorCode::kUnreadable, std::string("is ") + kind + advice, entry.path});
  }
  // Whoever names a pipe fills it (a shell's "<(…)"); one that lies in a folder may wait for ever.
  if (S_ISFIFO(info.st_mode) && !entry.named) {
    return Result<Page>(
        Error{ErrorCode::kUnreadable, "is a pipe; in folders pipes are passed over (name it to read it)", entry.path});
  }
  if (!entry.named) known += static_cast<uint64_t>(info.st_size);
  return open_file(entry.path);
}

Input::State::Step Input::State::open_folder(const Entry& entry, const struct stat& info) {
  for (const Above* above = entry.above.get(); above != nullptr; above = above->up.get()) {
    if (above->device == info.st_dev && above->inode == info.st_ino) {
      return Result<Page>(
          Error{ErrorCode::kUnreadable,
                "is a link back to the folder " + above->path + " around it (a loop); it is not followed", entry.path});
    }
  }
  DIR* folder = ::opendir(entry.path.c_str());
  if (folder == nullptr) return Result<Page>(unreadable(entry.path));
  std::vector<std::string> names;
  while (const dirent* found = ::readdir(folder)) {
    if (found->d_name[0] != '.') names.emplace_back(found->d_name);
  }
  ::closedir(folder);
  std::sort(names.rbegin(), names.rend());
  const auto above = std::make_shared<const Above>(Above{info.st_dev, info.st_ino, entry.path, entry.above});
  const std::string stem = entry.path.ends_with('/') ? entry.path : entry.path + "/";
  for (const std::string& name : names) pending.push_back({stem + name, above, false});
  if (names.empty() && entry.named)
    return Result<Page>(Error{ErrorCode::kEmpty, "is a folder without files", entry.path});
  return std::nullopt;
}

Input::State::Step Input::State::open_file(const std::string& path) {
  auto opened = Stream::open(path);
  if (!opened) return Result<Page>(opened.error());
  std::unique_ptr<Stream> stream = std::move(*opened);
  // A pipe gives its first line in pieces.
  while (stream->ahead().size() < kLook && stream->fill() && stream->ahead().find('\n') == std::string_view::npos) {
  }
  if (stream->error()) return Result<Page>(*stream->error());
  const std::string_view name = path.ends_with(".gz") ? std::string_view(path).substr(0, path.size() - 3) : path;
  Format format = options.format == Format::kAuto ? ingest::format_of_name(name) : options.format;
  if (stream->ahead().empty()) return Result<Page>(Error{ErrorCode::kEmpty, "is empty", path});
  if (options.format == Format::kAuto && ingest::is_warc(stream->ahead())) {
    open_archive(std::move(stream));
    return std::nullopt;
  }
  if (format == Format::kAuto && begins_with_json_line(stream->ahead(), stream->at_end())) {
    format = Format::kJsonLines;
  }
  if (format == Format::kJsonLines) {
    if (const std::string kind = ingest::binary_kind(stream->ahead()); !kind.empty()) {
      return Result<Page>(Error{ErrorCode::kBinary, "is no JSON Lines file but " + kind, path});
    }
    if (const std::string charset = utf16(stream->ahead()); !charset.empty()) {
      return Result<Page>(
          Error{ErrorCode::kEncoding,
                "is UTF-16; JSON Lines have to be UTF-8 (iconv -f " + charset + " -t utf-8 converts it)", path});
    }
    if (stream->ahead().starts_with("\xEF\xBB\xBF")) stream->skip(3);
    lines = std::move(stream);
    line = 0;
    any_line = false;
    return std::nullopt;
  }
  return whole_file(*stream, format);
}

Input::State::Step Input::State::whole_file(Stream& stream, Format format) {
  const std::string& path = stream.path();
  while (stream.ahead().size() <= kMostBytes && stream.fill()) {
  }
  done += stream.taken_from_system();
  if (stream.error()) return Result<Page>(*stream.error());
  if (stream.ahead().size() > kMostBytes) return Result<Page>(too_large(path, kMostBytes));
  Page page;
  page.source = page.place = path;
  page.bytes = stream.ahead();
  page.format = format;
  if (base::lower_ascii(path).ends_with(".json") && format == Format::kAuto) {  // one object over several lines
    return json.read(page.bytes, path, 1);
  }
  return Result<Page>(std::move(page));
}

void Input::State::open_archive(std::unique_ptr<Stream> stream) {
  archive = std::move(stream);
  records = std::make_unique<ingest::WarcReader>(archive->path(), [this](std::string& bytes) {
    if (archive->ahead().empty() && !archive->fill()) return false;
    bytes += archive->ahead();
    archive->skip(archive->ahead().size());
    return true;
  });
}

Input::State::Step Input::State::next_record() {
  const uint64_t before = archive->taken_from_system();
  Step step = records->next();
  done += archive->taken_from_system() - before;
  if (step) return step;
  records.reset();
  const std::unique_ptr<Stream> finished = std::move(archive);
  if (finished->error()) return Result<Page>(*finished->error());
  return std::nullopt;
}

Input::State::Step Input::State::next_line() {
  size_t looked = 0;
  for (;;) {
    const std::string_view ahead = lines->ahead();
    const size_t end = ahead.find('\n', looked);
    const bool last = end == std::string_view::npos;
    if (last && ahead.size() > kMostLine) return line_too_long();
    if (last && !lines->at_end()) {
      looked = ahead.size();
      lines->fill();
      continue;
    }
    if (last && ahead.empty()) break;
    ++line;
    const size_t size = last ? ahead.size() : end;
    Step step;
    if (size > kMostLine) {
      step = Result<Page>(too_large(lines->path() + ":" + std::to_string(line), kMostLine));
    } else if (const std::string_view text = base::trim(ahead.substr(0, size)); !text.empty()) {
      step = json.read(text, lines->path(), line);
    }
    lines->skip(size + (last ? 0 : 1));
    done += size + (last ? 0 : 1);
    looked = 0;
    if (step) {
      any_line = true;
      return step;
    }
  }
  const std::unique_ptr<Stream> finished = std::move(lines);
  if (finished->error()) return Result<Page>(*finished->error());
  if (!any_line) return Result<Page>(Error{ErrorCode::kEmpty, "has no line of JSON", finished->path()});
  return std::nullopt;
}

// Reads on to the line's end without keeping it.
Input::State::Step Input::State::line_too_long() {
  ++line;
  any_line = true;
  for (;;) {
    const size_t end = lines->ahead().find('\n');
    const size_t size = end == std::string_view::npos ? lines->ahead().size() : end + 1;
    lines->skip(size);
    done += size;
    if (end != std::string_view::npos || !lines->fill()) break;
  }
  return Result<Page>(too_large(lines->path() + ":" + std::to_string(line), kMostLine));
}

Input::Input(std::vector<std::string> paths, InputOptions options) : state_(std::make_unique<State>()) {
  state_->options = options;
  for (size_t i = paths.size(); i-- > 0;) {
    struct stat info {};
    if (::stat(paths[i].c_str(), &info) == 0 && S_ISREG(info.st_mode)) {
      state_->known += static_cast<uint64_t>(info.st_size);
    }
    state_->pending.push_back({std::move(paths[i]), nullptr, true});
  }
}

Input::~Input() = default;

bool Input::next(Result<Page>& page) {
  State& state = *state_;
  for (;;) {
    State::Step step;
    if (state.lines) {
      step = state.next_line();
    } else if (state.records) {
      step = state.next_record();
    } else if (!state.pending.empty()) {
      const Entry entry = std::move(state.pending.back());
      state.pending.pop_back();
      step = state.open(entry);
    } else {
      return false;
    }
    if (step) {
      page = std::move(*step);
      make_names_utf8(page);
      return true;
    }
  }
}

uint64_t Input::bytes_done() const { return state_->done; }
uint64_t Input::bytes_known() const { return std::max(state_->known, state_->done); }

}  // namespace dragoman
