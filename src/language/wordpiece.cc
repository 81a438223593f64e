// SPDX-License-Identifier: Apache-2.0
#include "language/wordpiece.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/files.h"
#include "base/text.h"
#include "base/utf8.h"
#include "dragoman/error.h"

namespace dragoman::language {
namespace {

constexpr size_t kLongestWord = 100;  // characters; longer words are [UNK], as in the original

enum class Kind : uint8_t { kDropped, kSpace, kAlone, kMark, kLetter };

bool is_ascii_punctuation(char32_t c) {
  return (33 <= c && c <= 47) || (58 <= c && c <= 64) || (91 <= c && c <= 96) || (123 <= c && c <= 126);
}

bool is_chinese(char32_t c) {
  return (0x4E00 <= c && c <= 0x9FFF) || (0x3400 <= c && c <= 0x4DBF) || (0x20000 <= c && c <= 0x2A6DF) ||
         (0x2A700 <= c && c <= 0x2B73F) || (0x2B740 <= c && c <= 0x2B81F) || (0x2B920 <= c && c <= 0x2CEAF) ||
         (0xF900 <= c && c <= 0xFAFF) || (0x2F800 <= c && c <= 0x2FA1F);
}

/// What the clean-up does with a character of the raw text.
Kind raw_kind(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return Kind::kSpace;
  if (c == 0xFFFD) return Kind::kDropped;
  const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  if (mask & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK)) return Kind::kDropped;
  if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_WHITE_SPACE)) return Kind::kSpace;
  return is_chinese(c) ? Kind::kAlone : Kind::kLetter;
}

/// What splitting does with a character after decomposition.
Kind split_kind(char32_t c) {
  if (c < 128) return is_ascii_punctuation(c) ? Kind::kAlone : Kind::kLetter;
  const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  if (mask & U_GC_MN_MASK) return Kind::kMark;
  if (mask & U_GC_P_MASK) return Kind::kAlone;
  // A decomposition may give a space-like character where the raw one was none.
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_WHITE_SPACE) ? Kind::kSpace : Kind::kLetter;
}

/// Kinds of the ASCII characters, as both functions above together would have it.
constexpr std::array<Kind, 128> ascii_kinds() {
  std::array<Kind, 128> kinds{};
  for (size_t c = 0; c < 128; ++c) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    const bool alone = (33 <= c && c <= 47) || (58 <= c && c <= 64) || (91 <= c && c <= 96) || (123 <= c && c <= 126);
    kinds[c] = space ? Kind::kSpace : c < 32 || c == 127 ? Kind::kDropped : alone ? Kind::kAlone : Kind::kLetter;
  }
  return kinds;
}
constexpr std::array<Kind, 128> kAsciiKinds = ascii_kinds();

/// Canonical decomposition of one character, in full.
icu::UnicodeString decomposition(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const nfd = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString text;
  if (nfd == nullptr || !nfd->getDecomposition(static_cast<UChar32>(c), text)) text.setTo(static_cast<UChar32>(c));
  return text;
}

struct Counts {
  int upper = 0, lower = 0, other = 0, digits = 0;
  bool first_is_upper = false;

  int letters() const { return upper + lower + other; }
  void add(char32_t c) {
    const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
    if (mask & U_GC_N_MASK) ++digits;
    if (!(mask & U_GC_L_MASK)) return;
    const bool is_upper = (mask & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0;
    if (letters() == 0) first_is_upper = is_upper;
    ++(is_upper ? upper : (mask & U_GC_LL_MASK) ? lower : other);
  }
};

}  // namespace

WordShape word_shape(std::string_view word) {
  Counts count;
  for (size_t at = 0; at < word.size();) count.add(base::next_char(word, at));
  if (count.letters() == 0) return count.digits > 0 ? WordShape::kDigits : WordShape::kPunctuation;
  if (count.digits > 0) return WordShape::kLettersAndDigits;
  if (count.upper == 0) return count.lower > 0 ? WordShape::kLower : WordShape::kUncased;
  if (count.lower == 0) return count.letters() == 1 ? WordShape::kCapital : WordShape::kAllCaps;
  return count.upper == 1 && count.first_is_upper ? WordShape::kCapitalized : WordShape::kMixed;
}

