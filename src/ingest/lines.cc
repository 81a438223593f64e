// SPDX-License-Identifier: Apache-2.0
#include "ingest/lines.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "ingest/furniture.h"
#include "ingest/line_features.h"
#include "ingest/line_forest.h"

namespace dragoman::ingest {
namespace {

// ASCII white space, no-break space, zero-width space and byte order mark at both ends.
std::string_view trim_line(std::string_view line) {
  for (bool more = true; more;) {
    more = false;
    line = base::trim(line);
    for (const std::string_view mark : {"\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF"}) {
      const size_t before = line.size();
      if (line.starts_with(mark)) line.remove_prefix(mark.size());
      if (line.ends_with(mark)) line.remove_suffix(mark.size());
      more = more || line.size() < before;
    }
  }
  return line;
}

constexpr size_t kShortestColumn = 55;
constexpr size_t kLongestColumn = 100;

// A text is wrapped if its lines stand in groups that rarely end a sentence but at the group's end, and are
// about equally long.
bool is_wrapped(const std::vector<Line>& lines) {
  size_t inner = 0, open = 0, column = 0, longest = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    longest = std::max(longest, lines[i].text.size());
    if (i + 1 == lines.size() || lines[i + 1].after_blank) continue;
    ++inner;
    open += !ends_sentence(lines[i].text);
    column += lines[i].text.size() >= kShortestColumn - 15;
  }
  return inner >= 4 && longest <= kLongestColumn && longest >= kShortestColumn && open * 10 >= inner * 6 &&
         column * 10 >= inner * 8 && inner * 2 >= lines.size();
}

std::vector<Line> join_wrapped(std::string_view text, const std::vector<Line>& lines) {
  std::vector<Line> joined;
  for (const Line& line : lines) {
    if (joined.empty() || line.after_blank) {
      joined.push_back(line);
    } else {
      joined.back().span.end = line.span.end;
      joined.back().text = joined.back().span.of(text);
    }
  }
  return joined;
}

bool is_list_item(std::string_view line) {
  for (const std::string_view mark : {"\xE2\x80\xA2", "\xC2\xB7", "\xE2\x96\xAA", "\xE2\x97\x8F", "* ", "- "}) {
    if (line.starts_with(mark)) return true;
  }
  size_t digits = 0;
  while (digits < line.size() && base::is_ascii_digit(line[digits])) ++digits;
  return digits > 0 && digits <= 2 && digits + 1 < line.size() && (line[digits] == '.' || line[digits] == ')') &&
         line[digits + 1] == ' ';
}

}  // namespace

bool is_byline(std::string_view line) {
  if (line.size() > 160) return false;
  const std::string folded = fold_line(line);
  const int words = count_words(line);
  if (words < 2 || words > 10 || ends_sentence(line)) return false;
  for (const std::string_view mark :
       {"by ", "von ", "par ", "por ", "written by ", "reported by ", "words: ", "text: ", "story by "}) {
    if (folded.starts_with(mark) && line.size() > mark.size() && !base::is_ascii_digit(line[mark.size()]) &&
        !('a' <= line[mark.size()] && line[mark.size()] <= 'z')) {
      return true;
    }
  }
  return false;
}

