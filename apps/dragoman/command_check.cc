// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "command.h"
#include "dragoman/store.h"
#include "output.h"
#include "terminal.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store;
  bool upgrade = false;
};

std::string contents(const Store& store) {
  const Store::Counts counts = store.counts();
  return std::to_string(counts.documents) + " documents, " + std::to_string(counts.events) + " events, " +
         std::to_string(counts.statements) + " statements, store version " + std::to_string(store.version());
}

int run(const Options& options) {
  // Opened for reading first: a file that is not there is not made.
  Store store = Store::open(options.store, Store::Mode::kRead);
  if (options.upgrade) store = Store::open(options.store, Store::Mode::kWrite);
  const auto faults = store.check();
  for (const std::string& fault : faults) print_line(visible(options.store + ": " + fault));
  if (faults.empty()) print_line(visible(options.store + ": sound; " + contents(store)));
  finish_output();
  if (!faults.empty()) complain("restore the store from a copy, or read the documents again into a new one");
  return faults.empty() ? 0 : 1;
}

}  // namespace

Run declare_check(CLI::App& parser) {
  const auto options = std::make_shared<Options>();
  parser.add_option("STORE", options->store, "The store to check")->required();
  parser.add_flag("--upgrade", options->upgrade, "Bring a store of an older version up to date first; a copy is kept");
  parser.footer(
      R"(Reads all of it: pages, links between tables, each record against its hash and its rows.

Examples:
  dragoman check news.db
  dragoman check --upgrade news.db

Exit code: 0 sound, 1 damaged or cannot be read, 2 wrong use.)");
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