struct WordPiece::Vocabulary {
  using Table = std::unordered_map<std::string_view, int32_t>;

  std::string text;    // of vocab.txt; the tables point into it
  Table whole;         // pieces that begin a word
  Table continuing;    // pieces that go on with one, without their "##"
  size_t longest = 0;  // bytes of the longest piece
  int32_t size = 0;
  int32_t pad = 0, unknown = 0, cls = 0, sep = 0;
  int32_t repeated = -1;  // id of the first piece that stood there before

  void fill();
  void add_pieces(std::string_view word, Tokens& tokens) const;
  int32_t longest_piece(std::string_view rest, bool first, size_t& length) const;
};

void WordPiece::Vocabulary::fill() {
  std::string_view rest = text;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view piece = rest.substr(0, end);
    if (!piece.empty() && piece.back() == '\r') piece.remove_suffix(1);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const bool continues = piece.size() > 2 && piece.starts_with("##");
    if (continues) piece.remove_prefix(2);
    longest = std::max(longest, piece.size());
    const bool is_new = (continues ? continuing : whole).emplace(piece, size).second;
    if (!is_new && repeated < 0) repeated = size;
    ++size;
  }
}

/// Id and length of the longest piece that `rest` begins with; -1 if there is none.
int32_t WordPiece::Vocabulary::longest_piece(std::string_view rest, bool first, size_t& length) const {
  const Table& table = first ? whole : continuing;
  for (length = std::min(rest.size(), longest); length > 0; --length) {
    const bool cuts_a_character = length < rest.size() && (static_cast<uint8_t>(rest[length]) & 0xC0U) == 0x80U;
    if (cuts_a_character) continue;
    if (const auto found = table.find(rest.substr(0, length)); found != table.end()) return found->second;
  }
  return -1;
}

/// The pieces of the last word of `tokens`, whose normalised form is `word`.
void WordPiece::Vocabulary::add_pieces(std::string_view word, Tokens& tokens) const {
  const uint32_t index = static_cast<uint32_t>(tokens.words.size() - 1);
  const size_t before = tokens.pieces.size();
  bool known = word.size() <= kLongestWord || base::count_chars(word) <= kLongestWord;
  for (std::string_view rest = word; known && !rest.empty();) {
    size_t length = 0;
    const bool first = rest.size() == word.size();
    const int32_t id = longest_piece(rest, first, length);
    if (id < 0) {
      known = false;
    } else {
      tokens.pieces.push_back({id, index, first});
      rest.remove_prefix(length);
    }
  }
  if (known) return;
  tokens.pieces.resize(before);  // one part not in the vocabulary makes the whole word unknown
  tokens.pieces.push_back({unknown, index, true});
}

namespace {

/// Gathers normalised characters into words and hands each to `done`.
template <class Done>
class WordGatherer {
 public:
  explicit WordGatherer(Done done) : done_(std::move(done)) {}

  void add(Kind kind, char32_t c, Span at) {
    switch (kind) {
      case Kind::kDropped: return;
      case Kind::kSpace: return finish();
      case Kind::kMark: return lengthen(at);
      case Kind::kAlone: return finish(), append(c, at), alone_ = true, void();
      case Kind::kLetter:
        if (alone_) finish();
        return append(c, at);
    }
  }

  void finish() {
    if (!word_.empty()) done_(span_, word_);
    word_.clear();
    alone_ = false;
  }

 private:
  void append(char32_t c, Span at) {
    if (word_.empty()) span_.begin = at.begin;
    span_.end = at.end;
    if (c < 128) {
      word_ += static_cast<char>(c);
    } else {
      base::append_utf8(word_, c);
    }
  }
  void lengthen(Span at) {
    if (!word_.empty()) span_.end = at.end;
  }

