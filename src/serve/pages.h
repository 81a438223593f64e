// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "serve/http.h"

namespace dragoman::serve {

/// The files of the web folder, read once and again when its index.html changes. What is not one of them when they
/// are read cannot be asked for. Not for sharing between threads.
class Pages {
 public:
  explicit Pages(std::string folder) : folder_(std::move(folder)) {}

  /// The answer to GET of this path: a file, index.html where it is the address of a page, a word on how to build the
  /// pages where they are not there; null where it is neither.
  std::shared_ptr<const Response> find(const std::string& path, bool takes_gzip);

  /// Whether the path is the address of a page ("/events"): anything outside the API that is no file by its name.
  static bool is_page(const std::string& path);

 private:
  struct File {
    std::shared_ptr<const Response> plain, packed;
  };
  void load();
  void load_file(const std::string& name);

  std::string folder_;
  std::string version_;  // what index.html looked like when the files were read
  std::map<std::string, File> files_;
};

/// The folder of the pages: as told, else web/ beside the knowledge, else build/web beside it.
std::string web_folder(const std::string& told, const std::string& data);

}  // namespace dragoman::serve
