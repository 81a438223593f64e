// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/utf8.h"
#include "document/credits.h"
#include "document/rounded.h"
#include "dragoman/article.h"

namespace dragoman {
namespace {

bool is_body(BlockKind kind) {
  switch (kind) {
    case BlockKind::kHeading:
    case BlockKind::kParagraph:
    case BlockKind::kListItem:
    case BlockKind::kQuote:
    case BlockKind::kTable: return true;
    default: return false;
  }
}

std::string day_of(const Article& article) {
  if (!article.published_day.empty()) return article.published_day;
  return article.published ? article.published->value.substr(0, 10) : std::string();
}

class Writer {
 public:
  Writer(const Article& article, bool keep_dropped)
      : article_(article), keep_dropped_(keep_dropped), points_(article.text) {}

  std::string json() {
    out_.begin_object();
    field("id", article_.id);
    field("source", article_.source);
    field("url", article_.url);
    field("title", article_.title);
    field("subtitle", article_.subtitle);
    list("authors", article_.authors);
    field("publisher", article_.publisher);
    dates();
    field("language", article_.language);
    list("tags", article_.tags);
    if (article_.free_to_read) out_.key("free_to_read").value(*article_.free_to_read);
    if (article_.summary) out_.key("summary").value(true);
    field("duplicate_of", article_.duplicate_of);
    out_.key("score").value(rounded(article_.score));
    field("refused", article_.refused);
    out_.key("text").value(body_text(article_));
    captions();
    blocks();
    if (!article_.origins.empty()) origins();
    if (keep_dropped_) dropped();
    out_.end_object();
    return out_.text();
  }

 private:
  void field(const char* name, const std::string& text) {
    if (!text.empty()) out_.key(name).value(text);
  }

  void list(const char* name, const std::vector<std::string>& texts) {
    out_.key(name).begin_array();
    for (const std::string& text : texts) out_.value(text);
    out_.end_array();
  }

  void dates() {
    field("date", day_of(article_));
    if (article_.published) field("published", article_.published->value);
    if (article_.updated) field("updated", article_.updated->value);
    out_.key("dates").begin_array();
    for (const DateEvidence& evidence : article_.dates) {
      out_.begin_object().key("value").value(evidence.date.value).key("from").value(evidence.from).end_object();
    }
    out_.end_array();
  }

  // The names of makers and sellers of pictures are told apart, where they stood by themselves too.
  void captions() {
    std::vector<std::string> credits;
    out_.key("captions").begin_array();
    for (const Block& block : article_.blocks) {
      if (block.kind != BlockKind::kCaption) continue;
      const std::string_view caption = block.span.of(article_.text);
      const size_t end = credit_begin(caption);
      out_.value(caption.substr(0, end));
      if (end < caption.size()) credits.emplace_back(bare_credit(caption.substr(end)));
    }
    out_.end_array();
    for (const Dropped& dropped : article_.dropped) {
      if (dropped.reason == "credit") credits.emplace_back(bare_credit(dropped.text));
    }
    list("credits", credits);
  }

  // Without the brackets around it.
  static std::string_view bare_credit(std::string_view credit) {
    credit = base::trim(credit);
    const bool bracket = credit.starts_with('(') || credit.starts_with('[');
    if (bracket || credit.starts_with('|')) credit.remove_prefix(1);
    if (bracket && (credit.ends_with(')') || credit.ends_with(']'))) credit.remove_suffix(1);
    return base::trim(credit);
  }

  void blocks() {
    out_.key("content").value(article_.text).key("blocks").begin_array();
    for (const Block& block : article_.blocks) {
      out_.begin_object().key("kind").value(to_string(block.kind)).key("span").begin_array();
      out_.value(points_.of_byte(block.span.begin)).value(points_.of_byte(block.span.end)).end_array().end_object();
    }
    out_.end_array();
  }

  void origins() {
    out_.key("origins").begin_array();
    for (const ByteOrigin& origin : article_.origins) {
      out_.begin_array().value(points_.of_byte(origin.text.begin)).value(points_.of_byte(origin.text.end));
      out_.value(origin.begin).value(origin.end).end_array();
    }
    out_.end_array();
  }

  void dropped() {
    out_.key("dropped").begin_array();
    for (const Dropped& dropped : article_.dropped) {
      out_.begin_object().key("reason").value(dropped.reason).key("text").value(dropped.text).end_object();
    }
    out_.end_array();
  }

  const Article& article_;
  const bool keep_dropped_;
  base::CodePoints points_;
  base::JsonWriter out_;
};

// Marks at the start of a line that Markdown would take for its own.
std::string escaped(std::string_view line) {
  std::string out;
  const bool mark = !line.empty() && std::string_view("#>-+*=").find(line[0]) != std::string_view::npos;
  if (mark) out.push_back('\\');
  for (const char c : line) {
    if (c == '_' || c == '`' || (c == '*' && !(mark && out.size() == 1))) out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

}  // namespace

std::string to_json(const Article& article, bool keep_dropped) { return Writer(article, keep_dropped).json(); }

std::string body_text(const Article& article) {
  std::string text;
  for (const Block& block : article.blocks) {
    if (!is_body(block.kind)) continue;
    if (!text.empty()) text.push_back('\n');
    text += block.span.of(article.text);
  }
  return text;
}

std::string to_markdown(const Article& article) {
  std::string out;
  if (!article.title.empty()) out += "# " + escaped(article.title) + "\n";
  for (const Block& block : article.blocks) {
    if (block.kind == BlockKind::kSubtitle) out += "\n**" + escaped(block.span.of(article.text)) + "**\n";
  }
  std::string head;
  for (const std::string& author : article.authors) head += (head.empty() ? "" : ", ") + author;
  if (article.published) head += (head.empty() ? "" : ", ") + day_of(article);
  if (!head.empty()) out += "\n*" + escaped(head) + "*\n";
  bool in_list = false;
  for (const Block& block : article.blocks) {
    if (!is_body(block.kind)) continue;
    const bool item = block.kind == BlockKind::kListItem;
    if (!out.empty() && !(item && in_list)) out.push_back('\n');
    const std::string line = escaped(block.span.of(article.text));
    out += (block.kind == BlockKind::kHeading ? "## "
            : item                            ? "- "
            : block.kind == BlockKind::kQuote ? "> "
                                              : "") +
           line;
    out.push_back('\n');
    in_list = item;
  }
  return out;
}

}  // namespace dragoman