namespace {

// The line without a dateline: in "PARIS, May 14 (Agency) - The president …" the agency's is the report, no picture.
std::string_view behind_dateline(std::string_view line) {
  constexpr size_t kLongest = 90;  // bytes
  for (const std::string_view dash : {" - ", " -- ", " \u2013 ", " \u2014 "}) {
    const size_t at = line.find(dash);
    if (at != std::string_view::npos && 0 < at && at <= kLongest && line[at - 1] == ')') return line.substr(at);
  }
  return line;
}

// A line under or beside a picture.
bool is_caption(const std::vector<Line>& lines, size_t i) {
  if (has_photo_credit(behind_dateline(lines[i].text)) && count_words(lines[i].text) <= 90) {
    // A credit in the midst of long running text is a mention of an agency.
    const std::string lower = base::lower_ascii(lines[i].text);
    return lines[i].text.size() < 700 &&
           (!ends_sentence(lines[i].text) || lower.ends_with(")") || count_words(lines[i].text) <= 45);
  }
  return false;
}

bool is_heading(std::string_view line) {
  return count_words(line) <= 14 && line.size() <= 120 && !ends_sentence(line) && !line.ends_with(',') &&
         !line.ends_with(';') && !line.ends_with('"');
}

BlockKind kind_of(const std::vector<Line>& lines, size_t i) {
  if (is_caption(lines, i)) return BlockKind::kCaption;
  if (is_list_item(lines[i].text)) return BlockKind::kListItem;
  if (is_heading(lines[i].text)) return BlockKind::kHeading;
  return BlockKind::kParagraph;
}

std::string folded_title(std::string_view title) { return fold_line(title); }

// The title among the first lines: the known one; else the last line before the running text that looks like
// a heading and says much.
size_t find_title(const std::vector<Line>& lines, const std::vector<LineJob>& jobs, std::string_view title) {
  constexpr size_t kNone = static_cast<size_t>(-1);
  const size_t most = std::min<size_t>(lines.size(), 400);
  size_t first_body = 0;
  while (first_body < lines.size() && (jobs[first_body].body < 0.5F || !ends_sentence(lines[first_body].text)))
    ++first_body;
  if (!title.empty()) {
    const std::string wanted = folded_title(title);
    for (size_t i = 0; i < most; ++i) {
      if (folded_title(lines[i].text) == wanted) return i;
    }
  }
  // "<title> - Newspaper" stands first on many copied pages, and the headline again above the text.
  if (!lines.empty()) {
    const std::string first = folded_title(lines[0].text);
    for (size_t i = 1; i < std::min(most, first_body + 1); ++i) {
      const std::string line = folded_title(lines[i].text);
      if (count_words(lines[i].text) >= 4 && first.starts_with(line)) return i;
    }
  }
  const size_t end = std::min(first_body, most);
  const auto fits = [&](size_t i) {
    const int words = count_words(lines[i].text);
    if (!jobs[i].kept && jobs[i].reason != std::string_view("furniture")) return false;
    return words >= 4 && words <= 30 && !lines[i].text.ends_with('.') && !lines[i].text.ends_with(':') &&
           !furniture_phrase(lines[i].text) && !is_byline(lines[i].text) && !is_date_line(lines[i].text) &&
           !has_photo_credit(lines[i].text);
  };
  if (end <= 3) {
    for (size_t i = 0; i < std::max<size_t>(end, std::min<size_t>(1, lines.size())); ++i) {
      if (fits(i) && i + 1 < lines.size()) return i;
    }
    return kNone;
  }
  for (size_t i = end; i-- > 0 && i + 12 > end;) {
    if (fits(i)) return i;
  }
  return kNone;
}

void drop(LineJob& job, const char* reason) { job = {false, BlockKind::kParagraph, reason, job.body}; }

// Lines of the same furniture section as the heading before them: up to running text of the article. A
// writer's portrait is running text itself, so the line after its heading goes with it.
void drop_sections(const std::vector<Line>& lines, std::vector<LineJob>& jobs, float sure) {
  constexpr size_t kLongestSection = 30;
  for (size_t i = 0; i < lines.size(); ++i) {
    const FurniturePhrase phrase = furniture_phrase(lines[i].text);
    if (!phrase.begins_section || jobs[i].kept) continue;
    const bool portrait = phrase.reason == std::string_view("author-bio") && i * 2 > lines.size();
    for (size_t j = i + 1; j < lines.size() && j <= i + kLongestSection; ++j) {
      if (jobs[j].kept && jobs[j].body >= sure && !(portrait && j == i + 1)) break;
      if (jobs[j].kept) drop(jobs[j], phrase.reason);
    }
  }
}

// What stands twice in a text that somebody chose stands there because the page had it twice.
void drop_repeated(const std::vector<Line>& lines, std::vector<LineJob>& jobs) {
  constexpr size_t kSaysMuch = 8;  // words; "Forecast: 90 percent" may be said of several
  std::unordered_map<std::string_view, int> times;
  for (const Line& line : lines) ++times[line.text];
  for (size_t i = lines.size() / 2; i < lines.size(); ++i) {
    const size_t words = static_cast<size_t>(count_words(lines[i].text));
    if (jobs[i].kept && words >= kSaysMuch && times[lines[i].text] > 1) drop(jobs[i], "repeated");
  }
}

// Behind the last running text: once furniture has begun there, all is furniture; and a heading that nothing
// but furniture follows headed that.
void drop_tail(const std::vector<Line>& lines, std::vector<LineJob>& jobs) {
  size_t last = lines.size();
  const auto is_running = [&](size_t i) {
    return jobs[i].kept && ends_sentence(lines[i].text) && count_words(lines[i].text) >= 10;
  };
  while (last > 0 && !is_running(last - 1)) --last;
  if (last == 0) return;
  size_t first_dropped = last;
  while (first_dropped < lines.size() && jobs[first_dropped].kept) ++first_dropped;
  if (first_dropped == lines.size()) return;
  if (first_dropped > last && jobs[first_dropped - 1].kind == BlockKind::kHeading) --first_dropped;
  for (size_t i = first_dropped; i < lines.size(); ++i) {
    if (jobs[i].kept) drop(jobs[i], "furniture");
  }
}

// "Tags Norland Sudmark talks": a list of words after a label, without a sentence's end.
bool is_tag_line(const Line& line) {
  return (line.text.starts_with("Tags ") || line.text.starts_with("Tags: ") || line.text.starts_with("Topics: ")) &&
         !ends_sentence(line.text);
}

// Beyond doubt: the words say so, or there are none.
const char* certain_furniture(const Line& line, float body) {
  if (const FurniturePhrase phrase = furniture_phrase(line.text)) {
    const bool running = ends_sentence(line.text) && count_words(line.text) > 12;
    if (!running || body < 0.3F || phrase.reason == std::string_view("copyright")) return phrase.reason;
  }
  if (is_tag_line(line)) return "tags";
  if (count_words(line.text) == 0) return "no words";
  return nullptr;
}

const char* copied_furniture(const Line& line, float body) {
  if (body >= 0.5F) return nullptr;
  const FurniturePhrase phrase = furniture_phrase(line.text);
  return phrase ? phrase.reason : "furniture";
}

}  // namespace

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  bool blank = true;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && text[end] != '\n' && text[end] != '\r') ++end;
    const std::string_view whole = text.substr(at, end - at);
    const std::string_view line = trim_line(whole);
    if (line.empty()) {
      blank = true;
    } else {
      const auto from = static_cast<uint32_t>(line.data() - text.data());
      lines.push_back({{from, from + static_cast<uint32_t>(line.size())}, line, blank});
      blank = false;
    }
    at = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  }
  return is_wrapped(lines) ? join_wrapped(text, lines) : lines;
}

