// SPDX-License-Identifier: Apache-2.0
#include "knowledge/load.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "dragoman/error.h"
#include "knowledge/codes.h"
#include "knowledge/fold.h"
#include "knowledge/person_names.h"

namespace dragoman::knowledge {
namespace {

using Columns = std::vector<std::string_view>;

struct FileKind {
  const char* path;  ///< below the folder of the knowledge; a user's folder holds it under its last part
  Columns columns;   ///< all there are
  size_t required;   ///< so many of the first must be there
};

// In sorted order, as the hash wants them.
enum File : size_t {
  kBodyNouns,
  kCountries,
  kGivenNames,
  kMemberships,
  kOrganizations,
  kPeople,
  kRoles,
  kTitles,
  kCities,
  kRegions,
  kFiles
};

const std::array<FileKind, kFiles>& file_kinds() {
  static const std::array<FileKind, kFiles> kKinds = {{
      {"actors/body_nouns.tsv", {"noun", "body"}, 2},
      {"actors/countries.tsv",
       {"key", "code", "name", "kind", "iso2", "cow", "gw", "from", "to", "names", "adjectives", "people", "capitals",
        "seats"},
       3},
      {"actors/given_names.tsv", {"name", "pronoun"}, 2},
      {"actors/memberships.tsv", {"organization", "member", "role", "from", "to"}, 2},
      {"actors/organizations.tsv", {"key", "name", "country", "kind", "sectors", "from", "to", "names"}, 3},
      {"actors/people.tsv",
       {"key", "name", "country", "office", "sectors", "from", "to", "names", "precision", "source", "checked",
        "reread"},
       4},
      {"actors/roles.tsv", {"noun", "sectors", "kind", "number"}, 2},
      {"actors/titles.tsv", {"noun", "states"}, 2},
      {"places/cities.tsv", {"geonames", "name", "country", "lat", "lon", "population", "names"}, 5},
      {"places/regions.tsv", {"name", "kind", "country", "names", "people"}, 3},
  }};
  return kKinds;
}

std::string last_part(const char* path) { return std::string(path).substr(std::string(path).find('/') + 1); }

// Rows of one key (and office) that were taken so far. Two of one origin must not hold on the same day; a row of the
// user's, which come first, takes the place of the built-in ones that hold on a day of its own.
class Spells {
 public:
  bool take(const Table& table, size_t row, std::string key, const Validity& valid, bool own) {
    std::vector<Seen>& seen = seen_[key];
    for (const Seen& other : seen) {
      if (valid.from >= other.valid.to || other.valid.from >= valid.to) continue;
      if (other.own && !own) return false;
      table.fault(row, quoted(key) + " overlaps with line " + std::to_string(other.line));
      return false;
    }
    seen.push_back({valid, table.line(row), own});
    return true;
  }

 private:
  struct Seen {
    Validity valid;
    uint32_t line;
    bool own;
  };
  std::map<std::string, std::vector<Seen>> seen_;
};

// What a key that no row has may be meant for: the key behind a class ("igo:nato"), in other letters ("NATO"), or of
// what is called so ("Kenya").
class Hints {
 public:
  void add(std::string_view text, std::string_view key) { keys_.emplace(fold_lower(text), key); }

  std::string of(std::string_view wrong) const {
    const auto found = keys_.find(fold_lower(wrong.substr(wrong.find(':') + 1)));
    return found == keys_.end() ? "" : "; did you mean " + quoted(found->second) + "?";
  }

 private:
  std::map<std::string, std::string_view> keys_;
};

class Loader {
 public:
  Loader(const std::string& folder, const std::string& own, std::vector<Error>* faults)
      : data_(std::make_unique<KnowledgeData>()), faults_(faults) {
    std::string all;
    if (!own.empty()) read_own(own, all);
    for (size_t kind = 0; kind < file_kinds().size(); ++kind) {
      const char* path = file_kinds()[kind].path;
      auto bytes = base::read_file(folder + "/" + path);
      if (!bytes) throw Failure(Error{ErrorCode::kKnowledge, bytes.error().message, folder + "/" + path});
      all += path + std::string(1, '\n') + *bytes + '\n';
      sources_[kind].push_back(keep(last_part(path), std::move(*bytes), false));
    }
    data_->hash = base::sha256_hex(all);
  }

