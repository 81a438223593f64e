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
#include "store/telling.h"

namespace dragoman::store {
namespace {

// A document is like a storyline by its words, and by the countries that act in it, which weigh a quarter of that. The
// least likeness was chosen on the training articles: see docs/formats/store.md.
constexpr double kParties = 0.25;
constexpr double kLeast = 0.40;
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

struct Line {
  int64_t first = 0;  // number of its first document
  std::unordered_map<uint32_t, float> words, parties;
  std::optional<int> day;  // of its last document
};

float length(const std::unordered_map<uint32_t, float>& sum) {
  float squares = 0;
  for (const auto& [key, weight] : sum) squares += weight * weight;
  return std::sqrt(squares);
}

void normalize(Words& words) {
  float squares = 0;
  for (const auto& [key, weight] : words) squares += weight * weight;
  for (auto& [key, weight] : words) weight /= squares > 0 ? std::sqrt(squares) : 1.0F;
}

double cosine(const Words& words, const std::unordered_map<uint32_t, float>& sum) {
  float product = 0;
  for (const auto& [key, weight] : words) {
    const auto found = sum.find(key);
    if (found != sum.end()) product += weight * found->second;
  }
  const float norm = length(sum);
  return norm > 0 ? static_cast<double>(product / norm) : 0.0;
}

class Threader {
 public:
  /// The first document of its storyline.
  int64_t add(const Document& document) {
    Line* const line = likest(document);
    Line& to = line != nullptr ? *line : begin(document);
    const auto number = static_cast<uint32_t>(&to - lines_.data());
    for (const auto& [word, weight] : document.words) {
      if (to.words.try_emplace(word, 0.0F).second) holders_[word].push_back(number);
      to.words[word] += weight;
    }
    for (const auto& [party, weight] : document.parties) to.parties[party] += weight;
    if (document.day) to.day = document.day;
    return to.first;
  }

 private:
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
      const double above = cosine(document.words, line.words) + kParties * cosine(document.parties, line.parties) -
                           kLeast - kLater * between / kLongest;
      if (above < most || (best != nullptr && above <= most)) continue;
      most = above;
      best = &line;
    }
    return best;
  }

  std::vector<Line> lines_;
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

}  // namespace

void thread_documents(Database& database) {
  Transaction transaction(database);
  std::unordered_map<int64_t, int64_t> known;
  Query threads = database.query("SELECT document, storyline FROM threads");
  while (threads.step()) known[threads.integer(0)] = threads.integer(1);
  Query all = database.query(
      "SELECT document, id, substr(published, 1, 10), words, parties FROM document_words JOIN documents USING "
      "(document) "
      "ORDER BY published IS NULL, substr(published, 1, 10), id");
  Query put = database.query("INSERT OR REPLACE INTO threads VALUES (?, ?, ?, ?)");
  Threader threader;
  while (all.step()) {
    const Document document = document_of(all);
    const int64_t line = threader.add(document);
    const auto was = known.find(document.number);
    if (was != known.end() && was->second == line) continue;
    put.bind(document.number).bind(line).bind(name_of_report(document.id)).bind_known(document.published).run();
  }
  transaction.commit();
}

}  // namespace dragoman::store
