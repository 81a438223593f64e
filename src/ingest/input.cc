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

#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/container.h"

namespace dragoman {
namespace {

Error unreadable(const std::string& path) {
  return {ErrorCode::kUnreadable, std::string("cannot be read: ") + std::strerror(errno), path};
}

// A file's name may be any bytes, an id in it any character; what is said about it is UTF-8 without U+0000.
void make_utf8(std::string& said) {
  ingest::replace_nul(said);
  if (base::first_invalid_utf8(said) != base::kValid) said = ingest::with_bad_sequences_replaced(said);
}

void make_names_utf8(Result<Page>& page) {
  if (page) {
    make_utf8(page->source);
    make_utf8(page->place);
  } else if (Error error = page.error(); base::first_invalid_utf8(error.place + error.message) != base::kValid ||
                                         error.place.find('\0') != std::string::npos) {
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

}  // namespace

struct Input::State {
  std::vector<Entry> pending;  // the next one last
  InputOptions options;
  std::unique_ptr<ingest::Container> file;  // in the midst of being read
  uint64_t done = 0;
  uint64_t known = 0;

  using Step = std::optional<Result<Page>>;  // nothing: go on with the next entry

  Step open(const Entry& entry);
  Step open_folder(const Entry& entry, const struct stat& info);
  Step open_file(const std::string& path);
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
  auto opened = ingest::Stream::open(path, done);
  if (!opened) return Result<Page>(opened.error());
  file = ingest::open_container(std::move(*opened), options.format);
  return std::nullopt;
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
    if (state.file) {
      step = state.file->next();
      if (!step) state.file.reset();
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