  std::unique_ptr<KnowledgeData> run() {
    countries();
    given_names();
    organizations();
    people();
    roles();
    body_nouns();
    titles();
    regions();
    cities();
    memberships();
    for (auto& [noun, role] : roles_) {
      data_->role_at.add(hash_of(noun), static_cast<uint32_t>(data_->roles.size()));
      data_->roles.push_back(role);
    }
    for (const auto& [name, gender] : given_names_)
      data_->given_names.add(hash_of(name), static_cast<unsigned char>(gender));
    data_->seal();
    data_->source = "rows";
    return std::move(data_);
  }

 private:
  struct Source {
    uint32_t file;  ///< index in the data's files
    bool own;
  };
  struct Row {
    const Table& table;
    size_t row;
    Source source;

    std::string_view field(const char* column) const { return table.field(row, table.column(column)); }
    std::string_view needed(const char* column) const {
      const auto text = field(column);
      if (text.empty()) fault(std::string("column '") + column + "' is empty");
      return text;
    }
    uint32_t line() const { return table.line(row); }
    void fault(const std::string& message) const { table.fault(row, message); }
    [[noreturn]] void fail(const std::string& message) const { table.fail(row, message); }
  };

  Source keep(std::string shown, std::string bytes, bool own) {
    data_->files.push_back(std::move(bytes));
    data_->file_names.push_back(std::move(shown));
    return {static_cast<uint32_t>(data_->files.size() - 1), own};
  }

  // Every .tsv of a user's folder must be one that is known: a slip in a file's name would go unnoticed.
  void read_own(const std::string& folder, std::string& all) {
    const auto found = base::list_folder(folder);
    if (!found) throw Failure(Error{ErrorCode::kKnowledge, found.error().message, folder});
    std::string known;
    for (const FileKind& kind : file_kinds()) known += (known.empty() ? "" : ", ") + last_part(kind.path);
    bool any = false;
    for (const std::string& name : *found) {
      if (!name.ends_with(".tsv")) continue;
      any = true;
      const auto kind = std::find_if(file_kinds().begin(), file_kinds().end(),
                                     [&](const FileKind& one) { return last_part(one.path) == name; });
      const std::string path = folder + (folder.ends_with('/') ? "" : "/") + name;
      guarded([&] {
        if (kind == file_kinds().end())
          throw Failure(Error{ErrorCode::kKnowledge, "is none of the files that are read: " + known, path});
        auto bytes = base::read_file(path, kLargestOwn);
        if (!bytes) throw Failure(Error{ErrorCode::kKnowledge, bytes.error().message, path});
        all += name + '\n' + *bytes + '\n';
        sources_[static_cast<size_t>(kind - file_kinds().begin())].push_back(keep(path, std::move(*bytes), true));
      });
    }
    if (!any) throw Failure(Error{ErrorCode::kKnowledge, "holds none of the files that are read: " + known, folder});
  }

  // Where faults are collected, what is wrong with one row does not keep the others from being looked at.
  template <class Do>
  void guarded(const Do& todo) {
    if (!faults_) return todo();
    try {
      todo();
    } catch (const Failure& failure) {
      faults_->push_back(failure.error());
    }
  }

  /// Calls `read` for each row of a kind of file, the user's first.
  template <class Read>
  void rows(File kind, const Read& read) {
    const FileKind& form = file_kinds()[kind];
    for (const Source& source : sources_[kind]) {
      guarded([&] {
        const Table table(data_->file_names[source.file], data_->files[source.file],
                          {form.columns.begin(), form.columns.begin() + static_cast<std::ptrdiff_t>(form.required)},
                          form.columns, faults_);
        for (size_t row = 0; row < table.rows(); ++row) guarded([&] { read(Row{table, row, source}); });
      });
    }
  }

