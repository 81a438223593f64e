// SPDX-License-Identifier: Apache-2.0
#include "knowledge/knowledge.h"

#include <algorithm>

#include "base/text.h"
#include "knowledge/compiled.h"
#include "knowledge/fold.h"
#include "knowledge/load.h"
#include "knowledge/person_names.h"

namespace dragoman::knowledge {
namespace {

std::string day_text(Day day) {
  const std::string digits = std::to_string(100000000 + day).substr(1);
  return digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2);
}

// The forms that a plural last word may stand for: "ministries" → "ministry", "gunmen" → "gunman".
std::vector<std::string> singulars(const std::string& phrase) {
  std::vector<std::string> out;
  const auto swap = [&](std::string_view ending, std::string_view by) {
    if (phrase.size() > ending.size() + 1 && phrase.ends_with(ending))
      out.push_back(phrase.substr(0, phrase.size() - ending.size()) + std::string(by));
  };
  swap("ies", "y");
  swap("men", "man");
  swap("women", "woman");
  swap("s", "");
  swap("es", "");
  return out;
}

const RoleNoun* role_named(const KnowledgeData& data, const std::string& noun) {
  for (const HashTable::Slot& slot : data.role_at.find(hash_of(noun)))
    if (base::lower_ascii(data.roles[slot.value].noun) == noun) return &data.roles[slot.value];
  return nullptr;
}

const RoleNoun* find_role(const KnowledgeData& data, const std::string& phrase) {
  if (const RoleNoun* role = role_named(data, phrase)) return role;
  for (const auto& singular : singulars(phrase))
    if (const RoleNoun* role = role_named(data, singular)) return role;
  return nullptr;
}

/// Entries whose `field` is the key.
std::vector<const Entry*> entries_of(const HashTable& table, const KnowledgeData& data, std::string_view key,
                                     std::string_view Entry::*field) {
  std::vector<const Entry*> out;
  for (const HashTable::Slot& slot : table.find(hash_of(key)))
    if (data.entries[slot.value].*field == key) out.push_back(&data.entries[slot.value]);
  return out;
}

void put_holding_first(std::span<Reading> readings, Day day) {
  bool all_hold = true;
  for (Reading& reading : readings) {
    reading.holds = reading.entry->valid.holds_on(day);
    all_hold = all_hold && reading.holds;
  }
  if (!all_hold)
    std::stable_partition(readings.begin(), readings.end(), [](const Reading& reading) { return reading.holds; });
}

// Leaves those in office on the day where several people are left; whether one person is then.
bool one_person(std::vector<const Entry*>& entries, Day day) {
  const auto same = [&] {
    return std::all_of(entries.begin(), entries.end(),
                       [&](const Entry* entry) { return entry->key == entries.front()->key; });
  };
  if (!same() && day != 0) std::erase_if(entries, [&](const Entry* entry) { return !entry->valid.holds_on(day); });
  return !entries.empty() && same();
}

// Whether no word begins with a small letter.
bool is_capitalised(std::string_view folded) {
  const auto words = base::split(folded, ' ');
  return std::none_of(words.begin(), words.end(),
                      [](std::string_view word) { return !word.empty() && 'a' <= word[0] && word[0] <= 'z'; });
}

std::string_view last_word(std::string_view text) { return text.substr(text.rfind(' ') + 1); }

}  // namespace

const char* to_string(EntryKind kind) {
  static constexpr const char* kNames[] = {"country", "organization", "person", "city", "region"};
  return kNames[static_cast<size_t>(kind)];
}

const char* to_string(Sense sense) {
  static constexpr const char* kNames[] = {"name", "adjective", "people", "capital", "seat"};
  return kNames[static_cast<size_t>(sense)];
}

const char* to_string(MemberRole role) {
  static constexpr const char* kNames[kMemberRoles] = {"member", "permanent", "elected", "associate", "observer"};
  return kNames[static_cast<size_t>(role)];
}

Knowledge Knowledge::open(const std::string& folder, const std::string& own, const std::string& index) {
  if (!own.empty() || index.empty()) return Knowledge(load(folder, own));
  auto mapped = map_index(index, folder);
  if (mapped) return Knowledge(std::move(*mapped));
  auto data = load(folder, own);
  data->source += " (" + mapped.error().describe() + ")";
  return Knowledge(std::move(data));
}

std::vector<Error> Knowledge::faults(const std::string& folder, const std::string& own) {
  load(folder);  // throws what is wrong with the built-in rows: none of the user's doing
  std::vector<Error> faults;
  load(folder, own, &faults);
  return faults;
}

