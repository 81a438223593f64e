// SPDX-License-Identifier: Apache-2.0
#include "exports/sheet.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace dragoman::exports {

OutFile::OutFile(const std::string& folder, std::string name) : path_(folder + "/" + name), part_(path_ + ".part") {
  file_.name = std::move(name);
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(path_).parent_path(), ignored);
  out_.open(part_, std::ios::binary | std::ios::trunc);
  if (!out_) fail("cannot be written");
}

OutFile::~OutFile() {
  if (finished_) return;
  out_.close();
  std::remove(part_.c_str());
}

void OutFile::write(std::string_view bytes) {
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  hash_.add(bytes);
  file_.bytes += bytes.size();
}

ExportedFile OutFile::finish() {
  out_.close();
  if (!out_) fail("could not be written to its end");
  if (std::rename(part_.c_str(), path_.c_str()) != 0) fail("cannot be put in its place");
  finished_ = true;
  file_.sha256 = hash_.hex();
  return file_;
}

void OutFile::fail(const char* what) const {
  throw Failure({ErrorCode::kUnreadable, std::string(what) + " (" + std::strerror(errno) + ")", path_});
}

std::string file_name(const std::string& name, Delimiter delimiter) {
  constexpr std::string_view kCsv = ".csv";
  if (delimiter != Delimiter::kParquet || !name.ends_with(kCsv)) return name;
  return name.substr(0, name.size() - kCsv.size()) + ".parquet";
}

std::string tab_cell(std::string_view text) {
  std::string cell(text);
  for (char& c : cell) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return cell;
}

}  // namespace dragoman::exports
