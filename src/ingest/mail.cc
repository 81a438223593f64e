// SPDX-License-Identifier: Apache-2.0
// A mail is fields, an empty line and a body; the body of a multipart is parts of the same form between lines of
// "--BOUNDARY", the last of them "--BOUNDARY--" (RFC 5322, 2045, 2046).
#include "ingest/mail.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/limits.h"
#include "ingest/line_article.h"

namespace dragoman::ingest {
namespace {

using Fields = std::map<std::string, std::string>;  // by lower-case name, unfolded; the first of a name

constexpr int kDeepest = 8;
constexpr size_t kMostParts = 1000;
constexpr size_t kMostHeader = 256 << 10;
// Shorter plain text beside HTML says that one should look at the HTML.
constexpr size_t kWorthReading = 200;
constexpr std::string_view kBeforeMail = "\nFrom ";
constexpr size_t kMostSeparator = 2000;  // bytes of a mailbox's line "From …" and the name of the field behind it

struct Part {
  std::string type, charset, encoding, location, id;
  std::string_view body;
};

bool is_field_name(std::string_view name) {
  return !name.empty() && name.size() < 80 &&
         std::all_of(name.begin(), name.end(), [](char c) { return '!' <= c && c <= '~' && c != ':'; });
}

// Takes the fields off `text`, which then begins with the body.
Fields take_fields(std::string_view& text) {
  Fields fields;
  std::string* last = nullptr;
  const size_t most = std::min(text.size(), kMostHeader);
  size_t at = 0;
  while (at < most) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const size_t colon = line.find(':');
    const bool folded = line.starts_with(' ') || line.starts_with('\t');
    if (!line.empty() && !folded && !(colon != std::string_view::npos && is_field_name(line.substr(0, colon)))) {
      if (at == 0 && line.starts_with("From ")) {  // a mailbox's line
        at = std::min(end + 1, text.size());
        continue;
      }
      break;  // no field: the body began without an empty line
    }
    at = std::min(end + 1, text.size());
    if (line.empty()) break;
    if (folded) {
      if (last != nullptr) last->append(" ").append(base::trim(line));
      continue;
    }
    const auto [place, added] =
        fields.emplace(base::lower_ascii(line.substr(0, colon)), base::trim(line.substr(colon + 1)));
    last = added ? &place->second : nullptr;
  }
  text.remove_prefix(at);
  return fields;
}

std::string value_of(const Fields& fields, const char* name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

// The value of "NAME=VALUE" behind the semicolons of a field.
std::string parameter(const std::string& value, const std::string& name) {
  const std::string lower = base::lower_ascii(value);
  for (size_t at = lower.find(name + "="); at != std::string::npos; at = lower.find(name + "=", at + 1)) {
    if (at > 0 && lower[at - 1] != ';' && !base::is_ascii_space(lower[at - 1])) continue;
    const size_t from = at + name.size() + 1;
    if (from < value.size() && value[from] == '"') {
      return value.substr(from + 1, std::min(value.find('"', from + 1), value.size()) - (from + 1));
    }
    return value.substr(from, std::min(value.find_first_of("; \t", from), value.size()) - from);
  }
  return {};
}

std::string without_angles(std::string value) {
  if (value.starts_with('<') && value.ends_with('>')) return value.substr(1, value.size() - 2);
  return value;
}

std::string from_base64(std::string_view text) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  static const auto kValue = [] {
    std::array<int8_t, 256> values{};
    values.fill(-1);
    for (size_t i = 0; i < kDigits.size(); ++i) values[static_cast<unsigned char>(kDigits[i])] = static_cast<int8_t>(i);
    return values;
  }();
  std::string out;
  out.reserve(text.size() / 4 * 3);
  uint32_t bits = 0;
  int count = 0;
  const auto flush = [&] {
    if (count % 4 >= 2) out.push_back(static_cast<char>(bits >> (count % 4 == 2 ? 4U : 10U)));
    if (count % 4 == 3) out.push_back(static_cast<char>(bits >> 2U));
    bits = 0;
    count = 0;
  };
  // Some programs pad each line. A line behind a padded one that does not look like another is no part of it: a
  // mailing list's words.
  const auto is_line = [&](std::string_view line) {
    line = base::trim(line.substr(0, line.find('\n')));
    return line.size() % 4 == 0 && std::all_of(line.begin(), line.end(), [&](char c) {
             return c == '=' || kValue[static_cast<unsigned char>(c)] >= 0;
           });
  };
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '=') {
      flush();
      const size_t next = std::min(text.find_first_not_of("= \t\r\n", at), text.size());
      const bool same_line = text.substr(at, next - at).find('\n') == std::string_view::npos;
      if (!same_line && !is_line(text.substr(next))) break;
      at = next - 1;
      continue;
    }
    const int8_t value = kValue[static_cast<unsigned char>(text[at])];
    if (value < 0) continue;
    bits = bits << 6U | static_cast<uint32_t>(value);
    if (++count % 4 == 0) {
      out.push_back(static_cast<char>(bits >> 16U));
      out.push_back(static_cast<char>(bits >> 8U));
      out.push_back(static_cast<char>(bits));
      bits = 0;
    }
  }
  flush();
  return out;
}