Knowledge::Knowledge(std::unique_ptr<KnowledgeData> data) : data_(std::move(data)) {}
Knowledge::Knowledge(Knowledge&&) noexcept = default;
Knowledge& Knowledge::operator=(Knowledge&&) noexcept = default;
Knowledge::~Knowledge() = default;

std::vector<Reading> Knowledge::named(std::string_view name, Day day) const {
  const FoldedName folded(name);
  std::vector<Reading> readings;
  data_->names.find(folded, [&](uint32_t at, uint8_t sense) {
    const Entry& entry = data_->entries[at];
    if (!readings.empty() && readings.back().entry == &entry) return;  // listed twice under two spellings
    readings.push_back({&entry, static_cast<Sense>(sense), true});
  });
  if (day != 0) put_holding_first(readings, day);
  return readings;
}

void Knowledge::named(std::span<const std::string_view> names, Day day, NameReadings& into) const {
  std::vector<Reading>& all = into.all_;
  all.clear();
  into.ends_.assign(names.size(), 0);
  for (size_t done = 0; done < names.size(); done += NameIndex::kBatch) {
    const size_t count = std::min(NameIndex::kBatch, names.size() - done);
    size_t begin = all.size(), at = 0;
    const auto end_before = [&](size_t name) {
      while (at < name) into.ends_[done + at++] = all.size();
    };
    data_->names.find_all(names.subspan(done, count), [&](size_t which, uint32_t entry, uint8_t sense) {
      end_before(which);
      const size_t own = done + which == 0 ? 0 : into.ends_[done + which - 1];
      const Entry* const found = &data_->entries[entry];
      if (all.size() > own && all.back().entry == found) return;  // listed twice under two spellings
      if (day != 0) __builtin_prefetch(&found->valid);
      all.push_back({found, static_cast<Sense>(sense), true});
    });
    end_before(count);
    for (size_t k = 0; day != 0 && k < count; ++k) {
      const size_t end = into.ends_[done + k];
      put_holding_first(
          {all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end)}, day);
      begin = end;
    }
  }
}

std::vector<Reading> Knowledge::nearly_named(std::string_view name, Day day) const {
  const std::string bare = without_particles(name);
  if (bare.empty() || !is_capitalised(bare) || !named(name).empty()) return {};
  const FoldedName folded(bare);
  std::vector<const Entry*> fitting;
  const auto take = [&](uint32_t at, uint8_t) {
    if (data_->entries[at].kind == EntryKind::kPerson) fitting.push_back(&data_->entries[at]);
  };
  data_->names.find(folded, take);
  data_->bare_names.find(folded, take);
  if (fitting.empty()) {
    for (const HashTable::Slot& slot : data_->surnames.find(hash_of(last_word(folded.lower())))) {
      const Entry& entry = data_->entries[slot.value];
      if ((day == 0 || entry.valid.holds_on(day)) && is_shorter_or_longer(name, entry.name, Likeness::kMayBe))
        fitting.push_back(&entry);
    }
    if (!fitting.empty() && !is_shorter_or_longer(name, fitting.front()->name)) return {};
  }
  std::vector<Reading> readings;
  if (!one_person(fitting, day)) return readings;
  for (const Entry* spell : spells(fitting.front()->key)) readings.push_back({spell, Sense::kName, true});
  if (day != 0) put_holding_first(readings, day);
  return readings;
}

bool Knowledge::may_begin_name(std::string_view folded_word) const { return data_->names.may_begin(folded_word); }

size_t Knowledge::longest_name() const { return data_->names.longest(); }

std::optional<RoleNoun> Knowledge::role(std::string_view phrase) const {
  std::vector<std::string> words;
  for (const auto word : base::split(phrase, ' '))
    if (!word.empty()) words.push_back(base::lower_ascii(word));
  for (size_t take = std::min(words.size(), data_->longest_role); take > 0; --take) {
    const std::vector<std::string> last(words.end() - static_cast<std::ptrdiff_t>(take), words.end());
    if (const RoleNoun* found = find_role(*data_, base::join(last, " "))) return *found;
  }
  return std::nullopt;
}

const Entry* Knowledge::country(std::string_view code, Day day) const {
  const Entry* newest = nullptr;
  for (const Entry* entry : entries_of(data_->countries, *data_, code, &Entry::country)) {
    if (day != 0 && entry->valid.holds_on(day)) return entry;
    if (!newest || entry->valid.to > newest->valid.to) newest = entry;
  }
  return newest;
}

