// SPDX-License-Identifier: Apache-2.0
// Storylines by one pass over the documents (as in topic detection and tracking: Allan et al. 1998): the order is that
// of publication, never that of reading, so the same documents give the same storylines.
#include "store/threads.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>

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

/// The sum of what documents weigh countries. Its length is kept with it: it is asked for by each document that may be
/// like it.
class Sum {
 public:
  void add(uint32_t key, double weight) {
    double& now = weights_[key];
    squares_ += (2 * now + weight) * weight;
    now += weight;
  }

  double cosine(const Words& keys) const {
    if (squares_ <= 0) return 0;
    double product = 0;
    for (const auto& [key, weight] : keys) {
      const auto found = weights_.find(key);
      if (found != weights_.end()) product += static_cast<double>(weight) * found->second;
    }
    return product / std::sqrt(squares_);
  }

 private:
  std::unordered_map<uint32_t, double> weights_;
  double squares_ = 0;
};

/// What storylines weigh words, word by word: those that have words in common with a document are found with their
/// products, without the others being looked at.
class WordSums {
 public:
  void add(uint32_t line, uint32_t word, double weight) {
    if (line >= squares_.size()) squares_.resize(line + 1);
    double& now = weight_of(line, holders_[word]);
    squares_[line] += (2 * now + weight) * weight;
    now += weight;
  }

  double length(uint32_t line) const { return std::sqrt(squares_[line]); }

  struct Near {
    uint32_t line;
    double product;  ///< with words of length one: the sum of their cosines with those of each document of the line
  };
  /// The lines that hold one of the first `search` words, in order. Those that are `over` are left out, and must be
  /// so each time from then on; all are looked at where that is not asked.
  std::vector<Near> near(const Words& words, size_t search, const std::function<bool(uint32_t)>& over) {
    products_.resize(squares_.size(), kNone);
    std::vector<Near> found;
    for (size_t i = 0; i < words.size(); ++i) {
      const auto at = holders_.find(words[i].first);
      if (at == holders_.end()) continue;
      const auto add = [&](const Weights& weights) {
        for (const Weight& one : weights) {
          double& product = products_[one.line];
          if (product == kNone) {
            if (i >= search) continue;
            product = 0;
            found.push_back({one.line, 0});
          }
          product += static_cast<double>(words[i].second) * one.weight;
        }
      };
      if (over) {
        put_by(at->second, over);
      } else {
        add(at->second.over);
      }
      add(at->second.lines);
    }
    for (Near& one : found) one.product = std::exchange(products_[one.line], kNone);
    std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) { return a.line < b.line; });
    return found;
  }

 private:
  static constexpr double kNone = -1;
  struct Weight {
    uint32_t line;
    double weight;
  };
  using Weights = std::vector<Weight>;  // in order of the lines
  struct Holders {
    Weights lines, over;
  };

  static Weights::iterator find(Weights& weights, uint32_t line) {
    return std::lower_bound(weights.begin(), weights.end(), line,
                            [](const Weight& one, uint32_t other) { return one.line < other; });
  }

  static double& weight_of(uint32_t line, Holders& holders) {
    const auto over = find(holders.over, line);
    if (over != holders.over.end() && over->line == line) return over->weight;
    auto at = find(holders.lines, line);
    if (at == holders.lines.end() || at->line != line) at = holders.lines.insert(at, {line, 0});
    return at->weight;
  }

  static void put_by(Holders& holders, const std::function<bool(uint32_t)>& over) {
    Weights& lines = holders.lines;
    const auto end =
        std::stable_partition(lines.begin(), lines.end(), [&](const Weight& one) { return !over(one.line); });
    if (end == lines.end()) return;
    const auto middle = static_cast<std::ptrdiff_t>(holders.over.size());
    holders.over.insert(holders.over.end(), end, lines.end());
    std::inplace_merge(holders.over.begin(), holders.over.begin() + middle, holders.over.end(),
                       [](const Weight& a, const Weight& b) { return a.line < b.line; });
    lines.erase(end, lines.end());
  }

  std::unordered_map<uint32_t, Holders> holders_;  // of a word
  std::vector<double> squares_, products_;         // of a line
};

struct Line {
  int64_t first = 0;  // number of its first document
  size_t documents = 0;
  Sum parties;
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
    for (const auto& [word, weight] : document.words) words_.add(number, word, static_cast<double>(weight));
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
    std::function<bool(uint32_t)> over;
    if (document.day) {
      over = [&](uint32_t line) { return lines_[line].day && *document.day - *lines_[line].day > kLongest; };
    }
    Line* best = nullptr;
    double most = 0;
    for (const auto& [number, product] : words_.near(document.words, kSearch, over)) {
      Line& line = lines_[number];
      // A document of no day has the worst to prove, except where none of the storyline has one either.
      const double between = !line.day ? 0 : document.day ? *document.day - *line.day : kLongest;
      if (product < kMean * static_cast<double>(line.documents)) continue;
      const double above = product / words_.length(number) + kParties * line.parties.cosine(document.parties) - kLeast -
                           kLater * between / kLongest;
      if (above < most || (best != nullptr && above <= most)) continue;
      most = above;
      best = &line;
    }
    return best;
  }

  std::vector<Line> lines_;
  std::unordered_map<int64_t, size_t> kept_;  // number of a storyline by its first document
  WordSums words_;
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