  // A class before the key ("igo:nato") is put there by whoever asks for it, not by the file.
  static void check_key(const Row& row, std::string_view key) {
    const bool plain = std::all_of(
        key.begin(), key.end(), [](char c) { return base::is_ascii_alpha(c) || base::is_ascii_digit(c) || c == '-'; });
    if (!plain) row.fault("a key is of letters without accents, digits and hyphens, unlike " + quoted(key));
  }

  static Entry start(const Row& row, EntryKind kind, const char* key = "key") {
    Entry entry;
    entry.kind = kind;
    entry.key = row.needed(key);
    if (std::string_view(key) == "key") check_key(row, entry.key);
    entry.name = row.needed("name");
    entry.type = row.field("kind");
    entry.line = row.line();
    entry.file = row.source.file;
    entry.valid = row.table.validity(row.row);
    if (entry.key.empty()) entry.valid = {0, 0};  // nobody's: overlaps with no other
    return entry;
  }

  void set_country(const Row& row, Entry& entry) const {
    entry.country = row.field("country");
    check_country(row, entry.country);
  }

  void check_country(const Row& row, std::string_view country) const {
    if (!country.empty() && !is_non_state_code(country) && !codes_.count(country))
      row.fault("no country has the code " + quoted(country) + code_hints().of(country));
  }

  // Made when they are first needed, as the hints below: rows are seldom wrong.
  const Hints& code_hints() const {
    if (!code_hints_) {
      code_hints_.emplace();
      for (const auto code : codes_) code_hints_->add(code, code);
      for (const Entry& entry : data_->entries) {
        if (entry.kind != EntryKind::kCountry) continue;
        code_hints_->add(entry.name, entry.country);
        code_hints_->add(entry.iso2, entry.country);
      }
    }
    return *code_hints_;
  }

  const Hints& key_hints() const {
    if (!key_hints_) {
      key_hints_.emplace();
      for (const bool names : {false, true})
        for (const Entry& entry : data_->entries)
          if (entry.kind == EntryKind::kCountry || entry.kind == EntryKind::kOrganization)
            key_hints_->add(names ? entry.name : entry.key, entry.key);
    }
    return *key_hints_;
  }

  static std::vector<std::string_view> sectors(const Row& row) {
    std::vector<std::string_view> codes;
    for (const auto code : base::split(row.field("sectors"), '|')) {
      if (base::trim(code).empty()) continue;
      codes.push_back(base::trim(code));
      if (!is_sector(codes.back())) row.fault(quoted(codes.back()) + " is no sector");
    }
    return codes;
  }

  // The built-in rows are held to FORMAT.md by tools/data/check.py, when they change.
  static void one_of(const Row& row, const char* column, const Columns& allowed) {
    const auto text = row.source.own ? row.field(column) : std::string_view();
    if (!text.empty() && std::find(allowed.begin(), allowed.end(), text) == allowed.end())
      row.fault(quoted(text) + " in column '" + column + "' is none of " +
                base::join({allowed.begin(), allowed.end()}, ", "));
  }

  uint32_t put(Entry entry) {
    data_->entries.push_back(std::move(entry));
    const auto index = static_cast<uint32_t>(data_->entries.size() - 1);
    data_->names.add(data_->entries.back().name, index, static_cast<uint8_t>(Sense::kName));
    return index;
  }

  void put_names(const Row& row, const char* column, uint32_t entry, Sense sense) {
    for (const auto name : base::split(row.field(column), '|'))
      if (sense != Sense::kName || base::trim(name) != data_->entries[entry].name)
        data_->names.add(name, entry, static_cast<uint8_t>(sense));
  }