std::string_view Knowledge::code_of_iso2(std::string_view iso2) const {
  const std::string lower = base::lower_ascii(iso2);
  if (lower.size() != 2) return {};
  for (const Entry& entry : data_->entries) {
    if (entry.kind != EntryKind::kCountry) break;  // countries come first
    if (base::lower_ascii(entry.iso2) == (lower == "uk" ? "gb" : lower)) return entry.country;
  }
  return {};
}

char Knowledge::gender_of(std::string_view given_name) const {
  const auto found = data_->given_names.find(hash_of(FoldedName(given_name).lower()));
  return found.empty() ? '\0' : static_cast<char>(found.front().value);
}

std::vector<const Entry*> Knowledge::holders(std::string_view country, Day day) const {
  auto all = entries_of(data_->offices, *data_, country, &Entry::country);
  all.erase(std::remove_if(all.begin(), all.end(), [&](const Entry* spell) { return !spell->valid.holds_on(day); }),
            all.end());
  return all;
}

std::vector<const Entry*> Knowledge::surnamed(std::string_view surname, Day day) const {
  std::vector<const Entry*> out;
  const std::string key = fold_lower(surname);
  for (const HashTable::Slot& slot : data_->surnames.find(hash_of(key))) {
    const Entry& entry = data_->entries[slot.value];
    if (entry.valid.holds_on(day) && last_word(fold_lower(entry.name)) == key) out.push_back(&entry);
  }
  return out;
}

bool RoleNoun::is_in(std::string_view state) const {
  if (states.empty()) return true;
  const bool but = states.starts_with('-');
  const auto named = base::split(states.substr(but ? 1 : 0), '|');
  return (std::find(named.begin(), named.end(), state) != named.end()) != but;
}

std::string_view RoleNoun::first_state() const {
  return states.starts_with('-') ? std::string_view{} : states.substr(0, states.find('|'));
}

double Knowledge::sounds_of(std::string_view name, std::string_view country) const {
  std::call_once(data_->name_origins_made, [&] { data_->name_origins.emplace(data_->entries); });
  return data_->name_origins->score(name, country);
}

std::vector<const Entry*> Knowledge::spells(std::string_view person) const {
  return entries_of(data_->people, *data_, person, &Entry::key);
}

std::vector<const Membership*> Knowledge::members(std::string_view organization) const {
  std::vector<const Membership*> out;
  for (const HashTable::Slot& slot : data_->members.find(hash_of(organization)))
    if (data_->memberships[slot.value].organization->key == organization)
      out.push_back(&data_->memberships[slot.value]);
  return out;
}

std::vector<const Membership*> Knowledge::memberships(std::string_view member) const {
  std::vector<const Membership*> out;
  for (const HashTable::Slot& slot : data_->member_of.find(hash_of(member)))
    if (data_->memberships[slot.value].member->key == member) out.push_back(&data_->memberships[slot.value]);
  return out;
}

std::vector<const Entry*> Knowledge::bodies_with(MemberRole role, Day day) const {
  std::vector<const Entry*> out;
  for (const Membership& one : data_->memberships)
    if (one.role == role && (day == 0 || one.valid.holds_on(day)) &&
        std::find(out.begin(), out.end(), one.organization) == out.end())
      out.push_back(one.organization);
  return out;
}

std::string Knowledge::row(const Entry& entry) const {
  return data_->file_names[entry.file] + ":" + std::to_string(entry.line);
}

std::string Knowledge::row(const Membership& membership) const {
  return data_->file_names[membership.file] + ":" + std::to_string(membership.line);
}

std::string Knowledge::row(const RoleNoun& role) const {
  return data_->file_names[role.file] + ":" + std::to_string(role.line);
}

std::string Knowledge::dates(const Entry& entry) {
  if (entry.valid.from == kFirstDay && entry.valid.to == kLastDay) return "";
  const std::string from = entry.valid.from == kFirstDay ? "" : day_text(entry.valid.from);
  const std::string to = entry.valid.to == kLastDay ? "" : day_text(entry.valid.to);
  return from + "/" + to;
}

std::string Knowledge::full_key(const Entry& entry) {
  const bool igo = entry.kind == EntryKind::kOrganization &&
                   (entry.country == "IGO" || entry.country == "UNO" || entry.country == "EUR");
  return std::string(igo ? "igo" : to_string(entry.kind)) + ":" + std::string(entry.key);
}

const std::string& Knowledge::hash() const { return data_->hash; }

const std::string& Knowledge::source() const { return data_->source; }

size_t Knowledge::size() const { return data_->entries.size(); }

}  // namespace dragoman::knowledge
