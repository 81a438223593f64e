// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cctype>

#include "arguments.h"
#include "command.h"
#include "dragoman/store.h"
#include "output.h"
#include "terminal.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store;
  std::string format = "table";
  EventQuery query;
};

/// A table for people: columns as wide as their content needs, seen over the first rows, the last ones shortened
/// to the width of the terminal.
class Table {
 public:
  void add(const EventRow& row) {
    waiting_.push_back(cells(row));
    if (fitted_ || waiting_.size() == kFitted) flush();
  }

  void finish() {
    if (waiting_.empty() && !fitted_) return print_line("no events");
    flush();
  }

 private:
  enum Column { kId, kDate, kType, kStatus, kWho, kEvidence, kColumns };
  struct Cells {
    std::array<std::string, kEvidence> text;
    std::string sentence, trigger;
  };

  // Widths are taken from so many rows; a table of a million does not wait in memory.
  static constexpr size_t kFitted = 500;
  static constexpr size_t kGap = 2;

  static Cells cells(const EventRow& row) {
    // Nine characters of a document's id are enough to find it again (68 billion values).
    const std::string id = row.id.substr(0, 10) + row.id.substr(row.id.rfind('#'));
    const std::string arrow = row.recipients.empty() ? "" : (row.actors.empty() ? "→ " : " → ") + row.recipients;
    return {{id, row.date.empty() ? "-" : row.date, row.type, row.status + (row.historical ? ", past" : ""),
             row.actors + arrow},
            row.sentence,
            row.trigger};
  }

  void flush() {
    if (!fitted_) fit();
    for (const Cells& cells : waiting_) print_row(cells);
    waiting_.clear();
  }

  void fit() {
    fitted_ = true;
    const std::array<std::string, kColumns> names = {"ID", "DATE", "TYPE", "STATUS", "WHO → WHOM", "EVIDENCE"};
    size_t used = 0;
    for (size_t column = 0; column < kEvidence; ++column) {
      widths_[column] = width_of(names[column]);
      for (const Cells& cells : waiting_) widths_[column] = std::max(widths_[column], width_of(cells.text[column]));
      if (column < kWho) used += widths_[column] + kGap;
    }
    const size_t left = terminal_width() > used ? terminal_width() - used : 0;
    widths_[kWho] = std::min(widths_[kWho], left * 9 / 20);
    widths_[kEvidence] = left > widths_[kWho] + kGap ? left - widths_[kWho] - kGap : 0;
    print_row({{names[0], names[1], names[2], names[3], names[4]}, names[5], ""}, false);
  }

  void print_row(const Cells& cells, bool quoted = true) const {
    std::string line;
    for (size_t column = 0; column < kEvidence; ++column) {
      line += padded(shortened(cells.text[column], widths_[column]), widths_[column] + kGap);
    }
    const size_t width = widths_[kEvidence];
    if (quoted && width > 2) line += "“" + excerpt(cells.sentence, cells.trigger, width - 2) + "”";
    if (!quoted) line += cells.sentence;
    while (!line.empty() && line.back() == ' ') line.pop_back();
    print_line(line);
  }

  bool fitted_ = false;
  std::vector<Cells> waiting_;
  std::array<size_t, kColumns> widths_{};
};

int run(const Options& options) {
  if (const auto fault = fault_of(options.query)) throw Misuse(fault->message);
  const Store store = Store::open(options.store, Store::Mode::kRead);
  if (options.format == "table") {
    Table table;
    store.events(options.query, [&](const EventRow& row) { table.add(row); });
    table.finish();
  } else if (options.format == "csv") {
    print(csv_header() + "\r\n");
    store.events(options.query, [](const EventRow& row) { print(to_csv(row) + "\r\n"); });
  } else {
    store.events(options.query, [](const EventRow& row) { print_line(to_json(row)); });
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman events news.db                                      everything, by date
  dragoman events news.db --type ASSAULT --from 2024-05        attacks since May 2024
  dragoman events news.db --actor CHN --recipient "United States"
  dragoman events news.db --text "arms deliver*" --status future
  dragoman events news.db --format csv > events.csv            for a spreadsheet

Exit code: 0 done (also where nothing was found), 1 the store cannot be read, 2 wrong use.)";

}  // namespace

Run declare_events(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  EventQuery& query = options->query;
  parser.add_option("STORE", options->store, "The store to list")->required();
  parser.add_option("--actor", query.actor, "Who acts: a country code, a name or the beginning of one of its words")
      ->type_name("WHO");
  parser.add_option("--recipient", query.recipient, "Towards whom, likewise")->type_name("WHO");
  parser.add_option("--type", query.type, "PLOVER type, e.g. ASSAULT")
      ->type_name("TYPE")
      ->transform([](const std::string& type) {
        std::string upper = type;
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        return upper;
      });
  parser.add_option("--from", query.from, "First day: YYYY-MM-DD, YYYY-MM or YYYY")->type_name("DATE");
  parser.add_option("--to", query.to, "Last day, likewise")->type_name("DATE");
  parser.add_option("--status", query.status, "actual, future, hypothetical, negated or alleged")->type_name("STATUS");
  parser.add_option("--text", query.text, "Words that the sentence holds; attack* for words that so begin")
      ->type_name("WORDS");
  parser.add_option("--document", query.document, "Of this document only (id or source)")->type_name("DOC");
  parser
      .add_option_function<std::string>(
          "--min-confidence", [=](const std::string& value) { options->query.min_confidence = probability(value); },
          "At least so probable; 0 to 1")
      ->check(CLI::Validator(fault_of_probability, ""))
      ->type_name("P");
  // An empty value (of an unset shell variable, say) would list everything.
  for (const char* filter :
       {"--actor", "--recipient", "--type", "--from", "--to", "--status", "--text", "--document"}) {
    parser.get_option(filter)->check([](const std::string& value) {
      return value.empty() ? "the value is empty; leave the option out to list all" : "";
    });
  }
  parser.add_option("--limit", query.limit, "At most so many")
      ->type_name("N")
      ->check(CLI::Validator(
          [](const std::string& number) {
            const bool digits =
                !number.empty() && number.size() < 19 && number.find_first_not_of("0123456789") == std::string::npos;
            return digits ? std::string() : "\"" + number + "\" is no number";
          },
          ""));
  parser.add_option("--format", options->format, "table, csv or jsonl")
      ->check(CLI::Validator(
          [](const std::string& name) {
            const bool known = name == "table" || name == "csv" || name == "jsonl";
            return known ? "" : "\"" + name + "\" is no format; use table, csv or jsonl";
          },
          ""))
      ->type_name("FORMAT");
  parser.footer(kExamples);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
