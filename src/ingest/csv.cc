// SPDX-License-Identifier: Apache-2.0
#include "ingest/csv.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/limits.h"
#include "ingest/line_article.h"
#include "ingest/sniff.h"

namespace dragoman::ingest {
namespace {

// Of a heading: its letters alone, in lower case ("Article Text", "article_text").
std::string heading(std::string_view name) {
  std::string out = base::lower_ascii(base::trim(name));
  out.erase(std::remove_if(out.begin(), out.end(), [](char c) { return !base::is_ascii_alpha(c); }), out.end());
  return out;
}

char separator_of(std::string_view line) {
  char best = ',';
  for (const char one : {',', ';', '\t'}) {
    if (std::count(line.begin(), line.end(), one) > std::count(line.begin(), line.end(), best)) best = one;
  }
  return best;
}

// A row's field in UTF-8.
std::string utf8(std::string field) {
  if (base::first_invalid_utf8(field) == base::kValid) return field;
  auto text = to_utf8(field, "", false);
  return text ? std::move(*text) : with_bad_sequences_replaced(field);
}

}  // namespace

Csv::Column Csv::column_of(std::string_view name) {
  static constexpr std::pair<std::string_view, Column> kNames[] = {{"text", kText},
                                                                   {"body", kText},
                                                                   {"content", kText},
                                                                   {"article", kText},
                                                                   {"articletext", kText},
                                                                   {"fulltext", kText},
                                                                   {"eventtext", kText},
                                                                   {"story", kText},
                                                                   {"html", kHtml},
                                                                   {"id", kId},
                                                                   {"docid", kId},
                                                                   {"documentid", kId},
                                                                   {"articleid", kId},
                                                                   {"guid", kId},
                                                                   {"url", kUrl},
                                                                   {"link", kUrl},
                                                                   {"sourceurl", kUrl},
                                                                   {"title", kTitle},
                                                                   {"headline", kTitle},
                                                                   {"published", kPublished},
                                                                   {"date", kPublished},
                                                                   {"publishedat", kPublished},
                                                                   {"publicationdate", kPublished},
                                                                   {"publishdate", kPublished},
                                                                   {"pubdate", kPublished},
                                                                   {"datetime", kPublished},
                                                                   {"author", kAuthors},
                                                                   {"authors", kAuthors},
                                                                   {"byline", kAuthors},
                                                                   {"publisher", kPublisher},
                                                                   {"source", kPublisher},
                                                                   {"outlet", kPublisher},
                                                                   {"newspaper", kPublisher},
                                                                   {"publication", kPublisher},
                                                                   {"tags", kTags},
                                                                   {"keywords", kTags}};
  const std::string known = heading(name);
  for (const auto& [one, column] : kNames) {
    if (one == known) return column;
  }
  return kColumns;
}

bool is_csv(std::string_view start, std::string_view name) {
  std::string_view line = start.substr(0, start.find_first_of("\r\n"));
  if (line.size() > 4096) return false;
  size_t known = 0, fields = 0;
  bool text = false;
  for (std::string_view field : base::split(line, separator_of(line))) {
    field = base::trim(field);
    if (field.starts_with('"') && field.ends_with('"') && field.size() > 1) field = field.substr(1, field.size() - 2);
    if (field.size() > 64) return false;  // prose, not headings
    const Csv::Column column = Csv::column_of(field);
    known += column != Csv::kColumns ? 1U : 0U;
    text = text || column == Csv::kText || column == Csv::kHtml;
    ++fields;
  }
  const std::string lower = base::lower_ascii(name);
  if (lower.ends_with(".csv") || lower.ends_with(".tsv")) return true;
  return text && known >= 2 && known * 2 >= fields;
}

// Sees that the byte `at` lies ahead.
bool Csv::more(size_t at) { return stream_->ahead().size() > at || stream_->fill(at + 1); }

// The error for the row that begins in this line, after stepping to the next line: a quotation mark that is not closed
// would take the rest of the file with it.
std::optional<Error> Csv::fault(ErrorCode code, const std::string& message) {
  for (;;) {
    const size_t end = stream_->ahead().find('\n');
    stream_->skip(end == std::string_view::npos ? stream_->ahead().size() : end + 1);
    if (end != std::string_view::npos || !stream_->fill()) break;
  }
  next_line_ = line_ + 1;
  return Error{code, message, place()};
}

// Fields are parted by the separator, rows by line ends; a field in quotation marks may hold all of these, and a
// quotation mark twice.
std::optional<Error> Csv::read_row(std::vector<std::string>& fields) {
  fields.clear();
  line_ = next_line_;
  std::string field;
  uint64_t lines = 1;
  for (size_t at = 0;;) {
    field.clear();
    if (more(at) && stream_->ahead()[at] == '"') {
      for (++at;; ++at) {
        if (!more(at)) return fault(ErrorCode::kSyntax, "is a row with a quotation mark that is not closed");
        if (at > kMostLine) return fault(ErrorCode::kTooLarge, too_large("", kMostLine).message);
        const char c = stream_->ahead()[at];
        if (c == '"') {
          if (!more(at + 1) || stream_->ahead()[at + 1] != '"') break;
          ++at;
        }
        lines += c == '\n' ? 1U : 0U;
        field.push_back(c);
      }
      ++at;
      const bool ends = !more(at) || stream_->ahead()[at] == separator_ || stream_->ahead()[at] == '\n' ||
                        stream_->ahead()[at] == '\r';
      if (!ends) return fault(ErrorCode::kSyntax, "is a row with a character behind a closing quotation mark");
    } else {
      while (more(at) && stream_->ahead()[at] != separator_ && stream_->ahead()[at] != '\n' &&
             stream_->ahead()[at] != '\r') {
        if (at > kMostLine) return fault(ErrorCode::kTooLarge, too_large("", kMostLine).message);
        field.push_back(stream_->ahead()[at++]);
      }
    }
    fields.push_back(std::move(field));
    const char end = more(at) ? stream_->ahead()[at] : '\n';
    ++at;
    if (end == separator_) continue;
    if (end == '\r' && more(at) && stream_->ahead()[at] == '\n') ++at;
    stream_->skip(std::min(at, stream_->ahead().size()));
    next_line_ = line_ + lines;
    return std::nullopt;
  }
}

std::optional<Error> Csv::read_header() {
  if (const std::string kind = binary_kind(stream_->ahead()); !kind.empty()) {
    return Error{ErrorCode::kBinary, "is no table but " + kind, stream_->name()};
  }
  if (const std::string charset = wide_charset(stream_->ahead()); !charset.empty()) {
    return Error{ErrorCode::kEncoding,
                 std::string("is UTF-") + (unit_of(charset) == 2 ? "16" : "32") +
                     "; tables have to be UTF-8 (iconv -f " + charset + " -t utf-8 converts it)",
                 stream_->name()};
  }
  if (stream_->ahead().starts_with("\xEF\xBB\xBF")) stream_->skip(3);
  separator_ = separator_of(stream_->ahead().substr(0, stream_->ahead().find('\n')));
  if (auto error = read_row(row_)) return error;
  where_.fill(kNone);
  for (size_t i = 0; i < row_.size(); ++i) {
    const Column column = column_of(row_[i]);
    if (column != kColumns && where_[column] == kNone) where_[column] = i;
  }
  width_ = row_.size();
  if (where_[kText] != kNone || where_[kHtml] != kNone) return std::nullopt;
  return Error{ErrorCode::kNoText, "names no column \"text\" (or body, content, article, html) in its first row",
               place()};
}

Result<Page> Csv::page_of(const std::vector<std::string>& fields) const {
  if (fields.size() != width_) {
    return Error{
        ErrorCode::kSyntax,
        "is a row of " + std::to_string(fields.size()) + " fields where the first row names " + std::to_string(width_),
        place()};
  }
  const auto value = [&](Column column) {
    return where_[column] == kNone ? std::string() : utf8(std::string(base::trim(fields[where_[column]])));
  };
  Page page;
  const std::string id = value(kId);
  page.source = stream_->name() + "#" + (id.empty() ? std::to_string(line_) : id);
  page.place = place();
  page.format = Format::kJsonLines;
  page.bytes = value(kText);
  if (is_blank(page.bytes)) {
    page.bytes = value(kHtml);
    page.format = Format::kHtml;
  }
  if (is_blank(page.bytes)) return Error{ErrorCode::kNoText, "is a row without text", page.place};
  page.url = value(kUrl);
  page.title = value(kTitle);
  page.published = value(kPublished);
  page.publisher = value(kPublisher);
  const std::string authors = value(kAuthors);
  page.authors = names_of_byline(authors);
  if (page.authors.empty() && !authors.empty()) page.authors = {authors};
  const std::string tags = value(kTags);
  for (const std::string_view tag : base::split(tags, ',')) {
    if (!base::trim(tag).empty()) page.tags.emplace_back(base::trim(tag));
  }
  return page;
}

std::optional<Result<Page>> Csv::next() {
  if (!std::exchange(begun_, true)) {
    if (auto error = read_header()) {
      ended_ = true;
      return Result<Page>(std::move(*error));
    }
  }
  while (!ended_ && more(0)) {
    if (auto error = read_row(row_)) return Result<Page>(std::move(*error));
    const bool blank = row_.size() == 1 && base::trim(row_[0]).empty();
    if (!blank) return page_of(row_);
  }
  ended_ = true;
  if (auto error = stream_->take_error()) return Result<Page>(std::move(*error));
  return std::nullopt;
}

}  // namespace dragoman::ingest