  static bool is_code(std::string_view text) { return text.size() == 3 && all_capitals(text); }

  void countries() {
    Spells spells;
    rows(kCountries, [&](const Row& row) {
      Entry entry = start(row, EntryKind::kCountry);
      entry.country = row.needed("code");
      if (!entry.country.empty() && !is_code(entry.country)) row.fault(quoted(entry.country) + " is no code");
      entry.iso2 = row.field("iso2");
      one_of(row, "kind", {"country", "territory", "partial", "historic"});
      if (!spells.take(row.table, row.row, std::string(entry.key), entry.valid, row.source.own)) return;
      const uint32_t index = put(std::move(entry));
      data_->countries.add(hash_of(data_->entries[index].country), index);
      codes_.insert(data_->entries[index].country);
      put_names(row, "names", index, Sense::kName);
      put_names(row, "adjectives", index, Sense::kAdjective);
      put_names(row, "people", index, Sense::kPeople);
      put_names(row, "capitals", index, Sense::kCapital);
      put_names(row, "seats", index, Sense::kSeat);
    });
    for (const Entry& entry : data_->entries) guarded([&] { belongs_to_a_state(entry); });
  }

  // A row's code is that of a state, whose own row has it as its key: nobody belongs to nobody, or to himself by
  // way of others.
  void belongs_to_a_state(const Entry& entry) const {
    if (is_non_state_code(entry.country) || !is_code(entry.country)) return;
    const Entry* state = nullptr;
    for (const Entry& other : data_->entries)
      if (other.key == entry.country && (!state || other.country == other.key)) state = &other;
    const std::string place = data_->file_names[entry.file] + ":" + std::to_string(entry.line);
    if (!state)
      throw Failure(
          Error{ErrorCode::kKnowledge, "no row has the code " + quoted(entry.country) + " as its key", place});
    if (state->country != state->key)
      throw Failure(Error{ErrorCode::kKnowledge,
                          quoted(entry.key) + " belongs to " + quoted(state->key) + ", which belongs to " +
                              quoted(state->country) + " itself",
                          place});
  }

  void given_names() {
    std::set<std::string> own;
    rows(kGivenNames, [&](const Row& row) {
      const auto name = row.needed("name"), pronoun = row.needed("pronoun");
      if (name.empty() || pronoun.empty()) return;
      if (pronoun != "he" && pronoun != "she") row.fault(quoted(pronoun) + " is neither he nor she");
      const std::string key = fold_lower(name);
      if (own.count(key) && !row.source.own) return;
      if (!given_names_.emplace(key, pronoun == "he" ? 'm' : 'f').second) row.fault(quoted(name) + " stands twice");
      if (row.source.own) own.insert(key);
    });
  }

  void organizations() {
    Spells spells;
    rows(kOrganizations, [&](const Row& row) {
      Entry entry = start(row, EntryKind::kOrganization);
      set_country(row, entry);
      entry.sectors = sectors(row);
      one_of(row, "kind",
             {"igo", "government", "legislature", "judiciary", "military", "police", "armed-group", "party", "company",
              "ngo", "media", "religious", "organization"});
      if (!spells.take(row.table, row.row, std::string(entry.key), entry.valid, row.source.own)) return;
      put_names(row, "names", put(std::move(entry)), Sense::kName);
    });
  }

  struct Named {
    std::string name;
    uint32_t line = 0;
  };

  // A spell that is told to the day has days.
  static void as_exact_as_told(const Row& row) {
    const std::string_view precision = row.field("precision");
    const size_t least = precision == "day" ? 10 : precision == "month" ? 7 : 0;
    for (const char* column : {"from", "to"}) {
      const std::string_view date = row.field(column);
      if (!date.empty() && date.size() < least)
        row.fault(quoted(date) + " in column '" + column + "' is not told to the " + std::string(precision));
    }
  }