int hex_digit(char c) {
  if ('0' <= c && c <= '9') return c - '0';
  if ('A' <= c && c <= 'F') return c - 'A' + 10;
  if ('a' <= c && c <= 'f') return c - 'a' + 10;
  return -1;
}

// `in_header`: "_" is a space (RFC 2047).
std::string from_quoted_printable(std::string_view text, bool in_header) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '_' && in_header) {
      out.push_back(' ');
    } else if (c != '=') {
      out.push_back(c);
    } else if (i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
      i += 2;
    } else {
      // A soft line end, perhaps with white space before it; else a lone "=" as it stands.
      const size_t end = text.find_first_not_of(" \t\r", i + 1);
      if (end < text.size() && text[end] == '\n') {
        i = end;
      } else if (end != std::string_view::npos) {
        out.push_back(c);
      }
    }
  }
  return out;
}

std::string decoded(const Part& part) {
  if (part.encoding == "base64") return from_base64(part.body);
  if (part.encoding == "quoted-printable") return from_quoted_printable(part.body, false);
  return std::string(part.body);
}

// Collects the parts that are text, in their order.
class Parts {
 public:
  void walk(const Fields& fields, std::string_view body, int depth) {
    if (all.size() >= kMostParts) return;
    const std::string content = value_of(fields, "content-type");
    Part part;
    part.type = base::lower_ascii(base::trim(std::string_view(content).substr(0, content.find(';'))));
    if (part.type.starts_with("multipart/") && depth < kDeepest) {
      if (const std::string boundary = parameter(content, "boundary"); !boundary.empty()) {
        return split(body, "--" + boundary, depth);
      }
    }
    const bool text = part.type.empty() || part.type == "text/plain" || part.type == "text/html" ||
                      part.type == "application/xhtml+xml";
    if (!text || base::lower_ascii(value_of(fields, "content-disposition")).starts_with("attachment")) return;
    part.charset = parameter(content, "charset");
    part.encoding = base::lower_ascii(value_of(fields, "content-transfer-encoding"));
    part.location = value_of(fields, "content-location");
    part.id = without_angles(value_of(fields, "content-id"));
    part.body = body;
    all.push_back(std::move(part));
  }

  std::vector<Part> all;
  bool cut = false;  // a multipart that is not closed

 private:
  void split(std::string_view body, const std::string& mark, int depth) {
    size_t from = std::string_view::npos;
    for (size_t at = body.find(mark); at != std::string_view::npos; at = body.find(mark, at + mark.size())) {
      if (at > 0 && body[at - 1] != '\n') continue;
      const std::string_view rest = body.substr(at + mark.size());
      const bool last = rest.starts_with("--");
      if (!last && !rest.empty() && !base::is_ascii_space(rest[0])) continue;  // of a longer boundary
      if (from != std::string_view::npos) one(body.substr(from, at - from), depth);
      if (last) return;
      from = std::min(body.find('\n', at + mark.size()), body.size() - 1) + 1;
    }
    cut = true;
    if (from != std::string_view::npos) one(body.substr(from), depth);
  }

  void one(std::string_view text, int depth) {
    const Fields fields = take_fields(text);
    walk(fields, text, depth + 1);
  }
};

bool is_html(const Part& part) { return part.type == "text/html" || part.type == "application/xhtml+xml"; }

const Part* first(const std::vector<Part>& parts, bool html) {
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return is_html(part) == html; });
  return found == parts.end() ? nullptr : &*found;
}

