// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "dragoman/error.h"
#include "dragoman/page.h"

namespace dragoman {

/// Which input to read and how.
struct InputOptions {
  Format format = Format::kAuto;
};

/// Walks files, folders and "-" (standard input) and gives their pages one by one; a file that holds several (JSON
/// Lines, web archives, feeds, mail, CSV, ZIP: docs/containers.md) gives each of them. Folders are walked in order of
/// their names, files whose name begins with a dot left out. Web archives, CSV, ZIP and JSON Lines are read as they
/// come, everything else a file at a time. Pipes are read where they are named; those in folders, devices and sockets
/// are kUnreadable. Sources and places are UTF-8 whatever the bytes of a name. Not for sharing between threads.
class Input {
 public:
  Input(std::vector<std::string> paths, InputOptions options = {});
  ~Input();

  /// The next page or the next error (kUnreadable, kEmpty, kTooLarge, kBinary, kEncoding; of a line, record or item:
  /// kSyntax, kNoText, kEncoding, kTooLarge, kBinary; a folder loop is kUnreadable); false at the end. After an error the walk goes on.
  bool next(Result<Page>& page);

  /// Bytes read so far and bytes known of in all (for a progress bar; the total grows).
  uint64_t bytes_done() const;
  uint64_t bytes_known() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dragoman
