// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "command.h"
#include "dragoman/exports.h"
#include "dragoman/store.h"
#include "listing.h"
#include "output.h"
#include "table.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store;
  std::string format = "table";
  CorrectionQuery query;
};

std::string told(const Correction& correction) {
  std::string out;
  for (const auto& [field, value] : correction.changes)
    out.append(out.empty() ? "" : ", ").append(field).append(" ").append(value);
  if (!correction.note.empty()) out.append(out.empty() ? "" : ": ").append(correction.note);
  return out;
}

int gold(const Store& store) {
  const auto fault = export_gold(store, [](const std::string& line) { print_line(line); });
  if (fault) throw Failure(*fault);
  finish_output();
  return 0;
}

int run(const Options& options) {
  if (const auto fault = fault_of(options.query)) throw Misuse("--" + fault->describe());
  const Store store = Store::open(options.store, Store::Mode::kRead);
  if (options.format == "gold") return gold(store);
  if (options.format == "table") {
    Grid grid({"EVENT", "TIME", "ACTION", "AUTHOR", "WHAT"}, 5);
    store.corrections(options.query, [&](const Correction& one) {
      grid.add({short_id(one.event_id), one.time, one.action, one.author, told(one)});
    });
    grid.finish("no corrections");
  } else if (options.format == "csv") {
    print(corrections_csv_header() + "\r\n");
    store.corrections(options.query, [](const Correction& one) { print(to_csv(one) + "\r\n"); });
  } else {
    store.corrections(options.query, [](const Correction& one) { print_line(to_json(one)); });
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman corrections news.db                              who corrected what
  dragoman corrections news.db --author "A. Reader" --format csv
  dragoman corrections news.db --format gold > gold.jsonl   checked documents, to train and to measure on
)";

}  // namespace

Run declare_corrections(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  add_store(parser, options->store);
  add_fields(parser, options->query, fields_of(options->query));
  parser.add_option("--format", options->format, "table, csv, jsonl, or gold: whole documents with what was corrected")
      ->check(CLI::IsMember({"table", "csv", "jsonl", "gold"}))
      ->type_name("FORMAT");
  parser.footer(std::string(kExamples) + kListingCodes);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
