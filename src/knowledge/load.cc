// SPDX-License-Identifier: Apache-2.0
#include "knowledge/load.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <map>
#include <tuple>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "dragoman/error.h"
#include "knowledge/codes.h"
#include "knowledge/fold.h"

namespace dragoman::knowledge {
namespace {

// In sorted order, as the hash wants them.
constexpr std::array<const char*, 7> kFiles = {
    "actors/countries.tsv", "actors/given_names.tsv", "actors/organizations.tsv", "actors/people.tsv",
    "actors/roles.tsv",     "places/cities.tsv",      "places/regions.tsv"};

// Two rows of one key (and office) must not hold on the same day.
class Spells {
 public:
  void add(const Table& table, size_t row, std::string key, const Validity& valid) {
    for (const auto& [other, line] : seen_[key])
      if (valid.from < other.to && other.from < valid.to)
        table.fail(row, quoted(key) + " overlaps with line " + std::to_string(line));
    seen_[std::move(key)].emplace_back(valid, table.line(row));
  }

 private:
  std::map<std::string, std::vector<std::pair<Validity, uint32_t>>> seen_;
};

class Loader {
 public:
  explicit Loader(const std::string& folder) : data_(std::make_unique<KnowledgeData>()) {
    std::string all;
    for (const char* file : kFiles) {
      const std::string path = folder + "/" + file;
      auto bytes = base::read_file(path);
      if (!bytes) throw Failure(Error{ErrorCode::kKnowledge, bytes.error().message, path});
      data_->files.push_back(std::move(*bytes));
      all += file + std::string(1, '\n') + data_->files.back() + '\n';
    }
    data_->hash = base::sha256_hex(all);
  }

  std::unique_ptr<KnowledgeData> run() {
    countries();
    given_names();
    organizations();
    people();
    roles();
    regions();
    cities();
    data_->names.seal();
    return std::move(data_);
  }

 private:
  Table table(size_t file, const std::vector<std::string_view>& required) const {
    const std::string path = kFiles[file];
    return Table(path.substr(path.find('/') + 1), data_->files[file], required);
  }

  Entry start(const Table& table, size_t row, EntryKind kind, const char* key = "key") const {
    Entry entry;
    entry.kind = kind;
    entry.key = needed(table, row, key);
    entry.name = needed(table, row, "name");
    entry.type = table.field(row, table.column("kind"));
    entry.line = table.line(row);
    entry.valid = table.validity(row);
    return entry;
  }

  static std::string_view needed(const Table& table, size_t row, const char* column) {
    const auto field = table.field(row, table.column(column));
    if (field.empty()) table.fail(row, std::string("column '") + column + "' is empty");
    return field;
  }

  void set_country(const Table& table, size_t row, Entry& entry) const {
    entry.country = table.field(row, table.column("country"));
    if (!entry.country.empty() && !is_non_state_code(entry.country) && !data_->countries.count(entry.country))
      table.fail(row, "no country has the code '" + std::string(entry.country) + "'");
  }

  static std::vector<std::string_view> sectors(const Table& table, size_t row) {
    std::vector<std::string_view> codes;
    for (const auto code : base::split(table.field(row, table.column("sectors")), '|')) {
      if (base::trim(code).empty()) continue;
      codes.push_back(base::trim(code));
      if (!is_sector(codes.back())) table.fail(row, quoted(codes.back()) + " is no sector");
    }
    return codes;
  }

  uint32_t put(Entry entry) {
    data_->entries.push_back(std::move(entry));
    const auto index = static_cast<uint32_t>(data_->entries.size() - 1);
    data_->names.add(data_->entries.back().name, index, static_cast<uint8_t>(Sense::kName));
    return index;
  }

  void put_names(const Table& table, size_t row, const char* column, uint32_t entry, Sense sense) {
    for (const auto name : base::split(table.field(row, table.column(column)), '|'))
      if (sense != Sense::kName || base::trim(name) != data_->entries[entry].name)
        data_->names.add(name, entry, static_cast<uint8_t>(sense));
  }

  void countries() {
    const Table table = this->table(
        0, {"key", "code", "name", "kind", "from", "to", "names", "adjectives", "people", "capitals", "seats"});
    Spells spells;
    for (size_t row = 0; row < table.rows(); ++row) {
      Entry entry = start(table, row, EntryKind::kCountry);
      entry.country = needed(table, row, "code");
      entry.iso2 = table.field(row, table.column("iso2"));
      spells.add(table, row, std::string(entry.key), entry.valid);
      const uint32_t index = put(std::move(entry));
      data_->countries[data_->entries[index].country].push_back(index);
      put_names(table, row, "names", index, Sense::kName);
      put_names(table, row, "adjectives", index, Sense::kAdjective);
      put_names(table, row, "people", index, Sense::kPeople);
      put_names(table, row, "capitals", index, Sense::kCapital);
      put_names(table, row, "seats", index, Sense::kSeat);
    }
  }