  // The spells of one person bear one name.
  static void one_name_a_key(const Row& row, std::map<std::string, Named>& named) {
    const std::string key = std::to_string(row.source.file) + ":" + std::string(row.field("key"));
    const std::string name(row.field("name"));
    if (row.field("key").empty() || name.empty()) return;
    const auto [at, fresh] = named.try_emplace(key, Named{name, row.line()});
    if (!fresh && at->second.name != name)
      row.fault(quoted(row.field("key")) + " is named " + quoted(at->second.name) + " in line " +
                std::to_string(at->second.line));
  }

  void people() {
    Spells spells;
    std::map<std::string, Named> named;
    rows(kPeople, [&](const Row& row) {
      Entry entry = start(row, EntryKind::kPerson);
      set_country(row, entry);
      entry.office = row.needed("office");
      entry.sectors = sectors(row);
      entry.checked = row.field("checked");
      entry.precision = row.field("precision");
      one_of(row, "precision", {"day", "month", "year"});
      as_exact_as_told(row);
      one_name_a_key(row, named);
      if (!entry.checked.empty() && !parse_day(entry.checked)) row.fault(quoted(entry.checked) + " is no date");
      const std::string key =
          std::string(entry.key) + ", " + std::string(entry.country) + " " + std::string(entry.office);
      if (!spells.take(row.table, row.row, key, entry.valid, row.source.own)) return;
      const uint32_t index = put(std::move(entry));
      data_->offices.add(hash_of(data_->entries[index].country), index);
      data_->people.add(hash_of(data_->entries[index].key), index);
      put_names(row, "names", index, Sense::kName);
      put_spellings(row, index);
      const std::string name = fold_lower(data_->entries[index].name);
      data_->surnames.add(hash_of(name.substr(name.rfind(' ') + 1)), index);
    });
  }

  // A person's names as others write their particles.
  void put_spellings(const Row& row, uint32_t person) {
    std::vector<std::string_view> names = base::split(row.field("names"), '|');
    names.push_back(data_->entries[person].name);
    std::set<std::string> there, bare;
    for (const auto name : names) there.insert(fold_lower(name));
    for (const auto name : names) {
      for (const std::string& other : other_spellings(name))
        if (there.insert(base::lower_ascii(other)).second)
          data_->names.add(other, person, static_cast<uint8_t>(Sense::kName));
      const std::string without = without_particles(name);
      if (!without.empty() && without != fold(name) && bare.insert(without).second)
        data_->bare_names.add(without, person, static_cast<uint8_t>(Sense::kName));
    }
  }

  void roles() {
    rows(kRoles, [&](const Row& row) {
      RoleNoun role;
      role.noun = row.needed("noun");
      role.sectors = sectors(row);
      one_of(row, "kind", {"person", "people", "organization", "place"});
      one_of(row, "number", {"singular", "plural"});
      role.kind = row.field("kind");
      role.number = row.field("number");
      role.line = row.line();
      role.file = row.source.file;
      if (role.noun.empty()) return;
      std::string key = base::lower_ascii(role.noun);
      role.words = static_cast<size_t>(std::count(key.begin(), key.end(), ' ')) + 1;
      data_->longest_role = std::max(data_->longest_role, role.words);
      const auto [at, fresh] = roles_.try_emplace(std::move(key), std::move(role));
      if (!fresh && at->second.file == row.source.file)
        row.fault(quoted(at->first) + " stands already in line " + std::to_string(at->second.line));
    });
  }

  // What a file tells of nouns of roles.tsv, in its column `told`; a user's rows go before ours.
  template <class Check>
  void told_of_nouns(File file, const char* told, std::string_view RoleNoun::*field, const Check& check) {
    std::set<std::string> own, builtin;
    rows(file, [&](const Row& row) {
      const std::string noun = base::lower_ascii(row.needed("noun"));
      const auto value = row.needed(told);
      if (!value.empty()) check(row, value);
      if (noun.empty()) return;
      const auto role = roles_.find(noun);
      if (role == roles_.end()) row.fail(quoted(noun) + " is no noun of roles.tsv");
      if (!(row.source.own ? own : builtin).insert(noun).second) row.fail(quoted(noun) + " stands twice");
      if (row.source.own || !own.count(noun)) role->second.*field = value;
    });
  }

