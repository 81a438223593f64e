// SPDX-License-Identifier: Apache-2.0
#include "knowledge/compiled.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/files.h"
#include "base/text.h"
#include "knowledge/hash_table.h"
#include "knowledge/index_file.h"

// The file: magic, fingerprint of the rows, checksum of what follows; then SHA-256 of the rows, the rows' text (all
// files one behind the other), the files' names and lengths, entries, memberships, roles and tables. Numbers are in the
// machine's own byte order; every part begins at a multiple of eight bytes. Entries and roles hold places in the text;
// they are made into views when it is opened, in a few milliseconds. The tables are looked into where they lie.

namespace dragoman::knowledge {
namespace {

constexpr uint8_t kSenses = static_cast<uint8_t>(Sense::kSeat) + 1;
constexpr uint64_t kMagic = 0x3430'5845'444E'4944;  // "DINDEX04", the number changes with the form

struct Text {
  uint32_t begin = 0, size = 0;
};

constexpr std::array<std::string_view Entry::*, 8> kEntryTexts = {&Entry::key,     &Entry::name,     &Entry::type,
                                                                  &Entry::country, &Entry::iso2,     &Entry::office,
                                                                  &Entry::checked, &Entry::precision};
constexpr std::array<std::string_view RoleNoun::*, 5> kRoleTexts = {&RoleNoun::noun, &RoleNoun::kind, &RoleNoun::number,
                                                                    &RoleNoun::body, &RoleNoun::states};

struct PackedEntry {
  std::array<Text, kEntryTexts.size()> texts;
  Text sectors;  // the field, joined by '|'
  Day from = 0, to = 0;
  uint32_t line = 0, file = 0, kind = 0, unused = 0;
  double lat = 0, lon = 0;
  int64_t population = 0;
};

struct PackedMembership {
  uint32_t organization = 0, member = 0;  // entries
  Text since, until;
  Day from = 0, to = 0;
  uint32_t role = 0, line = 0, file = 0, unused = 0;
};

struct PackedRole {
  std::array<Text, kRoleTexts.size()> texts;
  Text sectors;
  uint32_t line = 0, file = 0, words = 0, unused = 0;
};

std::vector<std::string_view> codes_of(std::string_view field) {
  std::vector<std::string_view> codes;
  for (const auto code : base::split(field, '|'))
    if (!base::trim(code).empty()) codes.push_back(base::trim(code));
  return codes;
}

/// All files' text one behind the other, and where a view into one of them lies in it.
class Texts {
 public:
  explicit Texts(const std::deque<std::string>& files) : files_(files) {
    for (const std::string& file : files) {
      begins_.push_back(static_cast<uint32_t>(all_.size()));
      all_ += file;
    }
  }

  const std::string& all() const { return all_; }

  Text at(std::string_view view) const {
    if (view.empty()) return {};
    for (size_t k = 0; k < files_.size(); ++k) {
      const char* begin = files_[k].data();
      if (begin <= view.data() && view.data() + view.size() <= begin + files_[k].size())
        return {begins_[k] + static_cast<uint32_t>(view.data() - begin), static_cast<uint32_t>(view.size())};
    }
    return {};  // never: the loader's views lie in its files
  }

  Text at(const std::vector<std::string_view>& codes) const {
    if (codes.empty()) return {};
    return at(
        {codes.front().data(), static_cast<size_t>(codes.back().data() + codes.back().size() - codes.front().data())});
  }