// "Jane Doe <jane@paper.example>", "jane@paper.example (Jane Doe)" → "Jane Doe".
std::string sender_of(const std::string& from) {
  const std::string value = decoded_header(from);
  std::string name(base::trim(std::string_view(value).substr(0, value.find('<'))));
  if (const size_t open = value.find('('); value.find('<') == std::string::npos && open != std::string::npos) {
    name = value.substr(open + 1, value.find(')', open) - (open + 1));
  }
  name.erase(std::remove(name.begin(), name.end(), '"'), name.end());
  return name.find('@') == std::string::npos ? name : "";
}

void read_mail(const Fields& fields, const std::vector<Part>& parts, Page& page) {
  const Part *plain = first(parts, false), *html = first(parts, true);
  std::string text = plain != nullptr ? decoded(*plain) : "";
  const bool take_html = html != nullptr && base::trim(text).size() < kWorthReading;
  page.bytes = take_html ? decoded(*html) : std::move(text);
  page.charset = (take_html ? html : plain)->charset;
  page.format = take_html ? Format::kFragment : Format::kText;
  page.title = decoded_header(value_of(fields, "subject"));
  const std::string sender = sender_of(value_of(fields, "from"));
  page.authors = names_of_byline(sender);
  if (page.authors.empty()) page.publisher = sender;
  page.url = without_angles(value_of(fields, "archived-at"));
  page.published = value_of(fields, "date");
  page.published.resize(std::min(page.published.find('('), page.published.size()));  // "+0000 (UTC)"
  page.published_from = "mail Date";
}

// The date is that of saving and tells nothing of the page.
void read_saved_page(const Fields& fields, const std::vector<Part>& parts, Page& page) {
  const std::string root = without_angles(parameter(value_of(fields, "content-type"), "start"));
  const auto named = std::find_if(parts.begin(), parts.end(),
                                  [&](const Part& part) { return is_html(part) && !root.empty() && part.id == root; });
  const Part& part = named != parts.end() ? *named : *first(parts, true);
  page.bytes = decoded(part);
  page.charset = part.charset;
  page.format = Format::kHtml;
  page.title = decoded_header(value_of(fields, "subject"));
  page.url = value_of(fields, "snapshot-content-location");
  if (page.url.empty()) page.url = part.location;
}

// A mailbox's line "From …", and a field behind it: prose begins lines so too.
bool begins_mail(std::string_view text) {
  if (!text.starts_with("From ")) return false;
  text = text.substr(std::min(text.find('\n'), text.size() - 1) + 1);
  const size_t colon = text.find(':');
  return colon != std::string_view::npos && is_field_name(text.substr(0, colon));
}

// ">From " → "From ", ">>From " → ">From ".
std::string unescaped(std::string_view mail) {
  std::string out;
  out.reserve(mail.size());
  for (size_t at = 0; at < mail.size();) {
    const size_t end = std::min(mail.find('\n', at), mail.size() - 1) + 1;
    std::string_view line = mail.substr(at, end - at);
    at = end;
    const size_t marks = std::min(line.find_first_not_of('>'), line.size());
    if (marks > 0 && line.substr(marks).starts_with("From ")) line.remove_prefix(1);
    out += line;
  }
  return out;
}

bool is_saved_page(const Fields& fields) {
  return base::lower_ascii(value_of(fields, "content-type")).starts_with("multipart/related") &&
         (fields.count("snapshot-content-location") > 0 || fields.count("to") + fields.count("received") == 0);
}

}  // namespace

bool is_mail(std::string_view start) {
  if (start.starts_with("From ")) {
    start.remove_prefix(std::min(start.find('\n'), start.size() - 1) + 1);
  }
  const size_t colon = start.find(':');
  if (colon == std::string_view::npos || !is_field_name(start.substr(0, colon))) return false;
  const Fields fields = take_fields(start);
  const auto has = [&](const char* name) { return fields.count(name) > 0; };
  // Prose has lines such as "From: …" too, but not those that only programs write.
  const bool by_program = has("mime-version") || has("message-id") || has("received") || has("return-path") ||
                          has("content-transfer-encoding") || has("delivered-to");
  return by_program && (has("from") || has("date") || has("subject") || has("content-type"));
}