  void body_nouns() {
    told_of_nouns(kBodyNouns, "body", &RoleNoun::body, [](const Row& row, std::string_view body) {
      if (body != "yes" && body != "of" && body != "party") row.fault(quoted(body) + " is none of yes, of, party");
    });
  }

  void titles() {
    told_of_nouns(kTitles, "states", &RoleNoun::states, [this](const Row& row, std::string_view states) {
      if (states.starts_with('-')) states.remove_prefix(1);
      for (const std::string_view state : base::split(states, '|')) check_country(row, state);
    });
  }

  void regions() {
    Spells spells;
    rows(kRegions, [&](const Row& row) {
      Entry entry = start(row, EntryKind::kRegion, "name");
      set_country(row, entry);
      one_of(row, "kind", {"province", "region", "sea", "continent"});
      const std::string key = std::string(entry.name) + ", " + std::string(entry.type) + " of " +
                              (entry.country.empty() ? "no state" : std::string(entry.country));
      if (!spells.take(row.table, row.row, key, entry.valid, row.source.own)) return;
      const uint32_t index = put(std::move(entry));
      put_names(row, "names", index, Sense::kName);
      put_names(row, "people", index, Sense::kPeople);
    });
  }

  void cities() {
    struct City {
      Entry entry;
      std::string_view names;
    };
    std::vector<City> all;
    Spells spells;
    rows(kCities, [&](const Row& row) {
      Entry entry = start(row, EntryKind::kCity, "geonames");
      whole(row, "geonames");
      set_country(row, entry);
      entry.population = whole(row, "population");
      entry.lat = real(row, "lat", 90);
      entry.lon = real(row, "lon", 180);
      if (!spells.take(row.table, row.row, std::string(entry.key), entry.valid, row.source.own)) return;
      all.push_back({std::move(entry), row.field("names")});
    });
    std::stable_sort(all.begin(), all.end(),
                     [](const City& a, const City& b) { return a.entry.population > b.entry.population; });
    for (City& city : all) {
      const uint32_t index = put(std::move(city.entry));
      for (const auto name : base::split(city.names, '|'))
        if (base::trim(name) != data_->entries[index].name)
          data_->names.add(name, index, static_cast<uint8_t>(Sense::kName));
    }
  }

  // The last part to be read: it points into the entries.
  void memberships() {
    std::map<std::string_view, const Entry*> organizations, states;
    for (const Entry& entry : data_->entries) {
      if (entry.kind == EntryKind::kOrganization) organizations.emplace(entry.key, &entry);
      if (entry.kind == EntryKind::kCountry) states.emplace(entry.key, &entry);
    }
    const auto known = [](const auto& entries, std::string_view key) {
      const auto at = entries.find(key);
      return at == entries.end() ? nullptr : at->second;
    };
    Spells spells;
    rows(kMemberships, [&](const Row& row) {
      const auto body = row.needed("organization"), member = row.needed("member");
      Membership one;
      one.organization = known(organizations, body);
      if (!one.organization && !body.empty())
        row.fault("no organization has the key " + quoted(body) + key_hints().of(body));
      one.member = known(states, member);
      if (!one.member) one.member = known(organizations, member);
      if (!one.member && !member.empty())
        row.fault("no country or organization has the key " + quoted(member) + key_hints().of(member));
      one.role = member_role(row);
      one.valid = row.table.validity(row.row);
      if (!one.organization || !one.member) return;
      one.from = row.field("from");
      one.to = row.field("to");
      one.line = row.line();
      one.file = row.source.file;
      if (!spells.take(row.table, row.row, std::string(body).append(", ").append(member), one.valid, row.source.own))
        return;
      const auto index = static_cast<uint32_t>(data_->memberships.size());
      data_->members.add(hash_of(body), index);
      data_->member_of.add(hash_of(member), index);
      bodies_in_[one.organization->key].insert(one.member->key);
      data_->memberships.push_back(one);
    });
    const bool own = std::any_of(sources_[kMemberships].begin(), sources_[kMemberships].end(),
                                 [](const Source& source) { return source.own; });
    for (const Membership& one : data_->memberships)
      if (!own || one.file == sources_[kMemberships].front().file) guarded([&] { is_in_no_circle(one); });
  }

