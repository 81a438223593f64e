// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "command.h"
#include "describe.h"
#include "dragoman/store.h"
#include "marks.h"
#include "output.h"
#include "terminal.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store, document;
};

void print_head(const Article& article) {
  print_line("id         " + article.id);
  print_line("source     " + visible(article.source));
  if (!article.url.empty()) print_line("url        " + visible(article.url));
  if (!article.publisher.empty()) print_line("publisher  " + visible(article.publisher));
  if (article.published) print_line("published  " + article.published->value);
}

void print_events(const Record& record) {
  print_line(record.events.empty() ? "\nNo events" : "\nEvents");
  for (size_t i = 0; i < record.events.size(); ++i) {
    const Event& event = record.events[i];
    print_line("  #" + std::to_string(i + 1) + " " + act_of(event) + ": " + who_to_whom(record, event));
  }
}

void print_statements(const Record& record) {
  if (record.statements.empty()) return;
  print_line("\nStatements");
  for (size_t i = 0; i < record.statements.size(); ++i) {
    const Statement& statement = record.statements[i];
    const std::string speaker = statement.speaker ? names_of(record, {*statement.speaker}) : "somebody";
    print_line("  s" + std::to_string(i + 1) + " " + to_string(statement.kind) + ", " + speaker +
               (statement.act.empty() ? "" : ", " + statement.act) + ": " +
               quoted(statement.content.of(record.article.text)));
  }
}

std::string value_of(const Quantity& quantity) {
  if (quantity.votes_for || quantity.votes_against) {
    return std::to_string(quantity.votes_for.value_or(0)) + " for, " +
           std::to_string(quantity.votes_against.value_or(0)) + " against";
  }
  if (!quantity.value) return "";
  char digits[64];
  std::snprintf(digits, sizeof digits, "%.15g", *quantity.value);
  return quantity.unit.empty() ? digits : std::string(digits) + " " + quantity.unit;
}

void print_quantities(const Record& record) {
  if (record.quantities.empty()) return;
  print_line("\nQuantities");
  for (size_t i = 0; i < record.quantities.size(); ++i) {
    const Quantity& quantity = record.quantities[i];
    print_line("  q" + std::to_string(i + 1) + " " + to_string(quantity.kind) + " " + value_of(quantity) + ": " +
               quoted(quantity.span.of(record.article.text)));
  }
}

int run(const Options& options) {
  const Store store = Store::open(options.store, Store::Mode::kRead);
  const auto json = store.record_json(options.document);
  if (!json) throw Failure({json.error().code, json.error().message, options.store});
  const auto record = record_from_json(*json);
  if (!record)
    throw Failure({ErrorCode::kStore, "holds a record that is damaged: " + record.error().describe(), options.store});
  const auto marks = marks_of(*record);
  print_head(record->article);
  print_line("");
  print_line(shows_colours() ? coloured(record->article.text, marks) : bracketed(record->article.text, marks));
  print_events(*record);
  print_statements(*record);
  print_quantities(*record);
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman show news.db article.html       by the end of its source, where no other has the same
  dragoman show news.db d7411857           by the beginning of its id (the table of `events` shows it)

On a terminal acts are bold red, actors green, recipients blue, statements underlined (NO_COLOR=1 for none);
elsewhere they stand in brackets: [ASSAULT#3: shelled].

Exit code: 0 done, 1 the store cannot be read or holds no such document, 2 wrong use.)";

}  // namespace

Run declare_show(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  parser.add_option("STORE", options->store, "The store")->required();
  parser.add_option("DOC", options->document, "The document: id, source, or enough of either")->required();
  parser.footer(kExamples);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
