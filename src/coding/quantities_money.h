// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/numbers.h"
#include "dragoman/error.h"

namespace dragoman::coding {

/// The currencies of data/quantities/currencies.tsv and how they are written.
class Currencies {
 public:
  /// Errors: kUnreadable, kKnowledge with file:line.
  static Result<Currencies> read(const std::string& path);

  /// What a sign or word beside a number says.
  struct Match {
    std::string code;  ///< ISO 4217; "" where it may be several and the context does not tell
    size_t first = 0;  ///< tokens [first, last)
    size_t last = 0;
    double unit = 1;  ///< 0.01 for cents, 1e6 for "MUSD"
  };

  /// The longest form that ends right before token `at` ("US$", "Rs", "EUR"); `countries` are the ISO 3166
  /// codes the text is about, most frequent first.
  std::optional<Match> before(std::string_view text, const std::vector<Token>& tokens, size_t at,
                              const std::vector<std::string>& countries) const;

  /// The longest form that begins at token `at` ("euros", "Indian rupees", "-baht").
  std::optional<Match> after(std::string_view text, const std::vector<Token>& tokens, size_t at,
                             const std::vector<std::string>& countries) const;

  /// Whether the country uses the currency of that code.
  bool is_of(std::string_view code, std::string_view country) const;

  size_t size() const { return rows_.size(); }

 private:
  struct Row {
    std::string code;
    std::vector<std::string> countries;
  };
  struct Reading {
    size_t row = 0;
    bool shared = false;    ///< other currencies have this form too
    bool standard = false;  ///< the reading where the context says nothing
    bool weak = false;      ///< also a common word: taken only where the context has the country
    double unit = 1;
  };
  struct Form {
    std::vector<std::string> parts;  ///< tokens in lower case
    std::string exact;               ///< as written, if it has capitals ("Rs"); else ""
    bool word = false;               ///< letters only, so it does not stand before a figure unless exact
    std::vector<Reading> readings;
  };

  /// "MUSD", "MEUR": millions of a currency by its code.
  std::optional<Match> of_millions(std::string_view text, const std::vector<Token>& tokens, size_t at) const;
  Result<bool> add(std::string_view cell, size_t row, bool shared, double unit);
  const Reading* choose(const Form& form, const std::vector<std::string>& countries) const;
  bool matches(const Form& form, std::string_view text, const std::vector<Token>& tokens, size_t at) const;
  /// `surely`: what stands around it leaves no other reading, also of a form that is a common word.
  std::optional<Match> match(const Form& form, size_t at, const std::vector<std::string>& countries,
                             bool surely = false) const;
  static bool is_sum(const std::vector<Token>& tokens, size_t number_end, size_t form_end);

  std::vector<Row> rows_;
  std::vector<Form> forms_;
  std::map<std::string, std::vector<size_t>> by_first_, by_last_;  ///< token → forms, longest first
};

}  // namespace dragoman::coding