std::vector<LineJob> classify_lines(const std::vector<Line>& lines, std::string_view title, Care care) {
  const bool copied = care == Care::kCopiedPage;
  const std::vector<LineFeatures> features = copied ? copied_line_features(lines, title) : line_features(lines, title);
  std::vector<LineJob> jobs(lines.size());
  const std::vector<float> body = copied ? copied_body_probabilities(lines, features) : std::vector<float>();
  for (size_t i = 0; i < lines.size(); ++i) jobs[i].body = copied ? body[i] : body_probability(features[i]);
  for (size_t i = 0; i < lines.size(); ++i) {
    LineJob& job = jobs[i];
    const char* reason =
        care == Care::kArticle ? certain_furniture(lines[i], job.body) : copied_furniture(lines[i], job.body);
    job.kind = kind_of(lines, i);
    if (reason != nullptr && job.kind != BlockKind::kCaption) {
      job.kept = false;
      job.reason = reason;
    }
    if (care == Care::kArticle && is_date_line(lines[i].text)) job = {true, BlockKind::kDateline, "", job.body};
    if (is_byline(lines[i].text) && (care == Care::kArticle || i < 400)) {
      job = {true, BlockKind::kByline, "", job.body};
    }
  }
  drop_sections(lines, jobs, care == Care::kArticle ? 0.3F : 0.7F);
  if (care == Care::kArticle) {
    drop_repeated(lines, jobs);
    drop_tail(lines, jobs);
  }
  const size_t at = find_title(lines, jobs, title);
  if (at < lines.size()) jobs[at] = {true, BlockKind::kTitle, "", jobs[at].body};
  // The title of a picture stands right above its caption.
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    if (jobs[i].kept && jobs[i].kind == BlockKind::kHeading && jobs[i + 1].kind == BlockKind::kCaption &&
        jobs[i + 1].kept && !lines[i + 1].after_blank) {
      jobs[i].kind = BlockKind::kCaption;
    }
  }
  // Copied pages: captions, bylines and datelines far from the article belong to teasers.
  if (care == Care::kCopiedPage) {
    size_t first = lines.size(), last = 0;
    for (size_t i = 0; i < lines.size(); ++i) {
      if (!jobs[i].kept || jobs[i].body < 0.5F) continue;
      first = std::min(first, i);
      last = i;
    }
    if (at < lines.size()) first = std::min(first, at);
    for (size_t i = 0; i < lines.size(); ++i) {
      const bool aside = jobs[i].kind == BlockKind::kCaption || jobs[i].kind == BlockKind::kByline;
      if (jobs[i].kept && aside && (i + 4 < first || i > last + 2)) {
        jobs[i] = {false, BlockKind::kParagraph, "furniture", jobs[i].body};
      }
    }
  }
  return jobs;
}

}  // namespace dragoman::ingest
