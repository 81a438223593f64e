// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <unistd.h>

namespace dragoman::knowledge {

/// A small data folder in the temporary directory, removed at the end: the ten files with only their header
/// lines, to which tests add rows. Several countries are invented.
class TestData {
 public:
  TestData() {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("dragoman_knowledge_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
    files_ = {
        {"actors/countries.tsv",
         "key\tcode\tname\tiso2\tcow\tgw\tkind\tfrom\tto\tnames\tadjectives\tpeople\tcapitals\tseats\n"},
        {"actors/body_nouns.tsv", "noun\tbody\n"},
        {"actors/given_names.tsv", "name\tpronoun\n"},
        {"actors/memberships.tsv", "organization\tmember\trole\tfrom\tto\n"},
        {"actors/organizations.tsv", "key\tname\tkind\tcountry\tsectors\tfrom\tto\tnames\n"},
        {"actors/people.tsv", "key\tname\tcountry\toffice\tsectors\tfrom\tto\tnames\tprecision\tsource\tchecked\n"},
        {"actors/roles.tsv", "noun\tsectors\tkind\tnumber\n"},
        {"actors/titles.tsv", "noun\tstates\n"},
        {"places/cities.tsv", "geonames\tname\tcountry\tlat\tlon\tpopulation\tnames\n"},
        {"places/regions.tsv", "name\tkind\tcountry\tnames\tpeople\n"}};
  }
  TestData(const TestData&) = delete;
  TestData& operator=(const TestData&) = delete;
  ~TestData() { std::filesystem::remove_all(folder_); }

  TestData& country(const std::string& code, const std::string& name, const std::string& adjective = "",
                    const std::string& people = "", const std::string& capital = "", const std::string& seat = "",
                    const std::string& names = "", const std::string& from = "", const std::string& to = "") {
    const std::string key = to.empty() ? code : code + from;  // a state of today is its own code
    return row("actors/countries.tsv", key + "\t" + code + "\t" + name + "\t\t\t\tcountry\t" + from + "\t" + to + "\t" +
                                           names + "\t" + adjective + "\t" + people + "\t" + capital + "\t" + seat);
  }
  TestData& row(const std::string& file, const std::string& text) {
    files_[file] += text + "\n";
    return *this;
  }
  /// Writes the files and gives the folder.
  std::string write() const {
    for (const auto& [file, text] : files_) {
      std::filesystem::create_directories((folder_ / file).parent_path());
      std::ofstream(folder_ / file, std::ios::binary) << text;
    }
    return folder_.string();
  }
  std::string folder() const { return folder_.string(); }

 private:
  std::filesystem::path folder_;
  std::map<std::string, std::string> files_;
};

}  // namespace dragoman::knowledge
