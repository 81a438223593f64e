// SPDX-License-Identifier: Apache-2.0
// Storylines by one pass over the documents (as in topic detection and tracking: Allan et al. 1998): the order is that
// of publication, never that of reading, so the same documents give the same storylines.
#include "store/threads.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "base/civil.h"
#include "store/features.h"
#include "store/lines.h"
#include "store/telling.h"

namespace dragoman::store {
namespace {

// A document is like a storyline by its words, and by the countries that act in it, which weigh a quarter of that. The
// least likeness was chosen on the training articles: see docs/formats/store.md.
constexpr double kParties = 0.25;
constexpr double kLeast = 0.40;
// A sum of many matters is a little like everything: the documents of a storyline must be so alike to one that comes by
// the mean of their words' cosines (average link). Of 170 that came to one of the training articles 3 fall short of it.
constexpr double kMean = 0.08;
// What comes later must be liker, and after a year another storyline begins.
constexpr double kLater = 0.20;
constexpr int kLongest = 365;
// Words of a document that are looked at: the heaviest. Few of them find the storylines to compare with.
constexpr size_t kWords = 32;
constexpr size_t kSearch = 12;

struct Document {
  int64_t number = 0;
  std::string id, published;
  std::optional<int> day;
  Words words, parties;  // words: the heaviest first
};

/// The sum of documents' words. Its length is kept with it: it is asked for by each document that may be like it.
class Sum {
 public:
  /// Whether the word is new to it.
  bool add(uint32_t word, double weight) {
    const auto [at, is_new] = weights_.try_emplace(word, 0.0);
    squares_ += (2 * at->second + weight) * weight;
    at->second += weight;
    return is_new;
  }

  /// With words of length one: the sum of their cosines with those of each document.
  double product(const Words& words) const {
    double product = 0;
    for (const auto& [word, weight] : words) {
      const auto found = weights_.find(word);
      if (found != weights_.end()) product += static_cast<double>(weight) * found->second;
    }
    return product;
  }

  double length() const { return std::sqrt(squares_); }
  double cosine(const Words& words) const { return squares_ > 0 ? product(words) / length() : 0.0; }

 private:
  std::unordered_map<uint32_t, double> weights_;
  double squares_ = 0;
};

struct Line {
  int64_t first = 0;  // number of its first document
  size_t documents = 0;
  Sum words, parties;
  std::optional<int> day;  // of its last document
};

void normalize(Words& words) {
  float squares = 0;
  for (const auto& [key, weight] : words) squares += weight * weight;
  for (auto& [key, weight] : words) weight /= squares > 0 ? std::sqrt(squares) : 1.0F;
}

class Threader {
 public:
  /// Puts a document into the storyline that it is most like, and tells the first document of that.
  int64_t add(const Document& document) {
    Line* const line = likest(document);
    return put(document, line != nullptr ? *line : begin(document));
  }

  /// Puts a document into the storyline in which it was.
  void keep(const Document& document, int64_t first) {
    const auto [at, fresh] = kept_.try_emplace(first, lines_.size());
    Line& line = fresh ? begin(document) : lines_[at->second];
    line.first = first;
    put(document, line);
  }

 private:
  int64_t put(const Document& document, Line& to) {
    const auto number = static_cast<uint32_t>(&to - lines_.data());
    for (const auto& [word, weight] : document.words) {
      if (to.words.add(word, static_cast<double>(weight))) holders_[word].push_back(number);
    }
    for (const auto& [party, weight] : document.parties) to.parties.add(party, static_cast<double>(weight));
    if (document.day) to.day = document.day;
    ++to.documents;
    return to.first;
  }

  Line& begin(const Document& document) {
    Line line;
    line.first = document.number;
    lines_.push_back(std::move(line));
    return lines_.back();
  }

