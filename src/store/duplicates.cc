// SPDX-License-Identifier: Apache-2.0
#include "store/duplicates.h"

#include <string_view>

namespace dragoman::store {
namespace {

// The document stands first in a record, its id first, then these.
constexpr std::string_view kDuplicate = "\"duplicate_of\":\"", kSummary = "\"summary\":true";
constexpr size_t kBeginning = 200;

}  // namespace

std::string duplicate_of(const std::string& record) {
  const std::string_view start = std::string_view(record).substr(0, kBeginning);
  const size_t at = start.find(kDuplicate);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = start.substr(at + kDuplicate.size());
  return std::string(rest.substr(0, rest.find('"')));
}

std::string RunDuplicates::of(const Article& article) {
  const Likeness likeness = likeness_of(article);
  std::string first;
  for (const uint32_t number : index_.same_as(likeness)) {
    if (known_[number].summary && !article.summary) continue;
    first = known_[number].first;
    break;
  }
  index_.add(likeness);
  known_.push_back({first.empty() ? article.id : first, article.summary});
  return first;
}

StoreDuplicates::StoreDuplicates(Database& database)
    : rows_(database.query("SELECT d.document, d.url, d.title, d.published, k.sketch FROM documents d JOIN sketches k "
                           "USING (document) WHERE d.document > ? ORDER BY d.document")),
      record_(database.query("SELECT id, record FROM documents WHERE document = ?")) {}

void StoreDuplicates::catch_up() {
  rows_.bind(last_);
  while (rows_.step()) {
    last_ = rows_.integer(0);
    documents_.push_back(last_);
    index_.add(likeness_of(rows_.text(1), rows_.text(2), rows_.text(3), sketch_from_hex(rows_.text(4))));
  }
}

std::string StoreDuplicates::of(const Article& article, const Likeness& likeness) {
  catch_up();
  for (const uint32_t number : index_.same_as(likeness)) {
    if (!record_.bind(documents_[number]).step()) continue;  // another record took its place
    const std::string id = record_.text(0), record = record_.text(1);
    record_.reset();
    const bool summary = std::string_view(record).substr(0, kBeginning).find(kSummary) != std::string_view::npos;
    if (summary && !article.summary) continue;
    const std::string first = duplicate_of(record);
    return first.empty() ? id : first;
  }
  return {};
}

}  // namespace dragoman::store
