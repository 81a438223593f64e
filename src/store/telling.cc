// SPDX-License-Identifier: Apache-2.0
#include "store/telling.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>
#include <set>

#include "base/hash.h"
#include "store/sketch.h"

namespace dragoman::store {
namespace {

// Copies of a wire text share most runs of five words even where each paper cut it.
constexpr double kCopy = 0.5;
constexpr size_t kDigits = 12;
// Of a story's place: behind all days; digits of an event's number.
const std::string kNoDay = "~";
constexpr size_t kOrdinal = 5;

}  // namespace

int64_t name_of_report(const std::string& event) {
  const std::string hash = base::sha256_hex(event);
  int64_t name = 0;
  std::from_chars(hash.data(), hash.data() + kDigits, name, 16);
  return name;
}

std::string story_id(int64_t name, char kind) {
  std::string digits(kDigits, '0');
  for (size_t i = 0; i < kDigits; ++i) digits[kDigits - 1 - i] = "0123456789abcdef"[(name >> (4 * i)) & 0xF];
  return kind + digits;
}

std::optional<int64_t> name_from_id(const std::string& id, char kind) {
  int64_t name = 0;
  if (id.size() != kDigits + 1 || id.front() != kind) return std::nullopt;
  const auto read = std::from_chars(id.data() + 1, id.data() + id.size(), name, 16);
  if (read.ec != std::errc() || read.ptr != id.data() + id.size()) return std::nullopt;
  return name;
}

int64_t find_named(Database& database, std::string_view sql, const std::string& id, char kind) {
  const auto name = name_from_id(id, kind);
  if (!name) return 0;
  Query query = database.query(sql);
  return query.bind(*name).step() ? query.integer(0) : 0;
}

std::string most_told(const std::vector<Told>& all) {
  std::map<std::string, std::pair<size_t, double>> count;
  for (const Told& one : all) {
    auto& [number, sure] = count[one.value];
    ++number;
    sure = std::max(sure, one.confidence);
  }
  if (count.size() > 1) count.erase("");
  if (count.empty()) return "";
  return std::max_element(count.begin(), count.end(),
                          [](const auto& a, const auto& b) {
                            return a.second != b.second ? a.second < b.second : a.first > b.first;
                          })
      ->first;
}

struct StoryWriter::Report {
  std::string document, published, publisher, sketch;
};

StoryWriter::StoryWriter(Database& database)
    : reports_(database.query(
          "SELECT r.name, d.id, substr(d.published, 1, 10), d.publisher, k.sketch, e.date, e.type, e.status, "
          "e.confidence, d.document, e.first_day, e.ordinal FROM tellings t JOIN reports r USING (telling) JOIN "
          "documents d ON d.document = "
          "r.document "
          "JOIN events e ON e.document = r.document AND e.ordinal = r.event LEFT JOIN sketches k ON k.document = "
          "r.document WHERE t.story = ? ORDER BY d.published IS NULL, substr(d.published, 1, 10), d.id || '#' || "
          "r.event")),
      put_(database.query("INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT storyline FROM threads "
                          "WHERE document = ?10))")),
      remove_(database.query("DELETE FROM stories WHERE story = ?")),
      changed_(database.query("INSERT OR IGNORE INTO changed_storylines SELECT storyline FROM stories WHERE story = ? "
                              "AND storyline IS NOT NULL")) {}

void StoryWriter::remove(int64_t story) {
  changed_.bind(story).run();
  remove_.bind(story).run();
}

void StoryWriter::tell(int64_t story) {
  const auto line = kept(story);
  if (!line) return;
  put_.bind(story).bind(line->id).bind_known(line->date).bind(line->type).bind(line->status);
  put_.bind_known(line->first_report).bind_known(line->last_report).bind(line->n_reports).bind(line->n_sources);
  put_.bind(line->document).bind(line->place).run();
  changed_.bind(story).run();
}

std::optional<KeptStory> StoryWriter::kept(int64_t story) {
  std::vector<Report> reports;
  std::vector<Told> dates, statuses;
  std::string first_day = kNoDay, told;
  KeptStory line;
  for (reports_.bind(story); reports_.step();) {
    if (dates.empty()) {
      line.id = story_id(reports_.integer(0));
      line.document = reports_.integer(9);
      line.type = reports_.text(6);
      const std::string ordinal = reports_.text(11);
      told = (reports_.is_null(2) ? kNoDay : reports_.text(2)) + ' ' + reports_.text(1) + '#' +
             std::string(ordinal.size() < kOrdinal ? kOrdinal - ordinal.size() : 0, '0') + ordinal;
    }
    if (!reports_.is_null(10)) first_day = std::min(first_day, reports_.text(10));
    Report one{reports_.text(1), reports_.text(2), reports_.text(3), reports_.text(4)};
    dates.push_back({reports_.text(5), reports_.real(8)});
    statuses.push_back({reports_.text(7), reports_.real(8)});
    if (!one.published.empty() && line.first_report.empty()) line.first_report = one.published;
    if (!one.published.empty()) line.last_report = one.published;
    if (reports.empty() || reports.back().document != one.document) reports.push_back(std::move(one));
  }
  if (dates.empty()) return std::nullopt;
  std::sort(reports.begin(), reports.end(), [](const Report& a, const Report& b) { return a.document < b.document; });
  reports.erase(std::unique(reports.begin(), reports.end(),
                            [](const Report& a, const Report& b) { return a.document == b.document; }),
                reports.end());
  line.date = most_told(dates);
  line.status = most_told(statuses);
  line.n_reports = static_cast<int64_t>(reports.size());
  line.n_sources = static_cast<int64_t>(sources(reports));
  line.place = first_day + ' ' + told;
  return line;
}

/// Copies of one text, and articles of one publisher, are one source.
uint64_t StoryWriter::sources(const std::vector<Report>& reports) {
  if (reports.size() == 1) return 1;
  std::vector<size_t> parent(reports.size());
  std::iota(parent.begin(), parent.end(), size_t{0});
  const auto root = [&](size_t one) {
    while (parent[one] != one) one = parent[one] = parent[parent[one]];
    return one;
  };
  std::map<std::string, size_t> publishers, texts;  // the first of each
  std::vector<std::pair<size_t, Sketch>> sketches;  // of texts that are not the same to the letter
  for (size_t i = 0; i < reports.size(); ++i) {
    if (!reports[i].publisher.empty()) parent[i] = root(publishers.try_emplace(reports[i].publisher, i).first->second);
    const auto [same, added] = texts.try_emplace(reports[i].sketch, i);
    parent[root(i)] = root(same->second);
    if (added) sketches.emplace_back(i, sketch_from_hex(reports[i].sketch));
  }
  for (size_t i = 0; i < sketches.size(); ++i) {
    for (size_t k = 0; k < i; ++k) {
      const size_t a = root(sketches[i].first), b = root(sketches[k].first);
      if (a != b && resemblance(sketches[i].second, sketches[k].second) >= kCopy) parent[a] = b;
    }
  }
  std::set<size_t> roots;
  for (size_t i = 0; i < reports.size(); ++i) roots.insert(root(i));
  return roots.size();
}

}  // namespace dragoman::store