std::string decoded_header(std::string_view value) {
  if (is_iso_2022_jp(value)) {  // as it was sent before there were encoded words
    if (const auto text = to_utf8(value, "", false); text && !is_iso_2022_jp(*text)) return decoded_header(*text);
  }
  std::string out;
  bool after_word = false;
  for (size_t at = 0; at < value.size();) {
    const size_t word = std::min(value.find("=?", at), value.size());
    const std::string_view between = value.substr(at, word - at);
    if (!after_word || word == value.size() || !base::trim(between).empty()) out += between;
    if (word == value.size()) break;
    const size_t charset_end = value.find('?', word + 2);
    const size_t end = charset_end == std::string_view::npos || charset_end + 2 >= value.size()
                           ? std::string_view::npos
                           : value.find("?=", charset_end + 3);
    if (end == std::string_view::npos || value[charset_end + 2] != '?') {
      out += value.substr(word, 2);
      at = word + 2;
      after_word = false;
      continue;
    }
    std::string charset(value.substr(word + 2, charset_end - (word + 2)));
    charset.resize(std::min(charset.find('*'), charset.size()));  // a language may follow (RFC 2231)
    const char way = value[charset_end + 1];
    const std::string_view coded = value.substr(charset_end + 3, end - (charset_end + 3));
    const std::string bytes = way == 'b' || way == 'B' ? from_base64(coded) : from_quoted_printable(coded, true);
    const auto text = to_utf8(bytes, charset, false);
    out += text ? *text : bytes;
    at = end + 2;
    after_word = true;
  }
  return base::first_invalid_utf8(out) == base::kValid ? out : with_bad_sequences_replaced(out);
}

std::optional<Result<Page>> Mail::next() {
  if (std::exchange(read_, true)) {
    if (!std::exchange(cut_, false)) return std::nullopt;
    return Result<Page>(Error{ErrorCode::kSyntax, "is cut off: its last part does not end", place_});
  }
  std::string_view text = bytes_;
  const Fields fields = take_fields(text);
  Parts parts;
  parts.walk(fields, text, 0);
  cut_ = parts.cut;
  Page page;
  page.source = source_;
  page.place = place_;
  if (parts.all.empty()) return Result<Page>(Error{ErrorCode::kNoText, "is a mail without text", place_});
  if (is_saved_page(fields) && first(parts.all, true) != nullptr) {
    read_saved_page(fields, parts.all, page);
  } else {
    read_mail(fields, parts.all, page);
  }
  return Result<Page>(std::move(page));
}

bool is_mailbox(std::string_view start) { return begins_mail(start) && is_mail(start); }

// Where the mail that lies ahead ends; nothing if it is too large.
std::optional<size_t> Mailbox::end_of_mail() {
  for (size_t looked = 0;;) {
    const size_t found = stream_->ahead().find(kBeforeMail, looked);
    if (found == std::string_view::npos) {
      if (stream_->ahead().size() > kMostBytes) return std::nullopt;
      looked = stream_->ahead().size() - std::min(stream_->ahead().size(), kBeforeMail.size());
      if (!stream_->fill()) return stream_->ahead().size();
      continue;
    }
    stream_->fill(found + kMostSeparator);
    const std::string_view before = stream_->ahead().substr(0, found);
    const bool behind_empty = before.ends_with('\n') || before.ends_with("\n\r");
    if (behind_empty && begins_mail(stream_->ahead().substr(found + 1, kMostSeparator))) return found + 1;
    looked = found + 1;
  }
}

std::string Mailbox::take(size_t size) {
  std::string bytes(stream_->ahead().substr(0, size));
  stream_->skip(bytes.size());
  line_ += static_cast<uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  return bytes;
}

std::optional<Error> Mailbox::open_next() {
  const std::string place = stream_->name() + ":" + std::to_string(line_);
  ++number_;
  bool whole = true;
  auto end = end_of_mail();
  for (; !end; end = end_of_mail()) {
    whole = false;
    take(stream_->ahead().size() - kMostSeparator);
  }
  std::string bytes = take(*end);
  if (!whole) return too_large(place, kMostBytes);
  const bool alone = number_ == 1 && stream_->ahead().empty();
  const std::string& path = stream_->name();
  mail_.emplace(alone ? path : path + "#" + std::to_string(number_), alone ? path : place, unescaped(bytes));
  return std::nullopt;
}

std::optional<Result<Page>> Mailbox::next() {
  for (;;) {
    if (mail_) {
      if (auto page = mail_->next()) return page;
      mail_.reset();
    }
    if (stream_->ahead().empty() && !stream_->fill()) break;
    if (auto error = open_next()) return Result<Page>(std::move(*error));
  }
  if (auto error = stream_->take_error()) return Result<Page>(std::move(*error));
  return std::nullopt;
}

}  // namespace dragoman::ingest
