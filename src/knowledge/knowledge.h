// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/error.h"
#include "knowledge/table.h"

namespace dragoman::knowledge {

enum class EntryKind : uint8_t { kCountry, kOrganization, kPerson, kCity, kRegion };
const char* to_string(EntryKind kind);  ///< "country", "organization", "person", "city", "region"

/// How a name speaks of an entry: "France", "French", "the French", "Paris", "the Élysée".
enum class Sense : uint8_t { kName, kAdjective, kPeople, kCapital, kSeat };
const char* to_string(Sense sense);  ///< "name", "adjective", "people", "capital", "seat"

/// One row of the data. Views live as long as the Knowledge.
struct Entry {
  EntryKind kind = EntryKind::kCountry;
  std::string_view key;      ///< "CHN", "nato", "xi-jinping", a GeoNames number
  std::string_view name;     ///< canonical
  std::string_view type;     ///< column `kind`: "historic", "igo", "armed-group", …
  std::string_view country;  ///< PLOVER country code, "" if none
  std::string_view iso2;     ///< countries only: ISO 3166-1 alpha-2, "" if none
  std::string_view office;   ///< people only
  std::vector<std::string_view> sectors;
  std::string_view checked = {};    ///< people only: the last month for which an open spell was known to hold
  std::string_view precision = {};  ///< people only: of the dates, "day", "month" or "year"
  Validity valid;
  uint32_t line = 0;
  uint32_t file = 0;
  double lat = 0, lon = 0;  ///< cities only
  int64_t population = 0;   ///< cities only
};

/// One thing that a name may mean.
struct Reading {
  const Entry* entry = nullptr;
  Sense sense = Sense::kName;
  bool holds = true;  ///< the row holds on the day asked for (always true for day 0)
};

/// What several names mean.
class NameReadings {
 public:
  size_t size() const { return ends_.size(); }  ///< names

  /// Of the name at this place, as Knowledge::named() gives them.
  std::span<const Reading> of(size_t name) const {
    const size_t begin = name == 0 ? 0 : ends_[name - 1];
    return std::span(all_).subspan(begin, ends_[name] - begin);
  }

 private:
  friend class Knowledge;
  std::vector<Reading> all_;
  std::vector<size_t> ends_;  // in all_, of each name's
};

enum class MemberRole : uint8_t { kMember, kPermanent, kElected, kAssociate, kObserver };
inline constexpr size_t kMemberRoles = 5;
const char* to_string(MemberRole role);  ///< "member", "permanent", "elected", "associate", "observer"

/// That a state or body belongs to an organization, for a while.
struct Membership {
  const Entry* organization = nullptr;
  const Entry* member = nullptr;  ///< a country, or an organization
  MemberRole role = MemberRole::kMember;
  std::string_view from, to;  ///< as exactly as they are known: "1949-04-04", "1973-01", "1960"; "" open
  Validity valid;
  uint32_t line = 0;
  uint32_t file = 0;
};

/// What an office or role noun says of who bears it.
struct RoleNoun {
  std::string_view noun;  ///< as in the data: "foreign minister"
  std::vector<std::string_view> sectors;
  std::string_view kind;    ///< person, group, organization, …
  std::string_view number;  ///< singular, plural or ""
  std::string_view
      states;             ///< codes of the states that have it, "GBR|IND", or with "-" before them have it not; "" any
  std::string_view body;  ///< whether its bearer has the sectors of the body named with it: "yes", "of", "party", ""
  uint32_t line = 0;
  uint32_t file = 0;
  size_t words = 0;  ///< how many of the phrase's last words it took

  /// Whether a state has such an office or body, as far as is known.
  bool is_in(std::string_view state) const;

  /// The state that has it first or alone; "" where any may, or all but some.
  std::string_view first_state() const;

  /// Whether one state alone has it.
  bool is_of_one_state() const { return !first_state().empty() && first_state().size() == states.size(); }
};

struct KnowledgeData;

/// All that is known of actors and places, read once from data/, then const and shared by threads.
class Knowledge {
 public:
  /// Reads actors/{body_nouns,countries,given_names,memberships,organizations,people,roles,titles}.tsv and
  /// places/{cities,regions}.tsv below `folder`, and files of the same names in the folder `own`, if one is named: its
  /// rows are added, and take the place of the rows of the same key (of people: key, country and office; of
  /// memberships: organization and member) that hold on a day of their own. Throws
  /// Failure (kKnowledge) with "file:line" where a file is missing or a row is wrong. With `index`, a compiled index of
  /// these rows (see compiled.h), that is mapped instead; where it is missing, broken or of other rows than lie in
  /// `folder` now, and with rows of the user's own, the rows are read: the answers are the same, later by a tenth of a
  /// second.
  static Knowledge open(const std::string& folder, const std::string& own = "", const std::string& index = "");