  void given_names() {
    const Table table = this->table(1, {"name", "pronoun"});
    for (size_t row = 0; row < table.rows(); ++row) {
      const auto name = needed(table, row, "name"), pronoun = needed(table, row, "pronoun");
      if (pronoun != "he" && pronoun != "she") table.fail(row, quoted(pronoun) + " is neither he nor she");
      const char gender = pronoun == "he" ? 'm' : 'f';
      if (!data_->given_names.emplace(fold_lower(name), gender).second) table.fail(row, quoted(name) + " stands twice");
    }
  }

  void organizations() {
    const Table table = this->table(2, {"key", "name", "kind", "country", "sectors", "from", "to", "names"});
    Spells spells;
    for (size_t row = 0; row < table.rows(); ++row) {
      Entry entry = start(table, row, EntryKind::kOrganization);
      set_country(table, row, entry);
      entry.sectors = sectors(table, row);
      spells.add(table, row, std::string(entry.key), entry.valid);
      put_names(table, row, "names", put(std::move(entry)), Sense::kName);
    }
  }

  void people() {
    const Table table = this->table(3, {"key", "name", "country", "office", "sectors", "from", "to", "names"});
    Spells spells;
    for (size_t row = 0; row < table.rows(); ++row) {
      Entry entry = start(table, row, EntryKind::kPerson);
      set_country(table, row, entry);
      entry.office = table.field(row, table.column("office"));
      entry.sectors = sectors(table, row);
      spells.add(table, row,
                 std::string(entry.key) + ", " + std::string(entry.country) + " " + std::string(entry.office),
                 entry.valid);
      const uint32_t index = put(std::move(entry));
      data_->offices[data_->entries[index].country].push_back(index);
      data_->people[data_->entries[index].key].push_back(index);
      put_names(table, row, "names", index, Sense::kName);
      const std::string name = fold_lower(data_->entries[index].name);
      data_->surnames[name.substr(name.rfind(' ') + 1)].push_back(index);
    }
  }

  void roles() {
    const Table table = this->table(4, {"noun", "sectors", "kind", "number"});
    for (size_t row = 0; row < table.rows(); ++row) {
      RoleNoun role;
      role.noun = needed(table, row, "noun");
      role.sectors = sectors(table, row);
      role.kind = table.field(row, table.column("kind"));
      role.number = table.field(row, table.column("number"));
      role.line = table.line(row);
      std::string key = base::lower_ascii(role.noun);
      role.words = static_cast<size_t>(std::count(key.begin(), key.end(), ' ')) + 1;
      data_->longest_role = std::max(data_->longest_role, role.words);
      if (const auto [at, fresh] = data_->roles.try_emplace(std::move(key), std::move(role)); !fresh)
        table.fail(row, quoted(at->first) + " stands already in line " + std::to_string(at->second.line));
    }
  }

  void regions() {
    const Table table = this->table(6, {"name", "kind", "country", "names"});
    for (size_t row = 0; row < table.rows(); ++row) {
      Entry entry = start(table, row, EntryKind::kRegion, "name");
      set_country(table, row, entry);
      put_names(table, row, "names", put(std::move(entry)), Sense::kName);
    }
  }

  void cities() {
    const Table table = this->table(5, {"geonames", "name", "country", "lat", "lon", "population", "names"});
    std::vector<std::pair<int64_t, size_t>> order;
    for (size_t row = 0; row < table.rows(); ++row) order.emplace_back(-whole(table, row, "population"), row);
    std::sort(order.begin(), order.end());
    for (const auto& [population, row] : order) {
      Entry entry = start(table, row, EntryKind::kCity, "geonames");
      set_country(table, row, entry);
      entry.population = -population;
      entry.lat = real(table, row, "lat", 90);
      entry.lon = real(table, row, "lon", 180);
      put_names(table, row, "names", put(std::move(entry)), Sense::kName);
    }
  }

  static int64_t whole(const Table& table, size_t row, const char* column) {
    const auto field = table.field(row, table.column(column));
    int64_t value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (!field.empty() && (error != std::errc() || end != field.data() + field.size()))
      table.fail(row, quoted(field) + " in column '" + column + "' is no whole number");
    return value;
  }

  static double real(const Table& table, size_t row, const char* column, double limit) {
    const auto field = table.field(row, table.column(column));
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || end != field.data() + field.size() || value < -limit || value > limit)
      table.fail(row, quoted(field) + " in column '" + column + "' is no position");
    return value;
  }

  std::unique_ptr<KnowledgeData> data_;
};

}  // namespace

std::unique_ptr<KnowledgeData> load(const std::string& folder) { return Loader(folder).run(); }

}  // namespace dragoman::knowledge
