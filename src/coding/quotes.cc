// SPDX-License-Identifier: Apache-2.0
#include "coding/quotes.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace dragoman::coding {
namespace {

// A quotation mark at a place of the text: its width in bytes and whether it can open or close.
struct Mark {
  std::string_view text;
  char family = 0;  // marks of one family belong together
  bool opens = false, closes = false;
};

constexpr Mark kMarks[] = {
    {"“", 'd', true, true},  // closes „…“
    {"”", 'd', false, true}, {"„", 'd', true, false}, {"«", 'g', true, false}, {"»", 'g', false, true},
    {"‹", 'h', true, false}, {"›", 'h', false, true}, {"‘", 's', true, false}, {"’", 's', false, true},
    {"\"", 'd', true, true}, {"'", 's', true, true},
};

std::optional<Mark> mark_at(std::string_view text, size_t at) {
  for (const Mark& mark : kMarks) {
    if (text.substr(at).starts_with(mark.text)) return mark;
  }
  return std::nullopt;
}

bool is_letter(std::string_view text, size_t at) {
  return at < text.size() && (base::is_ascii_alpha(text[at]) || base::is_ascii_digit(text[at]));
}

bool opens_here(std::string_view text, size_t block_begin, size_t at, size_t width) {
  const bool before = at == block_begin || base::is_ascii_space(text[at - 1]) || text[at - 1] == '(' ||
                      text[at - 1] == '[' || static_cast<unsigned char>(text[at - 1]) >= 0x80;
  return before && at + width < text.size() && !base::is_ascii_space(text[at + width]);
}

// Marks alone decide; an apostrophe (letter on both sides, or after s and before a space while no single
// quotation is open) is none.
void find_in(std::string_view text, Span block, std::vector<Span>& out) {
  char open = 0;
  uint32_t begin = 0;
  for (uint32_t at = block.begin; at < block.end;) {
    const auto mark = mark_at(text, at);
    if (!mark) {
      ++at;
      continue;
    }
    const auto width = static_cast<uint32_t>(mark->text.size());
    const bool apostrophe =
        mark->family == 's' && at > block.begin && is_letter(text, at - 1) && is_letter(text, at + width);
    if (apostrophe) {
      at += width;
      continue;
    }
    if (open == 0 && mark->opens && opens_here(text, block.begin, at, width)) {
      open = mark->family;
      begin = at + width;
    } else if (open == mark->family && mark->closes && at > begin) {
      out.push_back({begin, at});
      open = 0;
    }
    at += width;
  }
  // An unclosed single mark is an apostrophe ("the '90s"), an unclosed double one a longer quotation.
  if (open != 0 && open != 's' && block.end > begin) out.push_back({begin, block.end});
}

uint32_t width_before(std::string_view text, uint32_t at) {
  uint32_t width = 1;
  while (width < at && (static_cast<unsigned char>(text[at - width]) & 0xC0) == 0x80) ++width;
  return width;
}

bool is_space_or_comma(std::string_view piece) {
  return piece == "," || (piece.size() == 1 && base::is_ascii_space(piece[0])) || piece == "\u00A0";
}

// The content with the mark before it where the partner lies inside: ‘No’ is the answer, of “‘No’ is the answer.”
Span with_inner_mark(std::string_view text, Span content) {
  if (content.begin == 0) return content;
  const uint32_t at = content.begin - width_before(text, content.begin);
  const auto before = mark_at(text, at);
  if (!before || !before->opens || (at > 0 && is_letter(text, at - 1))) return content;
  int open = 1;
  for (uint32_t i = content.begin; i < content.end;) {
    const auto mark = mark_at(text, i);
    const auto width = mark ? static_cast<uint32_t>(mark->text.size()) : 1;
    if (mark && mark->family == before->family && !(is_letter(text, i - 1) && is_letter(text, i + width))) {
      open += mark->opens && opens_here(text, 0, i, width) ? 1 : -1;
    }
    i += width;
  }
  return open == 0 ? Span{at, content.end} : content;
}

// Whether the sentence goes on after the quotation mark at `at`: a small letter or comma follows, or
// a name and a verb of saying do ("…," Norland said): taken as going on unless the line ends.
bool goes_on_after_mark(std::string_view text, uint32_t at) {
  const auto mark = at < text.size() ? mark_at(text, at) : std::nullopt;
  if (!mark) return false;
  at += static_cast<uint32_t>(mark->text.size());
  while (at < text.size() && text[at] == ' ') ++at;
  return at < text.size() && (text[at] == ',' || ('a' <= text[at] && text[at] <= 'z'));
}

}  // namespace