  Done done_;
  Span span_;
  std::string word_;
  bool alone_ = false;
};

}  // namespace

WordPiece::WordPiece(std::unique_ptr<const Vocabulary> vocabulary) : vocabulary_(std::move(vocabulary)) {}
WordPiece::WordPiece(WordPiece&&) noexcept = default;
WordPiece& WordPiece::operator=(WordPiece&&) noexcept = default;
WordPiece::~WordPiece() = default;

WordPiece WordPiece::open(const std::string& path) {
  auto text = base::read_file(path, 64U << 20);
  if (!text) throw Failure({ErrorCode::kModel, "cannot read the vocabulary (" + text.error().message + ")", path});
  auto vocabulary = std::make_unique<Vocabulary>();
  vocabulary->text = std::move(*text);
  vocabulary->fill();
  const auto special = [&](const char* piece) {
    const auto found = vocabulary->whole.find(piece);
    if (found == vocabulary->whole.end()) {
      throw Failure({ErrorCode::kModel, std::string("the vocabulary has no piece ") + piece, path});
    }
    return found->second;
  };
  vocabulary->pad = special("[PAD]");
  vocabulary->unknown = special("[UNK]");
  vocabulary->cls = special("[CLS]");
  vocabulary->sep = special("[SEP]");
  if (vocabulary->repeated >= 0) {
    const std::string line = std::to_string(vocabulary->repeated + 1);
    throw Failure({ErrorCode::kModel, "line " + line + " of the vocabulary repeats a piece", path});
  }
  return WordPiece(std::move(vocabulary));
}

Tokens WordPiece::tokenize(std::string_view text) const {
  Tokens tokens;
  WordGatherer words([&](Span span, const std::string& normalised) {
    tokens.words.push_back(span);
    tokens.shapes.push_back(word_shape(span.of(text)));
    vocabulary_->add_pieces(normalised, tokens);
  });
  for (size_t at = 0; at < text.size();) {
    const uint32_t begin = static_cast<uint32_t>(at);
    const auto byte = static_cast<uint8_t>(text[at]);
    if (byte < 128) {
      ++at;
      const bool upper = base::is_ascii_upper(static_cast<char>(byte));
      words.add(kAsciiKinds[byte], upper ? byte + 32U : byte, {begin, begin + 1});
      continue;
    }
    const char32_t c = base::next_char(text, at);
    const Span span{begin, static_cast<uint32_t>(at)};
    const Kind kind = raw_kind(c);
    if (kind == Kind::kDropped || kind == Kind::kSpace) {
      words.add(kind, c, span);
      continue;
    }
    if (kind == Kind::kAlone) words.finish();
    const icu::UnicodeString parts = decomposition(c);
    for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
      const auto part = static_cast<char32_t>(parts.char32At(i));
      const Kind split = split_kind(part);
      words.add(kind == Kind::kAlone && split == Kind::kLetter ? Kind::kAlone : split,
                static_cast<char32_t>(u_tolower(static_cast<UChar32>(part))), span);
    }
  }
  words.finish();
  return tokens;
}

std::optional<int32_t> WordPiece::id(std::string_view piece) const {
  const bool continues = piece.size() > 2 && piece.starts_with("##");
  const Vocabulary::Table& table = continues ? vocabulary_->continuing : vocabulary_->whole;
  const auto found = table.find(continues ? piece.substr(2) : piece);
  if (found == table.end()) return std::nullopt;
  return found->second;
}

int32_t WordPiece::size() const { return vocabulary_->size; }
int32_t WordPiece::pad() const { return vocabulary_->pad; }
int32_t WordPiece::unknown() const { return vocabulary_->unknown; }
int32_t WordPiece::cls() const { return vocabulary_->cls; }
int32_t WordPiece::sep() const { return vocabulary_->sep; }

}  // namespace dragoman::language