  // Said of the user's rows where there are such: the built-in ones are in none by themselves.
  void is_in_no_circle(const Membership& one) const {
    if (has_within(one.member->key, one.organization->key))
      throw Failure(Error{ErrorCode::kKnowledge,
                          quoted(one.organization->key) + " belongs to " + quoted(one.member->key) + " itself",
                          data_->file_names[one.file] + ":" + std::to_string(one.line)});
  }

  static MemberRole member_role(const Row& row) {
    const auto text = row.field("role");
    std::string all;
    for (size_t k = 0; k < kMemberRoles; ++k) {
      const auto role = static_cast<MemberRole>(k);
      if (text == to_string(role) || text.empty()) return role;
      all.append(all.empty() ? "" : ", ").append(to_string(role));
    }
    row.fault(quoted(text) + " in column 'role' is none of " + all);
    return MemberRole::kMember;
  }

  // Whether a body is the other one, or has it as a member, or as a member of a member.
  bool has_within(std::string_view body, std::string_view member) const {
    std::vector<std::string_view> open = {body};
    std::set<std::string_view> seen;
    while (!open.empty()) {
      const std::string_view one = open.back();
      open.pop_back();
      if (one == member) return true;
      const auto within = bodies_in_.find(one);
      if (seen.insert(one).second && within != bodies_in_.end())
        open.insert(open.end(), within->second.begin(), within->second.end());
    }
    return false;
  }

  static int64_t whole(const Row& row, const char* column) {
    const auto field = row.field(column);
    int64_t value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (!field.empty() && (error != std::errc() || end != field.data() + field.size() || value < 0))
      row.fault(quoted(field) + " in column '" + column + "' is no whole number");
    return value;
  }

  static double real(const Row& row, const char* column, double limit) {
    const auto field = row.field(column);
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || end != field.data() + field.size() || !(-limit <= value && value <= limit))
      row.fault(quoted(field) + " in column '" + column + "' is no position");
    return value;
  }

  static constexpr uint64_t kLargestOwn = 64ULL << 20;

  std::unique_ptr<KnowledgeData> data_;
  std::vector<Error>* faults_;
  mutable std::optional<Hints> code_hints_, key_hints_;
  std::map<std::string, RoleNoun> roles_;                             // by the noun in lower case
  std::map<std::string, char> given_names_;                           // folded, lower case → 'm' or 'f'
  std::set<std::string_view> codes_;                                  // of countries
  std::map<std::string_view, std::set<std::string_view>> bodies_in_;  // key of an organization → keys of its members
  std::array<std::vector<Source>, kFiles> sources_;
};

}  // namespace

void KnowledgeData::seal() {
  names.seal();
  bare_names.seal();
  for (HashTable* table : {&role_at, &countries, &offices, &people, &surnames, &given_names, &members, &member_of})
    table->seal();
}

std::vector<std::string> source_files() {
  std::vector<std::string> paths;
  for (const FileKind& kind : file_kinds()) paths.emplace_back(kind.path);
  return paths;
}

std::unique_ptr<KnowledgeData> load(const std::string& folder, const std::string& own, std::vector<Error>* faults) {
  return Loader(folder, own, faults).run();
}

}  // namespace dragoman::knowledge
