// SPDX-License-Identifier: Apache-2.0
// A record is
//
//   WARC/1.0 CRLF  *( Name: value CRLF )  CRLF  Content-Length bytes  CRLF CRLF
//
// Writers in the wild end lines with LF alone, count the length wrong, say "gzip" of bodies that were unpacked before
// they were stored, and are stopped in the midst of a record.
#include "ingest/warc.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "ingest/gunzip.h"
#include "ingest/limits.h"
#include "ingest/unpacking.h"
#include "ingest/unzstd.h"

namespace dragoman::ingest {
namespace {

constexpr size_t kMostHeader = 1 << 20;
constexpr std::string_view kMark = "WARC/1.";
constexpr size_t kMostBefore = 64 << 10, kMostFirstHeader = 4096;  // of an archive that begins with something else
constexpr size_t kMostChunkLine = 4096;

using Fields = std::map<std::string, std::string>;  // by lower-case name; the first of a name

// Where the header ends and what stands after it; npos if it does not end.
std::pair<size_t, size_t> end_of_header(std::string_view text) {
  const size_t crlf = text.find("\r\n\r\n"), lf = text.find("\n\n");
  if (crlf == std::string_view::npos && lf == std::string_view::npos) return {lf, lf};
  return crlf < lf ? std::pair{crlf, crlf + 4} : std::pair{lf, lf + 2};
}

Fields fields_of(std::string_view header) {
  Fields fields;
  for (const std::string_view line : base::split(header, '\n')) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    fields.emplace(base::lower_ascii(base::trim(line.substr(0, colon))), base::trim(line.substr(colon + 1)));
  }
  return fields;
}

std::string value_of(const Fields& fields, const char* name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

// "text/html; charset=utf-8" → "text/html", "utf-8".
std::pair<std::string, std::string> type_and_charset(const std::string& value) {
  const std::string lower = base::lower_ascii(value);
  std::string charset;
  if (const size_t at = lower.find("charset="); at != std::string::npos) {
    const std::string_view rest = std::string_view(lower).substr(at + 8);
    charset = rest.substr(0, rest.find_first_of("; ,"));
    charset.erase(std::remove_if(charset.begin(), charset.end(), [](char c) { return c == '"' || c == '\''; }),
                  charset.end());
  }
  return {std::string(base::trim(std::string_view(lower).substr(0, lower.find(';')))), charset};
}

// Pieces "SIZE in hex [; extension] CRLF bytes CRLF", the last of size 0; nothing if the body is not made so.
std::optional<Unpacked> joined_chunks(std::string_view body) {
  Unpacked joined;
  const size_t all = body.size();
  const auto fault = [&](const char* what) {
    joined.fault = what + std::to_string(all - body.size());
    return joined;
  };
  for (bool first = true; !body.empty(); first = false) {
    const size_t line = std::min(body.find('\n'), body.size());
    const std::string_view digits = base::trim(body.substr(0, std::min(line, body.find(';'))));
    size_t size = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    const bool good = line <= kMostChunkLine && !digits.empty() && read.ec == std::errc() &&
                      read.ptr == digits.data() + digits.size();
    if (!good && first) return std::nullopt;
    if (!good) {
      joined.bytes += body;
      return fault("is damaged at byte ");
    }
    if (size == 0) return joined;
    body.remove_prefix(std::min(line + 1, body.size()));
    joined.bytes += body.substr(0, size);
    body.remove_prefix(std::min(size, body.size()));
    while (body.starts_with('\r') || body.starts_with('\n')) body.remove_prefix(1);
  }
  return fault("is cut off at byte ");
}

// The body without the encoding that the server names, or that its first bytes show; nothing where it cannot be undone.
std::optional<Unpacked> unpacked_content(std::string_view body, const std::string& encoding, uint64_t most) {
  const auto named = [&](const char* name) { return encoding.find(name) != std::string::npos; };
  if (named("gzip") || named("deflate") || is_gzip(body)) return unpacked(body, most);
  if (named("zstd") || is_zstd(body)) return unpacked_zstd(body, most);
  if (named("br")) return unpacked_brotli(body, most);
  if (encoding.empty() || encoding == "identity") return Unpacked{std::string(body), ""};
  return std::nullopt;
}

// What stands between two records is no part of the one before.
std::string_view without_record_end(std::string_view body) {
  for (int i = 0; i < 2; ++i) {
    if (body.ends_with('\n')) body.remove_suffix(1);
    if (body.ends_with('\r')) body.remove_suffix(1);
  }
  return body;
}

// A body that was unpacked before it was stored, still said to be packed.
bool looks_unpacked(std::string_view body) {
  body = body.substr(0, 1024);
  return std::none_of(body.begin(), body.end(), [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return (u < 0x20 && !base::is_ascii_space(c)) || u == 0x7F;
  });
}

bool is_page(const std::string& type) {
  return type.empty() || type == "text/html" || type == "application/xhtml+xml" || type == "text/plain";
}

}  // namespace

bool is_warc(std::string_view bytes) { return base::trim(bytes.substr(0, 64)).starts_with(kMark); }

bool has_warc_records(std::string_view bytes) {
  for (size_t at = bytes.find(kMark); at < kMostBefore; at = bytes.find(kMark, at + 1)) {
    const std::string_view start = bytes.substr(at, kMostFirstHeader);
    const std::string header = base::lower_ascii(start.substr(0, end_of_header(start).first));
    if (at > 0 && bytes[at - 1] == '\n' && header.find("\nwarc-type:") != std::string::npos) return true;
  }
  return false;
}

std::optional<HttpMessage> read_http(std::string_view message, uint64_t most) {
  if (!message.starts_with("HTTP/")) return std::nullopt;
  const auto [end, after] = end_of_header(message);
  if (end == std::string_view::npos) return std::nullopt;
  HttpMessage http;
  const std::string_view first = message.substr(0, message.find('\n'));
  const size_t space = first.find(' ');
  if (space != std::string_view::npos) http.status = std::atoi(std::string(first.substr(space + 1, 3)).c_str());
  const Fields fields = fields_of(message.substr(0, end));
  std::tie(http.type, http.charset) = type_and_charset(value_of(fields, "content-type"));
  std::string_view body = message.substr(after);
  std::string joined;
  const bool chunked = base::lower_ascii(value_of(fields, "transfer-encoding")).find("chunked") != std::string::npos;
  if (chunked) {
    if (auto chunks = joined_chunks(body)) {
      joined = std::move(chunks->bytes);
      body = joined;
      if (!chunks->fault.empty()) http.damage = "has a body in chunks that " + chunks->fault;
    }
  }
  http.packed = base::lower_ascii(value_of(fields, "content-encoding"));
  auto plain = unpacked_content(body, http.packed, most);
  if (plain && !plain->fault.empty() && looks_unpacked(body)) plain.reset();
  const bool unpacked_before = !plain && looks_unpacked(body);
  if (plain && !plain->fault.empty() && http.damage.empty()) {
    http.damage = "has a packed body" + (http.packed.empty() ? "" : " (" + http.packed + ")") + " that " + plain->fault;
  }
  // The length is of the body as it was sent, packed or not; where it is longer, it was unpacked before it was stored.
  size_t length = 0;
  const std::string told = value_of(fields, "content-length");
  const bool known = std::from_chars(told.data(), told.data() + told.size(), length).ec == std::errc();
  if (known && !chunked && !unpacked_before && body.size() < length && http.damage.empty()) {
    http.damage = "has a body that is cut off: " + std::to_string(body.size()) + " of its " + std::to_string(length) +
                  " bytes are there";
  }
  if (plain || unpacked_before) http.packed.clear();
  http.body = plain ? std::move(plain->bytes) : std::string(body);
  return http;
}

WarcReader::WarcReader(std::string path, MoreBytes bytes) : path_(std::move(path)), bytes_(std::move(bytes)) {}

// Sees that `size` bytes lie ahead; false if the file has fewer.
bool WarcReader::fill(size_t size) {
  while (buffer_.size() - at_ < size && !ended_) {
    if (at_ > (1U << 20) && !hold_) {
      buffer_.erase(0, at_);
      before_ += at_;
      at_ = 0;
    }
    ended_ = !bytes_(buffer_);
  }
  return buffer_.size() - at_ >= size;
}

// Steps to the next "WARC/1." at the beginning of a line.
bool WarcReader::to_next_record() {
  for (;;) {
    const size_t found = buffer_.find(kMark, at_);
    if (found != std::string::npos && (found == at_ || buffer_[found - 1] == '\n')) {
      at_ = found;
      return true;
    }
    if (found != std::string::npos) {
      at_ = found + 1;
      continue;
    }
    at_ = std::max(at_, buffer_.size() < kMark.size() ? 0 : buffer_.size() - kMark.size());
    if (hold_ && buffer_.size() > 2 * kMostBytes) return false;
    if (!fill(buffer_.size() - at_ + 1)) return false;
  }
}

// Where the next record begins in the bytes that lie ahead; npos if none does.
size_t WarcReader::next_mark(size_t from) const {
  for (size_t at = buffer_.find(kMark, from); at != std::string::npos; at = buffer_.find(kMark, at + 1)) {
    if (at > 0 && buffer_[at - 1] == '\n') return at;
  }
  return std::string::npos;
}

std::string WarcReader::up_to_next_record() {
  const size_t from = at_;
  hold_ = true;
  const bool found = to_next_record();
  hold_ = false;
  return buffer_.substr(from, std::min<size_t>((found ? at_ : buffer_.size()) - from, kMostBytes));
}

std::optional<std::string> WarcReader::header() {
  for (size_t size = 4096; size <= kMostHeader; size *= 2) {
    const bool whole = fill(size);
    const std::string_view ahead = std::string_view(buffer_).substr(at_, size);
    const auto [end, after] = end_of_header(ahead);
    if (end != std::string_view::npos) {
      std::string text(ahead.substr(0, end));
      at_ += after;
      return text;
    }
    if (!whole) break;
  }
  return std::nullopt;
}

std::string WarcReader::place() const { return path_ + ":" + std::to_string(number_); }

Error WarcReader::fault(ErrorCode code, const std::string& message) const {
  return {code, "record " + std::to_string(number_) + " at byte " + std::to_string(begin_) + " " + message, place()};
}

std::optional<Result<Page>> WarcReader::next() {
  if (behind_) return Result<Page>(*std::exchange(behind_, std::nullopt));
  while (to_next_record()) {
    if (auto garbage = before_records()) return Result<Page>(std::move(*garbage));
    ++number_;
    begin_ = before_ + at_;
    const auto text = header();
    if (!text) {
      at_ = std::min(at_ + kMark.size(), buffer_.size());
      return Result<Page>(fault(ErrorCode::kSyntax, "has a header that does not end"));
    }
    const Fields fields = fields_of(*text);
    const unsigned long long length = std::strtoull(value_of(fields, "content-length").c_str(), nullptr, 10);
    const std::string type = base::lower_ascii(value_of(fields, "warc-type"));
    const bool wanted = type == "response" || type == "resource" || type == "conversion";
    if (length > kMostBytes) {
      if (wanted) return Result<Page>(fault(ErrorCode::kTooLarge, "is longer than a page may be"));
      continue;
    }
    fill(static_cast<size_t>(length) + 8);
    const size_t size = std::min<size_t>(static_cast<size_t>(length), buffer_.size() - at_);
    std::string_view body = std::string_view(buffer_).substr(at_, size);
    const std::string_view rest = base::trim(std::string_view(buffer_).substr(at_ + size, 8));
    const bool right = size == length && (rest.empty() || kMark.starts_with(rest.substr(0, kMark.size())));
    Record record{type, value_of(fields, "warc-target-uri"), value_of(fields, "content-type"), body};
    // Said to be longer than what is left of the file, or followed by something else than a record: it was counted
    // wrong, and the record goes up to the next one, if there is one.
    std::string mended;
    const size_t next = size < length ? next_mark(at_) : std::string_view::npos;
    if (!right && (size == length || next != std::string_view::npos)) {
      mended = up_to_next_record();
      record.body = without_record_end(mended);
    } else {
      at_ += size;
      if (size < length && wanted) {
        behind_ = fault(ErrorCode::kBinary, "is cut off: " + std::to_string(size) + " of its " +
                                                std::to_string(length) + " bytes are there");
      }
    }
    if (!wanted) continue;
    std::string damage;
    auto page = page_of(record, damage);
    if (!behind_ && !damage.empty()) behind_ = fault(ErrorCode::kBinary, damage);
    if (page && (*page || !behind_)) return page;
    if (behind_) return Result<Page>(*std::exchange(behind_, std::nullopt));
  }
  return std::nullopt;
}

// The error for what stands before the first record, told once.
std::optional<Error> WarcReader::before_records() {
  if (std::exchange(begun_, true)) return std::nullopt;
  const uint64_t before = before_ + at_;
  if (before_ == 0 && base::trim(std::string_view(buffer_).substr(0, at_)).empty()) return std::nullopt;
  return Error{ErrorCode::kSyntax, "begins with " + std::to_string(before) + " bytes that are no record", path_};
}

// `damage` gets what is to be told behind the page.
std::optional<Result<Page>> WarcReader::page_of(const Record& record, std::string& damage) const {
  Page page;
  page.url = record.url;
  if (page.url.starts_with('<') && page.url.ends_with('>')) page.url = page.url.substr(1, page.url.size() - 2);
  page.source = path_ + "#" + (page.url.empty() ? std::to_string(number_) : page.url);
  page.place = place();
  auto [type, charset] = type_and_charset(record.content_type);
  auto http = record.type == "response" ? read_http(record.body, kMostBytes) : std::nullopt;
  if (http) {
    if (http->status != 200 || !is_page(http->type)) return std::nullopt;
    if (!http->packed.empty()) {
      return Result<Page>(fault(ErrorCode::kBinary, "cannot be unpacked (" + http->packed + ")"));
    }
    damage = http->damage;
    type = http->type;
    charset = http->charset;
    page.bytes = std::move(http->body);
  } else if (record.type == "response" && type == "application/http") {
    return Result<Page>(fault(ErrorCode::kSyntax, "is a response without the header that servers send"));
  } else {
    if (!is_page(type)) return std::nullopt;
    page.bytes = record.body;
  }
  if (base::trim(page.bytes).empty()) return std::nullopt;
  page.charset = charset;
  page.format = type == "text/plain" ? Format::kText : type.empty() ? Format::kAuto : Format::kHtml;
  return Result<Page>(std::move(page));
}

WarcArchive::WarcArchive(std::unique_ptr<Stream> stream)
    : stream_(std::move(stream)), records_(stream_->name(), [this](std::string& bytes) {
        if (stream_->ahead().empty() && !stream_->fill()) return false;
        bytes += stream_->ahead();
        stream_->skip(stream_->ahead().size());
        return true;
      }) {
  stream_->go_on_after_damage();
}

std::optional<Result<Page>> WarcArchive::next() {
  if (auto error = stream_->take_error()) return Result<Page>(std::move(*error));
  if (auto page = records_.next()) return page;
  if (auto error = stream_->take_error()) return Result<Page>(std::move(*error));
  return std::nullopt;
}

}  // namespace dragoman::ingest
