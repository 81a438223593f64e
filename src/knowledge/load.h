// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "dragoman/error.h"
#include "knowledge/hash_table.h"
#include "knowledge/knowledge.h"
#include "knowledge/name_index.h"
#include "knowledge/name_origins.h"

namespace dragoman::knowledge {

/// What a Knowledge holds. Entries stand in the order countries, organizations, people, regions, cities
/// (by population), which is the order in which readings of a name are given.
struct KnowledgeData {
  std::optional<base::MappedFile> index = {};  // that all views below point into, or
  std::deque<std::string> files;               // the files' bytes
  std::deque<std::string> file_names = {};     // of each, as messages and rows show it
  std::vector<Entry> entries;
  NameIndex names;
  NameIndex bare_names = {};  // of people whose names have particles: without_particles() → people entries
  std::vector<Membership> memberships = {};  // their entries lie in `entries`, which is not to grow any more
  std::vector<RoleNoun> roles;
  HashTable role_at;  // of the noun in lower case → role
  size_t longest_role = 0;
  HashTable countries;    // code → country entries
  HashTable offices;      // code → people entries
  HashTable people;       // key → people entries
  HashTable surnames;     // folded, lower case → people entries
  HashTable given_names;  // folded, lower case → 'm' or 'f'
  HashTable members;      // key of an organization → memberships
  HashTable member_of;    // key of a member → memberships
  std::once_flag name_origins_made;
  std::optional<NameOrigins> name_origins;  // made when first asked for
  std::string hash;
  std::string source;  // see Knowledge::source()

  void seal();
};

/// Reads the files below `folder` and, where it is named, a user's own; throws Failure as Knowledge::open says. With
/// `faults` wrong rows are left out and said there, all of them; what is then given is not fit for use.
std::unique_ptr<KnowledgeData> load(const std::string& folder, const std::string& own = "",
                                    std::vector<Error>* faults = nullptr);

/// The paths, below the folder of the knowledge, of the files that load() reads, in sorted order.
std::vector<std::string> source_files();

}  // namespace dragoman::knowledge