  /// What is wrong with the files of `own`, all of it; nothing if all is well. Throws Failure as open() does where
  /// `own` cannot be read at all, or the knowledge of `folder` is broken itself.
  static std::vector<Error> faults(const std::string& folder, const std::string& own);

  Knowledge(Knowledge&&) noexcept;
  Knowledge& operator=(Knowledge&&) noexcept;
  ~Knowledge();

  /// What a name means, rows that hold on `day` first (0: no day known, all hold), each group in the order:
  /// countries, organizations, people, regions, cities by population. Case matters but for all-capital texts.
  std::vector<Reading> named(std::string_view name, Day day = 0) const;

  /// The same of several names at once, which takes a third of the time. `into` is overwritten; its memory is used
  /// again.
  void named(std::span<const std::string_view> names, Day day, NameReadings& into) const;

  /// The one person whom a name means that no row has, by a name that differs in its particles ("Ana Palacio" for "Ana
  /// de Palacio") or, of those in office on the day, in initials or middle names ("John F. Kerry"): the spells, those
  /// that hold on `day` first. Nothing where the name is known, or several people would fit. Slower than named().
  std::vector<Reading> nearly_named(std::string_view name, Day day = 0) const;

  /// Whether some name begins with this word (folded, lower case): a quick filter for scanning texts.
  bool may_begin_name(std::string_view folded_word) const;

  /// Words of the longest name.
  size_t longest_name() const;

  /// The longest role noun at the end of a phrase, also for its plural: "deputy foreign ministers" gives
  /// "deputy foreign minister", "foreign minister" or "minister", as far as the data goes.
  std::optional<RoleNoun> role(std::string_view phrase) const;

  /// The country row of a code that holds on `day`; the newest one if none does; null for an unknown code.
  const Entry* country(std::string_view code, Day day = 0) const;

  /// The PLOVER code of the state with this ISO 3166-1 alpha-2 code (any case) or internet country code ("uk"); "" if
  /// none.
  std::string_view code_of_iso2(std::string_view iso2) const;

  /// Whether bearers of a given name are taken up by "he" ('m') or "she" ('f'); 0 for names of both and unknown ones.
  char gender_of(std::string_view given_name) const;

  /// Office spells of a country that hold on `day`, in file order.
  std::vector<const Entry*> holders(std::string_view country, Day day) const;

  /// Office spells, holding on `day`, of people whose name ends in this word; for texts that name the well-known
  /// by surname alone.
  std::vector<const Entry*> surnamed(std::string_view surname, Day day) const;

  /// How much the sound of a person's name speaks for a state, against people of all states: see name_origins.h. What
  /// it needs is made when it is first asked, which takes some hundredths of a second.
  double sounds_of(std::string_view name, std::string_view country) const;

  /// All office spells of a person, in file order.
  std::vector<const Entry*> spells(std::string_view person) const;

  /// Who belongs to an organization, and to what a state or body belongs, by key, in file order, whenever that was.
  std::vector<const Membership*> members(std::string_view organization) const;
  std::vector<const Membership*> memberships(std::string_view member) const;

  /// The organizations that have members of a role on a day (0: on any), each once.
  std::vector<const Entry*> bodies_with(MemberRole role, Day day) const;

  /// "people.tsv:120"; of a user's file with its folder.
  std::string row(const Entry& entry) const;
  std::string row(const Membership& membership) const;
  std::string row(const RoleNoun& role) const;

  /// Dates of the row, "2013-03-14/2023-03-10"; "" if it has none.
  static std::string dates(const Entry& entry);

  /// "country:CHN", "igo:NATO", "person:xi-jinping": the key with its class.
  static std::string full_key(const Entry& entry);

  /// SHA-256 over the files' names and bytes in sorted order.
  const std::string& hash() const;

  /// Where it came from: "compiled index", "rows", or "rows (why the index was not taken)".
  const std::string& source() const;

  size_t size() const;  ///< number of entries

 private:
  explicit Knowledge(std::unique_ptr<KnowledgeData> data);
  std::unique_ptr<KnowledgeData> data_;
};

}  // namespace dragoman::knowledge
