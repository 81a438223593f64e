// SPDX-License-Identifier: Apache-2.0
#include "serve/pages.h"

#include <sys/stat.h>

#include <filesystem>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"

namespace dragoman::serve {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kLargestFile = uint64_t{32} << 20;
constexpr size_t kTag = 32;  // hexadecimal digits of an entity tag

constexpr std::pair<const char*, const char*> kTypes[] = {{".html", "text/html; charset=utf-8"},
                                                          {".js", "text/javascript; charset=utf-8"},
                                                          {".css", "text/css; charset=utf-8"},
                                                          {".json", "application/json"},
                                                          {".svg", "image/svg+xml"},
                                                          {".png", "image/png"},
                                                          {".ico", "image/x-icon"},
                                                          {".woff2", "font/woff2"},
                                                          {".txt", "text/plain; charset=utf-8"},
                                                          {".webmanifest", "application/manifest+json"}};

constexpr const char* kNotBuilt =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Dragoman</title><h1>The pages are not built</h1>"
    "<p>In a checkout <code>./dev build</code> builds them into <code>build/web</code>; another folder is named with "
    "<code>--web DIR</code>.</p><p>The <a href=\"/api/v1/openapi.json\">API</a> works without them.</p></html>\n";

const char* type_of(const std::string& name) {
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

// Names of built files hold a hash of their content: what has such a name never changes.
bool never_changes(const std::string& name) { return name.starts_with("/assets/"); }

std::shared_ptr<const Response> answer(const std::string& name, std::string content, bool packed) {
  Response response;
  response.with("ETag", "\"" + base::sha256_hex(content).substr(0, kTag) + "\"");
  response.with("Content-Type", type_of(name)).with("Vary", "Accept-Encoding");
  response.with("Cache-Control", never_changes(name) ? "public, max-age=31536000, immutable" : "no-cache");
  if (packed) response.with("Content-Encoding", "gzip");
  response.body = Body(std::move(content));
  return std::make_shared<const Response>(std::move(response));
}

/// Size and time of change of a file, as text; "" where it is not there.
std::string look_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return "";
  return std::to_string(status.st_ino) + '.' + std::to_string(status.st_size) + '.' +
         std::to_string(status.st_mtim.tv_sec) + '.' + std::to_string(status.st_mtim.tv_nsec);
}

}  // namespace

// The page itself takes its address apart, and says so where there is nothing at it.
bool Pages::is_page(const std::string& path) {
  return !never_changes(path) && path.rfind('.') == std::string::npos && path.rfind("/api/", 0) != 0;
}

std::shared_ptr<const Response> Pages::find(const std::string& path, bool takes_gzip) {
  const bool page = is_page(path);
  if (page || files_.empty()) {
    const std::string look = look_of(folder_ + "/index.html");
    if (look != version_ || files_.empty()) load();
    version_ = look;
  }
  const auto found = files_.find(page ? "/index.html" : path);
  if (found != files_.end()) return takes_gzip && found->second.packed ? found->second.packed : found->second.plain;
  return page ? answer("/index.html", kNotBuilt, false) : nullptr;
}

void Pages::load() {
  files_.clear();
  std::error_code error;
  fs::recursive_directory_iterator walk(folder_, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    if (walk->is_regular_file(error)) load_file(walk->path().string());
  }
}

void Pages::load_file(const std::string& path) {
  const auto content = base::read_file(path, kLargestFile);
  if (!content) return;
  std::string name = path.substr(folder_.size());
  const bool packed = name.ends_with(".gz");
  if (packed) name.resize(name.size() - 3);
  (packed ? files_[name].packed : files_[name].plain) = answer(name, *content, packed);
}

std::string web_folder(const std::string& told, const std::string& data) {
  if (!told.empty()) return told.size() > 1 && told.back() == '/' ? told.substr(0, told.size() - 1) : told;
  const fs::path home = fs::path(data).parent_path();
  std::error_code error;
  const fs::path beside = home / "web";
  return (fs::exists(beside / "index.html", error) && !fs::exists(beside / "package.json", error) ? beside
                                                                                                  : home / "build/web")
      .string();
}

}  // namespace dragoman::serve