std::vector<Span> quotations(const Article& article) {
  std::vector<Span> out;
  for (const Block& block : article.blocks) find_in(article.text, block.span, out);
  return out;
}

uint32_t mark_width(std::string_view text, uint32_t at) {
  const auto mark = at < text.size() ? mark_at(text, at) : std::nullopt;
  return mark ? static_cast<uint32_t>(mark->text.size()) : 0;
}

Span trimmed_content(std::string_view text, const std::vector<Span>& quotations, Span content) {
  // A mark at one end without its partner inside is the border of the quotation.
  const auto unbalanced = [&](std::string_view mark_text) {
    size_t count = 0;
    const std::string_view inside = content.of(text);
    for (size_t at = inside.find(mark_text); at != std::string_view::npos; at = inside.find(mark_text, at + 1)) ++count;
    return count % 2 == 1;
  };
  for (bool changed = true; changed && !content.empty();) {
    changed = false;
    const uint32_t last = content.end - width_before(text, content.end);
    const auto first_mark = mark_at(text, content.begin);
    const auto last_mark = mark_at(text, last);
    if (is_space_or_comma(text.substr(content.begin, 1))) {
      content.begin += 1, changed = true;
    } else if (is_space_or_comma(text.substr(last, content.end - last))) {
      content.end = last, changed = true;
    } else if (first_mark && last_mark && first_mark->family == last_mark->family && last > content.begin &&
               content.of(text).find(last_mark->text, first_mark->text.size()) == last - content.begin) {
      content.begin += static_cast<uint32_t>(first_mark->text.size());  // wholly quoted
      content.end = last, changed = true;
    } else if (first_mark && first_mark->text != "'" && first_mark->text != "’" &&
               (first_mark->text == "\""
                    ? unbalanced("\"")
                    : content.of(text).find("”") == std::string_view::npos && first_mark->text == "“")) {
      content.begin += static_cast<uint32_t>(first_mark->text.size()), changed = true;
    } else if (last_mark && ((last_mark->text == "\"" && unbalanced("\"")) ||
                             (last_mark->text == "”" && content.of(text).find("“") == std::string_view::npos))) {
      content.end = last, changed = true;
    }
  }
  content = with_inner_mark(text, content);
  if (content.size() > 1 && text[content.end - 1] == '.' && !content.of(text).ends_with("..")) {
    const bool quoted = std::any_of(quotations.begin(), quotations.end(), [&](Span q) { return q.contains(content); });
    if (!quoted || goes_on_after_mark(text, content.end)) content.end -= 1;
  }
  return content;
}

StatementKind statement_kind(std::string_view text, const std::vector<Span>& quotations, Span content) {
  uint32_t letters = 0, quoted = 0;
  for (uint32_t at = content.begin; at < content.end; ++at) {
    if (!is_letter(text, at)) continue;
    ++letters;
    quoted += std::any_of(quotations.begin(), quotations.end(), [&](Span q) { return q.contains(at); });
  }
  if (quoted == 0) return StatementKind::kIndirect;
  return quoted >= letters ? StatementKind::kDirect : StatementKind::kMixed;
}

}  // namespace dragoman::coding
