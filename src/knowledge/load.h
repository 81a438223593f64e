// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dragoman/error.h"
#include "knowledge/knowledge.h"
#include "knowledge/name_index.h"

namespace dragoman::knowledge {

/// What a Knowledge holds. Entries stand in the order countries, organizations, people, regions, cities
/// (by population), which is the order in which readings of a name are given.
struct KnowledgeData {
  std::deque<std::string> files;            // bytes, which all views below point into
  std::deque<std::string> file_names = {};  // of each, as messages and rows show it
  std::vector<Entry> entries;
  NameIndex names;
  std::unordered_map<std::string, RoleNoun> roles;
  size_t longest_role = 0;
  std::unordered_map<std::string_view, std::vector<uint32_t>> countries;  // code → country entries
  std::unordered_map<std::string_view, std::vector<uint32_t>> offices;    // code → people entries
  std::unordered_map<std::string_view, std::vector<uint32_t>> people;     // key → people entries
  std::unordered_map<std::string, std::vector<uint32_t>> surnames;        // folded, lower case → people entries
  std::unordered_map<std::string, char> given_names;                      // folded, lower case → 'm' or 'f'
  std::string hash;
};

/// Reads the files below `folder` and, where it is named, a user's own; throws Failure as Knowledge::open says. With
/// `faults` wrong rows are left out and said there, all of them; what is then given is not fit for use.
std::unique_ptr<KnowledgeData> load(const std::string& folder, const std::string& own = "",
                                    std::vector<Error>* faults = nullptr);

}  // namespace dragoman::knowledge