 private:
  const std::deque<std::string>& files_;
  std::vector<uint32_t> begins_;
  std::string all_;
};

std::vector<PackedEntry> packed_entries(const KnowledgeData& data, const Texts& texts) {
  std::vector<PackedEntry> all;
  all.reserve(data.entries.size());
  for (const Entry& entry : data.entries) {
    PackedEntry packed;
    for (size_t k = 0; k < kEntryTexts.size(); ++k) packed.texts[k] = texts.at(entry.*kEntryTexts[k]);
    packed.sectors = texts.at(entry.sectors);
    packed.from = entry.valid.from, packed.to = entry.valid.to;
    packed.line = entry.line, packed.file = entry.file, packed.kind = static_cast<uint32_t>(entry.kind);
    packed.lat = entry.lat, packed.lon = entry.lon, packed.population = entry.population;
    all.push_back(packed);
  }
  return all;
}

std::vector<PackedMembership> packed_memberships(const KnowledgeData& data, const Texts& texts) {
  std::vector<PackedMembership> all;
  all.reserve(data.memberships.size());
  for (const Membership& one : data.memberships) {
    PackedMembership packed;
    packed.organization = static_cast<uint32_t>(one.organization - data.entries.data());
    packed.member = static_cast<uint32_t>(one.member - data.entries.data());
    packed.since = texts.at(one.from), packed.until = texts.at(one.to);
    packed.from = one.valid.from, packed.to = one.valid.to;
    packed.role = static_cast<uint32_t>(one.role), packed.line = one.line, packed.file = one.file;
    all.push_back(packed);
  }
  return all;
}

std::vector<PackedRole> packed_roles(const KnowledgeData& data, const Texts& texts) {
  std::vector<PackedRole> all;
  all.reserve(data.roles.size());
  for (const RoleNoun& role : data.roles) {
    PackedRole packed;
    for (size_t k = 0; k < kRoleTexts.size(); ++k) packed.texts[k] = texts.at(role.*kRoleTexts[k]);
    packed.sectors = texts.at(role.sectors);
    packed.line = role.line, packed.file = role.file, packed.words = static_cast<uint32_t>(role.words);
    all.push_back(packed);
  }
  return all;
}

/// Of the rows that lie in a folder: changes with every byte of them.
Result<uint64_t> fingerprint(const std::string& folder) {
  uint64_t hash = kMagic;
  for (const std::string& path : source_files()) {
    const auto file = base::MappedFile::open(folder + "/" + path);
    if (!file) return file.error();
    hash = hash_of(file->bytes(), hash);
  }
  return hash;
}

/// Takes an index apart. All is checked that could lead out of the mapped memory.
class Mapping {
 public:
  Mapping(std::string_view bytes, KnowledgeData& data) : from_(bytes), data_(data) {}

  bool run() {
    std::string_view hash, names;
    uint64_t longest_role = 0;
    std::span<const PackedEntry> entries;
    std::span<const PackedMembership> memberships;
    std::span<const PackedRole> roles;
    if (!from_.get_text(hash) || !from_.get_text(text_) || !from_.get_text(names) || !from_.get_all(entries) ||
        !from_.get_all(memberships) || !from_.get_all(roles) || !from_.get(longest_role) || !data_.names.map(from_) ||
        !data_.bare_names.map(from_))
      return false;
    for (HashTable* table : {&data_.role_at, &data_.countries, &data_.offices, &data_.people, &data_.surnames,
                             &data_.given_names, &data_.members, &data_.member_of})
      if (!table->map(from_)) return false;
    data_.hash = hash;
    for (const auto name : base::split(names, '\n')) data_.file_names.emplace_back(name);
    data_.longest_role = longest_role;
    const size_t count = entries.size();
    for (const HashTable* table : {&data_.countries, &data_.offices, &data_.people, &data_.surnames})
      if (!table->all_below(count)) return false;
    for (const HashTable* table : {&data_.members, &data_.member_of})
      if (!table->all_below(memberships.size())) return false;
    return from_.at_end() && data_.names.all_below(count, kSenses) && data_.bare_names.all_below(count, kSenses) &&
           data_.role_at.all_below(roles.size()) && take(entries) && take(memberships) && take(roles);
  }

 private:
  bool view(Text at, std::string_view& into) const {
    if (at.begin > text_.size() || at.size > text_.size() - at.begin) return false;
    into = text_.substr(at.begin, at.size);
    return true;
  }

  bool take(std::span<const PackedEntry> entries) {
    data_.entries.resize(entries.size());
    for (size_t at = 0; at < entries.size(); ++at) {
      const PackedEntry& packed = entries[at];
      Entry& entry = data_.entries[at];
      std::string_view sectors;
      bool well = view(packed.sectors, sectors) && packed.file < data_.file_names.size() &&
                  packed.kind <= static_cast<uint32_t>(EntryKind::kRegion);
      for (size_t k = 0; k < kEntryTexts.size(); ++k) well = well && view(packed.texts[k], entry.*kEntryTexts[k]);
      if (!well) return false;
      entry.kind = static_cast<EntryKind>(packed.kind);
      if (!sectors.empty()) entry.sectors = codes_of(sectors);
      entry.valid = {packed.from, packed.to};
      entry.line = packed.line, entry.file = packed.file;
      entry.lat = packed.lat, entry.lon = packed.lon, entry.population = packed.population;
    }
    return true;
  }

