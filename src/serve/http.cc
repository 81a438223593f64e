// SPDX-License-Identifier: Apache-2.0
#include "serve/http.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/utf8.h"

namespace dragoman::serve {
namespace {

int hex_digit(char c) {
  if ('0' <= c && c <= '9') return c - '0';
  if ('a' <= c && c <= 'f') return c - 'a' + 10;
  if ('A' <= c && c <= 'F') return c - 'A' + 10;
  return -1;
}

Error broken(const char* why) { return {ErrorCode::kSyntax, std::string("the address ") + why, ""}; }

/// Undoes percent escapes; nothing where one is none, or where what comes out is no text.
std::optional<std::string> unescaped(std::string_view raw, bool plus_is_space) {
  std::string out;
  out.reserve(raw.size());
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '+' && plus_is_space) {
      out.push_back(' ');
    } else if (raw[i] != '%') {
      out.push_back(raw[i]);
    } else {
      const int high = i + 2 < raw.size() ? hex_digit(raw[i + 1]) : -1;
      const int low = high >= 0 ? hex_digit(raw[i + 2]) : -1;
      if (low < 0) return std::nullopt;
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    }
  }
  if (out.find('\0') != std::string::npos || base::first_invalid_utf8(out) != base::kValid) return std::nullopt;
  return out;
}

template <class Pairs>
std::string_view value_of(const Pairs& pairs, std::string_view name) {
  const auto found =
      std::find_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return base::lower_ascii(pair.first) == name; });
  return found == pairs.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace

Result<Target> parse_target(std::string_view raw) {
  if (raw.empty() || raw.front() != '/') return broken("does not begin with /");
  const size_t mark = raw.find('?');
  auto path = unescaped(raw.substr(0, mark), false);
  if (!path) return broken("holds an escape that is none, or bytes that are no text");
  Target target{std::move(*path), {}};
  if (mark == std::string_view::npos) return target;
  for (const std::string_view part : base::split(raw.substr(mark + 1), '&')) {
    if (part.empty()) continue;
    const size_t equals = part.find('=');
    auto name = unescaped(part.substr(0, equals), true);
    auto value = unescaped(equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1), true);
    if (!name || !value) return broken("holds an escape that is none, or bytes that are no text");
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return target;
}

std::string_view Request::header(std::string_view name) const { return value_of(headers, name); }
std::string_view Response::header(std::string_view name) const { return value_of(headers, base::lower_ascii(name)); }

File::~File() {
  if (descriptor_ >= 0) close(descriptor_);
}

void Body::add(std::string_view text) {
  size_ += text.size();
  text_ += text;
  if (text_.size() > kInMemory) spill();
}

void Body::finish() {
  if (file_ != nullptr) spill();
}

std::string Body::hash() { return file_ == nullptr ? base::sha256_hex(text_) : hash_->hex(); }

void Body::spill() {
  const auto failed = [](const char* what) {
    throw Failure(
        {ErrorCode::kUnreadable,
         std::string("an answer too long for memory cannot be kept on disk: ") + what + ": " + std::strerror(errno),
         ""});
  };
  if (file_ == nullptr) {
    std::error_code error;
    const auto folder = std::filesystem::temp_directory_path(error);
    const int descriptor = open(error ? "/tmp" : folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0) failed("open");
    file_ = std::make_shared<File>(descriptor);
    hash_ = std::make_shared<base::Sha256>();
  }
  hash_->add(text_);
  for (size_t done = 0; done < text_.size();) {
    const ssize_t wrote = write(file_->descriptor(), text_.data() + done, text_.size() - done);
    if (wrote < 0 && errno != EINTR) failed("write");
    if (wrote > 0) done += static_cast<size_t>(wrote);
  }
  text_.clear();
}

Response json_response(std::string json, int status) {
  Response response;
  response.status = status;
  response.body = Body(std::move(json));
  response.with("Content-Type", kJson);
  return response;
}

Response error_response(int status, std::string_view code, std::string_view message, std::string_view place) {
  base::JsonWriter json;
  json.begin_object().key("error").begin_object();
  json.key("code").value(code).key("message").value(message);
  if (!place.empty()) json.key("place").value(place);
  return json_response(json.end_object().end_object().take(), status);
}

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound: return 404;
    case ErrorCode::kTooLarge: return 413;
    case ErrorCode::kUnreadable:
    case ErrorCode::kModel:
    case ErrorCode::kKnowledge:
    case ErrorCode::kStore: return 500;
    default: return 400;
  }
}

// Where something of ours is broken is nobody's business over the network.
Response error_response(const Error& error) {
  const int status = status_of(error.code);
  return error_response(status, to_string(error.code), error.message, status < 500 ? error.place : "");
}

bool matches(std::string_view list, std::string_view tag) {
  for (std::string_view one : base::split(list, ',')) {
    one = base::trim(one);
    if (one.substr(0, 2) == "W/") one.remove_prefix(2);
    if (one == "*" || one == tag) return true;
  }
  return false;
}

}  // namespace dragoman::serve