  Line* likest(const Document& document) {
    std::vector<uint32_t> near;
    for (size_t i = 0; i < document.words.size() && i < kSearch; ++i) {
      const auto found = holders_.find(document.words[i].first);
      if (found != holders_.end()) near.insert(near.end(), found->second.begin(), found->second.end());
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    Line* best = nullptr;
    double most = 0;
    for (const uint32_t number : near) {
      Line& line = lines_[number];
      // A document of no day has the worst to prove, except where none of the storyline has one either.
      const double between = !line.day ? 0 : document.day ? *document.day - *line.day : kLongest;
      if (between > kLongest) continue;
      const double product = line.words.product(document.words);
      if (product < kMean * static_cast<double>(line.documents)) continue;
      const double above = product / line.words.length() + kParties * line.parties.cosine(document.parties) - kLeast -
                           kLater * between / kLongest;
      if (above < most || (best != nullptr && above <= most)) continue;
      most = above;
      best = &line;
    }
    return best;
  }

  std::vector<Line> lines_;
  std::unordered_map<int64_t, size_t> kept_;                     // number of a storyline by its first document
  std::unordered_map<uint32_t, std::vector<uint32_t>> holders_;  // of a word, in order of the lines
};

Document document_of(const Query& query) {
  Document one;
  one.number = query.integer(0);
  one.id = query.text(1);
  one.published = query.text(2);
  if (const auto day = base::parse_civil_day(one.published)) {
    one.day = static_cast<int>(day->time_since_epoch().count());
  }
  one.words = words_from(query.blob(3));
  std::sort(one.words.begin(), one.words.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (one.words.size() > kWords) one.words.resize(kWords);
  normalize(one.words);
  one.parties = words_from(query.blob(4));
  normalize(one.parties);
  return one;
}

// Behind all days: documents of an unknown one come last.
constexpr const char* kUnknown = "~";

/// The first day on which a document came or went; nothing where none did.
std::optional<std::string> first_change(Database& database) {
  Query query = database.query(
      "SELECT min(day) FROM (SELECT day FROM unthreaded UNION ALL SELECT coalesce(substr(published, 1, 10), ?) FROM "
      "documents d WHERE NOT EXISTS (SELECT 1 FROM threads t WHERE t.document = d.document) AND EXISTS (SELECT 1 FROM "
      "document_words w WHERE w.document = d.document))");
  query.bind(kUnknown).step();
  if (query.is_null(0)) return std::nullopt;
  return query.text(0);
}

/// Of a storyline that ended earlier no document of that day or a later one can be part; "" where any may be, as one of
/// an unknown day.
std::string earliest_end(Database& database, const std::string& day) {
  const auto known = base::parse_civil_day(day);
  if (!known || database.integer("SELECT EXISTS (SELECT 1 FROM documents WHERE published IS NULL)") != 0 ||
      database.integer("SELECT EXISTS (SELECT 1 FROM documents WHERE length(published) < 10)") != 0) {
    return {};
  }
  return base::to_iso(*known - std::chrono::days(kLongest));
}

/// The storylines as they stood before that day, as far as they may go on.
void keep_before(Database& database, const std::string& day, Threader& threader) {
  Query kept = database.query(
      "SELECT w.document, d.id, substr(d.published, 1, 10), w.words, w.parties, t.storyline FROM threads t JOIN "
      "document_words w USING (document) JOIN documents d USING (document) WHERE substr(d.published, 1, 10) < ?1 AND "
      "t.storyline IN (SELECT storyline FROM (SELECT storyline, max(CASE WHEN length(day) = 10 THEN day END) AS last "
      "FROM threads WHERE day < ?1 GROUP BY storyline) WHERE last IS NULL OR last >= ?2) ORDER BY substr(d.published, "
      "1, 10), d.id");
  kept.bind(day).bind(earliest_end(database, day));
  while (kept.step()) threader.keep(document_of(kept), kept.integer(5));
}

/// Puts all documents since the first that came or went into their storylines anew.
void thread_since(Database& database, const std::string& day) {
  Threader threader;
  keep_before(database, day, threader);
  std::unordered_map<int64_t, int64_t> known;
  Query threads = database.query("SELECT document, storyline FROM threads");
  while (threads.step()) known[threads.integer(0)] = threads.integer(1);
  Query later = database.query(
      "SELECT document, id, substr(published, 1, 10), words, parties FROM document_words JOIN documents USING "
      "(document) WHERE published IS NULL OR substr(published, 1, 10) >= ? ORDER BY published IS NULL, "
      "substr(published, 1, 10), id");
  Query put = database.query("INSERT OR REPLACE INTO threads VALUES (?, ?, ?, ?)");
  Query stories = database.query("UPDATE stories SET storyline = ? WHERE document = ?");
  Query changed = database.query("INSERT OR IGNORE INTO changed_storylines VALUES (?)");
  later.bind(day);
  while (later.step()) {
    const Document document = document_of(later);
    const int64_t line = threader.add(document);
    const auto was = known.find(document.number);
    if (was != known.end() && was->second == line) continue;
    if (was != known.end()) changed.bind(was->second).run();
    changed.bind(line).run();
    put.bind(document.number).bind(line).bind(name_of_report(document.id)).bind_known(document.published).run();
    stories.bind(line).bind(document.number).run();
  }
  database.run("DELETE FROM unthreaded");
}

}  // namespace

void unthread(Database& database, int64_t document) {
  database.query("INSERT OR IGNORE INTO unthreaded SELECT coalesce(day, ?) FROM threads WHERE document = ?")
      .bind(kUnknown)
      .bind(document)
      .run();
  database.query("INSERT OR IGNORE INTO changed_storylines SELECT storyline FROM threads WHERE document = ?")
      .bind(document)
      .run();
}

void thread_documents(Database& database) {
  if (const auto day = first_change(database)) thread_since(database, *day);
  tell_changed_lines(database);
}

}  // namespace dragoman::store
