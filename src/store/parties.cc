// SPDX-License-Identifier: Apache-2.0
#include "store/parties.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/text.h"
#include "store/fold.h"

namespace dragoman::store {
namespace {

constexpr size_t kMostKnown = size_t{1} << 20;  // names in memory, some 100 bytes each
constexpr const char* kBehindAll = "\xF4\x8F\xBF\xBF";

std::set<std::string> words_of_folded(const std::string& folded) {
  std::set<std::string> words;
  for (const std::string_view word : base::split(folded, ' ')) {
    if (!word.empty()) words.emplace(word);
  }
  return words;
}

}  // namespace

Parties::Parties(Database& database)
    : database_(database),
      find_(database.query("SELECT party FROM parties WHERE name = ? AND country = ?")),
      add_(database.query("INSERT INTO parties (name, country, folded) VALUES (?, ?, ?)")),
      add_word_(database.query("INSERT INTO party_words VALUES (?, ?)")) {}

int64_t Parties::of(const std::string& name, const std::string& country) {
  const std::string key = country + '\n' + name;
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  int64_t party = 0;
  if (find_.bind(name).bind(country).step()) {
    party = find_.integer(0);
    find_.reset();
  } else {
    const std::string words = folded(name);
    add_.bind(name).bind(country).bind(words).run();
    party = database_.last_row();
    for (const std::string& word : words_of_folded(words)) add_word_.bind(word).bind(party).run();
  }
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(key, party);
  return party;
}

void fill_parties(Database& database) {
  Parties parties(database);
  Query all = database.query(
      "SELECT p.document, p.event, p.role, p.ordinal, n.name, p.country FROM participants p JOIN entities n ON "
      "n.document = p.document AND n.ordinal = p.entity");
  Query set =
      database.query("UPDATE participants SET party = ? WHERE document = ? AND event = ? AND role = ? AND ordinal = ?");
  while (all.step()) {
    set.bind(parties.of(all.text(4), all.text(5))).bind(all.integer(0)).bind(all.integer(1));
    set.bind(all.text(2)).bind(all.integer(3)).run();
  }
}

bool is_code(const std::string& name) {
  return name.size() == 3 && std::all_of(name.begin(), name.end(), base::is_ascii_upper);
}

std::string code_of(const std::string& name) {
  std::string code = name;
  if (name.size() == 3)
    std::transform(code.begin(), code.end(), code.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return code;
}

Named parties_named(const std::string& name) {
  Named named{"SELECT party FROM parties WHERE country = ?", {code_of(name)}};
  const std::string part = folded(name);
  if (part.empty()) return named;
  const std::string first = part.substr(1, part.find(' ', 1) - 1);
  named.sql +=
      " UNION SELECT w.party FROM party_words w JOIN parties n USING (party) WHERE w.word >= ? AND w.word < ? AND "
      "instr(n.folded || ' ', ?) > 0";
  named.values.push_back(first);
  named.values.push_back(first + kBehindAll);
  named.values.push_back(is_code(name) ? part + ' ' : part);
  return named;
}

}  // namespace dragoman::store