  bool take(std::span<const PackedMembership> memberships) {
    data_.memberships.resize(memberships.size());
    for (size_t at = 0; at < memberships.size(); ++at) {
      const PackedMembership& packed = memberships[at];
      Membership& one = data_.memberships[at];
      if (packed.organization >= data_.entries.size() || packed.member >= data_.entries.size() ||
          packed.role >= kMemberRoles || packed.file >= data_.file_names.size() || !view(packed.since, one.from) ||
          !view(packed.until, one.to))
        return false;
      one.organization = &data_.entries[packed.organization], one.member = &data_.entries[packed.member];
      one.role = static_cast<MemberRole>(packed.role);
      one.valid = {packed.from, packed.to};
      one.line = packed.line, one.file = packed.file;
    }
    return true;
  }

  bool take(std::span<const PackedRole> roles) {
    data_.roles.resize(roles.size());
    for (size_t at = 0; at < roles.size(); ++at) {
      const PackedRole& packed = roles[at];
      RoleNoun& role = data_.roles[at];
      std::string_view sectors;
      bool well = view(packed.sectors, sectors) && packed.file < data_.file_names.size();
      for (size_t k = 0; k < kRoleTexts.size(); ++k) well = well && view(packed.texts[k], role.*kRoleTexts[k]);
      if (!well) return false;
      if (!sectors.empty()) role.sectors = codes_of(sectors);
      role.line = packed.line, role.file = packed.file, role.words = packed.words;
    }
    return true;
  }

  IndexReader from_;
  KnowledgeData& data_;
  std::string_view text_;
};

constexpr size_t kHead = 3 * sizeof(uint64_t);

}  // namespace

std::string compile(const std::string& folder) {
  const auto data = load(folder);
  const auto rows = fingerprint(folder);
  if (!rows) throw Failure(rows.error());
  const Texts texts(data->files);
  IndexWriter body;
  body.put_text(data->hash);
  body.put_text(texts.all());
  body.put_text(base::join({data->file_names.begin(), data->file_names.end()}, "\n"));
  body.put_all(std::span<const PackedEntry>(packed_entries(*data, texts)));
  body.put_all(std::span<const PackedMembership>(packed_memberships(*data, texts)));
  body.put_all(std::span<const PackedRole>(packed_roles(*data, texts)));
  body.put(data->longest_role);
  data->names.write(body);
  data->bare_names.write(body);
  for (const HashTable* table : {&data->role_at, &data->countries, &data->offices, &data->people, &data->surnames,
                                 &data->given_names, &data->members, &data->member_of})
    table->write(body);
  IndexWriter head;
  head.put(kMagic);
  head.put(*rows);
  head.put(hash_of(body.bytes(), kMagic));
  return head.bytes() + body.bytes();
}

Result<std::unique_ptr<KnowledgeData>> map_index(const std::string& path, const std::string& folder) {
  auto file = base::MappedFile::open(path);
  if (!file) return file.error();
  const auto refused = [&](const char* reason) {
    return Error{ErrorCode::kKnowledge, std::string(reason).append("; build it anew"), path};
  };
  const std::string_view bytes = file->bytes();
  IndexReader head(bytes.substr(0, kHead));
  uint64_t magic = 0, rows = 0, checksum = 0;
  if (!head.get(magic) || !head.get(rows) || !head.get(checksum) || magic != kMagic)
    return refused("is no index of this version");
  const auto now = fingerprint(folder);
  if (!now) return now.error();
  if (rows != *now) return refused("was compiled from other rows");
  auto data = std::make_unique<KnowledgeData>();
  if (checksum != hash_of(bytes.substr(kHead), kMagic) || !Mapping(bytes.substr(kHead), *data).run())
    return refused("is broken");
  data->index = std::move(*file);
  data->source = "compiled index";
  return data;
}

}  // namespace dragoman::knowledge
